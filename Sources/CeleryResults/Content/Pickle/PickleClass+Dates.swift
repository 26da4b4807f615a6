#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PickleClass {
  /// The date, time or span that a call gives; nil for another class, or a time zone that is not known.
  func dateValue(_ arguments: [PythonValue]) -> PythonValue? {
    guard module == "datetime" else { return nil }
    switch name {
    case "timedelta":
      let numbers = arguments.compactMap(Self.integer)
      guard numbers.count == arguments.count, numbers.count <= 3 else { return nil }
      let filled = numbers + Array(repeating: 0, count: 3 - numbers.count)
      return PythonTimedelta(days: filled[0], seconds: filled[1], microseconds: filled[2])
        .map(PythonValue.timedelta)
    case "date":
      guard let state = Self.state(arguments, count: 4) else { return nil }
      return Self.date(state).map(PythonValue.date)
    case "time":
      guard let state = Self.state(arguments, count: 6), let offset = Self.offset(arguments) else {
        return nil
      }
      return Self.time(state, offset: offset).map(PythonValue.time)
    case "datetime":
      guard let state = Self.state(arguments, count: 10), let date = Self.date(state),
        let time = Self.time(Array(state[4...]), offset: nil)
      else { return nil }
      guard let offset = Self.offset(arguments),
        let zoned = Self.time(Array(state[4...]), offset: offset)
      else {
        // The zone is one that has its rules elsewhere: the local time is kept with its name.
        let local = PythonValue.datetime(PythonDateTime(date: date, time: time))
        return .opaque(PythonOpaque(module: module, name: name, arguments: [local] + arguments.dropFirst()))
      }
      return .datetime(PythonDateTime(date: date, time: zoned))
    default: return nil
    }
  }

  /// The bytes in which dates and times keep their parts; text in Latin-1 when they come from Python 2.
  private static func state(_ arguments: [PythonValue], count: Int) -> [UInt8]? {
    let bytes: [UInt8]
    switch arguments.first {
    case .bytes(let value): bytes = value
    case .string(let value): bytes = value.utf16.map { UInt8(truncatingIfNeeded: $0) }
    default: return nil
    }
    return bytes.count == count ? bytes : nil
  }

  private static func date(_ state: [UInt8]) -> PythonDate? {
    // The highest bit of the month says which of two equal local times is meant.
    PythonDate(year: Int(state[0]) << 8 | Int(state[1]), month: Int(state[2] & 0x7F), day: Int(state[3]))
  }

  private static func time(_ state: [UInt8], offset: Int64?) -> PythonTime? {
    PythonTime(
      hour: Int(state[0] & 0x7F),
      minute: Int(state[1]),
      second: Int(state[2]),
      microsecond: Int(state[3]) << 16 | Int(state[4]) << 8 | Int(state[5]),
      offsetMicroseconds: offset
    )
  }

  /// The offset from UTC that the second argument names; `.some(nil)` without one, nil when it is not known.
  private static func offset(_ arguments: [PythonValue]) -> Int64?? {
    guard arguments.count > 1, arguments[1] != .null else { return .some(nil) }
    guard case .opaque(let zone) = arguments[1] else { return nil }
    let given = zone.arguments ?? []
    switch "\(zone)" {
    case "datetime.timezone":
      guard case .timedelta(let delta)? = given.first else { return nil }
      return offset(delta).map(Optional.some)
    case "datetime.timezone.utc", "pytz._UTC", "dateutil.tz.tz.tzutc", "django.utils.timezone.UTC":
      return .some(0)
    case "zoneinfo.ZoneInfo._unpickle", "zoneinfo.ZoneInfo", "backports.zoneinfo.ZoneInfo._unpickle":
      return ["UTC", "Etc/UTC", "GMT", "Etc/GMT"].contains(given.first?.text) ? .some(0) : nil
    case "pytz._p", "pytz._StaticTzInfo":
      guard given.count > 1, let seconds = integer(given[1]) else { return nil }
      return PythonTimedelta(seconds: seconds).flatMap(offset).map(Optional.some)
    case "dateutil.tz.tz.tzoffset":
      guard given.count > 1, case .timedelta(let delta) = given[1] else { return nil }
      return offset(delta).map(Optional.some)
    default: return nil
    }
  }

  /// The microseconds of a span that a zone can be away from UTC: less than a day.
  private static func offset(_ delta: PythonTimedelta) -> Int64? {
    guard (-1...0).contains(delta.days) else { return nil }
    return Int64(delta.days * 86_400 + delta.seconds) * 1_000_000 + Int64(delta.microseconds)
  }

  private static func integer(_ value: PythonValue) -> Int? {
    if case .integer(let integer) = value { Int(integer) } else { nil }
  }

  /// A UUID of its text, or of the attributes that were set: `int` in 128 bits.
  static func uuid(_ arguments: [PythonValue], state: PythonValue?) -> PythonValue? {
    if let text = arguments.first?.text { return KombuType.uuid(hex: text).map(PythonValue.uuid) }
    let bits: UInt128?
    switch state?["int"] {
    case .integer(let value)?: bits = UInt128(exactly: value)
    case .bigInteger(let value)?: bits = UInt128(value.digits)
    default: bits = nil
    }
    guard let bits else { return nil }
    let digits = String(bits, radix: 16)
    return KombuType.uuid(hex: String(repeating: "0", count: 32 - digits.utf8.count) + digits)
      .map(PythonValue.uuid)
  }
}
