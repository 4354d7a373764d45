import Interop
import Kernel
import Web

/// One mandate with what a page needs to tell of it.
struct MandateView: Sendable {
  let mandate: Mandate
  let names: [PersonID: String]
  let merchants: [MerchantID: Phrase]
  /// To whom the principal agreed, in a consent of its own, that orders are told.
  let toldOfOrders: Set<PersonID>
  /// The revisions that have a scan.
  let pictured: Set<Int64>
}

/// Mandates, for the one who gave them, for the one who helps, and for those who record them.
struct MandatePages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// Who looks at them.
  let reader: PersonID
  /// Where these pages live: `/account/mandates`, or that of a person at the desk.
  let base: String
  /// Nil for the principal's own pages; what the person is called at the desk.
  let person: String?
  /// What all living mandates come to.
  let sum: MandateSum

  private var isOwn: Bool { person == nil }
  private var kind: PageKind { isOwn ? .resident : .staff }

  private func parts(_ view: MandateView) -> MandateParts {
    MandateParts(view, say)
  }

  // MARK: - Lists

  func list(_ views: [MandateView]) -> Page {
    let title =
      person.map { say("\($0)的委托", "Mandates of \($0)") } ?? say("谁可以帮我办事", "Who may do things for me")
    let living = views.filter { $0.mandate.mayCountYet(at: now) }
    let ended = views.filter { !$0.mandate.mayCountYet(at: now) }
    let cards = living.map { card($0) }
    let nothing: HTML =
      living.isEmpty ? PageParts.empty(say("现在没有委托。", "There is no mandate at present.")) : .empty
    let past: HTML =
      ended.isEmpty
      ? .empty
      : "<details><summary>\(say("以前的委托（\(ended.count)）", "Former mandates (\(ended.count))"))</summary>\(ended.map { card($0) })</details>"
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("委托给的是一个人，只办写明的事，有上限，有期限，随时可以收回。同一户的家人帮忙不用委托。", "A mandate is for one named person and for what is written in it, with caps and a last day, and can be taken back at any time. People of one household need none."))</p>\
      \(together)\(nothing)\(cards)\
      <p class="actions"><a class="button" href="\(base)/new">\(isOwn ? say("请一个人帮忙", "Let somebody help") : say("登记一份委托", "Record a mandate"))</a>\(deskLinks)</p>\(past)\
      <p><a href="\(back)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main)
  }

  /// What the caps of several helpers come to; nothing while one or nobody helps.
  private var together: HTML {
    if sum.helpers < 2 { return .empty }
    return """
      <section class="card" id="together"><h2>\(say("几位加起来", "All of them together"))</h2>\
      <p class="lead">\(say("\(sum.helpers) 位一共，一个月最多 ", "\(sum.helpers) helpers, at most "))\
      <strong>\(say.money(sum.perMonth))</strong>\(say("。", " a month."))</p>\
      <p>\(say("每份委托的上限各算各的。嫌多就调低，或者收回一份，马上算数。", "Each mandate has caps of its own. If it is too much, lower one or take one back: that counts at once."))</p></section>
      """
  }

  /// Said before another mandate is given.
  private var another: HTML {
    if sum.helpers == 0 { return .empty }
    let count = say.count(sum.helpers, "位", "person", many: "people")
    return PageParts.notice(
      say(
        "已经委托了 \(count)，一个月加起来最多 \(sum.perMonth.display)。再给一位，上限各算各的，加起来会更多。",
        "\(count) may help already, for at most \(sum.perMonth.display) a month together. Another mandate has caps of its own, and they add up."
      ), .notice)
  }

  private var back: String { isOwn ? "/account" : String(base.dropLast("/mandates".count)) }

  private var deskLinks: HTML {
    if isOwn { return .empty }
    return """
       <a class="button quiet" href="\(base)/print">\(say("打印空白委托书", "Print an empty form"))</a> \
      <a class="button quiet" href="\(back)/spoken-codes">\(say("电话密码纸", "Sheet of spoken codes"))</a>
      """
  }

  private func card(_ view: MandateView) -> HTML {
    let terms = view.mandate.terms(at: now)
    let parts = parts(view)
    let caps = say(
      "一单最多 \(say.money(terms.perOrder))，一个月最多 \(say.money(terms.perMonth))，到 \(say.day(terms.expires - .seconds(1), inYear: 0))",
      "at most \(say.money(terms.perOrder)) an order and \(say.money(terms.perMonth)) a month, until \(say.day(terms.expires - .seconds(1), inYear: 0))"
    )
    return PageParts.card(
      parts.name(view.mandate.helper), href: "\(base)/\(view.mandate.id)",
      "<p>\(parts.state(view.mandate, at: now)) \(caps)</p>")
  }

  // MARK: - One mandate

  func show(_ view: MandateView, _ state: FormState, alerts: [HTML] = []) -> Page {
    let mandate = view.mandate
    let parts = parts(view)
    let helper = parts.name(mandate.helper)
    let title =
      person.map { say("\($0)委托\(helper)", "\($0)’s mandate for \(helper)") }
      ?? say("\(helper)可以帮我做什么", "What \(helper) may do for me")
    let path = "\(base)/\(mandate.id)"
    let main: HTML = """
      <h1>\(title)</h1><p>\(parts.state(mandate, at: now))</p>\(parts.terms(mandate.terms(at: now)))\
      \(together)\(mandate.mayCountYet(at: now) ? changing(mandate, path, parts, state) : .empty)\
      \(isOwn ? .empty : history(view, path))\
      <p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main, alerts: alerts)
  }

  private func changing(_ mandate: Mandate, _ path: String, _ parts: MandateParts, _ state: FormState) -> HTML
  {
    // A helper may end it and nothing else; what has run out is not changed before it counts again.
    let isHelper = reader == mandate.helper
    let mayChange = !isHelper && mandate.isAlive(at: now)
    let change: HTML =
      mayChange
      ? "<a class=\"button quiet\" href=\"\(path)/terms\">\(say("改别的", "Change something else"))</a>" : .empty
    let refusal = Problem.mandateByHelper
    let why: HTML =
      isHelper
      ? PageParts.notice(
        say(refusal.title) + (refusal.advice.map { " " + say($0) } ?? ""), .notice) : .empty
    return """
      \(why)\(parts.pending(mandate, at: now, keep: isHelper ? nil : "\(path)/keep", token: token))\(isOwn && mayChange ? caps(path, state) : .empty)\
      <p class="actions">\(change)\
      \(isOwn ? .empty : " <a class=\"button quiet\" href=\"\(path)/print\">\(say("打印大字委托书", "Print it in large type"))</a>" as HTML)</p>\
      <section class="card" id="end"><h2>\(say("不请这位帮忙了", "End it"))</h2>\
      <p>\(say("按下去马上算数，以后要帮忙得重新委托。", "It ends at once and for good; to go on, a new one has to be given."))</p>\
      <form method="post" action="\(path)/end"><input type="hidden" name="form_token" value="\(token)">\
      <p class="actions"><button class="button danger" type="submit">\(say("收回委托", "Take the mandate back"))</button></p></form></section>
      """
  }

  private func caps(_ path: String, _ state: FormState) -> HTML {
    let parts = FormParts(state, say)
    let fields = MandateFields(
      parts: parts, say: say, choices: MandateChoices(helpers: [], trusted: [], witnesses: [], merchants: []))
    return """
      <section class="card" id="caps"><h2>\(say("改上限", "Change the caps"))</h2>\
      <p>\(say("调低马上算数，调高要等 24 小时。", "Lower counts at once, higher after 24 hours."))</p>\
      \(parts.form(to: "\(path)/terms", token: token, "\(parts.hidden("part", MandateForm.Part.caps.rawValue))\(fields.caps)\(parts.submit(Phrase("就这么改", "Change it")))"))</section>
      """
  }

  private func history(_ view: MandateView, _ path: String) -> HTML {
    let parts = parts(view)
    let rows = view.mandate.revisions.map { revision -> [HTML] in
      let evidence = revision.asking.evidence
      let witness =
        evidence.witness.map { say("，见证人 \(parts.name($0))", ", witness \(parts.name($0))") } ?? ""
      let picture: HTML =
        view.pictured.contains(revision.sequence)
        ? " <a href=\"\(path)/evidence/\(revision.sequence)\">\(say("看那张纸", "See the paper"))</a>" : .empty
      return [
        HTML(text: say.dateTime(revision.askedAt)), HTML(text: say.dateTime(revision.effectiveAt)),
        HTML(text: parts.name(revision.asking.actor.person)),
        "\(say(evidence.kind.name))\(evidence.place.map { "，" + say($0.name) } ?? "")\(witness)\(picture)",
      ]
    }
    return PageParts.table(
      caption: say("怎么定下来的", "How it came about"),
      columns: [
        TableColumn(say("什么时候说的", "Asked")), TableColumn(say("什么时候算数", "Counts from")),
        TableColumn(say("谁登记的", "Entered by")), TableColumn(say("凭据", "Evidence")),
      ], rows: rows)
  }

  // MARK: - Forms

  func new(_ choices: MandateChoices, _ state: FormState, alerts: [HTML] = []) -> Page {
    let title =
      person.map { say("登记\($0)的委托", "Record a mandate of \($0)") } ?? say("请一个人帮忙", "Let somebody help")
    let parts = FormParts(state, say)
    let fields = MandateFields(parts: parts, say: say, choices: choices)
    let explanation =
      isOwn
      ? say("只写您愿意的。以后随时能调低、收回。", "Write only what you want. You can lower it or take it back at any time.")
      : say(
        "先把每一条念给本人听，本人愿意了再写。帮忙的人不能替自己登记。",
        "Read each line to the person first, and write only what they want. Helpers do not record their own mandates."
      )
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(explanation)</p>\(another)\
      \(parts.form(to: base, token: token, files: !isOwn, "\(fields.helper)\(fields.terms)\(isOwn ? .empty : fields.evidence)\(parts.submit(isOwn ? Phrase("就请这位帮忙", "Give the mandate") : Phrase("登记", "Record it")))"))\
      <p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main, alerts: alerts)
  }

  func change(_ view: MandateView, _ choices: MandateChoices, _ state: FormState, alerts: [HTML] = []) -> Page
  {
    let title = say("改委托", "Change the mandate")
    let path = "\(base)/\(view.mandate.id)"
    let parts = FormParts(state, say)
    let fields = MandateFields(parts: parts, say: say, choices: choices)
    let main: HTML = """
      <h1>\(title)：\(self.parts(view).name(view.mandate.helper))</h1>\
      <p class="lead">\(say("收紧的马上算数；放宽的等 24 小时，要本人来定。", "What is less counts at once. What is more counts after 24 hours, and only the person decides it."))</p>\
      \(parts.form(to: "\(path)/terms", token: token, files: !isOwn, "\(parts.hidden("part", MandateForm.Part.all.rawValue))\(fields.terms)\(isOwn ? .empty : fields.evidence)\(parts.submit(Phrase("就这么改", "Change it")))"))\
      <p><a href="\(path)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: kind, main: main, alerts: alerts)
  }

  // MARK: - Helping

  /// Whom somebody helps.
  static func helping(_ views: [MandateView], _ say: Wording, token: String, at now: Timestamp) -> Page {
    let title = say("我在帮谁", "Whom I help")
    let cards = views.filter { $0.mandate.mayCountYet(at: now) }.map { view -> HTML in
      let parts = MandateParts(view, say)
      let state: HTML =
        view.mandate.isAlive(at: now) ? .empty : "<p>\(parts.state(view.mandate, at: now))</p>"
      return PageParts.card(
        parts.name(view.mandate.principal),
        """
        \(state)\(parts.terms(view.mandate.terms(at: now)))\
        <form method="post" action="/account/helping/\(view.mandate.id)/end"><input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button quiet" type="submit">\(say("我不再帮这位了", "I no longer help this person"))</button></p></form>
        """)
    }
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(say("只能办下面写的事，每一单都要本人点头。", "Only what is written here, and each order needs the person’s yes."))</p>\
      \(cards.isEmpty ? PageParts.empty(say("现在没有人委托您。", "Nobody has given you a mandate.")) : HTML.joined(cards))\
      <p><a href="/account">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, main: main)
  }
}
