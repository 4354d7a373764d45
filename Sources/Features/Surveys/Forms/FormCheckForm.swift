import Kernel

/// What stands in the settings, the languages, and how much there is of everything.
extension FormChecker {
  mutating func checkForm() {
    checkLanguages()
    checkWord(definition.formID, .form, .formID, limit: FormLimits.word)
    if definition.formID.isEmpty {
      fault(.form, .formID, Phrase("表单没有编号（form_id）。", "The form has no form_id."))
    }
    checkWord(definition.version, .form, .version, limit: FormLimits.word)
    checkTitle()
    if items.count > FormLimits.items {
      fault(
        .form, .kind,
        Phrase(
          "最多 \(FormLimits.items) 行，这里有 \(items.count) 行。",
          "There can be at most \(FormLimits.items) rows; here are \(items.count)."))
    }
    if !items.contains(where: \.isQuestion) {
      fault(.form, .kind, Phrase("一道要人回答的题都没有。", "There is no question that a person answers."))
    }
  }

  /// One for all languages, or one for each.
  private mutating func checkTitle() {
    let title = definition.title
    guard title.byLanguage.count == 1, let only = title.byLanguage[.unnamed] else {
      return checkText(title, .form, .title, collapsing: false, limit: FormLimits.title)
    }
    checkWord(only, .form, .title, limit: FormLimits.title)
    checkReferences(in: only, .form, .title)
    if only.isEmpty { fault(.form, .title, Phrase("标题是空的。", "The title is empty.")) }
  }

  private mutating func checkLanguages() {
    let languages = definition.languages
    if languages.isEmpty || languages.count > FormLimits.languages {
      fault(
        .form, .label,
        Phrase(
          "语言要有 1 到 \(FormLimits.languages) 种。", "There are between 1 and \(FormLimits.languages) languages.")
      )
    }
    if Set(languages).count < languages.count {
      fault(.form, .label, Phrase("有一种语言列了两次。", "A language stands there twice."))
    }
    for language in languages where language != .unnamed && !Self.isValid(language) {
      fault(
        .form, .label,
        Phrase(
          "语言的名字“\(language.name)”不能用：两头不能有空格，不能有“::”和换行，也不能叫 default，最多 \(FormLimits.language) 个字。",
          "The language cannot be called “\(language.name)”: no spaces around it, no “::” and line ends, not “default”, at most \(FormLimits.language) characters."
        ))
    }
    guard let defaultLanguage = definition.defaultLanguage else { return }
    if defaultLanguage == .unnamed || !languages.contains(defaultLanguage) {
      fault(
        .form, .defaultLanguage,
        Phrase(
          "默认语言“\(defaultLanguage.name)”不在问卷的语言里。",
          "The default language “\(defaultLanguage.name)” is none of the form's languages."))
    } else if languages.contains(.unnamed) {
      fault(
        .form, .defaultLanguage,
        Phrase(
          "定了默认语言，就不能再有没写语言名的文字。",
          "With a default language there can be no texts without a language."))
    }
  }

  private static func isValid(_ language: FormLanguage) -> Bool {
    let name = language.name
    return !name.isEmpty && name != "default" && name.unicodeScalars.count <= FormLimits.language
      && name == FormSpelling.cleaned(name, collapsing: true) && !name.contains("::")
      && !name.contains(where: \.isNewline) && !name.contains("\t") && !FormSpelling.hasHiddenCharacters(name)
  }

  /// A text in each of its languages.
  mutating func checkText(
    _ text: FormText, _ place: FormCheckProblem.Place, _ part: FormPart, collapsing: Bool,
    limit: Int = FormLimits.text
  ) {
    for (language, words) in text.byLanguage.sorted(by: { $0.key < $1.key }) {
      if !definition.languages.contains(language) {
        fault(
          place, part,
          Phrase(
            "“\(language.name)”不是这份问卷的语言。", "“\(language.name)” is no language of this form."))
      }
      if words.isEmpty {
        fault(place, part, Phrase("文字是空的。", "The text is empty."))
      }
      checkWord(words, place, part, limit: limit, collapsing: collapsing)
      checkReferences(in: words, place, part)
    }
  }

  /// Spelling and length of anything that is written.
  mutating func checkWord(
    _ text: String, _ place: FormCheckProblem.Place, _ part: FormPart, limit: Int, collapsing: Bool = false
  ) {
    if text.unicodeScalars.count > limit {
      fault(place, part, Phrase("最多 \(limit) 个字。", "This may have at most \(limit) characters."))
    }
    if FormSpelling.hasHiddenCharacters(text) {
      fault(
        place, part,
        Phrase("文字里有看不见的控制字符。", "There are characters in this text that nobody sees."))
    }
    if text != FormSpelling.cleaned(text, collapsing: collapsing) {
      fault(
        place, part,
        collapsing
          ? Phrase("两头不能有空格，中间不能有连着的空格。", "There can be no spaces around this, nor two in a row.")
          : Phrase("两头不能有空格。", "There can be no spaces around this."))
    }
  }

  private mutating func checkReferences(
    in text: String, _ place: FormCheckProblem.Place, _ part: FormPart
  ) {
    guard let names = FormReferences.names(in: text) else {
      fault(place, part, FormReferences.rule)
      return
    }
    for name in names { checkReference(name, place, part) }
  }

  /// Whether there is an item of this name that can have an answer.
  mutating func checkReference(_ name: String, _ place: FormCheckProblem.Place, _ part: FormPart) {
    if let position = positions[name] {
      guard items[position].kind == .group else { return }
      fault(
        place, part,
        Phrase("“\(name)”是一组题，没有答案。", "“\(name)” is a group and has no answer."))
    } else {
      fault(place, part, missing[name] ?? FormReferences.unknown(name))
    }
  }
}
