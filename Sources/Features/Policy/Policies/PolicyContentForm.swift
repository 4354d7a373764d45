import Kernel
import Security
import Web

/// Reads what a version of a policy is to say.
enum PolicyContentForm {
  /// Benefits that the form has room for.
  static let benefits = 6
  private static let lineCount = 20
  private static let lineLength = 300

  /// - Throws: `form.invalid` naming every wrong field, `form.stale`.
  static func content(_ form: Form) throws -> PolicyContent {
    var reader = FormReader(form)
    let document = document(&reader)
    let words = words(&reader)
    let english = PolicyEnglishWords(
      title: reader.text("english_title", length: 1...200, isRequired: false) ?? "",
      summary: plain(reader.lines("english_summary", length: 1...3000, isRequired: false)),
      steps: list("english_steps", &reader))
    let whatChanged = reader.text("what_changed", length: 1...300, isRequired: false) ?? ""
    try reader.finish()
    guard let document, let words else { throw Problem.staleForm }
    return PolicyContent(document: document, words: words, english: english, whatChanged: whatChanged)
  }

  // MARK: - The paper

  private static func document(_ reader: inout FormReader) -> PolicyDocument? {
    let title = reader.text("title", length: 2...120)
    let issuer = reader.text("issuer", length: 2...100)
    let number = reader.text("number", length: 1...60, isRequired: false)
    let level = reader.choice("level", of: PolicyLevel.self)
    let field = reader.choice("field", of: PolicyField.self)
    let area = reader.text("area", length: 1...200)
    let issued = day("issued", &reader)
    let effective = day("effective", &reader)
    let expires = day("expires", &reader, isRequired: false)
    if let effective, let expires, expires < effective {
      reader.add("expires", Phrase("最后一天不能早于开始那天。", "The last day cannot be before the first."))
    }
    let source = source(&reader)
    let file = file(&reader)
    let replaces: PolicyID? = reader.identifier("replaces", isRequired: false)
    guard let title, let issuer, let level, let field, let area, let issued, let effective else { return nil }
    return PolicyDocument(
      title: title, issuer: issuer, number: number ?? "", level: level, field: field, area: area,
      issued: issued, effective: effective, expires: expires, source: source, file: file, replaces: replaces)
  }

  private static func day(
    _ name: String, _ reader: inout FormReader, isRequired: Bool = true
  ) -> PolicyDay? {
    guard let text = reader.raw(name, isRequired: isRequired) else { return nil }
    guard let day = PolicyDay(iso: text) else {
      reader.add(name, Phrase("请填日期，如 2026-01-31。", "Please enter a day like 2026-01-31."))
      return nil
    }
    return day
  }

  private static func source(_ reader: inout FormReader) -> String {
    guard let text = reader.text("source", length: 1...500, isRequired: false) else { return "" }
    if !isAddress(text) {
      reader.add(
        "source", Phrase("请填网址，以 https:// 开头。", "Please enter a web address that begins with https://."))
    }
    return text
  }

  /// Whether a text may stand in a link: of the web, with a host, in visible ASCII characters alone.
  static func isAddress(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ (33...126).contains($0) }),
      let start = ["https://", "http://"].first(where: text.hasPrefix)
    else { return false }
    let host = text.dropFirst(start.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return host.contains(".") && host.allSatisfy { $0.isLetter || $0.isNumber || ".-:".contains($0) }
  }

  /// The digest of the file that was chosen now, or else of the one before. The file itself is let go here.
  private static func file(_ reader: inout FormReader) -> Digest? {
    if let chosen = reader.form.file("file") {
      guard chosen.bytes.isEmpty else { return Digest(of: chosen.bytes) }
      reader.add("file", Phrase("这个文件是空的。", "This file is empty."))
      return nil
    }
    if reader.isTicked("file_removed") { return nil }
    guard let text = reader.raw("file_digest") else { return nil }
    guard let digest = Hexadecimal.decode(text).flatMap({ Digest(stored: $0) }) else {
      reader.add("file", Phrase("请重新选一次原件。", "Please choose the file once more."))
      return nil
    }
    return digest
  }

  // MARK: - The plain words

  private static func words(_ reader: inout FormReader) -> PolicyPlainWords? {
    let summary = reader.lines("summary", length: 5...2000)
    let audience = reader.lines("audience", length: 2...1000)
    let steps = list("steps", &reader, isRequired: true)
    let documents = list("documents", &reader)
    let place = reader.text("place", length: 1...200, isRequired: false)
    let hours = reader.text("hours", length: 1...200, isRequired: false)
    let phone = reader.text("phone", length: 3...40, isRequired: false)
    if let phone, phone.filter({ $0.isASCII && $0.isNumber }).count < 3 {
      reader.add("phone", Phrase("请填电话号码，如 021-5555 0123。", "Please enter a number such as 021-5555 0123."))
    }
    let benefits = (1...Self.benefits).compactMap { benefit($0, &reader) }
    guard let summary, let audience else { return nil }
    return PolicyPlainWords(
      summary: plain(summary), audience: plain(audience), steps: steps, documents: documents,
      place: place ?? "", hours: hours ?? "", phone: phone ?? "", benefits: benefits)
  }

  private static func benefit(_ number: Int, _ reader: inout FormReader) -> PolicyBenefit? {
    let what = reader.text("benefit_what_\(number)", length: 1...100, isRequired: false)
    let typed = reader.raw("benefit_amount_\(number)")
    let unit = reader.choice("benefit_unit_\(number)", of: PolicyBenefit.Unit.self, isRequired: false)
    let period = reader.choice("benefit_period_\(number)", of: PolicyBenefit.Period.self, isRequired: false)
    guard let what else {
      if typed != nil {
        reader.add("benefit_what_\(number)", Phrase("请写是什么。", "Please say what it is."))
      }
      return nil
    }
    var amount: PolicyBenefit.Amount?
    if let typed {
      let hundredths = DecimalText.parse(typed, decimals: 2, dropping: ["¥", "￥", "元", "%"])
      if let hundredths, (1...999_999_999).contains(hundredths), let unit {
        amount = PolicyBenefit.Amount(hundredths: hundredths, unit: unit)
      } else {
        reader.add(
          "benefit_amount_\(number)",
          unit == nil
            ? Phrase("请选单位。", "Please choose a unit.")
            : Phrase("请填数字，如 600 或 12.5。", "Please enter a number such as 600 or 12.5."))
      }
    }
    return PolicyBenefit(what: what, amount: amount, period: period ?? .once)
  }

  /// The lines of a field that are not empty.
  private static func list(
    _ name: String, _ reader: inout FormReader, isRequired: Bool = false
  ) -> [String] {
    let text = reader.lines(name, length: 1...(lineCount * lineLength), isRequired: isRequired) ?? ""
    let lines = text.split(whereSeparator: \.isNewline).map { trimmed($0) }.filter { !$0.isEmpty }
    if lines.count > lineCount {
      reader.add(name, Phrase("最多写 \(lineCount) 行。", "At most \(lineCount) lines."))
    }
    if lines.contains(where: { $0.count > lineLength }) {
      reader.add(name, Phrase("每行最多 \(lineLength) 个字。", "At most \(lineLength) characters in a line."))
    }
    return lines
  }

  /// Line ends as one sign, whatever the browser sent.
  private static func plain(_ text: String?) -> String {
    (text ?? "").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { trimmed($0) }
      .joined(separator: "\n")
  }

  private static func trimmed(_ line: Substring) -> String {
    var rest = line.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  // MARK: - The form again

  /// What a form is filled with for the next version, or for going on with a draft.
  static func state(_ content: PolicyContent) -> FormState {
    let (document, words, english) = (content.document, content.words, content.english)
    var values = [
      "title": document.title, "english_title": english.title, "issuer": document.issuer,
      "number": document.number, "level": document.level.rawValue, "field": document.field.rawValue,
      "area": document.area, "issued": document.issued.iso, "effective": document.effective.iso,
      "expires": document.expires?.iso ?? "", "source": document.source,
      "file_digest": document.file?.description ?? "", "replaces": document.replaces?.description ?? "",
      "summary": words.summary, "english_summary": english.summary, "audience": words.audience,
      "steps": words.steps.joined(separator: "\n"), "english_steps": english.steps.joined(separator: "\n"),
      "documents": words.documents.joined(separator: "\n"), "place": words.place, "hours": words.hours,
      "phone": words.phone, "what_changed": content.whatChanged,
    ]
    for (index, benefit) in words.benefits.enumerated() {
      values["benefit_what_\(index + 1)"] = benefit.what
      values["benefit_amount_\(index + 1)"] = benefit.amount.map { PolicyWords.number($0.hundredths) }
      values["benefit_unit_\(index + 1)"] = benefit.amount?.unit.rawValue
      values["benefit_period_\(index + 1)"] = benefit.period.rawValue
    }
    return FormState(values)
  }
}
