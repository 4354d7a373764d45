import Kernel
import People
import Web

/// The forms of an organisation and of what it does for people.
struct OrganisationFormPages {
  let say: Wording
  let token: String

  /// - Parameter organisation: nil for a new one.
  func terms(_ organisation: Organisation?, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title =
      organisation == nil ? say("录入一家单位", "Enter an organisation") : say("改单位内容", "Change the organisation")
    let fields = FormParts(state, say)
    let seen: HTML = organisation.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let kinds = Organisation.Kind.allCases.map { (value: $0.rawValue, name: $0.name) }
    let visibilities = Organisation.Visibility.allCases.map { (value: $0.rawValue, name: $0.name) }
    let form = fields.form(
      to: organisation.map { "\(OrganisationDeskPages.base($0.id))/change" } ?? "/organisation-desk",
      token: token, idempotencyKey: key,
      """
      \(seen)\(fields.select("kind", Phrase("种类", "Kind"), options: kinds))\(words(fields))\
      \(fields.text("phone", Phrase("对外电话", "Public telephone"), hint: Phrase("单位的，不要写个人的。", "Of the office, never somebody’s own."), isRequired: false, maximumLength: 30, inputMode: "tel"))\
      \(fields.text("website", Phrase("网址", "Website"), isRequired: false, maximumLength: 200, inputMode: "url"))\
      \(fields.number("merchant", Phrase("商户编号", "Number of the merchant"), hint: Phrase("它也在社区商店卖东西时填。", "Where it sells in the shop as well."), isRequired: false))\
      \(fields.select("visibility", Phrase("谁能看到", "Seen by"), options: visibilities))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    return page(
      title, form, back: organisation.map { OrganisationDeskPages.base($0.id) } ?? "/organisation-desk",
      alerts: alerts)
  }

  private func words(_ fields: FormParts) -> HTML {
    """
    \(fields.text("name_zh", Phrase("名称（中文）", "Name in Chinese"), maximumLength: 80))\
    \(fields.text("name_en", Phrase("名称（英文）", "Name in English"), isRequired: false, maximumLength: 80))\
    \(fields.textArea("description_zh", Phrase("介绍（中文）", "Description in Chinese")))\
    \(fields.textArea("description_en", Phrase("介绍（英文）", "Description in English"), isRequired: false))
    """
  }

  /// - Parameter service: nil for a new one.
  func service(
    _ service: DirectoryService?, of id: OrganisationID, places: [PlaceCard], key: String, _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let title = service == nil ? say("加一项服务", "Add a service") : say("改服务内容", "Change the service")
    let base = OrganisationDeskPages.base(id)
    let fields = FormParts(state, say)
    let seen: HTML = service.map { fields.hidden("seen", String($0.revision)) } ?? .empty
    let statuses = DirectoryService.Status.allCases.map { (value: $0.rawValue, name: $0.name) }
    let form = fields.form(
      to: service.map { "\(base)/services/\($0.id)/change" } ?? "\(base)/services", token: token,
      idempotencyKey: key,
      """
      \(seen)\(words(fields))\(fields.select("status", Phrase("现在", "Now"), options: statuses))\
      \(fields.textArea("opening", Phrase("什么时候", "When"), hint: Phrase("写成“周一至周五 9:00–17:00；周六 9:00–12:00”，别处的目录也读得懂。", "Written as 周一至周五 9:00–17:00 directories elsewhere can read it too."), rows: 2, isRequired: false))\
      \(fields.textArea("fees", Phrase("费用", "Fees"), rows: 2, isRequired: false))\
      \(fields.textArea("eligibility", Phrase("谁可以来", "For whom"), rows: 2, isRequired: false))\
      \(fields.number("minimum_age", Phrase("最小年龄", "Youngest age"), isRequired: false))\
      \(fields.number("maximum_age", Phrase("最大年龄", "Oldest age"), isRequired: false))\
      \(fields.textArea("languages", Phrase("语言", "Languages"), hint: Phrase("一行一种。", "One on each line."), rows: 2, isRequired: false))\
      \(whereabouts(fields, places))\(fields.submit(Phrase("保存", "Save")))
      """)
    return page(title, form, back: base, alerts: alerts)
  }

  private func whereabouts(_ fields: FormParts, _ places: [PlaceCard]) -> HTML {
    let ticks = places.map { place in
      fields.checkbox("\(OrganisationForm.placeField)\(place.id)", place.name)
    }
    let none: HTML =
      ticks.isEmpty
      ? PageParts.empty(
        say("地图上还没有公开的地点。", "There is no public place on the map yet."),
        action: (path: "/place-desk", name: say("管地点", "Keep places")))
      : .empty
    return """
      <fieldset class="field" id="\(fields.fieldID("places"))" tabindex="-1"><legend>\(say("在哪里（公开的地点）", "Where (public places)"))</legend>\
      \(ticks)\(none)</fieldset>
      """
  }

  private func page(_ title: String, _ content: HTML, back: String, alerts: [HTML]) -> Page {
    Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><section class="panel">\(content)</section><p><a href="\(back)">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }
}
