extension Hasher {
  /// Hashes the members of a dictionary, without their order.
  mutating func combine<Key: Hashable, Value: Hashable>(
    unordered members: some Sequence<(key: Key, value: Value)>
  ) {
    let hash = members.reduce(0) { sum, member in
      var hasher = Hasher()
      hasher.combine(member.key)
      hasher.combine(member.value)
      return sum ^ hasher.finalize()
    }
    combine(hash)
  }
}
