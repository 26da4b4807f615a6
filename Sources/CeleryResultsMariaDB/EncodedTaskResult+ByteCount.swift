import CeleryResults

extension EncodedTaskResult {
  /// How many bytes it takes in a packet to the server, at most.
  var packetByteCount: Int {
    // The id is there twice. A text has its length before it, and every value its type; the rest is short.
    var count = 128 + 2 * bytes(of: id.rawValue)
    count += bytes(of: state.rawValue) + bytes(of: contentType.rawValue) + bytes(of: contentEncoding.rawValue)
    count += bytes(of: result) + bytes(of: meta) + bytes(of: traceback)
    count += bytes(of: name) + bytes(of: args) + bytes(of: kwargs)
    return count + bytes(of: worker) + bytes(of: periodicTaskName)
  }

  private func bytes(of text: String?) -> Int { 11 + (text?.utf8.count ?? 0) }
}
