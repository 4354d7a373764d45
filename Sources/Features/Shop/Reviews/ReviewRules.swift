package import Kernel

/// Whether a household may review one line of its order now: a pure function of what was read.
struct ReviewDecider {
  /// How long after its handover a line may be reviewed.
  static let window: Duration = .days(90)

  let line: OrderLine
  /// When the last pieces of this line were handed over; nil before that.
  ///
  /// The window runs from here and not from the end of the campaign: the handover of each line is stored, and what is
  /// fetched late is also tasted late.
  let handedOverAt: Timestamp?
  let leader: PersonID
  /// The people of the merchant whose goods they are.
  let members: [PersonID]
  /// Everybody of the household that bought them.
  let household: [PersonID]
  let now: Timestamp

  /// - Throws: `review.not_collected`, `review.own`, `review.too_late`.
  func check() throws {
    guard line.collected > 0, let handedOverAt else { throw Problem.reviewNotCollected }
    // Leaders who praise their own group-buys are the first form of brushing (founding paper 4.1; e-commerce law, 17).
    guard !household.contains(where: { $0 == leader || members.contains($0) }) else {
      throw Problem.reviewOfOwn
    }
    guard now < handedOverAt + Self.window else { throw Problem.reviewTooLate }
  }
}

/// Someone who may answer a review: the merchant's people, or who led the campaign.
///
/// There is no way to one but this check, so a change that takes it need not ask again who is there.
package struct ReviewAnswerer: Sendable, Equatable {
  package let person: PersonID
  package let review: ReviewID
  /// As whom the person speaks. Who is both speaks as the merchant.
  package let voice: ReviewRemark.Voice

  /// - Parameter merchants: those that the person belongs to.
  /// - Returns: nil for everybody else.
  package init?(person: PersonID, roles: Set<Role>, merchants: [MerchantID], of review: Review) {
    if roles.contains(.merchant), merchants.contains(review.merchant) {
      voice = .merchant
    } else if roles.contains(.leader), person == review.leader {
      voice = .leader
    } else {
      return nil
    }
    self.person = person
    self.review = review.id
  }

  /// Who has reviews to answer.
  static let roles: Set<Role> = [.merchant, .leader]

  var role: Role { voice == .merchant ? .merchant : .leader }
}

/// How many reviews gave how many stars, in whole numbers throughout.
package struct ReviewSummary: Sendable, Equatable {
  /// Fewer reviews than these have no average: one neighbour's bad day would be the whole of it.
  package static let averageFrom: Int64 = 3
  /// Reviews by their rating; those that nobody gave may be missing.
  package let counts: [Review.Rating: Int64]

  package init(_ counts: [Review.Rating: Int64]) {
    self.counts = counts
  }

  package var count: Int64 { counts.values.reduce(0, +) }

  /// How many gave this rating.
  package subscript(rating: Review.Rating) -> Int64 { counts[rating] ?? 0 }

  /// The average in tenths of a star, rounded half up: 43 for 4.3; nil below three reviews.
  package var averageTenths: Int64? {
    guard count >= Self.averageFrom else { return nil }
    let stars = Review.Rating.allCases.reduce(0) { $0 + Int64($1.stars) * self[$1] }
    return (20 * stars + count) / (2 * count)
  }

  /// `4.3`; nil below three reviews.
  package var average: String? { averageTenths.map { "\($0 / 10).\($0 % 10)" } }

  /// Per cent of all reviews by rating, the best first; they sum to 100 unless there is no review.
  package var shares: [(rating: Review.Rating, count: Int64, percent: Int64)] {
    let ratings = Array(Review.Rating.allCases.reversed())
    let percents = LargestRemainder.split(count == 0 ? 0 : 100, by: ratings.map { self[$0] })
    return zip(ratings, percents).map { ($0, self[$0], $1) }
  }
}

/// Where the desk's list of reviews goes on: what nobody has answered stands before the rest, each newest first.
struct ReviewDeskCursor: Sendable, Equatable, CustomStringConvertible {
  let isAnswered: Bool
  /// The last review shown.
  let id: ReviewID

  init(isAnswered: Bool, id: ReviewID) {
    self.isAnswered = isAnswered
    self.id = id
  }

  /// Reads what `description` writes; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "waiting" || parts[0] == "answered",
      let id = ReviewID(String(parts[1]))
    else { return nil }
    self.init(isAnswered: parts[0] == "answered", id: id)
  }

  var description: String { "\(isAnswered ? "answered" : "waiting")-\(id)" }
}

extension Problem {
  static let reviewNotCollected = Problem(
    "review.not_collected", status: 409,
    Phrase("这样东西还没取到，现在还不能评价。", "This has not been collected yet, so it cannot be reviewed."),
    advice: Phrase("取到以后再来说说怎么样。", "Please come back and tell once you have it."))

  static let reviewOfOwn = Problem(
    "review.own", status: 409,
    Phrase("自家开的团、自家卖的东西，自己家不能评价。", "Nobody reviews what their own household leads or sells."),
    advice: Phrase("好不好，让别的邻居来说。", "How good it is, let other neighbours tell."))

  static let reviewTooLate = Problem(
    "review.too_late", status: 409,
    Phrase("取货已经过了 90 天，不能再评价了。", "It was collected more than 90 days ago; it can no longer be reviewed."),
    advice: Phrase("有问题请拨打页面下方的电话。", "If something is wrong, please call the number below."))

  static let reviewExists = Problem(
    "review.exists", status: 409,
    Phrase("这样东西您家已经评价过了。", "Your household has reviewed this already."),
    advice: Phrase("评价不能改也不能删，还可以追评一次。", "A review is never changed or removed; you can add to it once."))

  static let reviewFollowedUp = Problem(
    "review.followed_up", status: 409,
    Phrase("这条评价已经追评过了。", "This review has been added to already."),
    advice: Phrase("每条评价追评一次，不能再改。", "Each review is added to once, and not changed."))

  static let reviewAnswered = Problem(
    "review.answered", status: 409,
    Phrase("这条评价已经回复过了。", "This review has been answered already."),
    advice: Phrase("每条评价回复一次，不能再改。", "Each review is answered once, and not changed."))
}
