package import Database
import Kernel

/// Whose reviews a list shows.
enum ReviewFilter: Sendable, Equatable {
  case product(ProductID)
  case merchant(MerchantID)
  /// Of all campaigns that the person led.
  case leader(PersonID)

  var condition: Query {
    switch self {
    case .product(let id): "review.product_id = \(id)"
    case .merchant(let id): "review.merchant_id = \(id)"
    case .leader(let id): "review.leader_id = \(id)"
    }
  }
}

/// The queries whose plans a test looks at.
enum ReviewQueries {
  /// Nine columns of `shop_review`, then when it was bought and what it was, then who wrote it.
  private static let columns: Query = """
    review.id, review.order_id, review.position, review.product_id, review.merchant_id, review.leader_id,
    review.stars, review.body, review.written_at, placed.placed_at, line.name_zh, line.name_en, line.pack_zh,
    line.pack_en, review.written_by_id
    """

  /// The join is written so that the reviews are walked first, in the order of their index.
  private static let tables: Query = """
    shop_review AS review CROSS JOIN shop_order AS placed CROSS JOIN shop_order_line AS line
    """
  private static let joined: Query = """
    placed.id = review.order_id AND line.order_id = review.order_id AND line.position = review.position
    """

  /// The newest first.
  /// - Parameter isAnswered: whether merchant or leader have answered them; nil for all.
  static func page(
    of filter: ReviewFilter, isAnswered: Bool? = nil, in community: CommunityID, before key: ReviewID?,
    limit: Int
  ) -> Query {
    let answer: Query = """
      EXISTS (SELECT 1 FROM shop_review_remark AS answer
        WHERE answer.review_id = review.id AND answer.voice IN ('merchant', 'leader'))
      """
    let wanted: Query = isAnswered.map { $0 ? "AND \(answer)" : "AND NOT \(answer)" } ?? ""
    return """
      SELECT \(columns) FROM \(tables)
      WHERE review.community_id = \(community) AND \(filter.condition)
        AND review.id < \(key ?? ReviewID(rawValue: .max)) AND \(joined) \(wanted)
      ORDER BY review.id DESC LIMIT \(limit)
      """
  }

  static func one(_ condition: Query, in community: CommunityID) -> Query {
    """
    SELECT \(columns) FROM \(tables)
    WHERE \(condition) AND review.community_id = \(community) AND \(joined)
    """
  }

  /// Counts by stars out of the index of the filter alone.
  static func counts(of filter: ReviewFilter, in community: CommunityID) -> Query {
    """
    SELECT review.stars, count(*) FROM shop_review AS review
    WHERE review.community_id = \(community) AND \(filter.condition) GROUP BY review.stars
    """
  }

  /// When the last pieces of a line were handed over.
  static func handedOver(_ position: Int, of order: OrderID) -> Query {
    """
    SELECT max(pickup.handed_at) FROM shop_pickup AS pickup CROSS JOIN shop_pickup_line AS line
    WHERE pickup.order_id = \(order) AND line.pickup_id = pickup.id AND line.position = \(Int64(position))
    """
  }
}

extension Review.Rating: Storable {
  package var storedValue: Value { .integer(Int64(stars)) }
  package init(from row: borrowing Row, at column: Int) throws {
    guard let rating = Self(rawValue: Int(try row.integer(column))) else {
      throw DatabaseError.unexpectedValue("column \(column) holds no number of stars")
    }
    self = rating
  }
}

extension ShownReview {
  init(_ row: borrowing Row) throws {
    review = Review(
      id: try row[0], order: try row[1], position: try row[2], product: try row[3], merchant: try row[4],
      leader: try row[5], rating: try row[6], text: try row[7], writtenAt: try row[8],
      writtenBy: try row[14])
    boughtAt = try row[9]
    name = Phrase(try row[10], try row[11])
    pack = Phrase(try row[12], try row[13])
    remarks = [:]
  }
}
