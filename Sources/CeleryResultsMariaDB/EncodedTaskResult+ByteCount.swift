import CeleryResults

extension EncodedTaskResult {
  /// How many bytes it takes in a packet to the server, at most.
  var packetByteCount: Int {
    let texts = [
      result, meta, traceback, name, args, kwargs, worker, periodicTaskName, contentType.rawValue,
      contentEncoding.rawValue, state.rawValue,
    ]
    // The id is there twice. A text has its length before it, and every value its type; the rest is short.
    return texts.reduce(128 + 2 * (id.rawValue.utf8.count + 11)) { $0 + 11 + ($1?.utf8.count ?? 0) }
  }
}
