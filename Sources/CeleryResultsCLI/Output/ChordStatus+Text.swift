#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

extension ChordStatus.Phase {
  /// When the lease ends, or ended.
  var claimedUntil: Date? {
    switch self {
    case .claimed(let date), .leaseExpired(let date): date
    case .open, .complete, .countedElsewhere, .unreadable: nil
    }
  }

  /// The phase for people.
  var text: String {
    switch self {
    case .claimed(let date): "claimed until \(TaskResult.text(date))"
    case .leaseExpired(let date): "lease expired \(TaskResult.text(date))"
    case .open, .complete, .countedElsewhere, .unreadable: description
    }
  }
}
