extension PredictionOutcome: CustomStringConvertible {
  /// The error, or what is not as the statement says.
  var description: String {
    switch self {
    case .error(let number, let limit):
      return "error \(number)" + (limit.map { ", limit \($0)" } ?? "")
    case .made(let indexes, let texts, let warnsOfRow):
      var words = ["made"]
      for (name, form) in indexes.sorted(by: { $0.key < $1.key }) { words.append("\(name) \(form)") }
      words.append("of a text type: " + texts.sorted().joined(separator: " "))
      if warnsOfRow { words.append("warning of the row") }
      return words.joined(separator: ", ")
    }
  }
}

extension PredictionOutcome.IndexForm: CustomStringConvertible {
  var description: String {
    switch self {
    case .whole: "whole"
    case .prefix(let characters): "cut to \(characters)"
    case .hash: "HASH"
    }
  }
}
