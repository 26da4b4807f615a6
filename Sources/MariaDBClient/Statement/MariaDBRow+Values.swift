internal import CMariaDB

extension MariaDBRow {
  /// Makes a row that no server has sent, of text columns.
  package init(_ values: [(name: String, value: MariaDBValue)]) {
    self.init(columns: values.map { ColumnMetadata(name: $0.name) }, values: values.map(\.value))
  }
}

extension ColumnMetadata {
  fileprivate init(name: String) {
    var field = MYSQL_FIELD()
    field.type = MYSQL_TYPE_VAR_STRING
    self.init(field, name: name)
  }
}
