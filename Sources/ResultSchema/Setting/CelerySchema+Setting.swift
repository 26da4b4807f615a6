extension CelerySchema {
  /// Takes the length that a setting asks for, which may turn out not to fit.
  ///
  /// With ``TaskIDMaxLength/auto`` where no length fits, the schema has the standard length and says why.
  ///
  /// - Parameter setting: The setting.
  /// - Returns: The schema with that length.
  public func with(_ setting: TaskIDMaxLength) -> CelerySchema {
    var schema = self
    switch setting {
    case .standard: schema.taskIDMaxLength = TaskIDMaxLength.standardLength
    case .length(let length): schema.taskIDMaxLength = length
    case .auto:
      schema.taskIDMaxLength =
        largestTaskIDMaxLength(upTo: TaskIDMaxLength.standardLength) ?? TaskIDMaxLength.standardLength
    }
    return schema
  }
}
