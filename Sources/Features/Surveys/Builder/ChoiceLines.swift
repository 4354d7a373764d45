import Kernel
import Web

/// The choices of a list as their author types them: one a line, `代码 | 中文 | English`; the code may be left out.
enum ChoiceLines {
  static let limit = 200
  private static let nameLength = 64
  private static let labelLength = 300

  static func text(_ list: FormChoiceList, _ languages: [FormLanguage]) -> String {
    list.choices.map { choice in
      ([choice.name] + languages.map { choice.label.byLanguage[$0] ?? "" }).joined(separator: " | ")
    }.joined(separator: "\n")
  }

  /// - Parameter earlier: the list before the change; a choice whose name stays keeps its other columns.
  /// - Returns: nil with a problem at the field where a line is wrong.
  static func read(
    _ field: String, _ languages: [FormLanguage], earlier: FormChoiceList?, _ reader: inout FormReader
  ) -> [FormChoice]? {
    guard let text = reader.lines(field, length: 1...20_000) else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
      .filter { !$0.isEmpty }
    guard lines.count <= limit else {
      reader.add(field, Phrase("最多 \(limit) 个选项。", "There can be at most \(limit) choices."))
      return nil
    }
    var choices: [FormChoice] = []
    for (index, line) in lines.enumerated() {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { trimmed($0) }
      guard let choice = choice(parts, index + 1, languages, earlier) else {
        reader.add(
          field,
          Phrase(
            "第 \(index + 1) 行看不懂：“代码 | 文字”，代码里不能有空格。",
            "Line \(index + 1) cannot be read: “code | words”, without spaces in the code."))
        return nil
      }
      if choices.contains(where: { $0.name == choice.name }) {
        reader.add(
          field,
          Phrase("代码 \(choice.name) 用了两次。", "The code \(choice.name) is used twice."))
        return nil
      }
      choices.append(choice)
    }
    return choices
  }

  private static func choice(
    _ parts: [String], _ number: Int, _ languages: [FormLanguage], _ earlier: FormChoiceList?
  ) -> FormChoice? {
    let hasName = parts.count > 1
    let name = hasName ? parts[0] : String(number)
    let labels = hasName ? Array(parts.dropFirst()) : parts
    guard !name.isEmpty, name.count <= nameLength, !name.contains(where: \.isWhitespace),
      labels.count <= languages.count, labels.allSatisfy({ $0.count <= labelLength }),
      labels.first?.isEmpty == false
    else { return nil }
    var text = FormText()
    for (language, label) in zip(languages, labels) where !label.isEmpty { text.byLanguage[language] = label }
    let columns = earlier?.choices.first { $0.name == name }?.columns ?? []
    return FormChoice(name: name, label: text, columns: columns)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

extension Substring {
  fileprivate func trimmingPrefix(while isMeant: (Character) -> Bool) -> Substring { drop(while: isMeant) }
}
