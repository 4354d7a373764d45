package import Database
package import Kernel

extension Topic {
  /// Touched when a review of this product is written or answered.
  static func reviews(of product: ProductID) -> Topic { Topic("shop.reviews", product.rawValue) }
}

/// The queries of reviews.
package enum ReviewStore {
  // MARK: - Reading

  /// One page of reviews, the newest first, read by key.
  /// - Parameter key: the last review of the page before; nil for the first page.
  static func page(
    of filter: ReviewFilter, in community: CommunityID, before key: ReviewID?, limit: Int,
    _ snapshot: Snapshot
  ) throws -> KeysetPage<ShownReview, ReviewID> {
    let found = try shown(
      ReviewQueries.page(of: filter, in: community, before: key, limit: limit + 1), snapshot)
    let elements = Array(found.prefix(limit))
    return KeysetPage(elements: elements, next: found.count > limit ? elements.last?.review.id : nil)
  }

  static func summary(
    of filter: ReviewFilter, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ReviewSummary {
    var counts: [Review.Rating: Int64] = [:]
    try snapshot.forEach(ReviewQueries.counts(of: filter, in: community)) { row in
      counts[try row[0]] = try row[1]
    }
    return ReviewSummary(counts)
  }

  package static func find(
    _ id: ReviewID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShownReview? {
    try shown(ReviewQueries.one("review.id = \(id)", in: community), snapshot).first
  }

  /// The review of one line of an order; nil while there is none.
  package static func find(
    _ position: Int, of order: OrderID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ShownReview? {
    try shown(
      ReviewQueries.one(
        "review.order_id = \(order) AND review.position = \(Int64(position))", in: community), snapshot
    ).first
  }

  private static func shown(_ query: Query, _ snapshot: Snapshot) throws -> [ShownReview] {
    var found = try snapshot.all(query, ShownReview.init)
    if found.isEmpty { return [] }
    var remarks: [ReviewID: [ReviewRemark.Voice: ReviewRemark]] = [:]
    try snapshot.forEach(
      """
      SELECT review_id, voice, body, written_at FROM shop_review_remark
      WHERE review_id IN \(list: found.map(\.review.id))
      """
    ) { row in
      remarks[try row[0], default: [:]][try row[1]] = ReviewRemark(text: try row[2], writtenAt: try row[3])
    }
    for index in found.indices { found[index].remarks = remarks[found[index].review.id] ?? [:] }
    return found
  }

  // MARK: - The desk

  /// What somebody may answer, page by page: without an answer first.
  struct DeskPage: Sendable, Equatable {
    let waiting: [ShownReview]
    let answered: [ShownReview]
    let next: ReviewDeskCursor?
  }

  static func desk(
    _ filters: [ReviewFilter], after cursor: ReviewDeskCursor?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> DeskPage {
    var waiting: [ShownReview] = []
    if cursor?.isAnswered != true {
      waiting = try newest(filters, isAnswered: false, before: cursor?.id, limit + 1, community, snapshot)
      if waiting.count > limit {
        waiting.removeLast()
        let next = waiting.last.map { ReviewDeskCursor(isAnswered: false, id: $0.review.id) }
        return DeskPage(waiting: waiting, answered: [], next: next)
      }
    }
    let start = cursor.flatMap { $0.isAnswered ? $0.id : nil }
    let rest = limit - waiting.count
    let found = try newest(filters, isAnswered: true, before: start, rest + 1, community, snapshot)
    let answered = Array(found.prefix(rest))
    let last = answered.last?.review.id ?? ReviewID(rawValue: .max)
    return DeskPage(
      waiting: waiting, answered: answered,
      next: found.count > rest ? ReviewDeskCursor(isAnswered: true, id: last) : nil)
  }

  /// Each list is read in the order of its own index, and they are put together here.
  private static func newest(
    _ filters: [ReviewFilter], isAnswered: Bool, before key: ReviewID?, _ limit: Int,
    _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownReview] {
    let lists = try filters.map { filter in
      try shown(
        ReviewQueries.page(of: filter, isAnswered: isAnswered, in: community, before: key, limit: limit),
        snapshot)
    }
    let byID = Dictionary(lists.joined().map { ($0.review.id, $0) }) { first, _ in first }
    return Array(byID.values.sorted { $0.review.id > $1.review.id }.prefix(limit))
  }
}
