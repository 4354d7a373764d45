import Database

/// What must always hold of months that were released to merchants: a part of `nuanlin check`.
enum MarketInformationInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "shop.district_without_merchant", [.identifier("merchant")],
      """
      SELECT district.merchant_id FROM shop_merchant_district AS district
      LEFT JOIN shop_merchant AS merchant ON merchant.id = district.merchant_id
        AND merchant.community_id = district.community_id
      WHERE merchant.id IS NULL ORDER BY district.merchant_id LIMIT \(limit)
      """)
  ]
}
