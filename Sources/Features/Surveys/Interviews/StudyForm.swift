import Kernel
import Web

/// What people send of a study as a whole.
enum StudyForm {
  /// - Throws: `form.invalid`.
  static func terms(_ form: Form) throws -> StudyTerms {
    var reader = FormReader(form)
    let title = reader.text("title", length: 1...100)
    let question = reader.lines("question", length: 5...500)
    let purpose = reader.lines("purpose", length: 10...1000)
    let lines = reader.lines("guide", length: 1...4000) ?? ""
    let guide = TextLines.of(lines)
    if guide.count > StudyRules.mostQuestions {
      reader.add(
        "guide",
        Phrase(
          "最多 \(StudyRules.mostQuestions) 个问题，问得少一点，听得多一点。",
          "At most \(StudyRules.mostQuestions) questions: ask less, listen more."))
    }
    if guide.contains(where: { $0.unicodeScalars.count > 200 }) {
      reader.add("guide", Phrase("一个问题最多 200 个字。", "Each question may have 200 characters at most."))
    }
    try reader.finish()
    guard let title, let question, let purpose else { throw Problem.staleForm }
    return StudyTerms(title: title, question: question, purpose: purpose, guide: guide)
  }

  static func state(of terms: StudyTerms) -> FormState {
    FormState([
      "title": terms.title, "question": terms.question, "purpose": terms.purpose,
      "guide": terms.guide.joined(separator: "\n"),
    ])
  }
}

/// Text of several lines, as people type it: each line that says something, without the spaces round it.
enum TextLines {
  static func of(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.drop(while: \.isWhitespace)
      guard let last = words.lastIndex(where: { !$0.isWhitespace }) else { return nil }
      return String(words[...last])
    }
  }
}
