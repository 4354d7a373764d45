import Kernel
import Web

/// Where merchants look after their own page, and the committee after all of them.
struct MerchantDeskPages {
  let say: Wording
  let formToken: String

  /// - Parameters:
  ///   - mayCreate: whether a new merchant may be entered here.
  ///   - hints: for whoever opens a shop.
  func list(_ merchants: [Merchant], mayCreate: Bool, _ hints: [ShopHints.Hint]) -> Page {
    let title = mayCreate ? say("商户", "Merchants") : say("我的店", "My shops")
    let new: HTML =
      mayCreate
      ? "<p class=\"actions\"><a class=\"button\" href=\"/desk/merchants/new\">\(say("登记一家商户", "Enter a merchant"))</a></p>"
      : .empty
    let nothing = PageParts.empty(
      mayCreate
        ? say("还没有登记商户。", "No merchant has been entered yet.")
        : say(
          "您的账号还没有连到店铺，请联系居委会。",
          "Your account is not connected with a shop yet; please ask the committee."))
    let cards = merchants.map { merchant -> HTML in
      let closed: HTML = merchant.closedAt == nil ? .empty : "<p>\(PageParts.tag(say("已停业", "Closed")))</p>"
      return """
        <section class="card"><h2><a href="/desk/merchants/\(merchant.id)">\(say(merchant.name))</a></h2>\(closed)\
        <p class="actions"><a class="button quiet" href="/desk/merchants/\(merchant.id)/products">\
        \(say("管商品", "Products"))</a></p></section>
        """
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(new)\(cards.isEmpty ? nothing : .joined(cards))\(ShopHintParts.list(hints, say))
        """)
  }

  func desk(
    _ merchant: Merchant, members: [(person: PersonID, name: String)]?, _ memberState: FormState,
    alerts: [HTML]
  ) -> Page {
    let details = merchant.details
    let path = "/desk/merchants/\(merchant.id)"
    let facts = PageParts.definitions([
      (say("中文名", "Name in Chinese"), "\(details.name.chinese)"),
      (say("英文名", "Name in English"), "\(details.name.english)"),
      (say("执照号", "Licence"), details.licence.isEmpty ? "\(say("没有填", "Not given"))" : "\(details.licence)"),
      (say("电话", "Telephone"), details.phone.isEmpty ? "\(say("没有填", "Not given"))" : "\(details.phone)"),
    ])
    let state =
      merchant.closedAt.map { _ in "<p>\(PageParts.tag(say("已停业", "Closed")))</p>" as HTML } ?? .empty
    return Page(
      title: say(merchant.name), kind: .staff,
      main: """
        <p><a href="/desk/merchants">← \(say("商户", "Merchants"))</a></p><h1>\(say(merchant.name))</h1>\(state)\
        <p class="actions"><a class="button" href="\(path)/products">\(say("管商品", "Products"))</a>\
        <a class="button quiet" href="/merchants/\(merchant.id)">\(say("看邻居看到的页面", "See what neighbours see"))</a></p>\
        <section class="card">\(facts)<p class="actions"><a class="button quiet" href="\(path)/edit">\
        \(say("改介绍", "Change this"))</a></p></section>\
        \(members.map { self.members($0, merchant, memberState) } ?? .empty)\
        \(members == nil ? .empty : closing(merchant))
        """, alerts: alerts)
  }

  /// Who may act for the merchant; for the committee.
  private func members(
    _ members: [(person: PersonID, name: String)], _ merchant: Merchant, _ state: FormState
  ) -> HTML {
    let path = "/desk/merchants/\(merchant.id)/members"
    let rows = members.map { member -> HTML in
      """
      <li>\(member.name) <form method="post" action="\(path)/\(member.person)/remove">\
      <input type="hidden" name="form_token" value="\(formToken)"><button class="button quiet" \
      aria-label="\(say("让\(member.name)不再管这家店", "Take \(member.name) off this shop"))">\
      \(say("移出", "Remove"))</button></form></li>
      """
    }
    let parts = FormParts(state, say)
    let list: HTML =
      rows.isEmpty ? "<p>\(say("还没有人。", "Nobody yet."))</p>" : "<ul>\(rows)</ul>"
    let form = parts.form(
      to: path, token: formToken,
      """
      \(parts.text("phone", Phrase("手机号", "Mobile number"),
        hint: Phrase("要先在人员台登记，并给“商户”身份。",
          "The person must be entered at the people desk with the role “Merchant”."),
        type: "tel", inputMode: "tel"))\
      \(parts.submit(Phrase("加进来", "Add")))
      """)
    return PageParts.card(say("谁管这家店", "Who looks after this shop"), "\(list)\(form)")
  }

  private func closing(_ merchant: Merchant) -> HTML {
    if merchant.closedAt != nil {
      return """
        <form method="post" action="/desk/merchants/\(merchant.id)/reopen">\
        <input type="hidden" name="form_token" value="\(formToken)"><p class="actions">\
        <button class="button quiet">\(say("恢复营业", "Reopen"))</button></p>\
        <p class="hint">\(say("停业时下架的商品会一起回来。", "What left the catalogue with it comes back as well."))</p></form>
        """
    }
    return """
      <details><summary>\(say("停业", "Close this merchant"))</summary>\
      <form method="post" action="/desk/merchants/\(merchant.id)/close">\
      <input type="hidden" name="form_token" value="\(formToken)">\
      <p>\(say("商品会全部下架；已经开的团和订单照旧。", "All its products leave the catalogue; open group-buys and orders stay as they are."))</p>\
      <p class="actions"><button class="button danger">\(say("停业", "Close"))</button></p></form></details>
      """
  }

  /// - Parameter offersMap: whether the merchant is asked if it wants to be on the map of what the neighbourhood has.
  func form(
    _ state: FormState, to path: String, title: String, back: String, offersMap: Bool = false
  ) -> Page {
    let parts = FormParts(state, say)
    let map: HTML =
      offersMap
      ? parts.checkbox(
        MerchantForm.map,
        Phrase(
          "本店愿意登到社区的“身边的本事”，服务站核实后邻居看得到",
          "Our shop wants to be on the map of what the neighbourhood has, once the station made sure of it"))
      : .empty
    let content: HTML = """
      \(parts.text("name_zh", Phrase("店名", "Name in Chinese"), maximumLength: MerchantForm.nameLength))\
      \(parts.text("name_en", Phrase("英文店名", "Name in English"), hint: Phrase("空着就用中文。", "The Chinese is shown where this is empty."),
        isRequired: false, maximumLength: 2 * MerchantForm.nameLength))\
      \(parts.textArea("story_zh", Phrase("介绍", "Story in Chinese"), hint: Phrase("谁种的、谁做的、在哪里，跟邻居聊几句。",
        "Who grows or makes it, and where: a few words to the neighbours."), rows: 6, isRequired: false))\
      \(parts.textArea("story_en", Phrase("英文介绍", "Story in English"), rows: 6, isRequired: false))\
      \(parts.text("licence", Phrase("执照号", "Licence number"), hint: Phrase("营业执照或食品经营许可证上的号。",
        "As it stands on the business or food licence."), isRequired: false, maximumLength: 60))\
      \(parts.text("phone", Phrase("店里电话", "Shop telephone"), hint: Phrase("邻居会看到。", "Neighbours will see it."),
        type: "tel", isRequired: false, maximumLength: 30, inputMode: "tel"))\
      \(parts.text("label_pattern", Phrase("秤签格式", "Scale label pattern"),
        hint: Phrase("秤会打印带重量的条码才填，如 22IIIIIWWWWWC：I 是商品编号，W 是克数（P 是金额），C 是校验位。",
          "Only if your scale prints labels, such as 22IIIIIWWWWWC: I item, W grams (P price), C check digit."),
        isRequired: false, maximumLength: 60))\
      \(map)\(parts.submit(Phrase("保存", "Save")))
      """
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="\(back)">← \(say("返回", "Back"))</a></p><h1>\(title)</h1>\
        \(parts.form(to: path, token: formToken, content))
        """)
  }
}
