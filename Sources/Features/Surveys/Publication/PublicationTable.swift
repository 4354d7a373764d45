import Kernel
import Security
import Statistics

/// One release of a table, and what it is of: nil for a question with one answer, else an option of several.
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
    let places: [(option: Int?, place: Int)] =
      question.options.isEmpty
      ? [(nil, question.place)] : question.options.enumerated().map { ($0.offset, $0.element) }
    for (option, place) in places {
      do throws(DisclosureRefusal) {
        let release = try DisclosureGate.release(cut(place), of: dataset, after: known, k: least)
        known.append(release)
        parts.append(ReleasedPart(option: option, release: release))
      } catch {
        // An option of which nothing can be shown is a row of blanks. What is wrong with the data itself is wrong for all.
        if error == .ledgerDiffers || error == .malformed || question.options.isEmpty { throw error }
      }
    }
    if parts.isEmpty { throw .nothingToShow }
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
    var rows =
      question.options.isEmpty
      ? (0..<question.answers).map { answer in
        row(question.categories[answer], columns, answer, of: parts.first?.release)
      }
      : question.optionNames.enumerated().map { option, name in
        row(name, columns, 0, of: parts.first { $0.option == option }?.release)
      }
    rows.append(row(Phrase("答了这题", "Answered"), columns) { group in answered(in: group) })
    for (offset, status) in question.statuses.enumerated() {
      rows.append(row(status, columns) { group in figure(question.answersOfPart + offset, in: group) })
    }
    rows.append(row(Phrase("一共（n）", "All (n)"), columns) { group in figure(nil, in: group) })
    return PublishedTable.Content(
      columns: columns.map(\.name), rows: rows, sampleNote: note, notes: notes(rows, columns, least))
  }

  /// What every option says alike, as far as one of them shows it.
  private func figure(_ category: Int?, in group: [Int?]) -> Int? {
    for part in parts { if let count = part.release[CutCell([category], in: group)] { return count } }
    return nil
  }

  /// How many answered the question at all, as whoever reads the table can tell: all without those who did not, or all
  /// answers together.
  private func answered(in group: [Int?]) -> Int? {
    let answers = question.answersOfPart
    let statuses = answers..<answers + question.statuses.count
    if let all = figure(nil, in: group), let others = sum(statuses.map { figure($0, in: group) }) {
      return all - others
    }
    return parts.lazy.compactMap { part in
      sum((0..<answers).map { part.release[CutCell([$0], in: group)] })
    }.first
  }

  /// - Returns: nil where one is left out.
  private func sum(_ counts: [Int?]) -> Int? {
    let shown = counts.compactMap(\.self)
    return shown.count == counts.count ? shown.reduce(0, +) : nil
  }

  private func row(_ label: Phrase, _ columns: [Column], _ count: ([Int?]) -> Int?) -> PublishedTable.Row {
    PublishedTable.Row(
      label: label, counts: columns.map { count($0.group) }, shares: columns.map { _ in nil })
  }

  /// - Parameter release: nil where nothing of it could be shown.
  private func row(
    _ label: Phrase, _ columns: [Column], _ answer: Int, of release: ReleasedCut?
  ) -> PublishedTable.Row {
    let counts = columns.map { release?[CutCell([answer], in: $0.group)] }
    let shares = zip(counts, columns).map { count, column -> Double? in
      guard let count, let answered = answered(in: column.group) else { return nil }
      return Proportion(count, of: answered)?.share
    }
    return PublishedTable.Row(label: label, counts: counts, shares: shares)
  }

  private func notes(_ rows: [PublishedTable.Row], _ columns: [Column], _ least: Int) -> [Phrase] {
    var notes = [
      Phrase("百分比都是占答了这题的人。", "Every share is of those who answered the question."),
      Phrase(
        "不到 \(least) 人的数不写，能倒推出来的也不写。",
        "Numbers below \(least) are left out, and whatever would give them back."),
    ]
    if question.isOpen {
      notes.append(
        Phrase(
          "没答的人数再小也写，除非它会露出少数几个人怎么答：没答说不出谁怎么想。",
          "How many did not answer is written however few they are, unless that would give small numbers of answers away: it tells nobody’s answer."
        ))
    }
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
