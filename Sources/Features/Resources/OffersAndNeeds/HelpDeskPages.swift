import Kernel
import Web

/// What the station sees of matches that go on, and of those that did not work out.
struct HelpDeskPages {
  let say: Wording

  struct Line: Sendable {
    let match: Match
    let state: Match.State
    let waitingFor: [Match.Side]
    let isOverdue: Bool
  }

  /// Those that should be looked at first.
  func live(_ lines: [Line], _ names: [Party: Phrase], at now: Timestamp) -> HTML {
    if lines.isEmpty { return .empty }
    let sorted = lines.filter(\.isOverdue) + lines.filter { !$0.isOverdue }
    let rows = sorted.map { line -> [HTML] in
      let waiting = line.waitingFor.map { side in
        let party = line.match.party(side)
        return "\(say(side.name)) · \(say(names[party] ?? party.kind.strangerName))"
      }
      let late: HTML =
        line.isOverdue ? " \(PageParts.tag(say("该问问了", "Ask them"), .notice))" : .empty
      return [
        "<a href=\"/help-desk/matches/\(line.match.id)\">\(say(line.match.category.name))</a>",
        "\(PageParts.tag(say(line.state.name)))\(late)",
        HTML(text: waiting.joined(separator: say("、", ", "))),
        HTML(text: say.day(line.match.createdAt)),
      ]
    }
    return PageParts.table(
      caption: say("正在牵的线", "Matches going on"),
      columns: [
        TableColumn(say("哪一类", "Kind")), TableColumn(say("到哪一步", "How far")),
        TableColumn(say("等谁", "Waiting for")), TableColumn(say("哪天牵的", "Since")),
      ], rows: rows)
  }

  /// Counts alone.
  func failures(_ counts: [(reason: MatchFailure, count: Int64)]) -> HTML {
    if counts.isEmpty { return .empty }
    let items = counts.map { "<li>\(say($0.reason.name)) \($0.count)</li>" as HTML }
    return PageParts.card(
      say("一年里没帮成的", "What did not work out within a year"), "<ul>\(items)</ul>")
  }
}
