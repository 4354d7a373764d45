import Kernel
import Web

/// The parts of pages that show lines of statements.
struct LineParts {
  let say: Wording
  let names: LineNames

  func moment(_ moment: Timestamp, _ hasTime: Bool) -> String {
    hasTime ? say.dateTime(moment) : say.day(moment)
  }

  func who(_ details: LineDetails) -> HTML {
    let name = details.name ?? say("没有户名", "No name")
    let account: HTML = details.account.map { " <span class=\"muted\">\($0)</span>" } ?? .empty
    let text: HTML = details.remittance.isEmpty ? .empty : "<br>\(details.remittance)"
    return "<strong>\(name)</strong>\(account)\(text)"
  }

  func tag(_ finding: Finding.Kind) -> HTML {
    PageParts.tag(say(finding.name), finding.isSuspense ? .notice : finding == .received ? .good : .neutral)
  }

  /// What a line was found to be, what people said of it, and whether anything is open.
  func standing(_ line: ImportedLine, _ explanations: [Explanation]) -> HTML {
    let withdrawn = Set(explanations.compactMap(\.withdraws))
    let standing = explanations.filter { $0.kind != .withdrawn && !withdrawn.contains($0.id) }
    let said = standing.map { "<li>\(words($0))</li>" as HTML }
    let list: HTML = said.isEmpty ? .empty : "<ul>\(said)</ul>"
    let left = explanations.last?.leftOver ?? line.amount
    if left == .zero { return list }
    return """
      \(tag(line.finding))\(list)<p><a href="/money/suspense/\(line.id)">\(say("还有 \(say.money(left)) 待查",
        "\(say.money(left)) wait for an explanation"))</a></p>
      """
  }

  /// `订单的付款：订单 17 · 周末菜` with its amount.
  func words(_ explanation: Explanation) -> String {
    let thing = explanation.source.map { say("：", ": ") + names.text($0, say) } ?? ""
    return "\(say(explanation.kind.name))\(thing) \(say.money(explanation.amount))"
  }
}
