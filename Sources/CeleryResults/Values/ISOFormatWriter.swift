/// Writes dates and times as Python's `isoformat` does.
struct ISOFormatWriter {
  private var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(40)
  }

  /// What has been written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ date: PythonDate) {
    write(date.year, digits: 4)
    write("-")
    write(date.month, digits: 2)
    write("-")
    write(date.day, digits: 2)
  }

  mutating func write(_ time: PythonTime) {
    write(time.hour, digits: 2)
    write(":")
    write(time.minute, digits: 2)
    write(":")
    write(time.second, digits: 2)
    if time.microsecond != 0 {
      write(".")
      write(time.microsecond, digits: 6)
    }
    guard let offset = time.offsetMicroseconds else { return }
    let size = Int(abs(offset))
    write(offset < 0 ? "-" : "+")
    write(size / 3_600_000_000, digits: 2)
    write(":")
    write(size / 60_000_000 % 60, digits: 2)
    if size % 60_000_000 != 0 {
      write(":")
      write(size / 1_000_000 % 60, digits: 2)
    }
    if size % 1_000_000 != 0 {
      write(".")
      write(size % 1_000_000, digits: 6)
    }
  }

  mutating func write(_ character: Unicode.Scalar) {
    bytes.append(UInt8(ascii: character))
  }

  private mutating func write(_ number: Int, digits: Int) {
    var rest = number
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
    for position in 1...digits {
      bytes[bytes.count - position] += UInt8(rest % 10)
      rest /= 10
    }
  }
}
