import Database
import Kernel
import People

/// The queries of monthly statements.
enum MandateStatementStore {
  /// Everything that a person had ordered in a month, whoever ordered it; what was given up is left out.
  static func statement(
    of person: PersonID, _ month: Month, offsetSeconds: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> MandateStatement {
    let orders = try OrderStore.orders(
      """
      community_id = \(community) AND person_id = \(person)
        AND placed_at >= \(month.start(offsetSeconds: offsetSeconds))
        AND placed_at < \(month.next.start(offsetSeconds: offsetSeconds))
        AND fulfilment NOT IN ('cancelled', 'released') ORDER BY placed_at, id
      """, snapshot)
    let campaigns = try CampaignStore.find(Set(orders.map(\.campaign)), in: community, snapshot)
    let titles = Dictionary(campaigns.map { ($0.id, $0.title) }) { first, _ in first }
    return MandateStatement(
      person: person, month: month,
      lines: orders.map { order in
        MandateStatement.Line(
          order: order.id, number: order.number, campaign: titles[order.campaign] ?? Phrase(same: ""),
          placedAt: order.placedAt, helper: order.helper,
          total: order.total, state: order.fulfilment,
          goods: order.lines.filter { $0.due > 0 }.map { ($0.name, $0.due) })
      })
  }

  /// The persons for whom somebody ordered in a month: under a mandate, or from their slip on paper.
  static func persons(
    in month: Month, offsetSeconds: Int, of community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID] {
    let (start, end) = (
      month.start(offsetSeconds: offsetSeconds), month.next.start(offsetSeconds: offsetSeconds)
    )
    return try snapshot.values(persons(from: start, to: end, of: community))
  }

  /// An order is of the month in which it was placed; what a mandate bears may have been noted anew since, never before.
  static func persons(from start: Timestamp, to end: Timestamp, of community: CommunityID) -> Query {
    """
    SELECT mandated.person_id FROM shop_mandate_order AS mandated
    JOIN shop_order AS placed ON placed.id = mandated.order_id
    WHERE mandated.community_id = \(community) AND mandated.placed_at >= \(start)
      AND placed.placed_at >= \(start) AND placed.placed_at < \(end)
    UNION
    SELECT person_id FROM shop_paper_slip
    WHERE community_id = \(community) AND keyed_at >= \(start) AND keyed_at < \(end)
    ORDER BY person_id
    """
  }
}
