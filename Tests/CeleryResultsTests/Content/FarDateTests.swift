import CeleryResults
import Testing

/// Dates, zones and spans that no calendar has: a few bytes are enough for each.
@Suite struct FarDateTests {
  @Test(arguments: FarDate.zones)
  func `a zone that is a day or more away from UTC stays a name`(zone: FarDate) throws {
    for pickle in [zone.datetime, zone.time] {
      guard case .opaque(let object) = try Pickle.decode(pickle) else {
        Issue.record("expected an opaque value")
        return
      }
      #expect(object.module == "datetime")
    }
  }

  @Test(
    arguments: [
      (FarDate.pytz(3600), "+01:00"), (FarDate.pytz(-86_399), "-23:59:59"),
      (FarDate.span("datetime", "timezone", days: -1, seconds: 1), "-23:59:59"),
      (FarDate.span("datetime", "timezone", days: 0, seconds: 86_399), "+23:59:59"),
      (FarDate.span("dateutil.tz.tz", "tzoffset", days: 0, seconds: 5400), "+01:30"),
    ]
  )
  func `a zone that is less than a day away is an offset`(zone: FarDate, offset: String) throws {
    #expect(
      PythonRepresentation.isoFormat(try Pickle.decode(zone.datetime)) == "2024-01-02T03:04:05" + offset
    )
    #expect(PythonRepresentation.isoFormat(try Pickle.decode(zone.time)) == "03:04:05" + offset)
  }

  @Test(arguments: [Int64.min, -9_223_372_036_854, -62_135_596_801, 253_402_300_800, 9_223_372_036_854, .max])
  func `a timestamp of MessagePack outside of the calendar is kept as it is`(seconds: Int64) throws {
    guard case .opaque(let object) = try MessagePack.decode(Self.timestamp(seconds)) else {
      Issue.record("expected an opaque value")
      return
    }
    #expect(object.name == "ExtType")
  }

  @Test(arguments: [(-62_135_596_800, "0001-01-01T00:00:00+00:00"), (-1, "1969-12-31T23:59:59+00:00")])
  func `a timestamp of MessagePack before 1970 is a date`(seconds: Int64, text: String) throws {
    #expect(PythonRepresentation.isoFormat(try MessagePack.decode(Self.timestamp(seconds))) == text)
  }

  @Test(arguments: [Duration.seconds(Int64.max), .seconds(Int64.min), .seconds(86_400), .seconds(-86_400)])
  func `an offset of a day or more is none`(offset: Duration) {
    #expect(PythonTime(hour: 1, minute: 2, utcOffset: offset) == nil)
  }

  @Test(arguments: [Int64.min, .min + 1, .max])
  func `microseconds outside of the calendar are no date`(microseconds: Int64) {
    #expect(PythonDateTime(microsecondsSince1970: microseconds) == nil)
  }

  private static func timestamp(_ seconds: Int64) -> [UInt8] {
    [0xC7, 12, 0xFF, 0, 0, 0, 0] + withUnsafeBytes(of: seconds.bigEndian) { Array($0) }
  }
}

/// A zone as a pickle names it.
struct FarDate: Sendable, CustomStringConvertible {
  var description: String
  /// What makes the zone.
  private var bytes: [UInt8]

  static let zones =
    [999_999_999, -999_999_999, 1, -2].flatMap { days in
      [
        span("datetime", "timezone", days: days, seconds: 0),
        span("dateutil.tz.tz", "tzoffset", days: days, seconds: 0),
      ]
    }
    + [1 << 62, .min, .max, 86_400, -86_400].map(pytz)

  /// A date and time in the zone.
  var datetime: [UInt8] {
    [0x80, 4] + Self.global("datetime", "datetime") + [0x43, 10, 0x07, 0xE8, 1, 2, 3, 4, 5, 0, 0, 0] + bytes
      + [0x86, 0x52, 0x2E]
  }

  /// A time of day in the zone.
  var time: [UInt8] {
    [0x80, 4] + Self.global("datetime", "time") + [0x43, 6, 3, 4, 5, 0, 0, 0] + bytes + [0x86, 0x52, 0x2E]
  }

  static func pytz(_ seconds: Int64) -> FarDate {
    let number = withUnsafeBytes(of: seconds.littleEndian) { Array($0) }
    return FarDate(
      description: "pytz, \(seconds)",
      bytes: global("pytz", "_p") + [0x58, 1, 0, 0, 0, 0x58, 0x8A, 8] + number + [0x86, 0x52]
    )
  }

  /// A zone that is made of a span; `tzoffset` has a name before it.
  static func span(_ module: String, _ name: String, days: Int32, seconds: Int32) -> FarDate {
    func integer(_ value: Int32) -> [UInt8] {
      [0x4A] + withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    let span = global("datetime", "timedelta") + integer(days) + integer(seconds) + [0x4B, 0, 0x87, 0x52]
    let arguments = name == "tzoffset" ? [0x4E] + span + [0x86] : span + [0x85]
    return FarDate(
      description: "\(name), \(days) days and \(seconds) s",
      bytes: global(module, name) + arguments + [0x52]
    )
  }

  private static func global(_ module: String, _ name: String) -> [UInt8] {
    Array("c\(module)\n\(name)\n".utf8)
  }
}

extension PythonRepresentation {
  /// The ISO format of a date or time; its representation otherwise.
  fileprivate static func isoFormat(_ value: PythonValue) -> String {
    switch value {
    case .datetime(let value): value.isoFormat
    case .time(let value): value.isoFormat
    default: text(value)
    }
  }
}
