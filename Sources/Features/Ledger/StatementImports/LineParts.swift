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
    if left == .zero {
      return
        "\(list)<p><a href=\"/money/suspense/\(line.id)\">\(say("查看或更正", "See or correct"))<span class=\"visually-hidden\"> \(say("第 \(line.fileLine) 行", "line \(line.fileLine)"))</span></a></p>"
    }
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

  /// What the books have of some days, and the statement of them lacks.
  func lacking(_ movements: [BookMovement]) -> HTML {
    if movements.isEmpty {
      return PageParts.notice(
        say("这几天账上的每一笔，对方都有。", "Everything in the books of these days is on the statement."), .good)
    }
    return PageParts.table(
      caption: say("这几天账上有，对方没有的", "In the books of these days, and not on the statement"),
      columns: [
        TableColumn(say("什么", "What")), TableColumn(say("时间", "When")),
        TableColumn(say("金额", "Amount"), isNumeric: true),
      ],
      rows: movements.map {
        [
          HTML(text: names.text($0.source, say)), HTML(text: say.dateTime($0.at)),
          HTML(text: say.money($0.amount)),
        ]
      })
  }
}
