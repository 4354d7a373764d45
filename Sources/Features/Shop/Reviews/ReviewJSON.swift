import Kernel
import Web

/// A review as programs send and read it. It names no household and no order, and its author only where they agree to it now.
enum ReviewJSON {
  /// - Throws: `form.invalid` with every wrong, missing or unknown field.
  static func draft(_ json: JSON) throws -> ReviewDraft {
    var body = try json.object()
    let stars = body.integer("stars", in: 1...5)
    let typed = body.string("text", length: 0...ReviewText.limit, isRequired: false) ?? ""
    if let fault = ReviewText.fault(ProductText.trimmed(typed), by: .household) { body.add("text", fault) }
    try body.finish()
    guard let rating = stars.flatMap({ Review.Rating(rawValue: Int($0)) }) else {
      throw Problem.internalFault
    }
    return ReviewDraft(rating, try ReviewText(typed, by: .household))
  }

  static func document(_ shown: ShownReview, offsetSeconds: Int) -> JSONWriter {
    var json = JSONWriter(capacity: 512)
    write(shown, offsetSeconds, to: &json)
    return json
  }

  static func document(
    _ page: KeysetPage<ShownReview, ReviewID>, _ summary: ReviewSummary, offsetSeconds: Int
  ) -> JSONWriter {
    var json = JSONWriter(capacity: 256 + page.elements.count * 500)
    json.object { json in
      json.object("summary") { json in
        json.field("count", summary.count)
        json.field("average", summary.average)
        json.array("by_stars", summary.shares) { json, share in
          json.object { json in
            json.field("stars", share.rating.stars)
            json.field("count", share.count)
          }
        }
      }
      json.array("reviews", page.elements) { json, shown in write(shown, offsetSeconds, to: &json) }
      json.field("next_cursor", page.next?.description)
    }
    return json
  }

  private static func write(_ shown: ShownReview, _ offsetSeconds: Int, to json: inout JSONWriter) {
    let bought = CivilDateTime(shown.boughtAt, offsetSeconds: offsetSeconds)
    json.object { json in
      json.field("id", shown.review.id)
      json.field("product", shown.review.product)
      json.field("name", shown.name)
      json.field("pack", shown.pack)
      json.field("bought_in", bought.isoDate.prefix(7))
      json.field("stars", shown.review.rating.stars)
      json.field("text", shown.review.text)
      json.field("written_at", shown.review.writtenAt)
      json.field("author", shown.signature)
      remark("follow_up", .household, shown, &json)
      remark("merchant_answer", .merchant, shown, &json)
      remark("leader_answer", .leader, shown, &json)
    }
  }

  private static func remark(
    _ name: StaticString, _ voice: ReviewRemark.Voice, _ shown: ShownReview, _ json: inout JSONWriter
  ) {
    guard let remark = shown.remarks[voice] else { return }
    json.object(name) { json in
      json.field("text", remark.text)
      json.field("written_at", remark.writtenAt)
    }
  }
}

// The same shapes, as the OpenAPI document states them.
extension ReviewJSON {
  private static let said = Schema.object([
    .init("text", .string()), .init("written_at", .timestamp),
  ])

  static let review = Schema.named(
    "Review",
    .object([
      .init("id", .identifier), .init("product", .identifier), .init("name", .phrase), .init("pack", .phrase),
      .init("bought_in", .string(pattern: "^[0-9]{4}-[0-9]{2}$")), .init("stars", .integer(1...5)),
      .init("text", .string()), .init("written_at", .timestamp), .init("author", .nullable(.string())),
      .init("follow_up", said, isRequired: false), .init("merchant_answer", said, isRequired: false),
      .init("leader_answer", said, isRequired: false),
    ]))

  static let page = Schema.object([
    .init(
      "summary",
      .object([
        .init("count", .integer(0...Int64.max)), .init("average", .nullable(.string())),
        .init(
          "by_stars",
          .array(.object([.init("stars", .integer(1...5)), .init("count", .integer(0...Int64.max))]))),
      ])),
    .init("reviews", .array(review)), .init("next_cursor", .nullable(.string())),
  ])

  static let newReview = Schema.named(
    "NewReview",
    .object([
      .init("stars", .integer(1...5)),
      .init("text", .string(length: 0...ReviewText.limit), isRequired: false),
    ]))
}

/// The API of reviews as the OpenAPI document describes it.
enum ReviewOperations {
  static let list = Operation(
    "listReviews",
    Phrase(
      "一件商品的评价，新的在前；满三条才有平均分。author 只有本人同意具名时才有，收回同意马上没有，请别存。",
      "Reviews of a product, newest first; there is an average from three on. An author is given only while the writer agrees to be named, so do not keep it."
    ),
    parameters: [APIQuery.cursorParameter, APIQuery.limitParameter],
    answers: [.init(200, Phrase("一页评价。", "A page of reviews."), ReviewJSON.page)])

  static let write = Operation(
    "writeReview",
    Phrase(
      "评价自家取到的一样东西，每样一次，不能改。",
      "Reviews one line that the household collected, once; it is not changed afterwards."),
    parameters: [
      .idempotencyKey, .init("position", in: .path, .integer(0...Int64(Order.lineLimit))),
    ], request: ReviewJSON.newReview,
    answers: [.init(201, Phrase("评价已登出。", "The review is shown."), ReviewJSON.review)])
}
