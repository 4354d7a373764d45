import Kernel

/// How the texts of a form are spelled: without white space around them and with line ends of one kind.
enum FormSpelling {
  /// A text as the tools of the ecosystem read a cell: no white space around it, plain spaces for those that do not break.
  /// Source: pyxform, `xlsx_value_to_str` and `clean_text_values`.
  ///
  /// - Parameter collapsing: whether runs of spaces become one.
  static func cleaned(_ text: String, collapsing: Bool) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    var cleaned = String.UnicodeScalarView()
    var earlier: Unicode.Scalar?
    for scalar in scalars[first...last] {
      let isSecondHalf = scalar == "\n" && earlier == "\r"
      earlier = scalar
      if isSecondHalf { continue }
      let plain: Unicode.Scalar = scalar == "\u{A0}" ? " " : scalar == "\r" ? "\n" : scalar
      if collapsing, plain == " ", cleaned.last == " " { continue }
      cleaned.append(plain)
    }
    return String(cleaned)
  }

  /// Whether a text holds characters that nobody sees: control characters but for line ends and tabs, and those that turn
  /// the direction of what follows.
  static func hasHiddenCharacters(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 9, 10, 13: false
      case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
      default: false
      }
    }
  }

  /// Quotes as word processors bend them; expressions know only straight ones.
  static func hasCurlyQuotes(_ text: String) -> Bool {
    text.unicodeScalars.contains { "“”‘’".unicodeScalars.contains($0) }
  }

  /// A name with straight quotes, as other tools make of every text (pyxform, `SMART_QUOTES`): an expression that compares
  /// with it has no others. Texts that people read keep theirs.
  static func cleanedName(_ text: String) -> String {
    let straight = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case "“", "”": "\""
      case "‘", "’": "'"
      default: scalar
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: straight)
    return cleaned(String(view), collapsing: false)
  }

  static let straightQuotes = Phrase(
    "这里有弯引号（“ ” ‘ ’）。请换成直引号（\" 或 '）：在半角英文输入法下重新打一遍。",
    "There are curly quotes (“ ” ‘ ’) here. Please write straight ones (\" or ') instead; word processors bend them."
  )
}

/// The `${name}` in a text that people read, where the answer is to stand.
enum FormReferences {
  /// The names, in their order; nil where one is not written as it should be.
  /// Source: pyxform, `pyxform_reference.py`.
  static func names(in text: String) -> [String]? {
    guard text.contains("${"), text.unicodeScalars.count > 2 else { return [] }
    var names: [String] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let name = String(rest[..<end])
      guard FormName.isValid(name) else { return nil }
      names.append(name)
      rest = rest[rest.index(after: end)...]
    }
    return names
  }

  static let rule = Phrase(
    "“${”后面要写题目的名称，再写“}”。", "After “${” comes the name of a question, and then “}”.")

  static func unknown(_ name: String) -> Phrase {
    Phrase("没有叫“\(name)”的题。", "There is no question named “\(name)”.")
  }
}

extension FormDefinition {
  /// The same form with every text spelled as `FormSpelling` has it, empty ones left out, and the further columns of
  /// choices in one order: what an export brings back as it was.
  var cleaned: FormDefinition {
    var form = self
    form.formID = FormSpelling.cleaned(formID, collapsing: false)
    form.version = FormSpelling.cleaned(version, collapsing: false)
    form.title = title.cleaned(collapsing: false)
    form.items = items.map { $0.cleaned(collapsing: cleansText) }
    let order = choiceColumns
    for list in form.lists.indices {
      for choice in form.lists[list].choices.indices {
        form.lists[list].choices[choice] = form.lists[list].choices[choice].cleaned(order)
      }
    }
    return form
  }

  /// The further columns of all choices, in the order in which they first stand there.
  var choiceColumns: [String] {
    var seen: Set<String> = []
    return lists.flatMap(\.choices).flatMap(\.columns).map(\.name).filter { seen.insert($0).inserted }
  }
}

extension FormText {
  fileprivate func cleaned(collapsing: Bool) -> FormText {
    FormText(
      byLanguage.mapValues { FormSpelling.cleaned($0, collapsing: collapsing) }.filter { !$0.value.isEmpty })
  }
}

extension FormChoice {
  fileprivate func cleaned(_ order: [String]) -> FormChoice {
    let values = columns.map { Column($0.name, FormSpelling.cleanedName($0.value)) }
    return FormChoice(
      name: FormSpelling.cleanedName(name), label: label.cleaned(collapsing: false),
      columns: order.compactMap { name in values.first { $0.name == name && !$0.value.isEmpty } })
  }
}

extension FormItem {
  fileprivate func cleaned(collapsing: Bool) -> FormItem {
    func clean(_ text: String?) -> String? {
      text.map { FormSpelling.cleaned($0, collapsing: collapsing) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    var item = self
    item.label = label.cleaned(collapsing: collapsing)
    item.hint = hint.cleaned(collapsing: collapsing)
    item.guidanceHint = guidanceHint.cleaned(collapsing: collapsing)
    item.required = clean(required)
    item.requiredMessage = requiredMessage.cleaned(collapsing: collapsing)
    item.relevant = clean(relevant)
    item.constraint = clean(constraint)
    item.constraintMessage = constraintMessage.cleaned(collapsing: collapsing)
    item.calculation = clean(calculation)
    item.defaultValue = clean(defaultValue)
    item.readOnly = clean(readOnly)
    item.choiceFilter = clean(choiceFilter)
    item.items = items.map { $0.cleaned(collapsing: collapsing) }
    return item
  }
}
