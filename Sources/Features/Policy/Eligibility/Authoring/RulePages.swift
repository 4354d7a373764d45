import Kernel
import People
import Web

/// The published rule of a policy as staff read it, with its versions and what can be done with it.
struct RulePages {
  let say: Wording
  let token: String
  let card: PolicyCard
  let today: PolicyDay
  /// A new idempotency key for each form.
  let key: () -> String

  private var base: String { RuleDraftPages.base(card.id) }

  /// - Parameters:
  ///   - versions: the newest first.
  ///   - draft: the one that is being written, if any.
  func overview(
    _ head: RuleHead?, _ versions: [RuleVersion], draft: RuleDraft?, mayPublish: Bool,
    names: [PersonID: String], alerts: [HTML]
  ) -> Page {
    let title = say("谁符合：\(card.title.chinese)", "Who may be eligible: \(card.title.english)")
    let shown = head.flatMap { head in versions.first { $0.version == head.version } }
    let standing: HTML =
      if let shown, let head {
        published(shown, isShown: head.isShown, mayPublish: mayPublish)
      } else {
        PageParts.empty(say("这项政策还没有写“谁符合”。", "This policy has no rule of who may be eligible yet."))
      }
    let main: HTML = """
      <p><a href="\(card.path)">← \(say(card.title))</a></p><h1>\(title)</h1>\
      \(begin(draft, hasVersion: shown != nil))\(standing)\(list(versions, names))
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func begin(_ draft: RuleDraft?, hasVersion: Bool) -> HTML {
    if draft != nil {
      return
        "<p class=\"actions\"><a class=\"button\" href=\"\(base)/draft\">\(say("接着写草稿", "Go on with the draft"))</a></p>"
    }
    let label =
      hasVersion ? Phrase("写新的一版", "Write a new version") : Phrase("开始写", "Begin to write")
    return FormParts(.empty, say).form(
      to: "\(base)/draft", token: token, idempotencyKey: key(), FormParts(.empty, say).submit(label))
  }

  private func published(_ version: RuleVersion, isShown: Bool, mayPublish: Bool) -> HTML {
    let tag =
      isShown
      ? PageParts.tag(say("居民可以用", "In use"), .good)
      : PageParts.tag(say("已撤下", "Taken down"), .bad)
    let down: HTML =
      isShown && mayPublish
      ? """
      <details><summary>\(say("规则有错，先撤下", "It is wrong: take it down"))</summary>\
      <p class="hint">\(say("居民马上就看不到了，改好再发布一版。", "Residents do not see it any more at once; publish a corrected version."))</p>\
      \(FormParts(.empty, say).form(to: "\(base)/take-down", token: token, idempotencyKey: key(), FormParts(.empty, say).submit(Phrase("撤下", "Take it down"))))</details>
      """
      : .empty
    let check: HTML =
      isShown
      ? "<p><a href=\"\(CheckPages.path(of: card.id))\">\(say("看居民看到的样子", "See what residents see"))</a></p>"
      : .empty
    return PageParts.card(
      say("第 \(version.version) 版", "Version \(version.version)"),
      "<p>\(tag)</p>\(content(version))\(check)\(down)")
  }

  /// One published version.
  func version(_ version: RuleVersion, names: [PersonID: String]) -> Page {
    let title = say(
      "第 \(version.version) 版：\(card.title.chinese)", "Version \(version.version): \(card.title.english)")
    let main: HTML = """
      <p><a href="\(base)">← \(say("谁符合", "Who may be eligible"))</a></p><h1>\(title)</h1>\
      <p class="hint">\(say.day(version.publishedAt, inYear: 0)) · \(names[version.publishedBy.person] ?? "—")</p>\
      \(content(version))\(GoldenTestParts(say: say, path: nil).section(version.content.rule, version.content.run(), today: today))
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func content(_ version: RuleVersion) -> HTML {
    let words = RuleWords(say: say, rule: version.content.rule, day: today)
    let places = HintPlace.allCases.filter(version.content.places.contains).map { say($0.name) }
    let hints: HTML =
      places.isEmpty
      ? .empty
      : "<p class=\"hint\">\(say("在这些页面提示：", "A hint on these pages: "))\(places.joined(separator: say("、", ", ")))</p>"
    return "<div>\(RuleParts(words: words).tree(version.content.rule.root))</div>\(hints)"
  }

  private func list(_ versions: [RuleVersion], _ names: [PersonID: String]) -> HTML {
    if versions.isEmpty { return .empty }
    let rows = versions.map { version -> [HTML] in
      [
        "<a href=\"\(base)/versions/\(version.version)\">\(say("第 \(version.version) 版", "Version \(version.version)"))</a>",
        HTML(text: say.day(version.publishedAt, inYear: 0)),
        HTML(text: names[version.publishedBy.person] ?? "—"),
      ]
    }
    return PageParts.table(
      caption: say("各版", "Versions"),
      columns: [
        TableColumn(say("版本", "Version")), TableColumn(say("发布", "Published")),
        TableColumn(say("谁发布的", "By")),
      ], rows: rows)
  }
}
