import Kernel
import Security
import Statistics

/// One release of a table, and what it is of: nil for the question itself, else an option of several answers.
struct ReleasedPart: Sendable, Equatable {
  let option: Int?
  let release: ReleasedCut
}

extension PublicationPlan {
  /// What the gate lets through of a query, laid out as a table.
  ///
  /// - Parameter ledger: everything of these answers that was published before.
  /// - Throws: why nothing is.
  func result(
    of query: PublicationQuery, after ledger: [ReleasedCut], lock: AnswerLock, note: SampleNote
  ) throws(DisclosureRefusal) -> PublicationResult {
    guard let question = questions.first(where: { $0.name == query.question }) else { throw .malformed }
    let (breakdown, filters) = try background(query)
    func cut(_ place: Int) -> Cut { Cut(questions: [place], breakdown: breakdown, filters: filters) }
    let least = query.audience.least
    var known = ledger
    var parts: [ReleasedPart] = []
    let places = [(nil, question.place)] + question.options.enumerated().map { ($0.offset, $0.element) }
    for (option, place): (Int?, Int) in places {
      do throws(DisclosureRefusal) {
        let release = try DisclosureGate.release(cut(place), of: dataset, after: known, k: least)
        known.append(release)
        parts.append(ReleasedPart(option: option, release: release))
      } catch {
        // An option of which nothing can be shown is a row of blanks; so is who answered at all, where nearly everybody did.
        // What is wrong with the data itself is wrong for all.
        if error == .ledgerDiffers || error == .malformed || question.options.isEmpty { throw error }
      }
    }
    guard question.options.isEmpty || parts.contains(where: { $0.option != nil }) else {
      throw .nothingToShow
    }
    let content = PublicationLayout(plan: self, question: question, parts: parts, breakdown: breakdown)
      .content(note: note.phrase(least: least), least: least)
    let hidden = content.rows.reduce(0) { $0 + $1.counts.count { $0 == nil } }
    return PublicationResult(
      releases: parts, title: title(question, query), content: content,
      queryDigest: Digest(
        domain: 23,
        fields: [
          lock.digest.bytes, Array(String(least).utf8), Array(query.question.utf8),
          Array(cut(question.place).description.utf8),
        ]), hidden: hidden)
  }

  private func background(
    _ query: PublicationQuery
  ) throws(DisclosureRefusal) -> (breakdown: [Int], filters: [Cut.Filter]) {
    let places = query.breakdowns.compactMap { name in breakdowns.firstIndex { $0.name == name } }
    guard places.count == query.breakdowns.count, places.count <= 2 else { throw .malformed }
    guard let filter = query.filter else { return (Set(places).sorted(), []) }
    guard let place = breakdowns.firstIndex(where: { $0.name == filter.breakdown }) else { throw .malformed }
    return (Set(places).sorted(), [Cut.Filter(place, among: filter.categories)])
  }

  private func title(_ question: Question, _ query: PublicationQuery) -> Phrase {
    var (chinese, english) = (question.title.chinese, question.title.english)
    let by = breakdowns.filter { query.breakdowns.contains($0.name) }.map(\.title)
    if !by.isEmpty {
      chinese += "（按\(by.map(\.chinese).joined(separator: "、"))分）"
      english += ", by \(by.map(\.english).joined(separator: " and "))"
    }
    if let filter = query.filter, let breakdown = breakdowns.first(where: { $0.name == filter.breakdown }) {
      let names = filter.categories.compactMap {
        breakdown.categories.indices.contains($0) ? breakdown.categories[$0] : nil
      }
      chinese += "，只看\(breakdown.title.chinese)：\(names.map(\.chinese).joined(separator: "、"))"
      english += "; only \(breakdown.title.english): \(names.map(\.english).joined(separator: ", "))"
    }
    return Phrase(chinese, english)
  }
}

/// Lays releases out as the rows and columns of one table.
struct PublicationLayout {
  let plan: PublicationPlan
  let question: PublicationPlan.Question
  let parts: [ReleasedPart]
  let breakdown: [Int]

  /// Who answered the question at all; nil where that may not be told, since nearly everybody did.
  private var base: ReleasedCut? { parts.first { $0.option == nil }?.release }

  private struct Column {
    let name: Phrase
    let group: [Int?]
  }

  private var columns: [Column] {
    var groups: [(names: [Phrase], group: [Int?])] = [([], [])]
    let filters = parts.first?.release.cut.filters ?? []
    for place in breakdown {
      let categories = plan.breakdowns[place].categories
      let kept = filters.first { $0.variable == place }?.categories ?? Array(categories.indices)
      groups = groups.flatMap { entry in
        kept.map { (names: entry.names + [categories[$0]], group: entry.group + [$0]) }
      }
    }
    let all = Column(name: Phrase("合计", "All"), group: breakdown.map { _ in nil })
    if breakdown.isEmpty { return [all] }
    return groups.map { entry in
      Column(
        name: Phrase(
          entry.names.map(\.chinese).joined(separator: " · "),
          entry.names.map(\.english).joined(separator: " · ")),
        group: entry.group)
    } + [all]
  }

  func content(note: Phrase, least: Int) -> PublishedTable.Content {
    let columns = columns
    let answers = (0..<question.answers).map { $0 }
    var rows: [PublishedTable.Row] = []
    if question.options.isEmpty {
      rows += answers.map { answer in
        row(question.categories[answer], columns, { base?[CutCell([answer], in: $0)] }) { group in
          base?.share(
            of: CutCell([answer], in: group), among: answers.map { CutCell([$0], in: group) })?.share
        }
      }
    } else {
      for (option, name) in question.optionNames.enumerated() {
        let release = parts.first { $0.option == option }?.release
        rows.append(
          row(name, columns, { release?[CutCell([0], in: $0)] }) { group in
            let all = base.map { $0[CutCell([0], in: group)] } ?? release?[CutCell([nil], in: group)]
            guard let count = release?[CutCell([0], in: group)], let all else { return nil }
            return Proportion(count, of: all)?.share
          })
      }
      if let base {
        rows.append(row(question.categories[0], columns, { base[CutCell([0], in: $0)] }) { _ in nil })
      }
    }
    for status in question.answers..<question.categories.count where base != nil {
      rows.append(
        row(question.categories[status], columns, { base?[CutCell([status], in: $0)] }) { _ in nil })
    }
    let whole = parts.first?.release
    rows.append(row(Phrase("一共（n）", "All (n)"), columns, { whole?[CutCell([nil], in: $0)] }) { _ in nil })
    return PublishedTable.Content(
      columns: columns.map(\.name), rows: rows, sampleNote: note, notes: notes(rows, columns, least))
  }

  private func row(
    _ label: Phrase, _ columns: [Column], _ count: ([Int?]) -> Int?, _ share: ([Int?]) -> Double?
  ) -> PublishedTable.Row {
    PublishedTable.Row(
      label: label, counts: columns.map { count($0.group) }, shares: columns.map { share($0.group) })
  }

  private func notes(_ rows: [PublishedTable.Row], _ columns: [Column], _ least: Int) -> [Phrase] {
    var notes = [
      base == nil
        ? Phrase(
          "几乎人人都答了这题，所以百分比是占全部答卷的人。",
          "Nearly everybody answered the question, so that every share is of all who sent in answers.")
        : Phrase("百分比都是占答了这题的人。", "Every share is of those who answered the question."),
      Phrase(
        "不到 \(least) 人的数不写，能倒推出来的也不写。",
        "Numbers below \(least) are left out, and whatever would give them back."),
    ]
    if !question.options.isEmpty {
      notes.append(
        Phrase("可以选好几个，加起来会超过 100%。", "Several may be chosen, so that they may pass 100 % together."))
    }
    if let test = test(rows, columns) { notes.append(test) }
    return notes
  }

  /// A test, computed from the shown figures of this very table and nothing else: whoever reads the table could compute it
  /// themselves, so that it gives nothing away. Where a figure that it needs is left out, there is none.
  private func test(_ rows: [PublishedTable.Row], _ columns: [Column]) -> Phrase? {
    guard question.options.isEmpty, breakdown.count == 1 else { return nil }
    let unknown = plan.breakdowns[breakdown[0]].categories.count - 1
    let groups = columns.indices.dropLast().filter { columns[$0].group[0] != unknown }
    var counts: [[Int]] = []
    for row in rows.prefix(question.answers) {
      let shown = groups.compactMap { row.counts[$0] }
      guard shown.count == groups.count else { return nil }
      counts.append(shown)
    }
    guard let table = ContingencyTable(counts) else { return nil }
    let test = TableTest(table)
    guard let pearson = test.pearson, let strength = test.cramersV, let finding = test.finding else {
      return nil
    }
    let figures =
      "χ² = \(AnalysisNumber.decimal(pearson.statistic, 2)), df = \(pearson.degreesOfFreedom), \(AnalysisNumber.pValue(pearson.pValue)), V = \(AnalysisNumber.decimal(strength, 2))"
    let exact = test.warning == nil ? "" : test.fisher.map { ", Fisher \(AnalysisNumber.pValue($0))" } ?? ""
    return Phrase(
      "\(finding.name.chinese)（\(figures)\(exact)）", "\(finding.name.english) (\(figures)\(exact))")
  }
}
