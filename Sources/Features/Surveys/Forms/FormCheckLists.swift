import Kernel

/// The lists of choices.
extension FormChecker {
  mutating func checkLists() {
    let lists = definition.lists
    if lists.count > FormLimits.lists {
      fault(
        .form, .listName,
        Phrase("最多 \(FormLimits.lists) 个选项表。", "There can be at most \(FormLimits.lists) lists of choices."))
    }
    let columns = definition.choiceColumns
    if columns.count > FormLimits.columns {
      fault(
        .form, .listName,
        Phrase(
          "选项最多带 \(FormLimits.columns) 列。", "Choices can have at most \(FormLimits.columns) further columns.")
      )
    }
    var names: Set<String> = []
    for list in lists {
      if !names.insert(list.name).inserted {
        fault(
          .list(list.name), .listName,
          Phrase("有两个选项表叫“\(list.name)”。", "Two lists are named “\(list.name)”."))
      }
      checkName(of: list)
      checkChoices(of: list, columns)
    }
  }

  private mutating func checkName(of list: FormChoiceList) {
    let place = FormCheckProblem.Place.list(list.name)
    if !FormName.isValidList(list.name) {
      fault(
        place, .listName,
        Phrase(
          "选项表的名称只能有字母、数字、横线、下划线和点，最多 \(FormLimits.listName) 个字。",
          "The name of a list has letters, digits, hyphens, underscores and periods, at most \(FormLimits.listName) in all."
        ))
    }
    if FormName.fileEndings.contains(where: list.name.hasSuffix) {
      fault(
        place, .listName,
        Phrase(
          "选项表的名称不能像文件名那样结尾。", "The name of a list cannot end like that of a file."))
    }
    if list.choices.isEmpty {
      fault(
        place, .listName, Phrase("选项表“\(list.name)”是空的。", "The list “\(list.name)” has no choices."))
    }
    if list.choices.count > FormLimits.choices {
      fault(
        place, .listName,
        Phrase(
          "选项表“\(list.name)”有 \(list.choices.count) 个选项，最多 \(FormLimits.choices) 个。",
          "The list “\(list.name)” has \(list.choices.count) choices; there can be at most \(FormLimits.choices)."
        ))
    }
    if !items.contains(where: { $0.list == list.name }) {
      advise(
        place, .listName,
        Phrase("没有题目用选项表“\(list.name)”。", "No question uses the list “\(list.name)”."))
    }
  }

  private mutating func checkChoices(of list: FormChoiceList, _ columns: [String]) {
    var names: Set<String> = []
    for (position, choice) in list.choices.enumerated() {
      let place = FormCheckProblem.Place.choice(list: list.name, position: position)
      checkChoiceName(choice.name, of: list, place)
      if !names.insert(choice.name).inserted, !definition.allowsDuplicateChoices {
        fault(
          place, .name,
          Phrase(
            "选项表“\(list.name)”里有两个“\(choice.name)”。要是有意的，请在 settings 里写 allow_choice_duplicates = yes。",
            "The list “\(list.name)” has “\(choice.name)” twice. If it is meant so, set allow_choice_duplicates = yes in settings."
          ))
      }
      checkText(choice.label, place, .label, collapsing: false)
      checkTranslations(of: choice.label, place, .label, isNeeded: true)
      for column in choice.columns { checkColumn(column, place) }
      let order = columns.filter { name in choice.columns.contains { $0.name == name } }
      if choice.columns.map(\.name) != order {
        fault(
          place, .listName,
          Phrase("这个选项的附加列顺序和别的不一样。", "The further columns of this choice stand in another order."))
      }
    }
  }

  private mutating func checkChoiceName(
    _ name: String, of list: FormChoiceList, _ place: FormCheckProblem.Place
  ) {
    if name.isEmpty {
      fault(place, .name, Phrase("选项没有名称。", "The choice has no name."))
    }
    checkWord(name, place, .name, limit: FormLimits.name)
    if FormSpelling.hasCurlyQuotes(name) { fault(place, .name, FormSpelling.straightQuotes) }
    guard name.unicodeScalars.contains(where: \.properties.isWhitespace) else { return }
    let isSpaced = items.contains { item in
      switch item.kind {
      case .selectMultiple(list.name), .rank(list.name): true
      default: false
      }
    }
    if isSpaced {
      fault(
        place, .name,
        Phrase(
          "多选和排序的选项名称里不能有空格：“\(name)”。",
          "Names of choices of which several are chosen cannot hold spaces: “\(name)”."))
    }
  }

  private mutating func checkColumn(_ column: FormChoice.Column, _ place: FormCheckProblem.Place) {
    if !FormChoice.Column.isNameFree(column.name) {
      fault(
        place, .listName,
        Phrase("选项的附加列不能叫“\(column.name)”。", "A further column of choices cannot be named “\(column.name)”."))
    }
    if column.value.isEmpty {
      fault(place, .listName, Phrase("附加列是空的。", "The further column is empty."))
    }
    checkWord(column.value, place, .listName, limit: FormLimits.word)
    if FormSpelling.hasCurlyQuotes(column.value) { fault(place, .listName, FormSpelling.straightQuotes) }
  }

  /// Advice where a text stands in some languages only, or is wanted and missing.
  mutating func checkTranslations(
    of text: FormText, _ place: FormCheckProblem.Place, _ part: FormPart, isNeeded: Bool
  ) {
    let absent = definition.languages.filter { text.byLanguage[$0] == nil }
    guard !absent.isEmpty, isNeeded || !text.isEmpty else { return }
    guard !text.isEmpty else {
      advise(place, part, Phrase("没有文字（\(part.rawValue)）。", "There is no \(part.rawValue)."))
      return
    }
    let names = absent.map { $0 == .unnamed ? "default" : $0.name }.joined(separator: ", ")
    advise(
      place, part,
      Phrase("\(part.rawValue) 缺这些语言：\(names)。", "The \(part.rawValue) is missing in: \(names)."))
  }
}

extension FormChoice.Column {
  /// Headings that mean something else on the sheet of choices, or to other tools.
  private static let taken: Set<String> = [
    "list_name", "name", "value", "label", "caption", "image", "big-image", "audio", "video", "media",
    "parent", "extra_data", "sms_option", "_choice_itext_ref", "__row", "hint",
  ]

  /// Whether a further column can have this name: one that expressions can hold and that means nothing else.
  static func isNameFree(_ name: String) -> Bool {
    FormName.isValid(name) && !taken.contains(name.lowercased())
  }
}
