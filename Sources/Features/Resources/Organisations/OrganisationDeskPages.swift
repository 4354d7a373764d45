import Kernel
import People
import Web

/// The station's pages of the support network.
struct OrganisationDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp
  /// Where the form was sent that is shown again: others on the page stay as they are.
  var sentTo = ""

  private var parts: OrganisationParts { OrganisationParts(say: say) }

  static func base(_ id: OrganisationID) -> String { "/organisation-desk/\(id)" }

  // MARK: - All

  func list(_ organisations: [Organisation], closed: Bool, next: String?) -> Page {
    let title = closed ? say("停用的单位", "Closed organisations") : say("支持网络", "Support network")
    let rows = organisations.map { organisation -> [HTML] in
      [
        "<a href=\"\(Self.base(organisation.id))\">\(say(organisation.terms.name))</a>",
        HTML(text: say(organisation.terms.kind.name)), HTML(text: say(organisation.terms.visibility.name)),
        confirmed(organisation),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这里还没有单位。", "There are none here yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("名称", "Name")), TableColumn(say("种类", "Kind")), TableColumn(say("谁能看到", "Seen by")),
          TableColumn(say("核实", "Confirmed")),
        ], rows: rows)
    let other: HTML =
      closed
      ? link("/organisation-desk", say("在用的单位", "Those in use"))
      : link("/organisation-desk?closed=1", say("停用的单位", "Closed ones"))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/organisation-desk/new">\(say("录入一家单位", "Enter an organisation"))</a> \(other)</p>\
        \(table)\(PageParts.pager(say, previous: nil, next: next))
        """)
  }

  private func link(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }

  private func confirmed(_ organisation: Organisation) -> HTML {
    guard let confirmation = organisation.confirmation else {
      return PageParts.tag(say("还没核实", "Not confirmed yet"), .notice)
    }
    let until = say.dateTime(confirmation.expiresAt)
    if confirmation.expiresAt <= now {
      return PageParts.tag(say("过期了，居民看不到", "Out of date, not shown"), .bad)
    }
    return PageParts.tag(
      say("有效到 \(until)", "Until \(until)"), OrganisationRules.isDue(organisation, at: now) ? .notice : .good)
  }

  // MARK: - One

  /// Everything that the station sees of one organisation.
  struct View: Sendable {
    let organisation: Organisation
    let merchant: String?
    let representatives: [(id: PersonID, name: String)]
    let promises: [SupportPromise]
    let standings: [PromiseID: PromiseStanding]
    let keepings: [PromiseKeeping]
    let services: [DirectoryService]
  }

  func organisation(
    _ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let (organisation, terms) = (view.organisation, view.organisation.terms)
    let merchant: [(String, HTML)] = view.merchant.map { [(say("商户", "Merchant"), HTML(text: $0))] } ?? []
    let facts: [(String, HTML)] =
      [(say("谁能看到", "Seen by"), HTML(text: say(terms.visibility.name)))] + parts.contacts(terms) + merchant
    let main: HTML = """
      <h1>\(say(terms.name))</h1><p>\(say(terms.kind.name)) \(confirmed(organisation))</p>\
      \(steps(organisation, key))\(PageParts.definitions(facts))\
      <p>\(PageParts.lines(say(terms.description)))</p>\(representatives(view, key, state))\
      \(promises(view, key, state))\(services(view))\
      <p><a href="/organisation-desk">\(say("返回", "Back"))</a></p>
      """
    return Page(title: say(terms.name), kind: .staff, main: main, alerts: notices + alerts)
  }

  private func steps(_ organisation: Organisation, _ key: String) -> HTML {
    guard organisation.closedAt == nil else {
      return PageParts.notice(say("已经停用。", "It is closed."), .bad)
    }
    let base = Self.base(organisation.id)
    let seen = [("seen", String(organisation.revision))]
    let confirm = PageParts.loneButton(
      say("问过了，都还对", "Asked: all of it holds"), to: "\(base)/confirm", token: token,
      key: "\(key)-confirm", seen)
    let close = PageParts.loneButton(
      say("停用", "Close it"), to: "\(base)/close", token: token, key: "\(key)-close", seen)
    return """
      <p class="actions">\(link("\(base)/change", say("改内容", "Change it"))) \(link("\(base)/services/new", say("加一项服务", "Add a service")))</p>\
      \(confirm)<details><summary>\(say("不再合作了", "It is no longer part of the network"))</summary>\(close)</details>
      """
  }

  private func representatives(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let base = Self.base(view.organisation.id)
    let list = view.representatives.map { person -> HTML in
      let remove = PageParts.loneButton(
        say("移除", "Remove"), to: "\(base)/representatives/\(person.id)/remove", token: token,
        key: "\(key)-remove-\(person.id)", isQuiet: true)
      return "<li>\(person.name) \(remove)</li>"
    }
    let names: HTML = list.isEmpty ? PageParts.empty(say("还没有人。", "Nobody yet.")) : "<ul>\(list)</ul>"
    guard view.organisation.closedAt == nil else {
      return PageParts.card(say("谁代表它", "Who acts for it"), names)
    }
    let path = "\(base)/representatives"
    let fields = FormParts(own(state, path), say)
    let form = fields.form(
      to: path, token: token, idempotencyKey: "\(key)-representative",
      """
      \(fields.text("phone", Phrase("本人登记的手机号", "The telephone registered here"), maximumLength: 30, inputMode: "tel"))\
      \(fields.checkbox("agreed", Phrase("本人同意了", "The person agreed")))\
      \(fields.submit(Phrase("加上", "Add")))
      """)
    return PageParts.card(say("谁代表它", "Who acts for it"), "\(names)\(form)")
  }

  private func own(_ state: FormState, _ path: String) -> FormState {
    path == sentTo ? state : .empty
  }

  // MARK: - Promises

  private func promises(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let cards = view.promises.map { promise in
      parts.promise(
        promise, view.standings[promise.id] ?? PromiseStanding(), at: now,
        keepings(view, promise, key, state))
    }
    let adding: HTML = view.organisation.closedAt == nil ? addPromise(view, key, state) : .empty
    return "<h2>\(say("答应的事", "Promises"))</h2>\(cards)\(adding)"
  }

  private func addPromise(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let path = "\(Self.base(view.organisation.id))/promises"
    let fields = FormParts(own(state, path), say)
    let categories = SupportPromise.categories.map { (value: $0.rawValue, name: $0.name) }
    let form = fields.form(
      to: path, token: token, idempotencyKey: "\(key)-promise",
      """
      \(fields.select("category", Phrase("哪一类", "Of what kind"), options: categories))\
      \(fields.textArea("text", Phrase("答应了什么", "What was promised"), rows: 2))\
      \(fields.text("quantity", Phrase("多少", "How much"), hint: Phrase("如：每周两个下午", "Such as: two afternoons a week"), isRequired: false, maximumLength: 60))\
      \(fields.dateTime("until", Phrase("到什么时候", "Until"), isRequired: false))\
      \(fields.submit(Phrase("记下来", "Note it")))
      """)
    return PageParts.card(say("记一件答应的事", "Note a promise"), form)
  }

  private func keepings(
    _ view: View, _ promise: SupportPromise, _ key: String, _ state: FormState
  ) -> HTML {
    let events = view.keepings.filter { $0.promise == promise.id }.map { keeping -> HTML in
      "<li>\(say.dateTime(keeping.happenedAt)) \(say(keeping.outcome.name)) \(PageParts.lines(keeping.note))</li>"
    }
    let outcomes = PromiseKeeping.Outcome.allCases.map { (value: $0.rawValue, name: $0.name) }
    let path = "\(Self.base(view.organisation.id))/promises/\(promise.id)/keepings"
    let fields = FormParts(own(state, path), say, place: "promise-\(promise.id)")
    let form = fields.form(
      to: path, token: token, idempotencyKey: "\(key)-keep-\(promise.id)",
      """
      \(fields.select("outcome", Phrase("做到了吗", "Was it kept"), options: outcomes))\
      \(fields.dateTime("happened_at", Phrase("哪天的事", "When")))\
      \(fields.textArea("note", Phrase("怎么回事", "What happened"), hint: Phrase("不要写人的名字。", "Please name nobody."), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("记下来", "Note it")))
      """)
    return """
      <ul>\(events)</ul><details\(attribute: "open", if: path == sentTo)><summary>\(say("记一次兑现情况", "Note how it was kept"))</summary>\(form)</details>
      """
  }

  // MARK: - Services

  private func services(_ view: View) -> HTML {
    let base = Self.base(view.organisation.id)
    let rows = view.services.map { service -> HTML in
      "<li><a href=\"\(base)/services/\(service.id)/change\">\(say(service.terms.name))</a> \(say(service.terms.status.name))</li>"
    }
    if rows.isEmpty { return .empty }
    return "<h2>\(say("为居民做的", "What it does for people"))</h2><ul>\(rows)</ul>"
  }
}
