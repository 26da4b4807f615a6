import MariaDBClient
import Synchronization

/// Keeps what the server has said of its tables until somebody finds that they have changed.
final class CatalogCache: Sendable {
  private let known = Mutex<Catalog?>(nil)

  /// What is known; the server is asked the first time.
  func value(_ handle: ConnectionHandle) throws -> Catalog {
    if let catalog = known.withLock({ $0 }) { return catalog }
    return try read(handle)
  }

  /// Asks the server, and keeps what it says.
  func read(_ handle: ConnectionHandle) throws -> Catalog {
    let catalog = try Catalog(handle)
    known.withLock { $0 = catalog }
    return catalog
  }
}
