import Care
import Kernel
import Shop

extension DeliveryStops {
  /// Whom the Shop's carriers went to.
  static let shop = DeliveryStops { stop, community, snapshot in
    try RoundStore.person(atStop: RoundStopID(rawValue: stop), in: community, snapshot)
  }
}
