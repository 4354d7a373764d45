import Kernel
import Web

/// The pages on which people see for themselves whether a policy may be for them. They never say that somebody is entitled:
/// the rule is quoted, and who decides is named.
struct CheckPages {
  let say: Wording
  let token: String
  /// Nil where nobody is signed in, who cannot ask for a worker by a tap.
  let askKey: (() -> String)?

  static func path(of policy: PolicyID) -> String { "\(PolicyCard.path(of: policy))/check" }
  static func path(at place: HintPlace) -> String { "/policies/check?for=\(place.rawValue)" }

  // MARK: - One policy

  /// - Parameters:
  ///   - facts: what was said so far; nil where nothing was sent yet.
  ///   - state: what is typed where something could not be read; nil where all could.
  func one(_ check: EligibilityCheck, _ facts: FactSheet?, _ state: FormState?, alerts: [HTML]) -> Page {
    let title = say("我符合吗？", "Is it for me?")
    let path = Self.path(of: check.card.id)
    let said = state == nil ? facts ?? .empty : .empty
    let answer: HTML =
      if let facts, state == nil { result(check, facts) } else { .empty }
    let main: HTML = """
      <h1>\(title)</h1><p class="lead"><a href="\(check.card.path)">\(say(check.card.title))</a></p>\
      \(answer)\(form([check], said, state, to: path, again: facts == nil ? nil : path))\
      \(facts == nil ? .empty : "\(decides(check.card))\(ask(check.card, facts ?? .empty))")
      """
    return Page(title: title, main: main, alerts: alerts)
  }

  private func result(_ check: EligibilityCheck, _ facts: FactSheet) -> HTML {
    let result = check.result(given: facts)
    let words = RuleWords(say: say, rule: check.rule, day: check.day)
    return """
      <section class="panel" id="answer" data-speak><h2>\(PageParts.tag(say(RuleWords.verdict(result.verdict)), RuleWords.tone(result.verdict)))</h2>\
      <p>\(meaning(result, words))</p>\(said(facts))\
      <details\(attribute: "open", if: result.verdict != .unknown)><summary>\(say("规定是怎么写的", "What the rule says"))</summary>\
      <div>\(RuleParts(words: words).reading(result.reading))</div></details></section>
      """
  }

  private func meaning(_ result: EligibilityResult, _ words: RuleWords) -> String {
    switch result.verdict {
    case .eligible:
      say(
        "按您说的，看起来对得上。这只是帮您看看，办不办得成由窗口决定。",
        "By what you said it seems to fit. This is only a hint; the office decides.")
    case .notEligible:
      say(
        "按您说的，有的地方对不上。这只是帮您看看；拿不准就问一问，别自己先放弃。",
        "By what you said something does not fit. This is only a hint; ask before you give it up.")
    case .unknown where result.missing.isEmpty: words.undated(result.undated)
    case .unknown:
      say(
        "下面几项说了才看得出来；不想说也没关系，可以直接问社工。",
        "It depends on the answers below. You need not give them: you can ask a worker.")
        + (result.undated.isEmpty ? "" : " " + words.undated(result.undated))
    }
  }

  private func said(_ facts: FactSheet) -> HTML {
    facts.isEmpty
      ? .empty
      : """
      <details><summary>\(say("您说的", "What you said"))</summary>\(FactParts(say: say).list(facts))</details>
      """
  }

  /// What is still needed. What was said already travels with it in the page.
  ///
  /// - Parameter again: where to begin anew; nil where nothing was sent yet.
  private func form(
    _ checks: [EligibilityCheck], _ said: FactSheet, _ state: FormState?, to path: String, again: String?,
    _ more: HTML = .empty
  ) -> HTML {
    let asked = checks.missing(given: said)
    let hasAnswer = again != nil
    let again: HTML =
      again.map { "<p><a href=\"\($0)\">\(say("从头再填", "Start again"))</a></p>" } ?? .empty
    if asked.isEmpty { return again }
    let parts = FormParts(state ?? FormState(FactForm.fields(.empty, of: asked)), say)
    let facing = FactParts(say: say)
    let questions = asked.map { facing.asked($0, checks.cells(of: $0, given: said), parts) }
    return """
      <section class="panel"><h2>\(hasAnswer ? say("还差这几项", "Still missing") : say("说说情况", "Tell us a little"))</h2>\
      <p class="hint">\(say("不想说、不知道的都可以不答。这里填的不保存，关掉就没了；替家里人看也行。", "Leave whatever you like. Nothing is kept; it is gone when you close this. You may also ask for somebody in your family."))</p>\
      \(parts.form(to: path, token: token, "\(more)\(facing.hidden(said))\(HTML.joined(questions))\(parts.submit(Phrase("看看结果", "See the answer")))"))\
      \(again)</section>
      """
  }

  private func decides(_ card: PolicyCard) -> HTML {
    var entries: [(term: String, value: HTML)] = [
      (say("谁说了算", "Who decides"), HTML(text: say(card.decidedBy)))
    ]
    if let window = card.window { entries.append((say("哪里办", "Where"), HTML(text: say(window)))) }
    if let phone = card.phone {
      entries.append((say("电话", "Telephone"), PolicyParts.phone(phone)))
    }
    entries.append(
      (say("要带什么", "What to bring"), "<a href=\"\(card.path)\">\(say("看清单", "See the list"))</a>"))
    return PageParts.card(say("真要办的话", "If you want to apply"), PageParts.definitions(entries))
  }

  /// One tap sends that somebody asks about this policy, and nothing of what was said; a form of its own passes that on.
  private func ask(_ card: PolicyCard, _ facts: FactSheet) -> HTML {
    guard let askKey else {
      return PageParts.card(
        say("想请人讲一讲？", "Want somebody to explain?"),
        "<p>\(say("登录以后点一下，社工就来联系您；也可以打页面下面的电话。", "Sign in, and one tap has a worker call you; or ring the number below."))</p><p><a class=\"button quiet\" href=\"/sign-in?next=\(Self.path(of: card.id))\">\(say("登录", "Sign in"))</a></p>"
      )
    }
    let path = "\(card.path)/ask"
    let plain = FormParts(.empty, say, place: "ask")
    let full = FormParts(.empty, say, place: "pass-on")
    let passing: HTML =
      facts.isEmpty
      ? .empty
      : """
      <details><summary>\(say("把我刚才说的也带给社工", "Pass on what I said as well"))</summary>\
      \(full.form(to: path, token: token, idempotencyKey: askKey(), "\(FactParts(say: say).hidden(facts))\(full.checkbox("pass_on", Phrase("我同意把上面说的带给社工", "I agree to pass it on to the worker"), hint: Phrase("加密存着，只有答您的社工能看；答完就删，最晚 30 天。", "It is kept encrypted for the worker who answers, and deleted with the answer, after 30 days at most.")))\(full.submit(Phrase("带上，请社工联系我", "Pass it on and have a worker call me")))"))</details>
      """
    return PageParts.card(
      say("想请人讲一讲？", "Want somebody to explain?"),
      "\(plain.form(to: path, token: token, idempotencyKey: askKey(), "<p>\(say("只告诉社工您想问这项政策，您填的不带过去。", "It only says that you ask about this policy; what you entered stays here."))</p>\(plain.submit(Phrase("请社工联系我", "Have a worker call me")))"))\(passing)"
    )
  }

  // MARK: - Several policies

  func several(
    _ checks: [EligibilityCheck], at place: HintPlace, _ facts: FactSheet?, _ state: FormState?,
    alerts: [HTML]
  ) -> Page {
    let title = say("有没有和我有关的政策？", "Is there a policy for me?")
    let said = state == nil ? facts ?? .empty : .empty
    let results: HTML =
      if let facts, state == nil { HTML.joined(checks.map { entry($0, facts) }) } else { .empty }
    let content: HTML =
      checks.isEmpty
      ? PageParts.empty(
        say("现在没有可以看的政策。", "There is none to look at now."),
        action: ("/policies", say("看看所有政策", "See all policies")))
      : results
        + form(
          checks, said, state, to: "/policies/check", again: facts == nil ? nil : Self.path(at: place),
          "<input type=\"hidden\" name=\"for\" value=\"\(place.rawValue)\">")
    return Page(
      title: title,
      main: "<h1>\(title)</h1><p class=\"lead\">\(say(place.name))</p>\(content)", alerts: alerts)
  }

  private func entry(_ check: EligibilityCheck, _ facts: FactSheet) -> HTML {
    let result = check.result(given: facts)
    let words = RuleWords(say: say, rule: check.rule, day: check.day)
    return PageParts.card(
      say(check.card.title), href: check.card.path,
      """
      <p>\(PageParts.tag(say(RuleWords.verdict(result.verdict)), RuleWords.tone(result.verdict)))</p>\
      <p>\(meaning(result, words))</p>\
      <details><summary>\(say("规定是怎么写的", "What the rule says"))</summary>\
      <div>\(RuleParts(words: words).reading(result.reading))</div></details>\
      <p class="hint">\(say("由\(check.card.decidedBy.chinese)决定。", "Decided by \(check.card.decidedBy.english)."))</p>
      """)
  }
}
