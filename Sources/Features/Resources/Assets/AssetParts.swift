import Kernel
import People
import Web

/// What the pages of entries have in common.
struct AssetParts {
  let say: Wording

  func link(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }

  /// What everybody who may see an entry reads of it.
  func facts(_ terms: AssetTerms, place: String?) -> HTML {
    let entries: [(String, String)] = [
      (say("种类", "Kind"), say(terms.kind.name)),
      (say("哪一样", "What it is of"), terms.gift.map { say($0.name) } ?? ""),
      (say("愿意教", "Taught to others"), terms.isTaught ? say("愿意", "Yes") : ""),
      (say("用处", "Good for"), terms.category.map { say($0.name) } ?? ""),
      (say("地方", "Where"), [place ?? "", terms.placeWords].filter { !$0.isEmpty }.joined(separator: " · ")),
      (say("什么时候", "When"), times(terms.availability)),
      (say("最多几位", "For how many"), terms.capacity.map(String.init) ?? ""),
      (say("条件", "Conditions"), terms.conditions),
      (say("标签", "Tags"), terms.tags.joined(separator: say("、", ", "))),
    ]
    return PageParts.definitions(entries.filter { !$0.1.isEmpty }.map { ($0.0, HTML(text: $0.1)) })
  }

  func times(_ availability: AssetAvailability) -> String {
    let days = availability.weekdays.sorted().map { say(AssetAvailability.dayNames[$0 - 1]) }
    let hours = availability.minutes.map {
      "\(AssetForm.clock($0.lowerBound))–\(AssetForm.clock($0.upperBound))"
    }
    return [days.joined(separator: say("、", ", ")), hours ?? "", availability.words]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }

  func links(_ terms: AssetTerms) -> HTML {
    if terms.links.isEmpty { return .empty }
    return
      "<p>\(say("还可以看：", "See also: "))\(HTML.joined(terms.links.map { "<a href=\"\($0)\">\($0)</a>" }, separator: " "))</p>"
  }

  static var categories: [(value: String, name: Phrase)] {
    [(AssetForm.noCategory, Phrase("没有合适的", "None of these"))]
      + ResourceCategory.allCases.map { ($0.rawValue, $0.name) }
  }

  static func kinds(_ kinds: [Asset.Kind] = Asset.Kind.allCases) -> [(value: String, name: Phrase)] {
    kinds.map { ($0.rawValue, $0.name) }
  }

  /// A few words to write, with a button.
  ///
  /// - Parameter place: tells it from others on the same page; what was written in one of them stays in that one.
  func textForm(
    to path: String, _ token: String, _ key: String, _ state: FormState, _ label: Phrase, _ button: Phrase,
    place: String = ""
  ) -> HTML {
    let fields = FormParts(state.value("place") == place ? state : .empty, say, place: place)
    let hidden: HTML = place.isEmpty ? .empty : fields.hidden("place", place)
    return fields.form(
      to: path, token: token, idempotencyKey: key,
      "\(hidden)\(fields.textArea("text", label, rows: 3))\(fields.submit(button))")
  }
}

/// The fields of an entry, in the residents' form and in the station's.
struct AssetFields {
  let parts: FormParts
  /// Whether it can be somebody's gift.
  var hasGift = true
  /// Whether what few write is folded away.
  var isShort = false

  private var gift: HTML {
    guard hasGift else { return .empty }
    return """
      \(parts.radios("gift", Phrase("本事是哪一样", "What the gift is of"), options: Asset.Gift.allCases.map { ($0.rawValue, $0.name) }, hint: Phrase("只有本事要选。", "For gifts of persons alone.")))\
      \(parts.checkbox("is_taught", Phrase("愿意教别人", "Would teach it to others")))
      """
  }

  var words: HTML {
    """
    \(gift)\
    \(parts.text("name_zh", Phrase("叫什么", "What it is, in Chinese"), hint: Phrase("比如：修自行车。", "Such as: 修自行车."), maximumLength: 40))\
    \(parts.textArea("description", Phrase("说几句", "A few words"), hint: Phrase("请不要写电话和门牌号。", "Please no telephone number and no door."), isRequired: false))\
    \(parts.select("category", Phrase("能派什么用处", "What it is good for"), options: AssetParts.categories))
    """
  }

  var times: HTML {
    let days = AssetAvailability.dayNames.enumerated().map {
      (value: String($0.offset + 1), name: $0.element)
    }
    return """
      \(parts.text("place_words", Phrase("哪栋楼、哪里", "Building or place, in words"), isRequired: false, maximumLength: 80))\
      \(parts.radios("contact", Phrase("有人想问，怎么转达", "How a question comes"), options: Asset.Contact.allCases.map { ($0.rawValue, $0.name) }))\
      \(isShort ? parts.folded(Phrase("想写细一点（时间、条件、英文）", "Say more: times, conditions, English"), Self.details, details(days)) : details(days))
      """
  }

  private static let details = [
    "weekday", "from", "until", "availability", "capacity", "conditions", "name_en", "tags",
  ]

  private func details(_ days: [(value: String, name: Phrase)]) -> HTML {
    """
    \(parts.checkboxes("weekday", Phrase("哪几天方便", "On which days"), options: days))\
    \(parts.text("from", Phrase("几点起", "From"), type: "time", isRequired: false))\
    \(parts.text("until", Phrase("到几点", "Until"), type: "time", isRequired: false))\
    \(parts.text("availability", Phrase("时间上还要说明的", "More about the time"), isRequired: false, maximumLength: 100))\
    \(parts.number("capacity", Phrase("一次最多几位", "For how many at a time"), isRequired: false))\
    \(parts.text("conditions", Phrase("条件", "Conditions"), isRequired: false, maximumLength: 200))\
    \(parts.text("name_en", Phrase("英文名", "The same in English"), isRequired: false, maximumLength: 80))\
    \(parts.text("tags", Phrase("标签", "Tags"), hint: Phrase("用空格隔开。", "With spaces between."), isRequired: false, maximumLength: 120))
    """
  }
}
