import Kernel
import People
import Shop

extension MandateTrade {
  /// What mandates may name of the Shop.
  static let shop = MandateTrade(
    merchants: { community, snapshot in
      try snapshot.merchants(in: community, includesClosed: true).map { ($0.id, $0.name) }
    })
}
