import Interop
import Kernel
import Security
import Web

/// The questionnaire as it is printed: large type, boxes to tick, lines to write on, the number and the code on every page.
struct PaperSheetPages {
  let say: Wording
  let paper: PaperForm
  let batch: PaperBatch
  /// `https://maple.example`, what the codes lead to.
  let origin: String
  let phone: String

  private var terms: QuestionnaireTerms { paper.version.terms }

  func sheets(_ numbers: ClosedRange<Int64>) -> Page {
    let pages = PaperLayout.pages(blocks, capacity: capacity)
    let drawn = numbers.flatMap { number -> [HTML] in
      let serial = batch.serial(number)
      let code = code(serial)
      return pages.enumerated().map { index, pieces in
        page(pieces, serial, code, number: index + 1, of: pages.count)
      }
    }
    let first = batch.serial(numbers.lowerBound)
    return Page(
      title: "\(terms.title) \(first)", kind: .print,
      main: """
        <div class="large-paper"\(attribute: "lang", paper.language.code)>\
        <h1 class="visually-hidden">\(terms.title)</h1>\(drawn)</div>
        """)
  }

  private func code(_ serial: PaperSerial) -> HTML {
    guard let code = try? QRCode("\(origin)\(PaperParts.path(serial))", correction: .quartile) else {
      return .empty
    }
    return HTML(trusted: Array(code.svg(title: say("录入用的二维码", "Code for keying it in")).utf8))
  }

  // MARK: - Pages

  private var capacity: Int {
    PaperMeasure.pageHeight - PaperMeasure.printHead - PaperMeasure.reserve
      - max(
        PaperMeasure.code,
        PaperMeasure.heading(terms.title, width: PaperMeasure.headingBesideCode)
          + PaperMeasure.paragraph(versionLine, width: PaperMeasure.besideCode) + 2 * PaperMeasure.line)
  }

  /// What stands on the paper in its order: the introduction, the questions, who answers, and thanks.
  private var blocks: [PaperLayout.Block] {
    [PaperLayout.Block(head: 0, rows: introduction.map { PaperMeasure.paragraph($0) })]
      + paper.entries.map { block($0) }
      + [PaperLayout.Block(head: endingHeight)]
  }

  private func page(
    _ pieces: [PaperLayout.Piece], _ serial: PaperSerial, _ code: HTML, number: Int, of all: Int
  ) -> HTML {
    let content = pieces.map { piece -> HTML in
      if piece.block == 0 {
        return HTML.joined(introduction[piece.rows].map { "<p>\($0)</p>" })
      }
      return piece.block > paper.entries.count
        ? ending : entry(paper.entries[piece.block - 1], piece.rows, isContinued: piece.isContinued)
    }
    return """
      <section class="paper-slip"><header><div><h2>\(terms.title)</h2><p>\(versionLine)<br>\
      \(say("第 \(number) 页，共 \(all) 页", "Page \(number) of \(all)"))</p></div>\
      <div class="slip-code">\(code)<strong>\(serial.description)</strong></div></header>\(content)</section>
      """
  }

  private var versionLine: String {
    let digest = paper.version.digest.description.prefix(8)
    return say("第 \(batch.version) 版 \(digest)", "Version \(batch.version) \(digest)")
  }

  private var introduction: [String] {
    let serial: String? =
      switch terms.privacy {
      case .anonymous:
        say(
          "请不要写名字。右上角的号码只用来核对录入，录好就不再和您的回答连在一起。",
          "Please do not write your name. The number at the top only helps to key in the sheet; after that nothing joins it with your answers."
        )
      case .separated:
        say(
          "名字只写在最后那一条上。右上角的号码只用来核对录入。",
          "Write your name on the last strip only. The number at the top only helps to key in the sheet.")
      case .named: nil
      }
    let free = say(
      "填不填由您，中间停下也可以，对您享受的服务没有任何影响。",
      "It is up to you: you may stop at any time, and it makes no difference to any service you get.")
    let how = say(
      "在方框里打勾，在横线上写。选项后面有“→”的，照它跳到那一题。",
      "Tick the boxes and write on the lines. Where there is “→” behind your choice, go on where it says.")
    return PaperMeasure.paragraphs(terms.purpose) + [say(terms.privacy.promise)] + [serial].compactMap(\.self)
      + [free, how]
  }

  // MARK: - Questions

  private func block(_ entry: PaperForm.Entry) -> PaperLayout.Block {
    let label = paper.label(entry, say)
    switch entry.item.kind {
    case .note:
      return PaperLayout.Block(
        head: entry.condition.map { PaperMeasure.paragraph(say($0)) } ?? 0,
        rows: PaperMeasure.paragraphs(label).map { PaperMeasure.paragraph($0) })
    case .group:
      return PaperLayout.Block(
        head: PaperMeasure.heading(label) + (entry.condition.map { PaperMeasure.paragraph(say($0)) } ?? 0),
        keepsWithNext: true)
    default:
      let texts = [entry.condition.map { say($0) }, paper.text(entry.item.hint, say), instruction(entry)]
      let head = texts.compactMap(\.self).reduce(PaperMeasure.heading(label)) {
        $0 + PaperMeasure.paragraph($1)
      }
      return PaperLayout.Block(head: head + 2 * PaperMeasure.gap, rows: rows(entry).map(height))
    }
  }

  /// What a row under a question is: something to tick, or something to write on.
  private enum Row {
    case choice(String)
    /// A place in an order is written before it.
    case place(String)
    case line
    /// With what stands behind the line.
    case short(String)
  }

  private func height(_ row: Row) -> Int {
    switch row {
    case .choice(let text), .place(let text): PaperMeasure.choice(text)
    case .line, .short: PaperMeasure.writingLine
    }
  }

  private func rows(_ entry: PaperForm.Entry) -> [Row] {
    let refusal: [Row] = terms.allowsRefusal ? [.choice(say("不想说", "I would rather not say"))] : []
    return answerRows(entry) + refusal
  }

  private func answerRows(_ entry: PaperForm.Entry) -> [Row] {
    let item = entry.item
    switch item.kind {
    case .selectOne, .selectMultiple:
      return entry.choices.map { choice in
        let jump = entry.jumps[choice.name].map { "　" + say($0.name) } ?? ""
        return .choice(paper.label(of: choice) + jump)
      }
    case .rank: return entry.choices.map { .place(paper.label(of: $0)) }
    case .range:
      guard let points = FormScale.points(of: item) else { return [.short("")] }
      return points.map { .choice($0) }
    case .acknowledge: return [.choice(say("我看过了，同意", "I have read this and agree"))]
    case .text where item.appearance.contains("multiline"): return [.line, .line, .line, .line]
    case .text: return [.line, .line]
    case .date: return [.short(say("（年月日，如 2026-11-28）", "(such as 2026-11-28)"))]
    case .time: return [.short(say("（几点几分，如 09:30）", "(such as 09:30)"))]
    case .dateTime: return [.short(say("（年月日和几点几分）", "(date and time)"))]
    case .integer, .decimal: return [.short("")]
    default: return [.line]
    }
  }

  private func instruction(_ entry: PaperForm.Entry) -> String? {
    switch entry.item.kind {
    case .selectOne: say("选一个。", "Choose one.")
    case .selectMultiple: say("可以选几个。", "You may choose several.")
    case .rank:
      say(
        "在每一项前面写上名次：1、2、3……，不要重复。",
        "Write the place before each: 1, 2, 3 …, each place once.")
    case .integer: say("写一个整数。", "Write a whole number.")
    case .decimal: say("写一个数。", "Write a number.")
    case .range:
      FormScale.points(of: entry.item) == nil
        ? say("写一个数。", "Write a number.") : say("选一个。", "Choose one.")
    default: nil
    }
  }

  private func entry(_ entry: PaperForm.Entry, _ range: Range<Int>, isContinued: Bool) -> HTML {
    let label = paper.label(entry, say)
    let condition: HTML = entry.condition.map { "<p><strong>\(say($0))</strong></p>" } ?? .empty
    switch entry.item.kind {
    case .note:
      let paragraphs = PaperMeasure.paragraphs(label)[range].map { "<p>\($0)</p>" as HTML }
      return (isContinued ? .empty : condition) + HTML.joined(paragraphs)
    case .group: return "<h2>\(label)</h2>\(condition)"
    default:
      let again = isContinued ? say("（接上页）", " (continued)") : ""
      let hint: HTML = paper.text(entry.item.hint, say).map { "<p>\(PageParts.lines($0))</p>" } ?? .empty
      let instruction: HTML = instruction(entry).map { "<p>\($0)</p>" } ?? .empty
      return """
        <div class="slip-consent"><h2>\(label)\(again)</h2>\(condition)\(hint)\(instruction)\
        <ul>\(rows(entry)[range].map(row))</ul></div>
        """
    }
  }

  private func row(_ row: Row) -> HTML {
    switch row {
    case .choice(let text): "<li><span class=\"tick\"></span>\(text)</li>"
    case .place(let text): "<li><span class=\"blank\"></span> \(text)</li>"
    case .line: "<li><span class=\"blank wide\"></span><span class=\"blank wide\"></span></li>"
    case .short(let text): "<li><span class=\"blank wide\"></span>\(text)</li>"
    }
  }

  // MARK: - The end

  private var endingHeight: Int {
    let texts = [whose ?? "", closing].filter { !$0.isEmpty }
    let lines = terms.privacy == .anonymous ? 0 : terms.unit == .household ? 4 : 3
    return texts.reduce(lines * PaperMeasure.writingLine + PaperMeasure.headingLine) {
      $0 + PaperMeasure.paragraph($1)
    }
  }

  private var whose: String? {
    switch terms.privacy {
    case .anonymous: nil
    case .separated:
      say(
        "录入的时候只记下“填过了”，答案不和名字放在一起；录好以后剪下这一条销毁。",
        "Only that you answered is noted, apart from your answers. Once the sheet is keyed in, this strip is cut off and destroyed."
      )
    case .named: say("这份问卷记名，好跟您联系。", "This one carries your name, so that we can come back to you.")
    }
  }

  private var closing: String {
    say("谢谢您！有不明白的，打电话 \(phone)。", "Thank you! Questions? Call \(phone).")
  }

  private var ending: HTML {
    guard let whose else { return "<p><strong>\(closing)</strong></p>" }
    let door: HTML =
      terms.unit == .household
      ? "<p>\(say("几号楼几单元几室", "Building, unit and room"))<span class=\"blank wide\"></span></p>" : .empty
    return """
      <div class="slip-consent"><h2>\(say("谁填的", "Who answers"))</h2><p>\(whose)</p>\
      <p>\(say("称呼", "Name"))<span class="blank wide"></span></p>\
      <p>\(say("手机号", "Telephone"))<span class="blank wide"></span></p>\(door)<p><strong>\(closing)</strong></p></div>
      """
  }
}
