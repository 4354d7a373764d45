import Kernel
import People
import Web

/// The page on which a rule is written: how it stands, what the examples say of it, and everything that can be done next.
struct RuleDraftPages {
  let say: Wording
  let token: String
  let card: PolicyCard
  let today: PolicyDay
  /// A new idempotency key for each form.
  let key: () -> String

  /// What the page needs beside the draft.
  struct Shown: Sendable {
    let draft: RuleDraft
    let revisions: [RuleRevision]
    let names: [PersonID: String]
    /// Whether the reader wrote on it, and so does not publish it.
    let isWriter: Bool
    let mayPublish: Bool
    /// What came of trying it out; nil where nobody did.
    var trial: Trial?
  }

  /// A situation tried out on the page; it is kept nowhere.
  struct Trial: Sendable {
    let state: FormState
    let result: EligibilityResult?
    let day: PolicyDay
  }

  static func base(_ policy: PolicyID) -> String { "/policies/\(policy)/rule" }
  static func draft(_ policy: PolicyID) -> String { "\(base(policy))/draft" }

  private var path: String { Self.draft(card.id) }

  func page(_ shown: Shown, alerts: [HTML] = []) -> Page {
    let draft = shown.draft
    let outcomes = draft.content.run()
    let title = say("谁符合：\(card.title.chinese)", "Who may be eligible: \(card.title.english)")
    let preview = GoldenTestParts(say: say, path: path)
    let main: HTML = """
      <p><a href="\(card.path)">← \(say(card.title))</a></p><h1>\(title)</h1>\
      <p class="hint">\(say("这是草稿，居民还看不到。改一步，存一步；下面马上能看到样例过不过。", "This is a draft that residents do not see. Each step is kept; the examples below show at once whether they pass."))</p>\
      <div class="columns"><div>\(rule(draft))\(standards(draft))</div>\
      <div>\(preview.section(draft.content.rule, outcomes, today: today))\(trial(shown))</div></div>\
      \(places(draft))\(publishing(shown, draft.content.gaps(outcomes)))\(history(shown))
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  // MARK: - The rule

  private func rule(_ draft: RuleDraft) -> HTML {
    let words = RuleWords(say: say, rule: draft.content.rule, day: today)
    let tree = RuleParts(words: words).tree(draft.content.rule.root) { part in
      let label =
        draft.content.rule.root[part]?.parts == [] ? say("改", "Change") : say("改 / 加", "Change or add")
      return "<a href=\"\(path)/nodes/\(part.text)\">\(label)</a>"
    }
    return PageParts.card(say("规则", "The rule"), "<div>\(tree)</div>")
  }

  private func standards(_ draft: RuleDraft) -> HTML {
    let rows = draft.content.rule.parameters.map { parameter -> HTML in
      let value = parameter.value(on: today)
      let now =
        value.map { say("今天是 \($0.amount)", "\($0.amount) today") } ?? say("今天没有数", "No value today")
      return
        "<li><a href=\"\(path)/standards/\(parameter.key)\">\(parameter.name)</a> <span class=\"hint\">\(now)</span></li>"
    }
    let list: HTML = rows.isEmpty ? .empty : "<ul>\(rows)</ul>"
    return PageParts.card(
      say("会变的标准", "Standards that change"),
      """
      <p class="hint">\(say("每年会调的数（比如低保标准）写在这里，一个数管一段日子，条件里选它就行。", "Numbers that are adjusted, such as the minimum living allowance, stand here with their days; conditions choose them."))</p>\
      \(list)<p><a class="button quiet" href="\(path)/standards/new">\(say("加一个标准", "Add a standard"))</a></p>
      """)
  }

  private func places(_ draft: RuleDraft) -> HTML {
    var chosen: [Form.Field] = []
    for place in draft.content.places { chosen.append(Form.Field(name: "places", value: place.rawValue)) }
    let parts = FormParts(FormState(Form(fields: chosen)), say, place: "places")
    let fields: HTML = """
      \(step(.setPlaces, draft.revision, parts))\
      \(parts.checkboxes("places", Phrase("在哪些页面提示一下", "Pages on which it is a hint"), options: HintPlace.allCases.map { ($0.rawValue, $0.name) }, hint: Phrase("只说“可能有一项政策和您有关”，不问情况、不存。", "It only says that a policy may be of interest; nothing is asked or kept.")))\
      \(parts.submit(Phrase("存下", "Keep")))
      """
    return PageParts.card(
      say("在哪里提示", "Where it is a hint"), parts.form(to: steps, token: token, idempotencyKey: key(), fields))
  }

  // MARK: - Trying it out

  private func trial(_ shown: Shown) -> HTML {
    let facts = shown.draft.content.rule.facts.sorted()
    let state =
      shown.trial?.state
      ?? FormState(
        FactForm.fields(.empty, of: facts, isTyped: true).merging(["day": today.iso]) { first, _ in first })
    let parts = FormParts(state, say, place: "trial")
    let facing = FactParts(say: say)
    let answer = shown.trial?.result.map { result -> HTML in
      let day = shown.trial?.day ?? today
      let words = RuleWords(say: say, rule: shown.draft.content.rule, day: day)
      return """
        <p>\(PageParts.tag(say(RuleWords.verdict(result.verdict)), RuleWords.tone(result.verdict))) \
        \(missing(result, words))</p><div>\(RuleParts(words: words).reading(result.reading))</div>
        """
    }
    let fields: HTML = """
      \(parts.date("day", Phrase("哪一天", "On which day")))\(facts.map { facing.exact($0, parts) })\
      \(parts.submit(Phrase("试一试", "Try it")))
      """
    return PageParts.card(
      say("试一试", "Try it out"),
      """
      <p class="hint">\(say("随便编一个人的情况看看。不保存。", "Make up a situation. It is not kept."))</p>\
      \(answer ?? .empty)\(parts.form(to: "\(path)/try", token: token, fields))
      """)
  }

  private func missing(_ result: EligibilityResult, _ words: RuleWords) -> String {
    let names = result.missing.map { say($0.name) }.joined(separator: say("、", ", "))
    let open = names.isEmpty ? "" : say("还要知道：\(names)", "Still needed: \(names)")
    return open + (result.undated.isEmpty ? "" : " " + words.undated(result.undated))
  }

  // MARK: - Publishing

  private func publishing(_ shown: Shown, _ missing: [PublishingGap]) -> HTML {
    let draft = shown.draft
    let gaps = missing.map { "<li>\(say($0.words))</li>" as HTML }
    let parts = FormParts(.empty, say, place: "publish")
    let seen = parts.hidden("revision", String(draft.revision))
    let content: HTML
    if !gaps.isEmpty {
      content = "<p>\(say("发布以前还差：", "Before it can be published:"))</p><ul>\(gaps)</ul>"
    } else if shown.isWriter {
      content = "<p>\(say(Problem.ruleOwnDraft.title))</p>"
    } else if !shown.mayPublish {
      content = "<p>\(say("请督导或居委会来发布。", "A supervisor or the committee publishes it."))</p>"
    } else {
      content = parts.form(
        to: "\(path)/publish", token: token, idempotencyKey: key(),
        "\(seen)<p>\(say("请从头读一遍规则和样例，再发布。发布以后居民就能用。", "Read rule and examples once more before you publish. Residents can use it from then on."))</p>\(parts.submit(Phrase("发布", "Publish")))"
      )
    }
    let drop: HTML = """
      <details><summary>\(say("不要这份草稿", "Drop this draft"))</summary>\
      \(parts.form(to: "\(path)/drop", token: token, idempotencyKey: key(), "\(seen)\(parts.submit(Phrase("不要了", "Drop it")))"))</details>
      """
    return PageParts.card(say("发布", "Publishing"), content + drop)
  }

  private func history(_ shown: Shown) -> HTML {
    let rows = shown.revisions.map { revision -> [HTML] in
      let isNow = revision.revision == shown.draft.revision
      let parts = FormParts(.empty, say, place: "back-\(revision.revision)")
      let back: HTML =
        isNow
        ? HTML(text: say("现在", "Now"))
        : parts.form(
          to: steps, token: token, idempotencyKey: key(),
          "\(step(.restore, shown.draft.revision, parts))\(parts.hidden("to", String(revision.revision)))<button class=\"button quiet\" type=\"submit\">\(say("回到这里", "Go back to this"))</button>"
        )
      return [
        HTML(text: "\(revision.revision)"), HTML(text: say(revision.name)),
        HTML(text: shown.names[revision.writtenBy.person] ?? "—"),
        HTML(text: say.dateTime(revision.writtenAt)), back,
      ]
    }
    return PageParts.table(
      caption: say("一步一步", "Step by step"),
      columns: [
        TableColumn(say("第几步", "Step"), isNumeric: true), TableColumn(say("做了什么", "What")),
        TableColumn(say("谁", "Who")), TableColumn(say("什么时候", "When")), TableColumn(say("回去", "Back")),
      ], rows: rows)
  }

  private var steps: String { "\(path)/steps" }

  private func step(_ kind: RuleStepKind, _ revision: Int64, _ parts: FormParts) -> HTML {
    parts.hidden("step", kind.rawValue) + parts.hidden("revision", String(revision))
  }
}
