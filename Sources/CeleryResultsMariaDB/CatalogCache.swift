import CeleryResults
import Logging
import MariaDBClient
import Synchronization

/// Keeps what the server has said of its tables until somebody finds that they have changed.
final class CatalogCache: Sendable {
  private struct State {
    var known: Catalog?
    var toldGaps: CatalogGaps?
  }

  private let storePolicy: ResultBackendConfiguration.StorePolicy
  private let logger: Logger
  private let state = Mutex(State())

  /// Makes an empty cache.
  ///
  /// - Parameters:
  ///   - storePolicy: What a store does with what is known about its task.
  ///   - logger: Is told once what the tables lack.
  init(storePolicy: ResultBackendConfiguration.StorePolicy, logger: Logger) {
    self.storePolicy = storePolicy
    self.logger = logger
  }

  /// What is known; the server is asked the first time.
  func value(_ handle: ConnectionHandle) throws -> Catalog {
    if let catalog = state.withLock({ $0.known }) { return catalog }
    return try read(handle)
  }

  /// Asks the server, and keeps what it says.
  func read(_ handle: ConnectionHandle) throws -> Catalog {
    let catalog = try Catalog(handle, storePolicy: storePolicy)
    let isNew = state.withLock { state in
      state.known = catalog
      guard catalog.gaps != state.toldGaps else { return false }
      state.toldGaps = catalog.gaps
      return true
    }
    if isNew, let gaps = catalog.gaps { logger.warning("\(gaps)") }
    return catalog
  }
}
