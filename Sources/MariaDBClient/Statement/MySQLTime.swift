internal import CMariaDB

extension MYSQL_TIME {
  init(_ date: MariaDBDate) {
    self.init()
    year = UInt32(clamping: date.year)
    month = UInt32(clamping: date.month)
    day = UInt32(clamping: date.day)
    time_type = MYSQL_TIMESTAMP_DATE
  }

  init(_ dateTime: MariaDBDateTime) {
    self.init(dateTime.date)
    hour = UInt32(clamping: dateTime.hour)
    minute = UInt32(clamping: dateTime.minute)
    second = UInt32(clamping: dateTime.second)
    second_part = UInt(clamping: dateTime.microsecond)
    time_type = MYSQL_TIMESTAMP_DATETIME
  }

  init(_ time: MariaDBTime) {
    self.init()
    // The protocol has whole days apart from the hours.
    day = UInt32(clamping: time.hour / 24)
    hour = UInt32(clamping: time.hour % 24)
    minute = UInt32(clamping: time.minute)
    second = UInt32(clamping: time.second)
    second_part = UInt(clamping: time.microsecond)
    neg = time.isNegative ? 1 : 0
    time_type = MYSQL_TIMESTAMP_TIME
  }

  var date: MariaDBDate {
    MariaDBDate(year: Int(year), month: Int(month), day: Int(day))
  }

  var dateTime: MariaDBDateTime {
    MariaDBDateTime(
      date: date,
      hour: Int(hour),
      minute: Int(minute),
      second: Int(second),
      microsecond: Int(second_part)
    )
  }

  var time: MariaDBTime {
    MariaDBTime(
      isNegative: neg != 0,
      hour: Int(day) * 24 + Int(hour),
      minute: Int(minute),
      second: Int(second),
      microsecond: Int(second_part)
    )
  }
}
