import MariaDBClient
import ResultSchema

/// Indexes that the server made otherwise than it was told, and what it had to say.
struct UnexpectedIndexes: Error, CustomStringConvertible {
  let step: SchemaStep
  let differences: [IndexDifference]
  let warnings: [ServerWarning]

  var description: String {
    let faults = differences.map { difference in
      let index = "the index on \(difference.index.column)"
      return switch difference.fault {
      case .missing: "\(index) is missing"
      case .prefix(let characters?): "\(index) covers only the first \(characters) characters"
      case .prefix(nil): "\(index) covers the whole column"
      case .hash: "\(index) is a HASH index"
      case .uniqueness: "\(index) is not as unique as it should be"
      }
    }
    return (faults + warnings.map { "\($0.level) \($0.code): \($0.message)" }).joined(separator: "; ")
  }
}
