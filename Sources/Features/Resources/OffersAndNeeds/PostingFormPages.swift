import Kernel
import People
import Web

/// The form of offers and needs.
struct PostingFormPages {
  let say: Wording
  let token: String
  let isStaff: Bool

  struct View: Sendable {
    /// For whom somebody may post; nobody at the desk, where it is asked who is helped.
    let parties: [NamedParty]
    let places: [PlaceCard]
    /// Entries of the map that these parties hold.
    let held: [AssetCard]
    /// The entry of somebody else for which a need is posted.
    let asked: AssetCard?
    /// Those behind the door that was typed.
    let household: [NamedParty]
  }

  func form(_ view: View, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = view.asked == nil ? Phrase("发布互助", "Offer or ask for help") : Phrase("我需要这个", "I need this")
    let fields = FormParts(state, say)
    let text = fields.textArea(
      "text", Phrase("写几句", "In a few words"),
      hint: Phrase(
        "不要写名字、门牌和电话；两边都答应以后再给。", "No names, doors or numbers: those are for when both agreed."))
    let content: HTML = """
      \(isStaff ? helped(fields, view.household) : whose(fields, view.parties))\(what(fields, view))\(text)\
      \(amount(fields, view.places))\(fields.submit(Phrase("发布", "Post it")))
      """
    let base = isStaff ? "/help-desk" : "/neighbour-help"
    return Page(
      title: say(title), kind: isStaff ? .staff : .resident,
      main: "<h1>\(say(title))</h1>\(fields.form(to: base, token: token, idempotencyKey: key, content))",
      alerts: alerts)
  }

  private func whose(_ fields: FormParts, _ parties: [NamedParty]) -> HTML {
    let options = parties.map { (value: $0.party.formValue, name: $0.name) }
    if options.count < 2 { return options.first.map { fields.hidden("party", $0.value) } ?? .empty }
    return fields.select("party", Phrase("谁发布", "For whom"), options: options)
  }

  /// By the number that is entered, or by the door for whoever has none.
  private func helped(_ fields: FormParts, _ household: [NamedParty]) -> HTML {
    let members: HTML =
      household.isEmpty
      ? .empty
      : fields.radios(
        "person", Phrase("家里哪一位", "Which of them"),
        options: household.map { ("\($0.party.id)", $0.name) })
    return """
      \(members)\
      \(fields.text("phone", Phrase("这位居民的手机号", "The resident’s telephone number"), type: "tel", isAlternative: true, maximumLength: 40, inputMode: "tel"))\
      <p>\(say("没有手机就填门牌", "or the door, for those without a telephone"))</p>\
      \(fields.text("building", Phrase("楼号", "Building"), isAlternative: true, maximumLength: 20))\
      \(fields.text("unit", Phrase("单元", "Unit"), isAlternative: true, maximumLength: 10))\
      \(fields.text("room", Phrase("房号", "Room"), isAlternative: true, maximumLength: 20))
      """
  }

  private func what(_ fields: FormParts, _ view: View) -> HTML {
    let categories = ResourceCategory.allCases.map { (value: $0.rawValue, name: $0.name) }
    let category = fields.select("category", Phrase("哪一类", "Kind"), options: categories)
    if let asked = view.asked {
      let its: HTML = asked.category.map { fields.hidden("category", $0.rawValue) } ?? category
      return """
        <p>\(say("想要的是：", "What it is about: "))<strong>\(say(asked.name))</strong></p>\
        \(fields.hidden("kind", Posting.Kind.need.rawValue))\
        \(fields.hidden("asset", asked.id.description))\(its)
        """
    }
    let kinds = Posting.Kind.allCases.map { (value: $0.rawValue, name: $0.name) }
    let held: HTML =
      view.held.isEmpty
      ? .empty
      : fields.select(
        "asset", Phrase("用到登过的本事", "Of what is on the map"),
        options: [("", Phrase("不用", "None"))] + view.held.map { ($0.id.description, $0.name) },
        hint: Phrase("能帮的时候可以选。", "For offers."), isRequired: false)
    return """
      \(fields.select("kind", Phrase("要帮还是能帮", "Offer or need"), options: kinds))\(category)\(held)
      """
  }

  private func amount(_ fields: FormParts, _ places: [PlaceCard]) -> HTML {
    let choices = places.map { (value: $0.id.description, name: $0.name) }
    let place: HTML =
      choices.isEmpty
      ? .empty : fields.select("place", Phrase("在哪里", "Where"), options: choices, isRequired: false)
    let more: HTML = """
      \(place)\(fields.number("radius", Phrase("多少米以内", "Within metres"), isRequired: false))\(how(fields))
      """
    return """
      \(fields.number("units", Phrase("数量", "How many"), isRequired: false))\
      \(fields.text("measure", Phrase("单位，如：次", "Of what"), isRequired: false, maximumLength: 10))\
      \(fields.dateTime("from", Phrase("从什么时候", "From"), isRequired: false))\
      \(fields.dateTime("to", Phrase("到什么时候", "Until"), hint: Phrase("不填就是 30 天，最长 90 天。", "30 days where nothing is said, 90 at most."), isRequired: false))\
      \(fields.folded(Phrase("想写细一点（地点、语言、谁能看、记不记时间）", "Say more: where, languages, who may see it, hours"), ["place", "radius", "tongues", "urgency", "visibility", "mode"], more))
      """
  }

  private func how(_ fields: FormParts) -> HTML {
    let tongues = Posting.Tongue.allCases.map { (value: $0.rawValue, name: $0.name) }
    let urgencies = Posting.Urgency.allCases.map { (value: $0.rawValue, name: $0.name) }
    let audiences = Posting.Visibility.allCases.map { (value: $0.rawValue, name: $0.name) }
    let modes = Posting.Mode.allCases.map { (value: $0.rawValue, name: $0.name) }
    let mode = fields.select(
      "mode", Phrase("怎么算", "How it counts"), options: modes,
      hint: Phrase(
        "白帮忙不记账，也不用还。两边都选记时间，才记。",
        "Gifts are not counted and never owed. Hours count where both sides want it."),
      isRequired: false)
    return """
      \(fields.checkboxes("tongues", Phrase("说什么话", "Languages"), options: tongues))\
      \(fields.select("urgency", Phrase("急不急", "How urgent"), options: urgencies, isRequired: false))\
      \(fields.select("visibility", Phrase("谁能看", "Who may see it"), options: audiences, isRequired: false))\
      \(mode)
      """
  }
}
