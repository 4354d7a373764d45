import Kernel
import Web

/// A group's figures as pictures, each with its table beneath.
struct GroupFigureParts {
  /// Meetings that the picture shows; the table shows all.
  private static let shown = 8
  /// From one bar to the next.
  private static let pitch = 48
  let say: Wording

  var leftOut: String { say("不写", "left out") }

  /// `2.5`
  func tenths(_ number: Int) -> String {
    number.isMultiple(of: 10) ? "\(number / 10)" : "\(number / 10).\(number % 10)"
  }

  func count(_ count: ShownCount) -> String {
    switch count {
    case .exactly(let number): say.count(number, "人", "person", many: "people")
    case .few: say("不到 \(GroupOutsideFigures.least) 人", "fewer than \(GroupOutsideFigures.least) people")
    }
  }

  // MARK: - Attendance

  func attendance(_ figures: GroupFigures, names: (GroupMemberID) -> String) -> HTML {
    let sessions = figures.sessions.map { session -> [HTML] in
      [
        HTML(text: say("第 \(session.number) 节", "Meeting \(session.number)")),
        HTML(text: say.day(session.heldAt)),
        HTML(text: say(session.commerce.name)), "\(session.there)", "\(session.expected)",
      ]
    }
    let members = figures.members.map { member -> [HTML] in
      [
        HTML(text: names(member.id)), "\(member.there)", "\(member.excused)", "\(member.absent)",
        "\(member.expected)", HTML(text: member.participationTenths.map(tenths) ?? "—"),
      ]
    }
    let title = say("出席", "Attendance")
    if sessions.isEmpty {
      return PageParts.card(title, "<p>\(say("还没有开过一节。", "There was no meeting yet."))</p>")
    }
    let bySession = PageParts.table(
      caption: say("每一节来了几位", "Who came to each meeting"),
      columns: [
        TableColumn(say("节", "Meeting")), TableColumn(say("日期", "Date")),
        TableColumn(say("买菜的部分", "Of the shop")), TableColumn(say("来了", "Came"), isNumeric: true),
        TableColumn(say("应到", "Expected"), isNumeric: true),
      ], rows: sessions)
    let byMember = PageParts.table(
      caption: say("每位组员", "Each member"),
      columns: [
        TableColumn(say("谁", "Who")), TableColumn(say("来了", "Came"), isNumeric: true),
        TableColumn(say("请假", "Excused"), isNumeric: true),
        TableColumn(say("没来", "Did not come"), isNumeric: true),
        TableColumn(say("应到", "Expected"), isNumeric: true),
        TableColumn(say("平均参与（0–3）", "Taking part (0–3)"), isNumeric: true),
      ], rows: members)
    return PageParts.card(title, "\(attendanceChart(figures.sessions))\(bySession)\(byMember)")
  }

  private func attendanceChart(_ sessions: [GroupFigures.Session]) -> HTML {
    let bars = sessions.suffix(Self.shown).map { Bar(label: "\($0.number)", value: $0.there) }
    return chart(say("每一节来了几位", "How many came to each meeting"), bars)
  }

  // MARK: - Before and after

  func changes(_ changes: [GroupChange]) -> HTML {
    let title = say("前后分数", "Scores before and after")
    let measured = changes.filter { $0.pairs + $0.onlyBefore + $0.onlyAfter > 0 }
    if measured.isEmpty {
      return PageParts.card(title, "<p>\(say("还没有分数。", "There is no score yet."))</p>")
    }
    let rows = measured.map { change -> [HTML] in
      [
        HTML(text: say(change.measure.name)), "\(change.pairs)", "\(change.up)", "\(change.same)",
        "\(change.down)", HTML(text: change.medianBefore?.text ?? "—"),
        HTML(text: change.medianAfter?.text ?? "—"), "\(change.onlyBefore + change.onlyAfter)",
        HTML(text: test(change)),
      ]
    }
    let table = PageParts.table(
      caption: say("升、平、降各几位", "How many went up, stayed, went down"),
      columns: [
        TableColumn(say("量什么", "Measure")), TableColumn(say("前后都测的", "Both times"), isNumeric: true),
        TableColumn(say("升", "Up"), isNumeric: true), TableColumn(say("平", "Same"), isNumeric: true),
        TableColumn(say("降", "Down"), isNumeric: true),
        TableColumn(say("之前的中位数", "Median before"), isNumeric: true),
        TableColumn(say("之后的中位数", "Median after"), isNumeric: true),
        TableColumn(say("只测一次的", "Once only"), isNumeric: true), TableColumn(say("符号检验", "Sign test")),
      ], rows: rows)
    let note = say(
      "不到 \(GroupChange.leastPairs) 位前后都测过的，只数升降，不算概率。数字只说明前后有没有变化，不说明是小组带来的。",
      "With fewer than \(GroupChange.leastPairs) members measured both times only ups and downs are counted. The figures show whether something changed, and do not show that the group was the cause."
    )
    return PageParts.card(
      title, "\(changeChart(measured.filter { $0.pairs > 0 }))\(table)<p class=\"muted\">\(note)</p>")
  }

  private func test(_ change: GroupChange) -> String {
    guard let thousandths = change.signTestThousandths else { return "—" }
    if thousandths == 0 { return "p < 0.001" }
    let decimals = String(1000 + thousandths % 1000).suffix(3)
    return "p = \(thousandths / 1000).\(decimals)"
  }

  private func changeChart(_ changes: [GroupChange]) -> HTML {
    let bars = changes.flatMap { change -> [Bar] in
      let short = short(change.measure)
      return [
        Bar(label: say("升", "up"), value: change.up, group: short),
        Bar(label: say("平", "same"), value: change.same, isSecond: true),
        Bar(label: say("降", "down"), value: change.down, isSecond: true),
      ]
    }
    return chart(say("升、平、降各几位", "How many went up, stayed, went down"), bars)
  }

  private func short(_ measure: OutcomeScore.Measure) -> String {
    switch measure {
    case .goalAttainment: say("目标", "goals")
    case .shoppingEfficacy: say("买菜的把握", "ordering")
    case .scamQuiz: say("识骗", "scam quiz")
    case .satisfaction: say("满意", "satisfaction")
    }
  }

  // MARK: - Practice shop

  func practice(_ practice: GroupFigures.Practice) -> HTML {
    if practice.learners == 0 { return .empty }
    return PageParts.card(
      say("练习店看到的", "What the practice shop saw"),
      """
      <p>\(say("\(practice.learners) 位组员填过练习码：", "Members who gave their code: \(practice.learners); "))\
      \(GroupParts(say: say).deeds(practice.deeds))</p><p class="muted">\(GroupParts(say: say).aboutDeeds)</p>
      """)
  }

  // MARK: - For others

  func outsideChanges(_ changes: [GroupOutsideFigures.Change]) -> HTML {
    let measured = changes.filter { $0.pairs != .exactly(0) }
    if measured.isEmpty { return .empty }
    let rows = measured.map { change -> [HTML] in
      [HTML(text: say(change.measure.name)), HTML(text: count(change.pairs))]
        + change.cells.map { cell in cell.map { "\($0)" } ?? HTML(text: leftOut) }
        + [change.medianBefore, change.medianAfter].map { HTML(text: $0?.text ?? leftOut) }
    }
    return PageParts.table(
      caption: say("前后分数", "Scores before and after"),
      columns: [
        TableColumn(say("量什么", "Measure")), TableColumn(say("前后都测的", "Both times"), isNumeric: true),
        TableColumn(say("升", "Up"), isNumeric: true), TableColumn(say("平", "Same"), isNumeric: true),
        TableColumn(say("降", "Down"), isNumeric: true),
        TableColumn(say("之前的中位数", "Median before"), isNumeric: true),
        TableColumn(say("之后的中位数", "Median after"), isNumeric: true),
      ], rows: rows)
  }

  func outsidePractice(_ figures: GroupOutsideFigures) -> HTML {
    if figures.learners == .exactly(0) { return .empty }
    let deeds = figures.practice.map { GroupParts(say: say).deeds($0) } ?? leftOut
    return
      "<p>\(say("练习店（\(count(figures.learners))）：", "Practice shop (\(count(figures.learners))): "))\(deeds)</p>"
  }

  // MARK: - Pictures

  private struct Bar {
    let label: String
    let value: Int
    /// Written above it where another group of bars begins.
    var group: String?
    var isSecond = false
  }

  /// Bars with their numbers; the highest fills the picture.
  private func chart(_ title: String, _ bars: [Bar]) -> HTML {
    guard let highest = bars.map(\.value).max(), highest > 0 else { return .empty }
    let drawn = bars.enumerated().map { index, bar -> HTML in
      let (left, height) = (40 + index * Self.pitch, bar.value * 90 / highest)
      let group: HTML =
        bar.group.map { "<text x=\"\(left)\" y=\"14\">\($0)</text>" } ?? .empty
      let style: HTML = bar.isSecond ? "series-2" : "series"
      return """
        \(group)<rect class="\(style)" x="\(left)" y="\(140 - height)" width="30" height="\(height)"></rect>\
        <text x="\(left + 15)" y="\(134 - height)" text-anchor="middle">\(bar.value)</text>\
        <text x="\(left + 15)" y="158" text-anchor="middle">\(bar.label)</text>
        """
    }
    // At least six bars wide, so that a few are not blown up.
    let width = 56 + max(6, bars.count) * Self.pitch
    return """
      <svg class="chart of-bars" role="img" viewBox="0 0 \(width) 166"><title>\(title)</title>\
      <line class="axis" x1="34" y1="140" x2="\(width - 8)" y2="140"></line>\(HTML.joined(drawn))</svg>
      """
  }
}
