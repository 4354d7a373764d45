import Interop
import Kernel
import People
import Web

/// Lists as tables of a spreadsheet.
struct ListSheets {
  let say: Wording
  let content: ListContent

  /// - Parameter merchants: nil for all; a merchant's own otherwise.
  func tables(_ list: CampaignList, merchants: Set<MerchantID>? = nil) throws -> [SheetTable] {
    switch list {
    case .supplier:
      try content.suppliers.filter { merchants?.contains($0.merchant) ?? true }.map(supplier)
    case .sorting: [sorting]
    case .packing: [packing]
    case .buildings: [buildings]
    }
  }

  private func number(_ value: Int64) -> SheetTable.Cell { .number(String(value)) }

  /// What the price is for; the amount of weighed goods is an estimate.
  private static func measure(_ item: ListItem) -> Phrase {
    let measure = WeighedWords.measure(item.unit, item.weighed)
    return item.weighed == nil
      ? measure : Phrase("\(measure.chinese)（金额为估价）", "\(measure.english) (amount estimated)")
  }

  private func supplier(_ list: SupplierList) throws -> SheetTable {
    SheetTable(
      name: say(list.name),
      headings: [
        say("商品", "Item"), say("规格", "Pack"), say("单位", "Unit"), say("数量", "Quantity"),
        say("每箱", "Case size"), say("整箱", "Cases"), say("散装", "Loose"), say("单价", "Price"),
        say("金额", "Amount"), say("计价", "Priced by"),
      ],
      rows: try list.items.map { item in
        [
          .init(say(item.name)), .init(say(item.pack)), .init(say(item.unit.name)), number(item.ordered),
          number(item.caseSize), number(item.cases.whole), number(item.cases.loose),
          .number(item.price.decimal), .number(try item.amount().decimal),
          .init(say(Self.measure(item))),
        ]
      })
  }

  private var sorting: SheetTable {
    SheetTable(
      name: say(CampaignList.sorting.name),
      headings: [say("商品", "Item"), say("规格", "Pack"), say("订单", "Order"), say("数量", "Quantity")],
      rows: content.items.flatMap { item in
        content.shares(of: item.id).map { share in
          [.init(say(item.name)), .init(say(item.pack)), number(share.number), number(share.quantity)]
        }
      })
  }

  private var packing: SheetTable {
    SheetTable(
      name: say(CampaignList.packing.name),
      headings: [
        say("订单", "Order"), say("称呼", "Name"), say("门牌", "Door"), say("商品", "Item"),
        say("规格", "Pack"), say("数量", "Quantity"), say("备注", "Note"),
      ],
      rows: content.orders.flatMap { order in
        order.lines.map { line in
          [
            number(order.number), .init(order.name), .init(say(order.door)), .init(say(line.name)),
            .init(say(line.pack)), number(line.due), .init(order.note),
          ]
        }
      })
  }

  private var buildings: SheetTable {
    SheetTable(
      name: say(CampaignList.buildings.name),
      headings: [
        say("楼栋", "Building"), say("门牌", "Door"), say("订单", "Order"), say("称呼", "Name"),
        say("件数", "Pieces"), say("待收", "To be paid"), say("称重", "Weighing"),
      ],
      rows: content.buildings.flatMap { group in
        group.orders.map { order in
          [
            .init(say(Door.buildingName(group.building))), .init(say(order.door)), number(order.number),
            .init(order.name), number(order.pieces), .number(order.owed.decimal),
            .init(order.isEstimate ? say("没称完，待收是估价", "Not all weighed; the amount is an estimate") : ""),
          ]
        }
      })
  }
}
