/// What a questionnaire asks: a tree of questions and groups with their choices, in the terms of XLSForm.
///
/// A value of this type is what was read or written; `FormCheck` says whether it can be asked. It never holds an answer.
/// Source: field/socialwork.md §2.6 and §5; xlsform.org.
package struct FormDefinition: Sendable, Hashable {
  /// `form_id`: names the form in files that leave the program.
  package var formID: String
  /// `form_title`.
  package var title: FormText
  /// `version`, as its author wrote it; may be empty.
  package var version: String
  /// In the order in which they first stand in the form; `[.unnamed]` where it names none.
  package var languages: [FormLanguage]
  /// Which of them is asked first; nil where the form does not say.
  package var defaultLanguage: FormLanguage?
  /// Whether one list may hold a name twice (`allow_choice_duplicates`).
  package var allowsDuplicateChoices: Bool
  /// Whether runs of spaces in texts become one (`clean_text_values`).
  package var cleansText: Bool
  package var lists: [FormChoiceList]
  package var items: [FormItem]

  package init(
    formID: String, title: FormText = .none, version: String = "",
    languages: [FormLanguage] = [.unnamed], defaultLanguage: FormLanguage? = nil,
    allowsDuplicateChoices: Bool = false, cleansText: Bool = true, lists: [FormChoiceList] = [],
    items: [FormItem] = []
  ) {
    self.formID = formID
    self.title = title
    self.version = version
    self.languages = languages
    self.defaultLanguage = defaultLanguage
    self.allowsDuplicateChoices = allowsDuplicateChoices
    self.cleansText = cleansText
    self.lists = lists
    self.items = items
  }

  /// The choices of a list; nil where there is no such list.
  package func list(_ name: String) -> FormChoiceList? { lists.first { $0.name == name } }

  /// All items with those inside groups, in the order in which they are asked; a group stands before its items.
  package var allItems: [FormItem] { items.flatMap { $0.withDescendants } }
}

/// The choices that one or more questions offer.
package struct FormChoiceList: Sendable, Hashable {
  package var name: String
  package var choices: [FormChoice]

  package init(name: String, choices: [FormChoice]) {
    self.name = name
    self.choices = choices
  }
}

/// One choice: `name` is what an answer holds, `label` what people read.
package struct FormChoice: Sendable, Hashable {
  package var name: String
  package var label: FormText
  /// Further columns of the row by their headings, for `choice_filter`, in the order of the sheet.
  package var columns: [Column]

  package struct Column: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(name: String, label: FormText, columns: [Column] = []) {
    self.name = name
    self.label = label
    self.columns = columns
  }
}

extension FormDefinition {
  /// Asks in other languages from now on: what was written in one that goes is taken out, and a form that named none calls
  /// its language by the first of these.
  package mutating func change(languages next: [FormLanguage]) {
    let first = next.first ?? .unnamed
    let isNamed = languages != [.unnamed]
    func changed(_ text: FormText) -> FormText {
      var byLanguage = text.byLanguage
      if !isNamed, let unnamed = byLanguage.removeValue(forKey: .unnamed) { byLanguage[first] = unnamed }
      return FormText(byLanguage.filter { next.contains($0.key) })
    }
    func changed(_ item: FormItem) -> FormItem {
      var item = item
      item.label = changed(item.label)
      item.hint = changed(item.hint)
      item.guidanceHint = changed(item.guidanceHint)
      item.requiredMessage = changed(item.requiredMessage)
      item.constraintMessage = changed(item.constraintMessage)
      item.items = item.items.map { changed($0) }
      return item
    }
    title = changed(title)
    items = items.map { changed($0) }
    for list in lists.indices {
      for choice in lists[list].choices.indices {
        lists[list].choices[choice].label = changed(lists[list].choices[choice].label)
      }
    }
    languages = next
    if !next.contains(where: { $0 == defaultLanguage }) { defaultLanguage = first }
  }
}
