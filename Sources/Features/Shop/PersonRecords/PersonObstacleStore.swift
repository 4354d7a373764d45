import Database
import Kernel
import People

/// What a person has to settle in the Shop before they can be deleted, in sentences for them.
enum PersonObstacleStore {
  /// Something that is not over, and how it is said.
  private struct Open {
    /// How many there are.
    let count: Query
    let sentence: (Int64) -> Phrase
  }

  static func obstacles(of subject: DataSubject, _ snapshot: Snapshot) throws -> [Phrase] {
    try (own(subject) + asLeader(subject) + asMerchant(subject) + asCarrier(subject)).compactMap { open in
      let count: Int64 = try snapshot.value(open.count) ?? 0
      return count == 0 ? nil : open.sentence(count)
    }
  }

  // MARK: - What is one's own

  private static func own(_ subject: DataSubject) -> [Open] {
    [
      Open(count: openOrders(of: subject)) {
        Phrase(
          "您还有 \($0) 份订单没取完，请先取走或取消。",
          "You still have \(counted($0, "order", "orders")) to collect; please collect or cancel first.")
      },
      Open(count: openClaims(of: subject)) {
        Phrase(
          "您有 \($0) 件售后还没办完，请等到答复，或先撤回。",
          "\(counted($0, "claim", "claims")) of yours not settled yet; please wait, or take it back."
        )
      },
      Open(count: openLosses(of: subject)) {
        Phrase(
          "您有 \($0) 个袋子还在找，请等找到或转售后。",
          "\(counted($0, "bag", "bags")) of yours still being looked for; please wait for the outcome.")
      },
      Open(count: openBookings(of: subject)) {
        Phrase(
          "您还有 \($0) 个预约没有结束，请先取消，或等做完。",
          "You still have \(counted($0, "booking", "bookings")); please cancel first, or wait."
        )
      },
    ]
  }

  private static func openOrders(of subject: DataSubject) -> Query {
    """
    SELECT count(*) FROM shop_order WHERE community_id = \(subject.community)
      AND person_id = \(subject.person) AND fulfilment IN ('placed', 'partly_collected')
      AND authority <> 'booking'
    """
  }

  private static func openClaims(of subject: DataSubject) -> Query {
    """
    SELECT count(*) FROM shop_claim WHERE community_id = \(subject.community)
      AND state IN ('open', 'replacing', 'returning')
      AND (reported_by_id = \(subject.person) OR order_id IN (\(PersonSelection.orders(of: subject))))
    """
  }

  private static func openLosses(of subject: DataSubject) -> Query {
    """
    SELECT count(*) FROM shop_loss_report WHERE community_id = \(subject.community)
      AND state IN ('reported', 'looking', 'mistaken')
      AND (reported_by_id = \(subject.person) OR order_id IN (\(PersonSelection.orders(of: subject))))
    """
  }

  /// A visit that was missed, or to which somebody objected, is over once it is settled what is owed for it.
  private static func openBookings(of subject: DataSubject) -> Query {
    """
    SELECT count(*) FROM shop_booking AS booking JOIN shop_order AS placed ON placed.id = booking.order_id
    WHERE booking.community_id = \(subject.community) AND booking.person_id = \(subject.person)
      AND placed.fulfilment IN ('placed', 'partly_collected')
    """
  }

  // MARK: - What others rely on

  private static func asLeader(_ subject: DataSubject) -> [Open] {
    [
      Open(count: openCampaigns(by: "leader_id", of: subject)) {
        Phrase(
          "您带的团购还有 \($0) 个没结束，请先做完或取消。",
          "\(counted($0, "group-buy", "group-buys")) led by you not over yet; please finish or call off."
        )
      },
      Open(count: openCampaigns(by: "carrier_id", of: subject)) {
        Phrase(
          "还有 \($0) 个团购说好由您运货，请先做完，或请团长换人。",
          "\(counted($0, "group-buy", "group-buys")) still to be carried by you; please ask the leader first."
        )
      },
      Open(
        count: """
          SELECT count(*) FROM shop_claim WHERE community_id = \(subject.community)
            AND leader_id = \(subject.person) AND level = 'leader'
            AND state IN ('open', 'replacing', 'returning')
          """
      ) {
        Phrase(
          "有 \($0) 件售后在等您这位团长办，请先答复或办完。",
          "\(counted($0, "claim", "claims")) waiting for you as the leader; please answer and settle first.")
      },
    ]
  }

  private static func openCampaigns(by column: StaticString, of subject: DataSubject) -> Query {
    """
    SELECT count(*) FROM shop_campaign WHERE community_id = \(subject.community)
      AND \(Query(stringLiteral: column)) = \(subject.person) AND booking_id IS NULL AND cancelled_at IS NULL
      AND failed_at IS NULL AND finished_at IS NULL
    """
  }

  private static func asMerchant(_ subject: DataSubject) -> [Open] {
    [
      Open(
        count: """
          SELECT count(*) FROM shop_merchant WHERE community_id = \(subject.community) AND closed_at IS NULL
            AND id IN (\(PersonSelection.ownMerchants(of: subject)))
          """
      ) {
        Phrase(
          "有 \($0) 家商户只有您一个人，请先停业，或请居委会再加一个人。",
          "\(counted($0, "merchant", "merchants")) with nobody but you; please close, or have somebody added."
        )
      },
      Open(
        count: """
          SELECT count(*) FROM shop_service WHERE community_id = \(subject.community)
            AND host_id = \(subject.person) AND closed_at IS NULL
          """
      ) {
        Phrase(
          "还有 \($0) 项服务由您负责，请先停掉。",
          "\(counted($0, "service", "services")) for which you still stand; please close first.")
      },
      Open(count: openVisits(of: subject)) {
        Phrase(
          "还有 \($0) 个预约等您上门，请先做完，或请商户换人。",
          "\(counted($0, "visit", "visits")) still to be done by you; please finish, or hand over."
        )
      },
    ]
  }

  private static func openVisits(of subject: DataSubject) -> Query {
    let workers = PersonSelection.workers(of: subject)
    return """
      SELECT count(*) FROM shop_booking WHERE community_id = \(subject.community)
        AND state IN ('requested', 'accepted', 'on_the_way', 'arrived')
        AND (worker_id IN (\(workers)) OR proposed_worker_id IN (\(workers)))
      """
  }

  private static func asCarrier(_ subject: DataSubject) -> [Open] {
    [
      Open(
        count: """
          SELECT count(*) FROM shop_round WHERE community_id = \(subject.community)
            AND courier_id = \(subject.person) AND state = 'under_way'
          """
      ) {
        Phrase(
          "您还有 \($0) 趟货在路上，请先送完、把剩下的带回来。",
          "\(counted($0, "round", "rounds")) of yours under way; please finish and bring back what is left.")
      },
      Open(
        count: """
          SELECT count(*) FROM shop_wellbeing_concern WHERE community_id = \(subject.community)
            AND carer_id = \(subject.person) AND state = 'looked_after'
          """
      ) {
        Phrase(
          "您答应去看的邻居还有 \($0) 位没有回音，请先说一声他们怎么样。",
          "You promised to look after \(counted($0, "neighbour", "neighbours")); please say how they are."
        )
      },
    ]
  }

  /// A number with its noun, as English has it.
  private static func counted(_ count: Int64, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }
}
