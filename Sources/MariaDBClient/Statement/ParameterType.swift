internal import CMariaDB

/// What the values of a parameter are, where one may be `NULL`.
package enum ParameterType {
  case integer
  case text
  case dateTime

  var fieldType: enum_field_types {
    switch self {
    case .integer: MYSQL_TYPE_LONGLONG
    case .text: MYSQL_TYPE_STRING
    case .dateTime: MYSQL_TYPE_DATETIME
    }
  }
}
