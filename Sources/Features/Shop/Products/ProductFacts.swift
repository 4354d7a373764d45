package import Database
package import Kernel

/// What kind of goods a product is, as neighbours look for it.
package enum ProductCategory: String, Sendable, CaseIterable, Storable {
  case vegetables, fruit, meat, seafood, eggs, dairy
  case soy
  case staples
  case bakery
  case seasonings
  case dried
  case snacks
  case drinks
  case prepared
  case household
  case other

  package var name: Phrase {
    switch self {
    case .vegetables: Phrase("蔬菜菌菇", "Vegetables and mushrooms")
    case .fruit: Phrase("水果", "Fruit")
    case .meat: Phrase("肉类", "Meat")
    case .seafood: Phrase("水产", "Fish and seafood")
    case .eggs: Phrase("禽蛋", "Eggs")
    case .dairy: Phrase("乳品", "Dairy")
    case .soy: Phrase("豆制品", "Tofu and soy")
    case .staples: Phrase("米面粮油", "Rice, flour and oil")
    case .bakery: Phrase("面点糕饼", "Buns and bakery")
    case .seasonings: Phrase("调味酱料", "Sauces and seasoning")
    case .dried: Phrase("南北干货", "Dried goods")
    case .snacks: Phrase("零食", "Snacks")
    case .drinks: Phrase("茶酒饮料", "Tea and drinks")
    case .prepared: Phrase("熟食净菜", "Prepared food")
    case .household: Phrase("日用百货", "Household goods")
    case .other: Phrase("其他", "Other")
    }
  }
}

/// What makes some people ill: the eight groups of GB 7718-2011, 4.4.3.1, which GB 7718-2025 makes mandatory to declare.
package enum Allergen: String, Sendable, CaseIterable, Comparable {
  case gluten, crustaceans, fish, eggs, peanuts, soy, milk, nuts

  package static func < (left: Allergen, right: Allergen) -> Bool { left.position < right.position }

  private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  package var name: Phrase {
    switch self {
    case .gluten: Phrase("麸质谷物", "Gluten")
    case .crustaceans: Phrase("甲壳类", "Crustaceans")
    case .fish: Phrase("鱼类", "Fish")
    case .eggs: Phrase("蛋类", "Egg")
    case .peanuts: Phrase("花生", "Peanut")
    case .soy: Phrase("大豆", "Soy")
    case .milk: Phrase("乳及乳糖", "Milk and lactose")
    case .nuts: Phrase("坚果", "Tree nuts")
    }
  }
}

extension Set<Allergen>: Storable {
  /// The codes in their fixed order, joined by commas; empty for none declared.
  package var storedValue: Value { .text(sorted().map(\.rawValue).joined(separator: ",")) }

  package init(from row: borrowing Row, at column: Int) throws {
    let codes = try row.text(column).split(separator: ",")
    let allergens = codes.compactMap { Allergen(rawValue: String($0)) }
    guard allergens.count == codes.count else {
      throw DatabaseError.unexpectedValue("column \(column) holds an unknown allergen")
    }
    self.init(allergens)
  }
}

/// How a product is kept until it is eaten. Temperatures as usual on Chinese food labels.
package enum ProductStorage: String, Sendable, CaseIterable, Storable {
  case ambient, cool, chilled, frozen

  package var name: Phrase {
    switch self {
    case .ambient: Phrase("常温", "Room temperature")
    case .cool: Phrase("阴凉干燥处", "Cool and dry")
    case .chilled: Phrase("冷藏 0–4℃", "Chilled, 0–4 °C")
    case .frozen: Phrase("冷冻 −18℃", "Frozen, −18 °C")
    }
  }

  /// The word alone, as spreadsheets hold it.
  var shortName: Phrase {
    switch self {
    case .ambient, .cool: name
    case .chilled: Phrase("冷藏", "Chilled")
    case .frozen: Phrase("冷冻", "Frozen")
    }
  }
}

/// A Global Trade Item Number: 8, 12, 13 or 14 digits, the last of which checks the others.
///
/// Source: GS1 General Specifications, 7.9 (weights 3 and 1 from the right).
package struct TradeItemNumber: Sendable, Equatable {
  package let digits: String

  /// nil when the length or the check digit is wrong. Spaces between digits are dropped.
  package init?(_ text: String) {
    let bytes = text.utf8.filter { $0 != 32 }
    guard [8, 12, 13, 14].contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    let sum = bytes.dropLast().reversed().enumerated().reduce(0) { sum, digit in
      sum + Int(digit.element - 48) * (digit.offset.isMultiple(of: 2) ? 3 : 1)
    }
    guard let check = bytes.last, (10 - sum % 10) % 10 == Int(check - 48) else { return nil }
    digits = String(decoding: bytes, as: UTF8.self)
  }
}
