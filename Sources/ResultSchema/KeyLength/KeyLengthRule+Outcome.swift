extension KeyLengthRule {
  func outcomeInMySQL(bytes: Int, bytesPerCharacter: Int, isUnique: Bool) -> KeyLengthOutcome {
    // Longer than any varchar, it becomes a text, which has no index without a prefix; in strict mode it is
    // refused before.
    if bytes > RowSizeRule.longestVarcharBytes(in: .mySQL), !isStrict {
      return .error(number: SchemaErrorNumber.textKeyWithoutLength, limitBytes: nil)
    }
    var indexed = bytes
    if bytes > partLimit {
      if isUnique || isStrict { return keyTooLong(partLimit) }
      indexed = wholeCharacters(in: partLimit, bytesPerCharacter) * bytesPerCharacter
    }
    if indexed > keyLimit { return keyTooLong(keyLimit) }
    return outcomeInEngine(indexed: indexed, of: bytes, bytesPerCharacter: bytesPerCharacter)
  }

  func outcomeInMariaDB(bytes: Int, bytesPerCharacter: Int, isUnique: Bool) -> KeyLengthOutcome {
    if isUnique {
      let limit = min(partLimit, keyLimit)
      if bytes > limit { return outcomeOfLongUniqueIndex(limit: bytes > partLimit ? partLimit : keyLimit) }
      return outcomeInEngine(indexed: bytes, of: bytes, bytesPerCharacter: bytesPerCharacter)
    }
    // Strict mode or not, MariaDB cuts with a note; what became a text it cuts to fit the whole index as well.
    let isText = bytes > RowSizeRule.longestVarcharBytes(in: .mariaDB)
    let limit = isText ? min(partLimit, keyLimit) : partLimit
    let indexed = min(bytes, wholeCharacters(in: limit, bytesPerCharacter) * bytesPerCharacter)
    if indexed > keyLimit { return keyTooLong(keyLimit) }
    return outcomeInEngine(indexed: indexed, of: bytes, bytesPerCharacter: bytesPerCharacter)
  }

  private func outcomeOfLongUniqueIndex(limit: Int) -> KeyLengthOutcome {
    guard dialect.makesHashOfLongUniqueIndex else { return keyTooLong(limit) }
    return switch engine {
    case .memory: .error(number: SchemaErrorNumber.hashNotSupported, limitBytes: nil)
    case .aria: keyTooLong(limit)
    default: .hash
    }
  }

  private func outcomeInEngine(indexed: Int, of bytes: Int, bytesPerCharacter: Int) -> KeyLengthOutcome {
    if hasShortInnoDBColumns, indexed > shortColumnLimit {
      return .error(number: SchemaErrorNumber.indexColumnTooLong, limitBytes: shortColumnLimit)
    }
    return indexed < bytes ? .cutToPrefix(characters: indexed / bytesPerCharacter) : .fits
  }

  private func keyTooLong(_ limit: Int) -> KeyLengthOutcome {
    .error(number: SchemaErrorNumber.keyTooLong, limitBytes: limit)
  }

  private func wholeCharacters(in bytes: Int, _ bytesPerCharacter: Int) -> Int {
    bytes / max(bytesPerCharacter, 1)
  }
}
