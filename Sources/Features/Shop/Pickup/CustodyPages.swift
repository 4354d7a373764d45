import Kernel
import Web

/// The custody record from lorry to hand.
enum CustodyPages {
  struct Names: Sendable {
    let merchants: [MerchantID: Phrase]
    let people: [PersonID: String]
    let numbers: [OrderID: Int64]
  }

  static func record(
    _ campaign: Campaign, _ records: [CustodyRecord], _ balance: CustodyBalance, _ names: Names,
    _ say: Wording
  ) -> HTML {
    let rows = records.map { record -> [HTML] in
      [
        HTML(text: say.dateTime(record.recordedAt)), HTML(text: say(record.step.name)),
        HTML(text: party(record.from, record, names, say)), HTML(text: party(record.to, record, names, say)),
        "\(record.pieces)", HTML(text: names.people[record.recordedBy] ?? ""), HTML(text: record.note),
      ]
    }
    let table = PageParts.table(
      caption: say("交接记录", "Custody record"),
      columns: [
        TableColumn(say("时间", "Time")), TableColumn(say("环节", "Step")), TableColumn(say("从", "From")),
        TableColumn(say("到", "To")), TableColumn(say("件数", "Pieces"), isNumeric: true),
        TableColumn(say("登记人", "Recorded by")), TableColumn(say("备注", "Note")),
      ], rows: rows)
    let none = PageParts.empty(say("货还没到，没有交接。", "Nothing has arrived yet, so nothing has changed hands."))
    return """
      <h1>\(say("交接记录：", "Custody record: "))\(say(campaign.title))</h1>\(verdict(balance, say))\
      \(figures(balance, say))\(records.isEmpty ? none : table)
      """
  }

  /// Differences are said in words, not by a colour.
  private static func verdict(_ balance: CustodyBalance, _ say: Wording) -> HTML {
    balance.difference == 0
      ? PageParts.notice(
        say(
          "进出对得上：还应有 \(balance.remaining) 件在手上。",
          "In and out agree: \(balance.remaining) pieces should still be on the table."),
        .good)
      : PageParts.notice(
        say(
          "对不上：交接记录说还有 \(balance.remaining) 件，库存说有 \(balance.onHand) 件，相差 \(abs(balance.difference)) 件。请清点。",
          "These differ: by custody \(balance.remaining) pieces are left, by stock \(balance.onHand); \(abs(balance.difference)) are unexplained. Please count."
        ),
        .bad)
  }

  private static func figures(_ balance: CustodyBalance, _ say: Wording) -> HTML {
    PageParts.definitions([
      (term: say("从车上点到", "Counted off the lorry"), value: "\(balance.arrived)"),
      (term: say("送人", "Given away"), value: "\(balance.given)"),
      (term: say("处理掉", "Thrown away"), value: "\(balance.wasted)"),
      (term: say("交到邻居手里", "Handed to neighbours"), value: "\(balance.handedOver)"),
      (term: say("还应有", "Should be left"), value: "<strong>\(balance.remaining)</strong>"),
    ])
  }

  private static func party(
    _ party: CustodyRecord.Party, _ record: CustodyRecord, _ names: Names, _ say: Wording
  ) -> String {
    switch party {
    case .merchant(let id): names.merchants[id].map { say($0) } ?? say("商户", "Merchant")
    case .leader(let id): names.people[id] ?? say("团长", "Leader")
    case .courier(let id): names.people[id] ?? say("送货人", "Courier")
    case .household:
      record.order.flatMap { names.numbers[$0] }
        .map { say("订单 \(OrderNumber.text($0))", "order \(OrderNumber.text($0))") } ?? say("邻居", "Neighbour")
    case .charity: say("有需要的邻居", "Neighbours in need")
    case .waste: say("处理", "Waste")
    case .lost: say("丢失，没有人认领", "Lost, nobody knows where it went")
    }
  }
}
