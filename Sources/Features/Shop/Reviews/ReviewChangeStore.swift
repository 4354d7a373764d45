package import Database
package import Kernel
import Security

/// Someone who reviews what the household bought, with everybody who belongs to that household.
package struct ReviewAuthor: Sendable, Equatable {
  package let person: PersonID
  package let household: HouseholdID
  package let members: [PersonID]

  package init(person: PersonID, household: HouseholdID, members: [PersonID]) {
    self.person = person
    self.household = household
    self.members = members
  }
}

/// How reviews and what is said to them are written: only ever added.
extension ReviewStore {
  /// The line of an order of the author's household, if it may be reviewed now.
  /// - Throws: `not_found` for every other order, so that nobody can probe; `review.not_collected`, `review.own`,
  ///   `review.too_late`.
  static func reviewable(
    _ position: Int, of id: OrderID, by author: ReviewAuthor, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (order: Order, line: OrderLine, item: CampaignItem, campaign: Campaign) {
    guard let order = try OrderStore.find(id, in: community, snapshot), order.household == author.household,
      let line = order.lines.first(where: { $0.position == position }),
      let item = try CampaignStore.items([line.item], in: community, snapshot).first,
      let campaign = try CampaignStore.find(order.campaign, in: community, snapshot)
    else { throw Problem.notFound }
    try ReviewDecider(
      line: line, handedOverAt: try snapshot.value(ReviewQueries.handedOver(position, of: id)),
      leader: campaign.leader, members: try snapshot.members(of: item.merchant, in: community),
      household: author.members, now: snapshot.now
    ).check()
    return (order, line, item, campaign)
  }

  /// Writes a review of one line, once: the same words and stars again are the same review.
  /// - Throws: as `reviewable`; `review.exists` where the line has another review.
  @discardableResult
  package static func write(
    _ draft: ReviewDraft, at position: Int, of id: OrderID, by author: ReviewAuthor,
    in transaction: Transaction
  ) throws -> ShownReview {
    guard let order = try OrderStore.find(id, in: transaction.community, transaction),
      order.household == author.household
    else { throw Problem.notFound }
    if let earlier = try find(position, of: id, in: transaction.community, transaction) {
      guard earlier.review.rating == draft.rating, earlier.review.text == draft.text.text else {
        throw Problem.reviewExists
      }
      return earlier
    }
    let found = try reviewable(position, of: id, by: author, in: transaction.community, transaction)
    let review = Review(
      id: transaction.newIdentifier(), order: id, position: position, product: found.item.product,
      merchant: found.item.merchant, leader: found.campaign.leader, rating: draft.rating,
      text: draft.text.text, writtenAt: transaction.now, writtenBy: author.person)
    try transaction.execute(
      """
      INSERT INTO shop_review (id, community_id, order_id, position, product_id, merchant_id, leader_id, stars, body,
        written_at, written_by_id)
      VALUES (\(review.id), \(transaction.community), \(id), \(Int64(position)), \(review.product),
        \(review.merchant), \(review.leader), \(review.rating), \(review.text), \(review.writtenAt),
        \(review.writtenBy))
      """)
    try transaction.audit(
      AuditEntry(
        actor: author.person, role: .resident,
        onBehalfOf: author.person == order.person ? nil : order.person, action: "shop.review_write",
        object: review.id.rawValue,
        detailDigest: Digest(of: "\(review.rating.stars)|\(review.text)").bytes))
    try tell("shop.review_written", review, #""stars":\#(review.rating.stars)"#, in: transaction)
    return ShownReview(
      review: review, name: found.line.name, pack: found.line.pack, boughtAt: order.placedAt, remarks: [:])
  }

  /// Adds what the household has to say later, once.
  /// - Throws: `not_found` for reviews of other households, `review.followed_up`, `form.invalid` without words.
  package static func followUp(
    _ text: ReviewText, at position: Int, of id: OrderID, by author: ReviewAuthor,
    in transaction: Transaction
  ) throws {
    guard let order = try OrderStore.find(id, in: transaction.community, transaction),
      order.household == author.household,
      let shown = try find(position, of: id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    guard try add(text, .household, to: shown, or: .reviewFollowedUp, in: transaction) else { return }
    try transaction.audit(
      AuditEntry(
        actor: author.person, role: .resident,
        onBehalfOf: author.person == order.person ? nil : order.person, action: "shop.review_follow_up",
        object: shown.review.id.rawValue, detailDigest: Digest(of: text.text).bytes))
    try tell("shop.review_followed_up", shown.review, #""voice":"household""#, in: transaction)
  }

  /// Answers a review, once for each voice.
  /// - Throws: `not_found` in other communities, `review.answered`, `form.invalid` without words.
  package static func answer(
    _ text: ReviewText, by answerer: ReviewAnswerer, in transaction: Transaction
  ) throws {
    guard let shown = try find(answerer.review, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard try add(text, answerer.voice, to: shown, or: .reviewAnswered, in: transaction) else { return }
    try transaction.audit(
      AuditEntry(
        actor: answerer.person, role: answerer.role, action: "shop.review_answer",
        object: shown.review.id.rawValue, detailDigest: Digest(of: text.text).bytes))
    try tell(
      "shop.review_answered", shown.review, #""voice":"\#(answerer.voice.rawValue)""#, in: transaction)
  }

  /// - Returns: false when the same voice has said the same already.
  private static func add(
    _ text: ReviewText, _ voice: ReviewRemark.Voice, to shown: ShownReview, or problem: Problem,
    in transaction: Transaction
  ) throws -> Bool {
    if let earlier = shown.remarks[voice] {
      guard earlier.text == text.text else { throw problem }
      return false
    }
    guard !text.text.isEmpty else { throw Problem.invalid([FieldProblem("text", ReviewText.needed)]) }
    try transaction.execute(
      """
      INSERT INTO shop_review_remark (review_id, voice, community_id, body, written_at)
      VALUES (\(shown.review.id), \(voice), \(transaction.community), \(text.text), \(transaction.now))
      """)
    return true
  }

  private static func tell(
    _ kind: StaticString, _ review: Review, _ what: String, in transaction: Transaction
  ) throws {
    try transaction.publish(
      kind, subject: review.id.rawValue,
      body: #"{"product":"\#(review.product)","merchant":"\#(review.merchant)",\#(what)}"#)
    transaction.touch(.reviews(of: review.product))
  }
}
