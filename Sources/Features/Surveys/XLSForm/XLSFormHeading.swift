import Kernel

/// The sheets of a workbook that make a form.
enum XLSFormSheet: String, Sendable, CaseIterable {
  case survey
  case choices
  case settings
}

/// What a column of a sheet is for.
///
/// Headings are read as pyxform reads them (`process_header`): capitals and spaces do not matter, many have other names,
/// and a language follows two colons, or one where no heading of the sheet has two.
/// Source: field/socialwork.md §5; pyxform, `aliases.py` and `parsing/sheet_headers.py`.
enum XLSFormHeading: Sendable, Hashable {
  case part(FormPart)
  /// - Parameter language: `.unnamed` where the heading names none.
  case text(FormPart, FormLanguage)
  /// A further column of choices, for `choice_filter`.
  case extra(String)
  /// Whether a row counts at all; not part of XLSForm any more, but obeyed by its tools.
  case disabled
  case allowsDuplicates
  case cleansText
  /// Nothing is lost without it.
  case ignored
  /// Left out, with a warning where something stands in it.
  case dropped(Phrase)
  /// Refused where something stands in it.
  case refused(Phrase)

  /// - Parameter usesTwoColons: whether any heading of the sheet does.
  init(_ heading: String, on sheet: XLSFormSheet, usesTwoColons: Bool) {
    let path = Self.path(heading, on: sheet, usesTwoColons: usesTwoColons)
    switch sheet {
    case .survey: self = Self.survey(path, heading)
    case .choices: self = Self.choice(path, heading)
    case .settings: self = Self.setting(path)
    }
    guard usesTwoColons, !heading.contains("::"), heading.contains(":") else { return }
    let meant = XLSFormHeading(heading, on: sheet, usesTwoColons: false)
    if case .text = meant {
      self = .refused(
        Phrase(
          "这张表别的列用了“::”，这里也要写“::”，不然各种软件都读不到。",
          "Other headings of this sheet use “::”; this one has to as well, or no tool reads it."))
    }
  }

  /// The heading cut at its colons, its first word by its first name.
  private static func path(_ heading: String, on sheet: XLSFormSheet, usesTwoColons: Bool) -> [String] {
    let whole = snake(heading)
    if plainNames[sheet]?.contains(whole) == true { return [whole] }
    let hasTwo = usesTwoColons || heading.contains("::")
    var tokens = heading.split(separator: hasTwo ? "::" : ":", omittingEmptySubsequences: false).map {
      FormSpelling.cleaned(String($0), collapsing: true)
    }
    if !hasTwo, let prefix = tokens.firstIndex(of: "jr"), prefix + 1 < tokens.count {
      tokens.replaceSubrange(prefix...prefix + 1, with: ["jr:" + tokens[prefix + 1]])
    }
    let first = snake(tokens[0])
    if let alias = aliases[sheet]?[first] { return alias + tokens.dropFirst() }
    if plainNames[sheet]?.contains(first) == true { return [first] + tokens.dropFirst() }
    return tokens
  }

  private static func snake(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: "_").lowercased()
  }

  private static func text(_ part: FormPart, _ rest: ArraySlice<String>) -> XLSFormHeading {
    guard let name = rest.first else { return .text(part, .unnamed) }
    guard rest.count == 1, !name.isEmpty else {
      return .refused(
        Phrase("“::”后面要写一个语言的名字。", "After “::” comes the name of one language."))
    }
    return .text(part, name == "default" ? .unnamed : FormLanguage(name))
  }

  private static func plain(_ part: FormPart, _ rest: ArraySlice<String>) -> XLSFormHeading {
    if rest.isEmpty { return .part(part) }
    return .refused(
      Phrase("\(part.rawValue) 不能分语言。", "The column \(part.rawValue) cannot be translated."))
  }
}

// MARK: - What each sheet has

extension XLSFormHeading {
  private static let unknown = Phrase("不认识这一列，没有读。", "This column is not known and was left out.")
  private static let media = Phrase(
    "还不能用图片、声音和视频，没有读。", "Pictures, sounds and videos cannot be used yet and were left out.")

  private static func survey(_ path: [String], _ heading: String) -> XLSFormHeading {
    if heading == "disabled" { return .disabled }
    let rest = path.dropFirst()
    switch path[0] {
    case "type": return plain(.kind, rest)
    case "name": return plain(.name, rest)
    case "label": return text(.label, rest)
    case "hint": return text(.hint, rest)
    case "guidance_hint": return text(.guidanceHint, rest)
    case "default": return plain(.defaultValue, rest)
    case "choice_filter": return plain(.choiceFilter, rest)
    case "parameters": return plain(.parameters, rest)
    case "bind": return bind(rest)
    case "control" where rest.first == "appearance": return plain(.appearance, rest.dropFirst())
    case "media": return .dropped(media)
    case "trigger":
      return .refused(
        Phrase(
          "还不能用 trigger（改了哪道题才重新算）。", "The column trigger, which says when to compute again, cannot be used.")
      )
    default: return .dropped(unknown)
    }
  }

  private static func bind(_ path: ArraySlice<String>) -> XLSFormHeading {
    let rest = path.dropFirst()
    switch path.first {
    case "relevant": return plain(.relevant, rest)
    case "required": return plain(.required, rest)
    case "constraint": return plain(.constraint, rest)
    case "calculate": return plain(.calculation, rest)
    case "readonly": return plain(.readOnly, rest)
    case "jr:constraintMsg": return text(.constraintMessage, rest)
    case "jr:requiredMsg": return text(.requiredMessage, rest)
    case "type":
      return .refused(
        Phrase("题型请写在 type 列。", "Please write the type in the column type."))
    case "entities:saveto": return .refused(entities)
    default: return .dropped(unknown)
    }
  }

  static let entities = Phrase("不能用实体（entities）。", "Entities cannot be used.")

  private static func choice(_ path: [String], _ heading: String) -> XLSFormHeading {
    let rest = path.dropFirst()
    switch path[0] {
    case "list_name": return plain(.listName, rest)
    case "name": return plain(.name, rest)
    case "label": return text(.label, rest)
    case "media": return .dropped(media)
    default:
      if path.count > 1 {
        return .refused(
          Phrase(
            "不认识这一列。要分语言的列只有 label。", "This column is not known; only label has languages here."))
      }
      if FormChoice.Column.isNameFree(heading) { return .extra(heading) }
      return .dropped(
        Phrase(
          "选项的附加列要像题目名称那样起名，没有读。",
          "Further columns of choices are named as questions are; this one was left out."))
    }
  }

  private static func setting(_ path: [String]) -> XLSFormHeading {
    let rest = path.dropFirst()
    switch path[0] {
    case "title": return plain(.title, rest)
    case XLSFormHeading.translatedTitle: return text(.title, rest)
    case "id_string": return plain(.formID, rest)
    case "version": return plain(.version, rest)
    case "default_language": return plain(.defaultLanguage, rest)
    case "allow_choice_duplicates": return .allowsDuplicates
    case "clean_text_values": return .cleansText
    case "style": return .ignored
    case "public_key", "submission_url":
      return .refused(
        Phrase(
          "答案只留在这里，不能另外加密或发到别处。",
          "Answers stay here; they cannot be encrypted for, or sent to, another place."))
    case "add_none_option":
      return .refused(
        Phrase("请把“没有”直接写进选项。", "Please write the choice “none” into the lists."))
    default: return .dropped(unknown)
    }
  }

  /// A title in several languages. XLSForm has one `form_title`; other tools pass over this.
  static let translatedTitle = "title_in"

  /// Names that stand for themselves.
  private static let plainNames: [XLSFormSheet: Set<String>] = [
    .survey: [
      "type", "name", "label", "hint", "guidance_hint", "default", "choice_filter", "parameters", "bind",
      "control", "media", "trigger",
    ],
    .choices: ["name", "label", "media"],
    .settings: [
      "title", "id_string", "version", "default_language", "allow_choice_duplicates", "clean_text_values",
      "style", "public_key", "submission_url", "add_none_option", translatedTitle,
    ],
  ]

  private static let mediaAliases: [String: [String]] = [
    "image": ["media", "image"], "big-image": ["media", "big-image"], "audio": ["media", "audio"],
    "video": ["media", "video"],
  ]

  /// Other names, each with the path that it stands for.
  private static let aliases: [XLSFormSheet: [String: [String]]] = [
    .survey: mediaAliases.merging([
      "command": ["type"], "tag": ["name"], "value": ["name"], "caption": ["label"], "body": ["control"],
      "appearance": ["control", "appearance"], "relevant": ["bind", "relevant"],
      "relevance": ["bind", "relevant"], "required": ["bind", "required"],
      "constraint": ["bind", "constraint"], "calculation": ["bind", "calculate"],
      "calculate": ["bind", "calculate"], "read_only": ["bind", "readonly"],
      "readonly": ["bind", "readonly"], "constraint_message": ["bind", "jr:constraintMsg"],
      "constraining_message": ["bind", "jr:constraintMsg"],
      "required_message": ["bind", "jr:requiredMsg"], "requiredmsg": ["bind", "jr:requiredMsg"],
      "save_to": ["bind", "entities:saveto"],
    ]) { first, _ in first },
    .choices: mediaAliases.merging([
      "list_name": ["list_name"], "caption": ["label"], "value": ["name"],
    ]) { first, _ in first },
    .settings: [
      "form_title": ["title"], "set_form_title": ["title"], "form_id": ["id_string"],
      "set_form_id": ["id_string"],
    ],
  ]
}
