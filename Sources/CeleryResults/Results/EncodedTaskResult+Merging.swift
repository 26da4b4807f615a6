extension EncodedTaskResult {
  /// What is stored when this result comes to a task of which another one is stored.
  ///
  /// `date_created` stays, and `date_started` unless this is a start. The rest is what the policy says:
  ///
  /// | | `protectsSuccess` | `lastWriteWins` |
  /// |---|---|---|
  /// | any state other than SUCCESS over SUCCESS | changes nothing | overwrites |
  /// | state, result, content type, traceback, `date_done` | are this result's | are this result's |
  /// | name, worker, periodic name, arguments that this result lacks | stay | become null |
  /// | children and meta, when this result has no request | stay | are overwritten |
  ///
  /// Arguments, children and meta are encoded as the row says: where the content type changes they cannot stay.
  ///
  /// To merge the same result once more changes nothing.
  ///
  /// - Parameters:
  ///   - stored: What is stored.
  ///   - policy: What a store does with what is known.
  public func merged(
    over stored: EncodedTaskResult,
    policy: ResultBackendConfiguration.StorePolicy
  ) -> EncodedTaskResult {
    var merged = self
    merged.dateCreated = stored.dateCreated
    merged.dateStarted = dateStarted ?? stored.dateStarted
    guard policy == .protectsSuccess else { return merged }
    guard state == .success || stored.state != .success else { return stored }
    merged.name = name ?? stored.name
    merged.worker = worker ?? stored.worker
    merged.periodicTaskName = periodicTaskName ?? stored.periodicTaskName
    guard contentType == stored.contentType, contentEncoding == stored.contentEncoding else { return merged }
    merged.args = args ?? stored.args
    merged.kwargs = kwargs ?? stored.kwargs
    if !hasRequest, let meta = stored.meta {
      merged.meta = meta
      merged.hasRequest = stored.hasRequest
    }
    return merged
  }
}
