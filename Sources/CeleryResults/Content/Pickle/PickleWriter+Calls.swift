#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PickleWriter {
  /// Writes a value that Python's pickle writes as a call of its class.
  mutating func writeCall(_ value: PythonValue) throws(ContentError) {
    switch value {
    case .datetime(let value):
      try write(
        call: "datetime",
        of: "datetime",
        [.bytes(Self.state(value.date) + Self.state(value.time))],
        zone: value.time.offsetMicroseconds
      )
    case .date(let value): try write(call: "date", of: "datetime", [.bytes(Self.state(value))])
    case .time(let value):
      try write(
        call: "time",
        of: "datetime",
        [.bytes(Self.state(value))],
        zone: value.offsetMicroseconds
      )
    case .timedelta(let value):
      try write(
        call: "timedelta",
        of: "datetime",
        [PythonValue(value.days), PythonValue(value.seconds), PythonValue(value.microseconds)]
      )
    case .decimal(let value): try write(call: "Decimal", of: "decimal", [.string(value.text)])
    case .uuid(let value): try write(call: "UUID", of: "uuid", [.string(value.uuidString.lowercased())])
    case .exception(let value): try write(value)
    default:
      throw ContentError(
        .unsupportedValue,
        in: Pickle.format,
        detail: "an object of the class \(value.typeName) is only known by name"
      )
    }
  }

  private mutating func write(_ exception: RemoteException) throws(ContentError) {
    if exception.isWrittenAsItself {
      try write(call: exception.type, of: exception.module ?? "builtins", exception.arguments)
      return
    }
    // As Celery does for exceptions that cannot be unpickled.
    let arguments: [PythonValue] = [
      .string(exception.module ?? "celery.exceptions"), .string(exception.type), .tuple(exception.arguments),
      .string(exception.debugDescription),
    ]
    try write(call: "UnpickleableExceptionWrapper", of: "celery.utils.serialization", arguments)
  }

  private static func state(_ date: PythonDate) -> [UInt8] {
    [UInt8(date.year >> 8), UInt8(date.year & 0xFF), UInt8(date.month), UInt8(date.day)]
  }

  private static func state(_ time: PythonTime) -> [UInt8] {
    [UInt8(time.hour), UInt8(time.minute), UInt8(time.second)]
      + UInt32(time.microsecond).bigEndianBytes.dropFirst()
  }
}

extension RemoteException {
  /// Whether Python can make the exception of its class and arguments, whatever else is installed.
  var isWrittenAsItself: Bool {
    guard let module, module != "builtins" else {
      // A SyntaxError wants its place as a tuple of four.
      let isSyntaxError = ["SyntaxError", "IndentationError", "TabError"].contains(type)
      return PickleClass.isBuiltIn(type) && (!isSyntaxError || arguments.count < 2)
    }
    return PickleClass.isCelerys("\(module).\(type)")
  }
}
