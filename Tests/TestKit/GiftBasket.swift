package import People
import Synchronization

/// A map of what the neighbourhood has that keeps whatever features hand on to it.
package final class GiftBasket: Sendable {
  private let taken = Mutex<[GiftProposal]>([])

  package init() {}

  /// What was handed on, the oldest first.
  package var gifts: [GiftProposal] { taken.withLock { $0 } }

  package var proposals: GiftProposals {
    GiftProposals { [self] _ in
      GiftDesk { [self] gift, _, _ in taken.withLock { $0.append(gift) } }
    }
  }
}
