import Database
import Kernel
import People

/// Whose rows are meant: selections of identifiers that the tables of several topics share.
enum PersonSelection {
  /// Orders that are a person's own, whoever entered them.
  static func orders(of subject: DataSubject) -> Query {
    """
    SELECT placed.id FROM shop_order AS placed
    WHERE placed.community_id = \(subject.community) AND placed.person_id = \(subject.person)
    """
  }

  /// Claims that a person reported.
  static func claims(of subject: DataSubject) -> Query {
    """
    SELECT claim.id FROM shop_claim AS claim
    WHERE claim.community_id = \(subject.community) AND claim.reported_by_id = \(subject.person)
    """
  }

  /// Bookings that are a person's own.
  static func bookings(of subject: DataSubject) -> Query {
    """
    SELECT booking.id FROM shop_booking AS booking
    WHERE booking.community_id = \(subject.community) AND booking.person_id = \(subject.person)
    """
  }

  /// As whom a person does services, of whichever merchants.
  static func workers(of subject: DataSubject) -> Query {
    """
    SELECT worker.id FROM shop_worker AS worker
    WHERE worker.community_id = \(subject.community) AND worker.person_id = \(subject.person)
    """
  }

  /// Merchants that nobody but this person belongs to.
  static func ownMerchants(of subject: DataSubject) -> Query {
    """
    SELECT own.merchant_id FROM shop_merchant_member AS own
    WHERE own.community_id = \(subject.community) AND own.person_id = \(subject.person) AND NOT EXISTS (
      SELECT 1 FROM shop_merchant_member AS other
      WHERE other.community_id = own.community_id AND other.merchant_id = own.merchant_id
        AND other.person_id <> own.person_id)
    """
  }
}

/// Why rows stay when the person is deleted, in words for the person.
enum KeptRows {
  static let trade = Phrase(
    "交易记录：账目和对方的凭据都靠它，法律要求至少留三年。您的名字已经抹掉，只剩编号。",
    "A record of a sale, which books and law (three years) ask for. Your name is wiped; a number stays."
  )
  static let consent = Phrase(
    "证明当时是本人同意的。您的名字已经抹掉，只剩编号。",
    "Shows that the person agreed at the time. Your name is wiped; a number stays.")
  static let goods = Phrase(
    "货从谁手里到谁手里的记录，少了一步就对不上。只剩编号。",
    "The record of who gave goods to whom, which does not add up with a step missing. Numbers alone.")
}

/// What people read for the words that are stored.
func stored<Word: CaseIterable & RawRepresentable>(_ name: (Word) -> Phrase) -> PersonColumn.Form
where Word.RawValue == String {
  .choice(Dictionary(Word.allCases.map { ($0.rawValue, name($0)) }) { first, _ in first })
}

/// Columns that many tables have.
extension PersonColumn {
  /// A name in both languages, once where they are the same or only one is there.
  static func bilingual(_ chinese: Query, _ english: Query) -> Query {
    "CASE WHEN \(english) IN ('', \(chinese)) THEN \(chinese) ELSE \(chinese) || ' / ' || \(english) END"
  }

  /// The title of a group-buy.
  /// - Parameter campaign: the column that names it, with its table.
  static func campaign(_ campaign: Query) -> PersonColumn {
    PersonColumn(
      "campaign", Phrase("团购", "Group-buy"),
      """
      (SELECT \(bilingual("campaign.title_zh", "campaign.title_en")) FROM shop_campaign AS campaign
        WHERE campaign.id = \(campaign))
      """)
  }

  /// What is sold as an item of a group-buy.
  /// - Parameter item: the column that names it, with its table.
  static func goods(item: Query) -> PersonColumn {
    PersonColumn(
      "goods", Phrase("东西", "Goods"),
      """
      (SELECT \(bilingual("product.name_zh", "product.name_en")) FROM shop_campaign_item AS item
        JOIN shop_product AS product ON product.id = item.product_id WHERE item.id = \(item))
      """)
  }

  /// What is sold as a variant.
  /// - Parameter variant: the column that names it, with its table.
  static func goods(variant: Query) -> PersonColumn {
    PersonColumn(
      "goods", Phrase("东西", "Goods"),
      """
      (SELECT \(bilingual("product.name_zh", "product.name_en")) FROM shop_variant AS variant
        JOIN shop_product AS product ON product.id = variant.product_id WHERE variant.id = \(variant))
      """)
  }

  /// The number of an order, as people know it.
  /// - Parameter order: the column that names it, with its table.
  static func orderNumber(_ order: Query) -> PersonColumn {
    PersonColumn(
      "order_number", Phrase("订单号", "Order number"),
      "(SELECT placed.number FROM shop_order AS placed WHERE placed.id = \(order))", .number)
  }

  /// What was booked.
  /// - Parameter booking: the column that names it, with its table.
  static func visit(_ booking: Query) -> PersonColumn {
    PersonColumn(
      "visit", Phrase("服务", "Service"),
      """
      (SELECT \(bilingual("booking.title_zh", "booking.title_en")) FROM shop_booking AS booking
        WHERE booking.id = \(booking))
      """)
  }
}
