/// A `DATE`: a day of the calendar.
///
/// The zero date, which a server that is not strict keeps, has zeros.
///
/// Source: the MySQL manual's "The DATE, DATETIME, and TIMESTAMP Types".
public struct MariaDBDate: Sendable, Hashable {
  /// 0 to 9999.
  public var year: Int
  /// 1 to 12, or 0 in a zero date.
  public var month: Int
  /// 1 to 31, or 0 in a zero date.
  public var day: Int

  /// Makes a date.
  ///
  /// Nothing is checked: the server does that.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }
}

extension MariaDBDate {
  /// The days since 1970-01-01 in the proleptic Gregorian calendar, or nil for a zero date.
  var daysSince1970: Int? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    // Years are counted from March, so that the leap day is a year's last.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    self.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
  }
}
