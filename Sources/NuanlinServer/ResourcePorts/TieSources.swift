import Activities
import Kernel
import Resources
import Shop

extension TieSources {
  /// What other features see of who has to do with whom.
  ///
  /// Care tells nothing: that somebody was referred is a part of a case. Who taught whom nobody knows before there are courses;
  /// that somebody came to a talk says no more than that they were there.
  static func joined(_ trades: ShopTrades, _ gatherings: ActivityGatherings) -> TieSources {
    TieSources(
      traded: { from, until, community, snapshot in
        let sold = try trades.handedOver(from: from, until: until, in: community, snapshot).map { trade in
          Tie(
            .traded, from: .merchant(trade.merchant), to: .person(trade.person), at: trade.at,
            source: "order", sourceID: trade.order.rawValue)
        }
        let joint = try JointPurchaseStore.trades(from: from, until: until, in: community, snapshot)
        return sold
          + joint.map { trade in
            Tie(
              .traded, from: .merchant(trade.supplier), to: .merchant(trade.buyer), at: trade.at,
              source: "order", sourceID: trade.order.rawValue)
          }
      },
      together: { from, until, community, snapshot in
        // Those whom nobody knows by name fill the room too.
        try gatherings.over(from: from, until: until, in: community, snapshot)
          .filter { $0.size <= CoAttendance.largest }
          .flatMap { gathering in
            CoAttendance.ties(
              of: gathering.persons, at: gathering.startedAt, source: "activity",
              gathering: gathering.activity.rawValue)
          }
      })
  }
}
