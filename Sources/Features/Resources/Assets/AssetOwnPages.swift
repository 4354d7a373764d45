import Kernel
import People
import Web

/// A resident's own gifts, and what was asked and answered.
struct AssetOwnPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: AssetParts { AssetParts(say: say) }

  struct View: Sendable {
    let assets: [Asset]
    /// Those for whom the person acts.
    var merchants: [MerchantDirectory.Card] = []
    /// Whether the person agrees now that neighbours see what they offer.
    let isAgreed: Bool
    /// What they are told before they agree.
    let notice: NoticeContent?
  }

  func mine(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let title = say("我的本事", "What I offer")
    let names = Dictionary(view.merchants.map { (Party.merchant($0.id), $0.name) }) { first, _ in first }
    let cards = view.assets.enumerated().map {
      card($0.element, $0.element.terms.holder.flatMap { names[$0] }, view, "\(key)-\($0.offset)")
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(HTML.joined(cards))\(PageParts.card(say("登一条", "Offer something"), form(view, key, state)))\
        <p class="actions">\(parts.link("/assets", say("看别人的", "See what others offer"))) \
        \(parts.link("/account/consents", say("我同意过的", "What I agreed to")))</p>
        """, alerts: notices + alerts)
  }

  private func card(_ asset: Asset, _ merchant: String?, _ view: View, _ key: String) -> HTML {
    let seen = [("seen", String(asset.revision))]
    let path = "/assets/mine/\(asset.id)"
    return PageParts.card(
      say(asset.terms.name),
      """
      \(merchant.map { "<p>\($0)</p>" as HTML } ?? .empty)<p>\(standing(asset, view.isAgreed))</p><p>\(until(asset))</p>\
      <div class="actions">\(PageParts.button(say("还算数", "It still holds"), to: "\(path)/confirm", token: token, key: "\(key)-confirm", seen)) \
      \(parts.link("\(path)/change", say("改一改", "Change it"))) \
      \(PageParts.button(say("撤下", "Take it down"), to: "\(path)/withdraw", token: token, key: "\(key)-withdraw", seen, isQuiet: true))</div>\(showing(asset, view, "\(key)-show"))
      """)
  }

  private func until(_ asset: Asset) -> String {
    let day = say.day(asset.expiresAt, inYear: say.civil(now).year)
    return say("到 \(day) 为止", "Until \(day)")
  }

  /// How what was kept private comes to the neighbours.
  private func showing(_ asset: Asset, _ view: View, _ key: String) -> HTML {
    guard asset.terms.visibility == .private else { return .empty }
    let fields = FormParts(.empty, say, place: asset.id.description)
    let form = fields.form(
      to: "/assets/mine/\(asset.id)/show", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(asset.revision)))\(consent(view, fields))\
      \(fields.submit(Phrase("给邻居看", "Show it to neighbours")))
      """)
    return "<details><summary>\(say("想给邻居看了", "Show it to neighbours"))</summary>\(form)</details>"
  }

  private func standing(_ asset: Asset, _ isAgreed: Bool) -> HTML {
    if !AssetRules.isOpen(asset, at: now) {
      return PageParts.tag(say("到期了，邻居看不到", "Run out: neighbours do not see it"), .notice)
    }
    if asset.terms.visibility == .private { return PageParts.tag(say("只有自己看得到", "For you alone")) }
    if asset.terms.isPersonal, !isAgreed {
      return PageParts.tag(say("没有您的同意，别人看不到", "Not shown without your yes"), .notice)
    }
    if asset.verifiedAt == nil {
      return PageParts.tag(say("服务站看过就登出来", "Shown once the station had a look"), .notice)
    }
    return PageParts.tag(say("邻居看得到", "Neighbours see it"), .good)
  }

  private func form(_ view: View, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let entry = AssetFields(parts: fields, isShort: true)
    let shops = view.merchants.map {
      (value: Party.merchant($0.id).formValue, name: Phrase(same: $0.name))
    }
    let holder: HTML =
      shops.isEmpty
      ? .empty
      : fields.select(
        "holder", Phrase("替谁登", "In whose name"), options: shops,
        hint: Phrase(
          "不选就是您自己的；店里的选“买卖和互换”。", "Leave it empty for your own; for the shop choose trade and exchange."),
        isRequired: false)
    return fields.form(
      to: "/assets/mine", token: token, idempotencyKey: key,
      """
      \(holder)\
      \(fields.radios("kind", Phrase("登什么", "What it is"), options: AssetParts.kinds(AssetForm.OwnKind.allCases.map(\.kind))))\
      \(entry.words)\(entry.times)\(consent(view, fields))\
      \(fields.checkbox("is_private", Phrase("先自己留着：您不点“给邻居看”，别人和服务站都看不到", "Keep it private: neither neighbours nor the station see it until you choose to show it")))\
      \(fields.submit(Phrase("登上去", "Offer it")))
      """)
  }

  /// The words of an entry, for its holder to change.
  func change(_ asset: Asset, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("改一改", "Change it")
    let fields = FormParts(state, say)
    let entry = AssetFields(parts: fields, hasGift: asset.terms.kind == .personGift, isShort: true)
    let form = fields.form(
      to: "/assets/mine/\(asset.id)/change", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(asset.revision)))\(entry.words)\(entry.times)\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p>\(say(asset.terms.kind.name))</p>\
        <p class="lead">\(say("改了以后服务站再看一次，看过邻居才看得到。", "The station has another look before neighbours see what you changed."))</p>\
        \(form)<p class="actions">\(parts.link("/assets/mine", say("返回", "Back")))</p>
        """, alerts: alerts)
  }

  /// The words of the notice stand right beside the tick, so that nobody agrees to what they did not read.
  private func consent(_ view: View, _ fields: FormParts) -> HTML {
    guard !view.isAgreed, let notice = view.notice else { return .empty }
    return """
      <h3>\(say(notice.title))</h3><p>\(say(notice.body))</p><p>\(say(notice.retention))</p>\
      <p>\(say(notice.withdrawal))</p>\
      \(fields.checkbox("agrees", Phrase("我看过了，同意", "I have read this and agree")))
      """
  }

  // MARK: - Questions

  struct Entry: Sendable {
    let question: AssetQuestion
    let name: Phrase
  }

  /// - Parameters:
  ///   - asked: what the person asked.
  ///   - received: what others ask them.
  func questions(
    asked: [Entry], received: [Entry], key: String, _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = say("问的和答的", "Questions and answers")
    let own: HTML =
      asked.isEmpty
      ? .empty : "<h2>\(say("我问的", "What I asked"))</h2>\(asked.map { talk($0, answer: .empty) })"
    let others: HTML =
      received.isEmpty
      ? .empty
      : "<h2>\(say("邻居问我的", "What neighbours ask me"))</h2>\(list(received, "/asset-questions", key, state))"
    let empty: HTML =
      asked.isEmpty && received.isEmpty ? PageParts.empty(say("还没有。", "There are none yet.")) : .empty
    return Page(
      title: title, main: "<h1>\(title)</h1>\(others)\(own)\(empty)", alerts: notices + alerts)
  }

  /// What came to the station.
  func station(
    _ received: [Entry], key: String, _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let title = say("请服务站转达的问题", "Questions to pass on")
    let empty = PageParts.empty(say("还没有。", "There are none yet."))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\
        \(received.isEmpty ? empty : list(received, "/asset-desk/questions", key, state))\
        <p><a href="/asset-desk">\(say("返回", "Back"))</a></p>
        """, alerts: notices + alerts)
  }

  private func list(_ entries: [Entry], _ base: String, _ key: String, _ state: FormState) -> HTML {
    let items = entries.map { entry -> HTML in
      let id = entry.question.id
      let form: HTML =
        entry.question.answeredAt != nil
        ? .empty
        : parts.textForm(
          to: "\(base)/\(id)/answer", token, "\(key)-\(id)", state, Phrase("回一句", "Your answer"),
          Phrase("转给对方", "Pass it on"), place: id.description)
      return talk(entry, answer: form)
    }
    return HTML.joined(items)
  }

  private func talk(_ entry: Entry, answer: HTML) -> HTML {
    let question = entry.question
    let answered: HTML =
      question.answer.map { "<p><strong>\(say("回话：", "Answer: "))</strong>\(PageParts.lines($0))</p>" }
      ?? .empty
    return PageParts.card(
      say(entry.name),
      "<p>\(say.dateTime(question.askedAt))</p><p>\(PageParts.lines(question.text))</p>\(answered)\(answer)")
  }
}
