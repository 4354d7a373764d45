import Kernel

/// The rows that are asked, one by one.
extension FormChecker {
  mutating func checkItem(_ position: Int) {
    checkName(position)
    checkParts(position)
    checkTexts(position)
    checkDepth(position)
    checkAppearance(position)
    checkParameters(position)
    checkDefault(position)
    checkExpressions(position)
    if let list = items[position].list, definition.list(list) == nil {
      fault(
        place(position), .kind,
        Phrase("没有叫“\(list)”的选项表。", "There is no list of choices named “\(list)”."))
    }
  }

  private mutating func checkName(_ position: Int) {
    let name = items[position].name
    let place = place(position)
    if !FormName.isValid(name) { fault(place, .name, FormName.rule) }
    if name == "meta" {
      fault(
        place, .name,
        Phrase("“meta”是留给表单信息用的，请换个名称。", "The name “meta” is taken by what tools add to a form."))
    }
    if positions[name] != position {
      fault(
        place, .name,
        Phrase(
          "名称“\(name)”用了两次；整份问卷里每个名称只能用一次。",
          "The name “\(name)” is used twice; each name stands only once in the whole form."))
    } else if items[..<position].contains(where: {
      $0.name != name && $0.name.lowercased() == name.lowercased()
    }) {
      advise(
        place, .name,
        Phrase(
          "“\(name)”和另一个名称只差大小写，有的统计软件分不开。",
          "“\(name)” differs from another name only in capitals; some statistics programs take them for one.")
      )
    }
  }

  private mutating func checkParts(_ position: Int) {
    let item = items[position]
    for part in FormPart.allCases where item.has(part) && !item.kind.takes(part) {
      fault(
        place(position), part,
        Phrase("这种类型不能有 \(part.rawValue)。", "This type takes no \(part.rawValue)."))
    }
    if !item.items.isEmpty, item.kind != .group {
      fault(place(position), .kind, Phrase("只有一组题里面才能有题。", "Only a group has questions inside it."))
    }
    if item.items.isEmpty, item.kind == .group {
      advise(place(position), .kind, Phrase("这一组里没有题。", "There is nothing in this group."))
    }
    if item.kind == .calculate, item.calculation == nil {
      fault(place(position), .calculation, Phrase("没有写怎么算。", "It does not say what to calculate."))
    }
  }

  private mutating func checkTexts(_ position: Int) {
    let item = items[position]
    let place = place(position)
    let texts: [(FormPart, FormText)] = [
      (.label, item.label), (.hint, item.hint), (.guidanceHint, item.guidanceHint),
      (.requiredMessage, item.requiredMessage), (.constraintMessage, item.constraintMessage),
    ]
    let isShown = item.isQuestion || item.kind == .note
    for (part, text) in texts {
      checkText(text, place, part, collapsing: definition.cleansText)
      checkTranslations(
        of: text, place, part, isNeeded: part == .label && isShown && item.appearance != ["label"])
    }
    // A group may go without, and so may a row that only labels the columns of a table.
    if isShown, item.label.isEmpty, item.hint.isEmpty, item.appearance != ["label"] {
      fault(place, .label, Phrase("没有写问什么（label）。", "It does not say what it asks (label)."))
    }
  }

  private mutating func checkDepth(_ position: Int) {
    var depth = 0
    var group = parents[position]
    while let open = group {
      depth += 1
      group = parents[open]
    }
    if items[position].kind == .group, depth >= FormLimits.depth {
      fault(
        place(position), .kind,
        Phrase("最多套 \(FormLimits.depth) 层组。", "Groups may stand \(FormLimits.depth) deep at most."))
    }
  }

  private mutating func checkAppearance(_ position: Int) {
    let item = items[position]
    for word in item.appearance where !FormItem.appearances.contains(word) {
      fault(
        place(position), .appearance,
        Phrase(
          "不认识外观“\(word)”。可以用：\(FormItem.appearances.joined(separator: "、"))。",
          "The appearance “\(word)” is not known. There are: \(FormItem.appearances.joined(separator: ", "))."
        ))
    }
    if item.appearance.contains(FormItem.gift), item.kind != .text {
      fault(
        place(position), .appearance,
        Phrase("只有填空题能问本事（gift）。", "Only a question for words can ask for a gift."))
    }
    guard item.kind == .group, item.appearance.contains("table-list") else { return }
    let rows = item.items.flatMap(\.withDescendants).filter { $0.list != nil }
    if Set(rows.compactMap(\.list)).count > 1 {
      fault(
        place(position), .appearance,
        Phrase("表格里的题要用同一个选项表。", "The questions of a table share one list of choices."))
    }
    if rows.contains(where: { $0.choiceFilter != nil }) {
      fault(
        place(position), .appearance,
        Phrase("表格里的题不能筛选选项。", "The questions of a table cannot filter their choices."))
    }
  }
}

extension FormItem {
  /// The ways of showing that are known. Source: field/socialwork.md §5.
  static let appearances = [
    "likert", "minimal", "multiline", "table-list", "label", "list-nolabel", "rating", gift,
  ]

  /// Whether it says anything there.
  func has(_ part: FormPart) -> Bool {
    switch part {
    case .label: !label.isEmpty
    case .hint: !hint.isEmpty
    case .guidanceHint: !guidanceHint.isEmpty
    case .required: required != nil
    case .requiredMessage: !requiredMessage.isEmpty
    case .relevant: relevant != nil
    case .constraint: constraint != nil
    case .constraintMessage: !constraintMessage.isEmpty
    case .calculation: calculation != nil
    case .defaultValue: defaultValue != nil
    case .readOnly: readOnly != nil
    case .choiceFilter: choiceFilter != nil
    case .appearance: !appearance.isEmpty
    case .parameters: !parameters.isEmpty
    case .formID, .title, .version, .defaultLanguage, .listName, .kind, .name: false
    }
  }
}

extension FormItem.Kind {
  /// Whether an item of this kind can have this part.
  func takes(_ part: FormPart) -> Bool {
    let isQuestion = FormItem(name: "", kind: self).isQuestion
    let hasList = FormItem(name: "", kind: self).list != nil
    return switch part {
    case .required, .requiredMessage, .constraint, .constraintMessage, .readOnly: isQuestion
    case .relevant: ![.start, .end, .today].contains(self)
    case .calculation: isQuestion || self == .calculate || self == .hidden
    case .defaultValue: isQuestion || self == .hidden
    case .choiceFilter: hasList
    case .parameters: hasList || self == .range
    case .appearance: isQuestion || self == .note || self == .group
    case .label, .hint, .guidanceHint, .formID, .title, .version, .defaultLanguage, .listName, .kind, .name:
      true
    }
  }
}
