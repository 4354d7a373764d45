import Kernel
import People
import Security
import Web

/// The station's pages of batches: all of a collector, and one with how its sheets stand and how well they are keyed in.
struct PaperBatchPages {
  let say: Wording
  let token: String

  private var parts: PaperParts { PaperParts(say: say) }

  // MARK: - All batches of a collector

  struct Home: Sendable {
    let collector: Collector
    let questionnaire: Questionnaire
    let version: QuestionnaireVersion
    let batches: [(batch: PaperBatch, figures: PaperFigures)]
    /// Whether more can be made now.
    let isOpen: Bool
  }

  func home(_ home: Home, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("打印和录入：\(home.collector.name)", "Print and key in: \(home.collector.name)")
    let takes = PaperRules.takesEntries(home.questionnaire)
    let finder: HTML = takes ? PageParts.card(say("录入", "Key in"), parts.finder()) : .empty
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(home.version.terms.title)</p>\
      <p>\(say("每张由两位同事各录一遍，录的时候看不到对方录的。两遍一样就存好；不一样的列出来，对着纸再看一次。", "Two colleagues key in each sheet, neither seeing what the other keyed in. Where they agree it is stored; where they differ somebody looks at the paper once more."))</p>\
      \(finder)\(batches(home))\(makeForm(home, key, state))\
      <p><a href="\(CollectorPages.path(home.collector))">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func batches(_ home: Home) -> HTML {
    let heading = say("印过的", "Batches")
    let rows = home.batches.map { entry -> [HTML] in
      let counts = entry.figures.standings
      func count(_ standing: PaperStanding) -> HTML { HTML(text: String(counts[standing] ?? 0)) }
      return [
        "<a href=\"\(PaperParts.batch(entry.batch))\">B\(entry.batch.number)</a>",
        HTML(text: say("第 \(entry.batch.version) 版", "Version \(entry.batch.version)")),
        HTML(text: String(entry.batch.sheets)), count(.blank), count(.keyedOnce), count(.differing),
        count(.stored), HTML(text: parts.rate(entry.figures.differences, of: entry.figures.fields)),
      ]
    }
    guard !rows.isEmpty else { return PageParts.empty(say("还没有印过。", "Nothing has been printed yet.")) }
    return PageParts.table(
      caption: heading,
      columns: [
        TableColumn(say("批号", "Batch")), TableColumn(say("版本", "Version")),
        TableColumn(say("张数", "Sheets"), isNumeric: true),
      ]
        + [PaperStanding.blank, .keyedOnce, .differing, .stored].map {
          TableColumn(say($0.name), isNumeric: true)
        } + [TableColumn(say("两遍不一样的", "Differences"))], rows: rows)
  }

  private func makeForm(_ home: Home, _ key: String, _ state: FormState) -> HTML {
    guard home.isOpen else { return .empty }
    let fields = FormParts(state, say)
    let languages = home.version.definition.languages
    let language: HTML =
      languages.count < 2
      ? .empty
      : fields.radios(
        "language", Phrase("印哪种语言", "In which language"),
        options: languages.map { ($0.name, Phrase(same: $0.title)) })
    let content: HTML = """
      \(fields.number("sheets", Phrase("要几张", "How many sheets"), suffix: Phrase("张", "sheets")))\(language)\
      \(fields.submit(Phrase("定下这一批", "Make the batch")))
      """
    let hint = say(
      "题目照现在的第 \(home.version.number) 版定下来，以后改了题目，这一批不变。一批最多 \(PaperRules.mostSheets) 张。",
      "The questions are those of version \(home.version.number) and stay so for this batch, whatever is changed later. A batch has \(PaperRules.mostSheets) sheets at most."
    )
    let path = "\(CollectorPages.path(home.collector))/batches"
    return PageParts.card(
      say("加印一批", "Another batch"),
      "<p>\(hint)</p>\(fields.form(to: path, token: token, idempotencyKey: key, content))")
  }

  // MARK: - One batch

  struct View: Sendable {
    let batch: PaperBatch
    let title: String
    let paper: PaperForm
    let lines: [PaperBatchStore.Line]
    let figures: PaperFigures
    let tallies: [PaperTally]
    let names: [PersonID: String]
    /// Whether sheets can still be keyed in.
    let takesEntries: Bool
    /// The next sheet that whoever looks may key in, behind the one that they keyed in last.
    let next: PaperSerial?
  }

  func one(_ view: View, key: String, alerts: [HTML]) -> Page {
    let (batch, path) = (view.batch, PaperParts.batch(view.batch))
    let title = say("纸质问卷 B\(batch.number)", "Paper, batch B\(batch.number)")
    let next: HTML =
      view.next.map {
        "<p class=\"actions\"><a class=\"button\" href=\"\(PaperParts.path($0))\">\(say("接着录 \($0)", "Go on with \($0)"))</a></p>"
      } ?? .empty
    let finder: HTML =
      view.takesEntries ? PageParts.card(say("录入", "Key in"), next + parts.finder()) : .empty
    let hasBlank = view.takesEntries && (view.figures.standings[.blank] ?? 0) > 0
    let missing: HTML =
      hasBlank
      ? PageParts.button(
        say("没录过的都算没收回来", "All that nobody keyed in were not returned"), to: "\(path)/missing", token: token,
        key: key,
        isQuiet: true) : .empty
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(view.title)</p>\(counts(view))\(finder)\(open(view))\
      \(printing(batch))<div class="actions">\(missing)</div>\(quality(view))\(settled(view))\
      <p><a href="\(PaperParts.collector(batch))/keying">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func counts(_ view: View) -> HTML {
    var facts = PaperStanding.allCases.compactMap { standing in
      view.figures.standings[standing].map { (say(standing.name), HTML(text: say.count($0, "张", "sheet"))) }
    }
    facts.append(
      (
        say("两遍不一样的", "Differences"),
        HTML(text: parts.rate(view.figures.differences, of: view.figures.fields))
      ))
    facts.append(
      (
        say("版本", "Version"),
        HTML(text: "\(view.batch.version) · \(view.paper.version.digest.description.prefix(12))")
      ))
    if !view.batch.language.name.isEmpty {
      facts.append((say("语言", "Language"), HTML(text: view.batch.language.title)))
    }
    return PageParts.definitions(facts)
  }

  /// What waits for somebody: sheets to look at a third time first.
  private func open(_ view: View) -> HTML {
    guard view.takesEntries else { return .empty }
    func list(_ standing: PaperStanding, _ suffix: String) -> HTML {
      let links = view.lines.filter { $0.standing == standing }.map { line -> HTML in
        let serial = view.batch.serial(line.sheet.number)
        let keyer = line.keyers.first.flatMap { view.names[$0] }.map { "（\($0)）" } ?? ""
        return
          "<li><a href=\"\(PaperParts.path(serial))\(suffix)\">\(serial.description)</a>\(standing == .keyedOnce ? keyer : "")</li>"
      }
      return links.isEmpty ? .empty : PageParts.card(say(standing.name), "<ul>\(links)</ul>")
    }
    return list(.differing, "/differences") + list(.keyedOnce, "")
  }

  private func printing(_ batch: PaperBatch) -> HTML {
    let starts = stride(from: Int64(1), through: batch.sheets, by: Int64.Stride(PaperRules.sheetsAtOnce))
    let links = starts.map { first -> HTML in
      let last = min(first + PaperRules.sheetsAtOnce - 1, batch.sheets)
      let path = "\(PaperParts.collector(batch))/sheets?batch=\(batch.id)&from=\(first)"
      return
        "<li><a href=\"\(path)\">\(say("打印第 \(first)–\(last) 张", "Print sheets \(first) to \(last)"))</a></li>"
    }
    return PageParts.card(
      say("打印", "Print"),
      "<p>\(say("弄丢了、印坏了，都可以再印，号码不变。", "What was lost or misprinted can be printed again; the numbers stay."))</p><ul>\(links)</ul>"
    )
  }

  /// How well it is keyed in, by question and by who did it.
  private func quality(_ view: View) -> HTML {
    guard !view.tallies.isEmpty else { return .empty }
    let names =
      view.paper.entries.filter { $0.number != nil }.map {
        ($0.item.name, view.paper.label($0, say))
      } + [(KeyedSheet.who, say("谁填的", "Who answered"))]
    let questions = names.compactMap { item, label -> [HTML]? in
      let tallies = view.tallies.filter { $0.item == item }
      let (fields, differences) = sums(tallies)
      guard fields > 0 else { return nil }
      return [HTML(text: label), HTML(text: parts.rate(differences, of: fields))]
    }
    let pairs = Dictionary(grouping: view.tallies) { [$0.first, $0.second] }
    let rows = pairs.sorted { $0.key.map(\.rawValue).lexicographicallyPrecedes($1.key.map(\.rawValue)) }.map {
      pair, tallies -> [HTML] in
      let (fields, differences) = sums(tallies)
      return [
        HTML(text: pair.map { view.names[$0] ?? "—" }.joined(separator: say("、", ", "))),
        HTML(text: parts.rate(differences, of: fields)),
      ]
    }
    let rate = TableColumn(say("两遍不一样的", "Differences"))
    return PageParts.card(
      say("录得准不准", "How well it is keyed in"),
      "<p>\(say("数的是存好的问卷：每一题两遍录得不一样的有多少。", "Counted of the sheets that are stored: how many answers the two keyed in differently."))</p>"
        + PageParts.table(
          caption: say("按题目", "By question"), columns: [TableColumn(say("题目", "Question")), rate],
          rows: questions)
        + PageParts.table(
          caption: say("按录入的两位", "By who keyed it in"), columns: [TableColumn(say("两位", "The two")), rate],
          rows: rows)
    )
  }

  private func sums(_ tallies: [PaperTally]) -> (Int64, Int64) {
    tallies.reduce((0, 0)) { ($0.0 + $1.fields, $0.1 + $1.differences) }
  }

  private func settled(_ view: View) -> HTML {
    let lines = view.lines.filter { $0.standing == .spoilt || $0.standing == .missing }
    guard !lines.isEmpty else { return .empty }
    let items = lines.map { line -> HTML in
      let serial = view.batch.serial(line.sheet.number)
      let who = line.sheet.settledBy.flatMap { view.names[$0.person] } ?? "—"
      let why = line.sheet.reason.map { say($0.name) } ?? say(line.standing.name)
      let number: HTML =
        line.sheet.state == .missing && view.takesEntries
        ? "<a href=\"\(PaperParts.path(serial))\">\(serial.description)</a>" : HTML(text: serial.description)
      return "<li>\(number) · \(why) · \(who)</li>"
    }
    return "<details><summary>\(say("没有用上的", "Not used"))</summary><ul>\(items)</ul></details>"
  }
}
