import Kernel
import Security
import Web

/// The parts that pages about policies have in common.
struct PolicyParts {
  let say: Wording
  let today: PolicyDay

  private var words: PolicyWords { PolicyWords(say: say) }

  // MARK: - How it stands

  func tag(_ standing: PolicyStanding) -> HTML {
    let tone: Tone =
      switch standing {
      case .inForce: .good
      case .notYet: .notice
      case .expired, .replaced, .retired: .bad
      }
    return PageParts.tag(say(standing.name), tone)
  }

  /// From when to when, in few words.
  func term(_ document: PolicyDocument) -> String {
    let from = document.effective.words(say)
    guard let expires = document.expires?.words(say) else {
      return say("\(from) 起", "from \(from)")
    }
    return say("\(from) 到 \(expires)", "\(from) to \(expires)")
  }

  func tags(_ shown: ShownPolicy) -> HTML {
    let document = shown.version.content.document
    return """
      \(tag(shown.standing(on: today))) \(PageParts.tag(say(document.level.name))) \
      \(PageParts.tag(say(document.field.name)))
      """
  }

  // MARK: - The words

  /// Chinese text on an English page says so, for those who have it read to them.
  func language(_ english: String = "") -> String? {
    say.language == .english && english.isEmpty ? Language.chinese.tag : nil
  }

  /// Tells those who read English that parts are there in Chinese alone.
  func languageNote(_ content: PolicyContent) -> HTML {
    guard say.language == .english else { return .empty }
    let english = content.english
    let isWhole = !english.title.isEmpty && !english.summary.isEmpty && !english.steps.isEmpty
    let text =
      isWhole
      ? say("清单和地址只有中文。", "Lists and addresses are in Chinese only.")
      : say("有些内容只有中文。", "Some of this is in Chinese only; call the number below and we will explain it.")
    return "<p class=\"hint\">\(text)</p>"
  }

  /// All that a neighbour has to know, in large plain text.
  ///
  /// - Parameter checklist: how what to bring is drawn.
  func content(_ content: PolicyContent, checklist: ([String]) -> HTML) -> HTML {
    let (plain, english) = (content.words, content.english)
    let summary = text(plain.summary, english.summary)
    let steps = text(plain.steps, english.steps)
    let benefits: HTML =
      plain.benefits.isEmpty
      ? .empty
      : section(.benefits, "<ul\(attribute: "lang", language())>\(plain.benefits.map(benefit))</ul>")
    let papers: HTML = plain.documents.isEmpty ? .empty : section(.documents, checklist(plain.documents))
    return """
      <p class="lead"\(attribute: "lang", language(english.summary))>\(PageParts.lines(summary))</p>\
      \(section(.audience, "<p\(attribute: "lang", language())>\(PageParts.lines(plain.audience))</p>"))\(benefits)\
      \(section(.steps, "<ol\(attribute: "lang", language(english.steps.joined()))>\(steps.map { "<li>\($0)</li>" as HTML })</ol>"))\
      \(papers)\(window(plain))
      """
  }

  private func section(_ part: PolicyPart, _ content: HTML) -> HTML {
    "<h2>\(say(part.name))</h2>\(content)"
  }

  private func benefit(_ benefit: PolicyBenefit) -> HTML {
    guard let amount = words.amount(benefit) else { return "<li>\(benefit.what)</li>" }
    return "<li>\(benefit.what) <strong>\(amount)</strong></li>"
  }

  private func text(_ chinese: String, _ english: String) -> String {
    say.language == .english && !english.isEmpty ? english : chinese
  }

  private func text(_ chinese: [String], _ english: [String]) -> [String] {
    say.language == .english && !english.isEmpty ? english : chinese
  }

  private func window(_ plain: PolicyPlainWords) -> HTML {
    var entries: [(term: String, value: HTML)] = []
    func add(_ part: PolicyPart, _ text: String, _ value: HTML) {
      if !text.isEmpty { entries.append((say(part.name), value)) }
    }
    add(.place, plain.place, "<span\(attribute: "lang", language())>\(plain.place)</span>")
    add(.hours, plain.hours, "<span\(attribute: "lang", language())>\(plain.hours)</span>")
    add(.phone, plain.phone, Self.phone(plain.phone))
    if entries.isEmpty { return .empty }
    return "<h2>\(say("到哪里办", "Where to go"))</h2>\(PageParts.definitions(entries))"
  }

  /// A number to be called with one tap.
  static func phone(_ number: String) -> HTML {
    let digits = number.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    return "<a class=\"phone\" href=\"tel:\(digits)\">\(number)</a>"
  }

  // MARK: - The paper

  /// What the paper says of itself, for those who want to look it up.
  ///
  /// - Parameter titles: what policies are called that it replaces.
  func document(_ content: PolicyContent, titles: [PolicyID: Phrase]) -> HTML {
    let document = content.document
    var entries: [(term: String, value: HTML)] = []
    for part in [PolicyPart.issuer, .number, .level, .field, .area, .issued, .effective, .expires] {
      let lines = words.lines(part, content, titles: titles)
      if lines.isEmpty { continue }
      let isOurs = [.level, .field, .issued, .effective, .expires].contains(part)
      entries.append(
        (
          say(part.name),
          "<span\(attribute: "lang", isOurs ? nil : language())>\(lines.joined(separator: " "))</span>"
        ))
    }
    if let replaced = document.replaces {
      entries.append(
        (
          say(PolicyPart.replaces.name),
          "<a href=\"\(PolicyPages.path(replaced))\">\(titles[replaced].map { say($0) } ?? "—")</a>"
        ))
    }
    if !document.source.isEmpty {
      entries.append(
        (
          say(PolicyPart.source.name),
          "<a href=\"\(document.source)\" rel=\"noopener noreferrer\">\(document.source)</a>"
        ))
    }
    if let file = document.file {
      entries.append((say(PolicyPart.file.name), "<code>\(file.description)</code>"))
    }
    return PageParts.definitions(entries)
  }

  // MARK: - What changed

  /// The author's sentence, where it comes from, and the difference line by line.
  func change(_ version: PolicyVersion, after earlier: PolicyVersion, titles: [PolicyID: Phrase]) -> HTML {
    let difference = PolicyDifference(from: earlier.content, to: version.content, titles: titles, say)
    return """
      <p\(attribute: "lang", language())>\(version.content.whatChanged)</p>\(origin(version.origin))\
      <details><summary>\(say("一处一处对比", "Line by line"))</summary>\(self.difference(difference))</details>
      """
  }

  func origin(_ origin: PolicyOrigin?) -> HTML {
    guard let origin else { return .empty }
    let text = say(origin.text)
    let named: HTML = origin.path.map { "<a href=\"\($0)\">\(text)</a>" } ?? HTML(text: text)
    return "<p>\(say("因为：", "Because of: "))\(named)</p>"
  }

  /// Every line that went, came or changed: marked in words, so that it does not rest on colour.
  func difference(_ difference: PolicyDifference) -> HTML {
    if difference.entries.isEmpty {
      return "<p>\(say("两版说的一样。", "Both say the same."))</p>"
    }
    let entries = difference.entries.map { entry -> HTML in
      let lines = entry.lines.compactMap(line)
      return "<h3>\(say(entry.part.name))</h3><ul class=\"plain\">\(lines)</ul>"
    }
    return .joined(entries)
  }

  /// Nil for a line that stayed.
  private func line(_ change: LineChange) -> HTML? {
    switch change {
    case .same: nil
    case .removed(let line): "<li>\(mark(say("去掉", "Gone"), .bad)) <del>\(line)</del></li>"
    case .added(let line): "<li>\(mark(say("新加", "New"), .good)) <ins>\(line)</ins></li>"
    case .changed(let before, let after):
      """
      <li>\(mark(say("改了", "Changed"), .notice)) <del>\(before)</del> \(say("改成", "became")) <ins>\(after)</ins></li>
      """
    }
  }

  private func mark(_ text: String, _ tone: Tone) -> HTML { PageParts.tag(text, tone) }

  // MARK: - Counts

  /// A number of people; few are not told apart.
  func people(_ count: ShownCount) -> String {
    switch count {
    case .exactly(let number): say.count(number, "人", "person", many: "people")
    case .few: say("不到 \(ShownCount.least) 人", "fewer than \(ShownCount.least) people")
    }
  }
}
