import Kernel
import Testing

@testable import Shop

/// A list as people write it in a group, and how each of its lines is to be read.
struct ChatCorpusCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  /// One entry for each line that is not blank; see `ChatCorpus.described`.
  let lines: [String]

  init(_ name: String, _ text: String, reads lines: [String]) {
    self.name = name
    self.text = text
    self.lines = lines
  }

  var testDescription: String { name }

  static let all = doors + quantities + people + signs
}

enum ChatCorpus {
  static let items: [ChatItem] = [
    item(0, "散养鸡蛋", "Free-range eggs", ["盒", "box", "boxes"]),
    item(1, "河虾", "River shrimp", ["袋", "bag", "bags"], grams: 250),
    item(2, "上海青", "Shanghai greens", ["把", "bunch", "bunches"]),
    item(3, "崇明大米", "Chongming rice", ["袋", "bag", "bags"], grams: 5000),
    item(4, "番茄", "Tomatoes", [], grams: 500),
    item(5, "草莓", "Strawberries", variant: ("小盒", "small"), ["盒", "box"]),
    item(6, "草莓", "Strawberries", variant: ("大盒", "large"), ["盒", "box"]),
    item(7, "鲜牛奶", "Fresh milk", ["瓶", "bottle", "bottles"]),
  ]

  static let oranges: [ChatItem] = [item(0, "赣南脐橙", "Navel oranges", ["箱", "crate", "crates"])]

  static func items(for name: String) -> [ChatItem] { name.hasPrefix("one item") ? oranges : items }

  private static func item(
    _ number: Int64, _ chinese: String, _ english: String, variant: (String, String) = ("", ""),
    _ counters: Set<String>, grams: Int64? = nil
  ) -> ChatItem {
    ChatItem(
      CampaignItemID(rawValue: 200 + number),
      names: [
        .init(chinese, variant: variant.0), .init(english, variant: variant.1),
      ], counters: counters, grams: grams)
  }

  /// `1 王阿姨 3-501 A×2` for an order, with `?item` and the like for each question; nil for a blank line.
  static func described(_ line: ChatLine) -> String? {
    switch line.kind {
    case .blank: nil
    case .note: "note"
    case .example: "example"
    case .itemList: "item"
    case .quoted: "quoted"
    case .leftOut: "left out"
    case .continuation(let first): "goes on with \(first + 1)"
    case .amendment(let first): "joined with \(first + 1)"
    case .order(let entry): described(entry)
    }
  }

  static func described(_ entry: ChatEntry) -> String {
    let door =
      entry.door.map { [$0.building, $0.unit, $0.room].filter { !$0.isEmpty }.joined(separator: "-") } ?? "?"
    var parts = [entry.number.map(String.init) ?? "·", entry.label.isEmpty ? "·" : entry.label, door]
    if entry.intent != .order { parts.append(entry.intent.rawValue) }
    parts += entry.wishes.map { "\(ChatMark.letters($0.item))×\($0.quantity)" }
    parts += entry.questions.map { "?\($0.kind.rawValue)" }
    return parts.joined(separator: " ")
  }
}
