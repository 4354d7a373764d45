import Surveys

/// The pieces that questionnaires of the demo are made of, in both languages.
enum DemoForm {
  static let chinese = FormLanguage("中文 (zh)")
  static let english = FormLanguage("English (en)")

  static func text(_ chinese: String, _ english: String) -> FormText {
    FormText([Self.chinese: chinese, Self.english: english])
  }

  static func list(_ name: String, _ choices: [(name: String, zh: String, en: String)]) -> FormChoiceList {
    FormChoiceList(
      name: name, choices: choices.map { FormChoice(name: $0.name, label: text($0.zh, $0.en)) })
  }

  /// - Parameter relevant: an expression under which it is asked; nil for always.
  static func item(
    _ name: String, _ kind: FormItem.Kind, _ chinese: String, _ english: String, relevant: String? = nil,
    appearance: [String] = [], isRequired: Bool = false
  ) -> FormItem {
    var item = FormItem(name: name, kind: kind, label: text(chinese, english))
    item.relevant = relevant
    item.appearance = appearance
    item.required = isRequired ? "true()" : nil
    return item
  }

  static func form(
    _ id: String, _ title: FormText, lists: [FormChoiceList], items: [FormItem]
  ) -> FormDefinition {
    FormDefinition(
      formID: id, title: title, languages: [chinese, english], defaultLanguage: chinese, lists: lists,
      items: items)
  }

  static let yesNo = list("yes_no", [("yes", "有", "Yes"), ("no", "没有", "No")])
  static let agreement = list(
    "agreement",
    [
      ("1", "完全不同意", "Disagree strongly"), ("2", "不太同意", "Disagree"), ("3", "说不好", "Neither"),
      ("4", "比较同意", "Agree"), ("5", "完全同意", "Agree strongly"),
    ])
}
