import Kernel
import People
import Web

/// The station's pages of the map.
struct AssetDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: AssetParts { AssetParts(say: say) }

  static func base(_ id: AssetID) -> String { "/asset-desk/\(id)" }

  // MARK: - All

  /// An entry with whether the station may read it: of a person who did not agree, only that there is one.
  struct Entry: Sendable {
    let asset: Asset
    let isReadable: Bool
  }

  func list(_ entries: [Entry], _ state: AssetState, _ kind: Asset.Kind?, next: String?) -> Page {
    let title = say("社区资产图", "Asset map")
    let rows = entries.map { entry -> [HTML] in
      let asset = entry.asset
      return [
        "<a href=\"\(Self.base(asset.id))\">\(name(entry))</a>", HTML(text: say(asset.terms.kind.name)),
        HTML(text: say(asset.source.name)), HTML(text: say(asset.terms.visibility.name)),
        HTML(text: say.day(asset.expiresAt, inYear: say.civil(now).year)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("这里还没有。", "There is nothing here yet."))
      : PageParts.table(
        caption: say(state.name),
        columns: [
          TableColumn(say("名称", "Name")), TableColumn(say("种类", "Kind")), TableColumn(say("来源", "Source")),
          TableColumn(say("谁看得到", "Seen by")), TableColumn(say("到期", "Until")),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/asset-desk/new">\(say("登一条", "Write one down"))</a> \
        \(parts.link("/asset-desk/questions", say("要转达的问题", "Questions to pass on"))) \
        \(parts.link("/asset-desk/sheet", say("打印墙上的单子", "Print the wall sheet"))) \
        \(parts.link("/asset-desk/form-sheet", say("打印登记表", "Print the paper form")))</p>\
        \(tabs(state, kind))\(table)\(PageParts.pager(say, previous: nil, next: next))
        """)
  }

  private func tabs(_ state: AssetState, _ kind: Asset.Kind?) -> HTML {
    func tab(_ path: String, _ name: String, _ isHere: Bool) -> HTML {
      "<a href=\"\(path)\"\(attribute: "aria-current", isHere ? "page" : nil)>\(name)</a>"
    }
    let states = AssetState.allCases.map {
      tab("/asset-desk?state=\($0.rawValue)", say($0.name), $0 == state)
    }
    let kinds = Asset.Kind.allCases.map {
      tab("/asset-desk?state=\(state.rawValue)&kind=\($0.rawValue)", say($0.name), $0 == kind)
    }
    return "<p>\(HTML.joined(states, separator: " · "))</p><p>\(HTML.joined(kinds, separator: " · "))</p>"
  }

  private func name(_ entry: Entry) -> String {
    entry.isReadable ? say(entry.asset.terms.name) : say("本人还没有同意", "The person has not agreed")
  }

  // MARK: - One

  struct View: Sendable {
    let entry: Entry
    let description: String
    let place: Phrase?
    let holder: Phrase?
  }

  func asset(_ view: View, key: String, notices: [HTML], alerts: [HTML]) -> Page {
    let (asset, title) = (view.entry.asset, name(view.entry))
    let terms = asset.terms
    let words: HTML =
      view.entry.isReadable
      ? """
      \(parts.facts(terms, place: view.place.map { say($0) }))<p>\(PageParts.lines(view.description))</p>\(parts.links(terms))
      """ : .empty
    let entries: [(String, HTML)] = [
      (say("是谁的", "Whose"), HTML(text: view.holder.map { say($0) } ?? "—")),
      (say("来源", "Source"), HTML(text: say(asset.source.name))),
      (say("谁看得到", "Seen by"), HTML(text: say(terms.visibility.name))),
      (say("核实", "Verified"), HTML(text: asset.verifiedAt.map { say.day($0) } ?? "—")),
      (say("到期", "Until"), HTML(text: say.day(asset.expiresAt, inYear: say.civil(now).year))),
    ]
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(words)\(PageParts.definitions(entries))\(steps(view.entry, key))\
        <p><a href="/asset-desk">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }

  private func steps(_ entry: Entry, _ key: String) -> HTML {
    let asset = entry.asset
    if asset.withdrawnAt != nil {
      return "<p>\(PageParts.tag(say("撤下了", "Withdrawn"), .notice))</p>"
    }
    let base = Self.base(asset.id)
    let seen = [("seen", String(asset.revision))]
    let consent: HTML =
      asset.terms.isPersonal ? parts.link("\(base)/consent", say("问本人同不同意", "Ask the person")) : .empty
    let change: HTML =
      entry.isReadable ? parts.link("\(base)/change", say("改内容", "Change it")) : .empty
    let verify: HTML =
      entry.isReadable
      ? PageParts.button(
        say("核实了，算数", "It holds"), to: "\(base)/verify", token: token, key: "\(key)-verify", seen) : .empty
    let withdraw = PageParts.button(
      say("撤下", "Take it down"), to: "\(base)/withdraw", token: token, key: "\(key)-withdraw", seen,
      isQuiet: true)
    return "<div class=\"actions\">\(verify) \(change) \(consent) \(withdraw)</div>"
  }

  // MARK: - What it is

  struct Choices: Sendable {
    let holders: [(value: String, name: Phrase)]
    let places: [(value: String, name: Phrase)]
  }

  func form(_ asset: Asset?, _ choices: Choices, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = asset == nil ? say("登一条", "Write one down") : say("改内容", "Change it")
    let fields = FormParts(state, say)
    let entry = AssetFields(parts: fields)
    let seen: HTML = asset.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let visibilities: [Asset.Visibility] = [.station, .residents, .public]
    let form = fields.form(
      to: asset.map { "\(Self.base($0.id))/change" } ?? "/asset-desk", token: token, idempotencyKey: key,
      """
      \(seen)\(fields.select("kind", Phrase("种类", "Kind"), options: AssetParts.kinds()))\
      \(fields.select("holder", Phrase("是哪家的", "Whose it is"), options: choices.holders, isRequired: false))\
      \(fields.text("holder_phone", Phrase("一个人的：这位的电话", "A person’s: their telephone number"), hint: Phrase("只用来找到这位，不会写出来。", "To find them alone; it is not shown."), type: "tel", isRequired: false, maximumLength: 40))\
      \(entry.words)\
      \(fields.select("place", Phrase("在哪个地方", "At which place"), options: choices.places, isRequired: false))\
      \(entry.times)\
      \(fields.textArea("links", Phrase("本站的相关页面", "Pages of ours that say more"), rows: 2, isRequired: false))\
      \(fields.radios("visibility", Phrase("给谁看", "Who sees it"), options: visibilities.map { ($0.rawValue, $0.name) }))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    return Page(title: title, kind: .staff, main: "<h1>\(title)</h1>\(form)", alerts: alerts)
  }

  /// What the person is asked, with its form.
  func consent(_ asset: AssetID, question: HTML, alerts: [HTML]) -> Page {
    let title = say("问本人同不同意", "Ask the person")
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\(question)\
        <p><a href="\(Self.base(asset))">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }
}
