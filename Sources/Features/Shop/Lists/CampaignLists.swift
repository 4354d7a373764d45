package import Kernel

/// The lists that a campaign is worked by between its close and the last bag.
package enum CampaignList: String, Sendable, CaseIterable {
  /// What each merchant is to bring.
  case supplier
  /// For each item, which order gets how many.
  case sorting
  /// For each order, what goes into its bag.
  case packing
  /// For each building, whose bags go there.
  case buildings

  package var name: Phrase {
    switch self {
    case .supplier: Phrase("商户备货单", "Supplier lists")
    case .sorting: Phrase("分拣单", "Sorting list")
    case .packing: Phrase("装袋单", "Packing list")
    case .buildings: Phrase("楼栋清单", "List by building")
    }
  }

  var purpose: Phrase {
    switch self {
    case .supplier: Phrase("给每家商户：要送多少", "For each merchant: how much to bring")
    case .sorting: Phrase("按商品分：每个订单几份", "By item: how many for each order")
    case .packing: Phrase("按订单装：袋子里有什么", "By order: what goes into the bag")
    case .buildings: Phrase("按楼栋送：哪些袋子去哪栋", "By building: which bags go where")
    }
  }
}

/// What all lists are made of.
struct ListContent: Sendable {
  let campaign: Campaign
  let point: Phrase
  let printedAt: Timestamp
  let items: [ListItem]
  /// By number; orders that hold nothing are left out.
  let orders: [ListOrder]

  /// One list a merchant, in the order in which merchants appear in the campaign.
  var suppliers: [SupplierList] {
    var lists: [SupplierList] = []
    for item in items where item.ordered > 0 {
      if let index = lists.firstIndex(where: { $0.merchant == item.merchant }) {
        lists[index].items.append(item)
      } else {
        lists.append(SupplierList(merchant: item.merchant, name: item.merchantName, items: [item]))
      }
    }
    return lists
  }

  /// Numbers and quantities of the orders that hold an item.
  func shares(of item: CampaignItemID) -> [(number: Int64, quantity: Int64)] {
    orders.flatMap { order in
      order.lines.filter { $0.item == item }.map { (number: order.number, quantity: $0.due) }
    }
  }

  /// Orders by building: numbered buildings by number, then the named ones.
  var buildings: [(building: String, orders: [ListOrder])] {
    Dictionary(grouping: orders, by: \.building).map { (building: $0.key, orders: $0.value) }.sorted {
      (Int($0.building) ?? .max, $0.building) < (Int($1.building) ?? .max, $1.building)
    }
  }
}

struct ListItem: Sendable {
  let id: CampaignItemID
  let merchant: MerchantID
  let merchantName: Phrase
  let name: Phrase
  let pack: Phrase
  let unit: Unit
  let caseSize: Int64
  /// Whether whole cases were bought, so that nothing is loose.
  let isByTheCase: Bool
  let price: Money
  /// How it is sold by weight; amounts are then estimates.
  let weighed: WeighedTerms?
  let ordered: Int64

  /// What the pieces that were ordered cost as far as is known before they are weighed.
  /// - Throws: `money.overflow`.
  func amount() throws -> Money {
    guard let weighed, ordered > 0 else { return try price.multiplied(by: ordered) }
    return try weighed.estimate(of: ordered, at: price).high
  }

  /// Whole cases, and pieces beyond them.
  var cases: (whole: Int64, loose: Int64) {
    caseSize > 1 ? (ordered / caseSize, ordered % caseSize) : (0, ordered)
  }
}

struct SupplierList: Sendable {
  let merchant: MerchantID
  let name: Phrase
  var items: [ListItem]

  /// - Throws: `money.overflow`.
  func total() throws -> Money {
    try items.reduce(.zero) { try $0.adding($1.amount()) }
  }

  var isEstimate: Bool { items.contains { $0.weighed != nil } }
}

struct ListOrder: Sendable {
  let number: Int64
  /// What the person is called.
  let name: String
  let door: Phrase
  let building: String
  let note: String
  let owed: Money
  let lines: [OrderLine]

  /// Whether something of it is still to be weighed.
  var isEstimate: Bool { lines.contains(where: \.isEstimate) }
  var pieces: Int64 { lines.reduce(0) { $0 + $1.due } }
}
