/// The keys and values of a YAML mapping, in turn.
struct YAMLMembers {
  fileprivate var merged: [ContentGraph.Reference] = []
  fileprivate var own: [ContentGraph.Reference] = []

  /// Those that were merged first, so that the mapping's own count.
  var parts: [ContentGraph.Reference] { merged + own }
}

extension YAMLReader {
  /// Adds a key and its value; `<<` adds all keys of one or several other mappings.
  mutating func add(
    _ key: Reference,
    _ value: Reference,
    isMerge: Bool,
    to members: inout YAMLMembers
  ) throws(ContentError) {
    guard isMerge else {
      guard case .value = graph.kind(of: key) else {
        throw error(.malformed, "a key is a collection, which Python cannot use as a key")
      }
      members.own += [key, value]
      return
    }
    var sources = [value]
    if case .list = graph.kind(of: value) { sources = graph.parts(of: value).reversed() }
    for source in sources {
      guard case .dictionary = graph.kind(of: source) else {
        throw error(.malformed, "<< wants a mapping, or a list of mappings")
      }
      mergedCount += graph.parts(of: source).count
      guard mergedCount <= 2 * limits.values else {
        throw error(.tooLarge, "there are more than \(limits.values) values")
      }
      members.merged += graph.parts(of: source)
    }
  }
}
