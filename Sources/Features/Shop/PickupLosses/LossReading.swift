import Database
import Kernel
import People

/// A report with everything that its pages say of it.
struct ShownLoss: Sendable {
  let report: LossReport
  let order: Order
  let campaign: Campaign
  let steps: [LossStep]
  let place: ShelfPlace?
  let photos: [ShelfPhoto]
  let claims: [Claim]
}

/// One link of the way that a bag went: who held it, where and when.
struct CustodyLink: Sendable, Equatable {
  enum What: Sendable, Equatable {
    case arrived(pieces: Int64)
    case placed(at: String)
    case photographed(ShelfPhoto.Occasion)
    /// With the neighbour who fetched it, if one did.
    case handedOver(pieces: Int64, Pickup.Method, fetchedBy: PersonID?)
  }

  let at: Timestamp
  let what: What
  let by: PersonID
}

/// What staff see of a report beyond its household's page.
struct LossChain: Sendable {
  let links: [CustodyLink]
  /// Handovers of the same campaign shortly before the report: where a bag may have gone by mistake.
  let nearby: [(number: Int64, at: Timestamp, by: PersonID)]
  let names: [PersonID: String]
  let point: Phrase
  let mistakenNumber: Int64?
  let number: Int64
}

enum LossReading {
  /// Handovers shown of those before a report.
  private static let nearbyLimit = 10

  static func shown(
    _ report: LossReport, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShownLoss {
    guard let order = try OrderStore.find(report.order, in: community, snapshot),
      let campaign = try CampaignStore.find(report.campaign, in: community, snapshot)
    else { throw Problem.notFound }
    return ShownLoss(
      report: report, order: order, campaign: campaign,
      steps: try LossStore.steps(of: report.id, in: community, snapshot),
      place: try ShelfStore.place(of: order.id, in: community, snapshot),
      photos: try ShelfStore.photos(of: campaign.id, in: community, snapshot),
      claims: try ClaimStore.claims(of: order.id, in: community, snapshot)
        .filter { $0.fault == .missing && $0.reportedAt >= report.reportedAt })
  }

  static func chain(
    _ shown: ShownLoss, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> LossChain {
    let report = shown.report
    let links = try self.links(shown, in: community, snapshot)
    let nearby = try PickupStore.latest(
      of: report.campaign, before: report.reportedAt, limit: nearbyLimit, in: community, snapshot
    ).filter { $0.order != report.order }
    let numbers = try OrderStore.labels(
      of: nearby.map(\.order) + [report.mistakenOrder].compactMap(\.self), in: community, snapshot)
    let byOrder = Dictionary(numbers.map { ($0.id, $0.number) }) { first, _ in first }
    let people =
      links.map(\.by) + nearby.map(\.handedBy) + shown.steps.compactMap(\.actor)
      + links.compactMap { if case .handedOver(_, _, let person) = $0.what { person } else { nil } }
    return LossChain(
      links: links,
      nearby: nearby.compactMap { pickup in
        byOrder[pickup.order].map { ($0, pickup.handedAt, pickup.handedBy) }
      },
      names: try directory.displayNames(of: people, in: community, snapshot),
      point: try snapshot.pickupPoint(report.point, in: community)?.name ?? Phrase(same: ""),
      mistakenNumber: report.mistakenOrder.flatMap { byOrder[$0] }, number: shown.order.number)
  }

  private static func links(
    _ shown: ShownLoss, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CustodyLink] {
    let records = try CustodyStore.records(of: shown.campaign.id, in: community, snapshot)
    let pickups = try PickupStore.pickups(of: shown.order.id, in: community, snapshot)
    var links = Dictionary(grouping: records.filter { $0.step == .arrived }) { $0.recordedAt }
      .compactMap { moment, records in
        records.first.map {
          CustodyLink(
            at: moment, what: .arrived(pieces: records.reduce(0) { $0 + $1.pieces }), by: $0.recordedBy)
        }
      }
    if let place = shown.place {
      links.append(CustodyLink(at: place.placedAt, what: .placed(at: place.place), by: place.placedBy))
    }
    links += shown.photos.map {
      CustodyLink(at: $0.takenAt, what: .photographed($0.occasion), by: $0.takenBy)
    }
    links += records.filter { $0.step == .handedOver && $0.order == shown.order.id }.map { record in
      let pickup = pickups.first { $0.handedAt == record.recordedAt }
      return CustodyLink(
        at: record.recordedAt,
        what: .handedOver(
          pieces: record.pieces, pickup?.method ?? .knownNeighbour, fetchedBy: pickup?.fetcher?.person),
        by: record.recordedBy)
    }
    return links.sorted { $0.at < $1.at }
  }
}
