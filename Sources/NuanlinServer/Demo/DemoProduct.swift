package import Kernel
package import Shop

/// The shelf on which a product stands in the storefront; the codes are those of the Shop's product categories.
package enum DemoCategory: String, Sendable, CaseIterable {
  case vegetables, fruit, meat, seafood, eggs, dairy, soy, staples, bakery, seasonings, dried, snacks, drinks
  case household
}

/// The groups of substances that a food must declare (GB 7718-2025); the codes are those of the Shop's allergens.
package enum DemoAllergen: String, Sendable, CaseIterable {
  case gluten, crustaceans, fish, eggs, peanuts, soy, milk, nuts
}

/// How a product is kept until it is handed over; the codes are those of the Shop's product storage.
package enum DemoStorage: String, Sendable, CaseIterable {
  case ambient, chilled, frozen
}

/// A certificate that the merchant shows. The numbers are invented and say so.
package struct DemoCertificate: Sendable, Hashable {
  package let name: Phrase
  /// `DEMO-` and a running number.
  package let number: String

  static func greenFood(_ number: String) -> DemoCertificate {
    DemoCertificate(name: Phrase("绿色食品", "Green Food"), number: "DEMO-GF-\(number)")
  }
  static func organic(_ number: String) -> DemoCertificate {
    DemoCertificate(name: Phrase("有机产品", "Organic product"), number: "DEMO-OR-\(number)")
  }
  static func origin(_ number: String) -> DemoCertificate {
    DemoCertificate(name: Phrase("农产品地理标志", "Geographical indication"), number: "DEMO-GI-\(number)")
  }
  static func inspected(_ number: String) -> DemoCertificate {
    DemoCertificate(name: Phrase("动物检疫合格", "Animal quarantine inspection"), number: "DEMO-AQ-\(number)")
  }
}

/// One way in which a product is packed and priced.
package struct DemoVariant: Sendable, Hashable {
  /// `小袋`, `大袋`; nil where the product comes in one size only.
  package let name: Phrase?
  /// What one unit holds: `约 500 克`.
  package let pack: Phrase
  /// For one unit, or for the weight that `weighed` names.
  package let price: Money
  /// Units in one case as the merchant delivers it; at least 1.
  package let caseSize: Int
  /// How it is sold by weight; the price is then for that weight.
  package private(set) var weighed: WeighedTerms?

  /// What one unit costs, as far as that is known before it is weighed.
  package var expectedPrice: Money {
    (try? weighed?.estimate(of: 1, at: price).high) ?? price
  }

  /// The same pack, sold at its price for a kilogram.
  func perKilogram(grams: Int64, tolerance: Int64) -> DemoVariant {
    weighed(per: .kilogram, grams: grams, tolerance: tolerance)
  }

  /// The same pack, sold at its price for 500 g.
  func perJin(grams: Int64, tolerance: Int64) -> DemoVariant {
    weighed(per: .jin, grams: grams, tolerance: tolerance)
  }

  private func weighed(per basis: WeighedPrice.Basis, grams: Int64, tolerance: Int64) -> DemoVariant {
    var variant = self
    variant.weighed = WeighedTerms(per: basis, typicalGrams: grams, tolerancePercent: tolerance)
    return variant
  }

  static func one(_ chinese: String, _ english: String, _ fen: Int64, case size: Int) -> DemoVariant {
    DemoVariant(name: nil, pack: Phrase(chinese, english), price: .fen(fen), caseSize: size)
  }
  static func small(_ chinese: String, _ english: String, _ fen: Int64, case size: Int) -> DemoVariant {
    DemoVariant(name: Phrase("小份", "Small"), pack: Phrase(chinese, english), price: .fen(fen), caseSize: size)
  }
  static func large(_ chinese: String, _ english: String, _ fen: Int64, case size: Int) -> DemoVariant {
    DemoVariant(name: Phrase("大份", "Large"), pack: Phrase(chinese, english), price: .fen(fen), caseSize: size)
  }
  static func kind(
    _ name: Phrase, _ chinese: String, _ english: String, _ fen: Int64, case size: Int
  ) -> DemoVariant {
    DemoVariant(name: name, pack: Phrase(chinese, english), price: .fen(fen), caseSize: size)
  }
}

/// A product of the demo neighbourhood.
package struct DemoProduct: Sendable, Hashable {
  /// Stable and unique over both communities: `shanghai-greens`.
  package let key: String
  package let name: Phrase
  package let category: DemoCategory
  /// The unit in which it is counted and sold.
  package let unit: Unit
  /// At least one.
  package let variants: [DemoVariant]
  /// Two plain sentences in each language.
  package let description: Phrase
  package let origin: Phrase
  package let allergens: [DemoAllergen]
  package let certificate: DemoCertificate?
  /// Days that it keeps from packing, stored as `storage` says; nil for what does not spoil.
  package let shelfLifeDays: Int?
  package let storage: DemoStorage
  package let shape: DemoShape
  let tint: DemoTint
  /// How often it is chosen, 1 (seldom) to 100 (by nearly everyone).
  package let demandWeight: Int

  init(
    _ key: String, _ name: Phrase, _ category: DemoCategory, _ unit: Unit, _ variants: [DemoVariant],
    _ description: Phrase, origin: Phrase, allergens: [DemoAllergen] = [],
    certificate: DemoCertificate? = nil,
    keeps shelfLifeDays: Int?, _ storage: DemoStorage, _ shape: DemoShape, _ tint: DemoTint,
    demand demandWeight: Int
  ) {
    self.key = key
    self.name = name
    self.category = category
    self.unit = unit
    self.variants = variants
    self.description = description
    self.origin = origin
    self.allergens = allergens
    self.certificate = certificate
    self.shelfLifeDays = shelfLifeDays
    self.storage = storage
    self.shape = shape
    self.tint = tint
    self.demandWeight = demandWeight
  }
}

/// Places that several products come from.
enum DemoOrigin {
  static let chongming = Phrase("上海崇明", "Chongming, Shanghai")
  static let qingpu = Phrase("上海青浦练塘", "Liantang, Qingpu, Shanghai")
  static let nanhui = Phrase("上海浦东老港", "Laogang, Pudong, Shanghai")
  static let fengxian = Phrase("上海奉贤", "Fengxian, Shanghai")
  static let lane = Phrase("本社区作坊", "Made in this neighbourhood")
  static let westHill = Phrase("江苏苏州西山", "West Hill, Suzhou, Jiangsu")
  static let zhoushan = Phrase("浙江舟山", "Zhoushan, Zhejiang")
  static let huzhou = Phrase("浙江湖州", "Huzhou, Zhejiang")
  static let suzhou = Phrase("江苏苏州", "Suzhou, Jiangsu")
}

/// All products of the demo, by merchant.
package enum DemoProducts {
  /// The 120 products of the neighbourhood.
  package static let all: [DemoProduct] = DemoMerchants.all.flatMap(\.products)

  /// What the practice shop sells; nothing of it leaves the practice community.
  package static let practice: [DemoProduct] = DemoMerchants.practice.products

  /// The product with this key, in either community; nil when there is none.
  package static func withKey(_ key: String) -> DemoProduct? { byKey[key] }

  private static let byKey = Dictionary(
    (all + practice).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
}
