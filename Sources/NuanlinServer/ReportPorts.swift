import Activities
import Kernel
import People
import Policy
import Shop
import Surveys

extension ReportPorts {
  /// What reports rest on, quote and count: tables of questionnaires and interviews, words that may be quoted, activities.
  static func joined(
    _ surveys: Surveys, _ activities: ActivityDirectory, _ directory: Directory
  ) -> ReportPorts {
    ReportPorts(
      evidence: [
        .questionnaires(surveys.evidence, directory), .interviews(surveys.interviewEvidence),
        .shop(ShopEvidence()),
      ],
      quotes: .interviews(surveys.quotes), indicators: .joined(surveys.figures, activities))
  }
}

extension EvidenceSource {
  /// Reports are read by everybody, so only tables that show no smaller number than everybody may see.
  private static var least: Int { SurveyEvidence.leastForEveryone }

  static func questionnaires(_ evidence: SurveyEvidence, _ directory: Directory) -> EvidenceSource {
    EvidenceSource(
      code: "surveys", name: Phrase("问卷", "Questionnaires"),
      choices: { community, snapshot in
        try evidence.tables(least: least, in: community, snapshot).map {
          Choice(code: $0.id.description, title: $0.title, madeAt: $0.releasedAt)
        }
      },
      evidence: { code, community, snapshot in
        guard let id = EvidenceID(code), let table = try evidence.table(id, in: community, snapshot),
          table.least >= least
        else { return nil }
        return FrozenEvidence(table)
      },
      participants: { code, last, limit, community, snapshot in
        guard let id = EvidenceID(code) else { return [] }
        return try evidence.participants(
          of: id, after: last, limit: limit, directory: directory, in: community, snapshot)
      })
  }

  static func interviews(_ evidence: InterviewEvidence) -> EvidenceSource {
    EvidenceSource(
      code: "interviews", name: Phrase("访谈和观察", "Interviews and observation"),
      choices: { community, snapshot in
        try evidence.list(in: community, snapshot).map {
          Choice(code: $0.id.description, title: Phrase(same: $0.title), madeAt: $0.publishedAt)
        }
      },
      evidence: { code, community, snapshot in
        guard let id = ThemeTableID(code) else { return nil }
        return try evidence.table(id, in: community, snapshot).flatMap { FrozenEvidence($0) }
      })
  }
}

extension EvidenceSource {
  static func shop(_ evidence: ShopEvidence) -> EvidenceSource {
    EvidenceSource(
      code: "shop", name: Phrase("每月需求表", "The month’s needs"),
      choices: { community, snapshot in
        try evidence.tables(in: community, snapshot).map {
          Choice(code: $0.id.description, title: $0.title, madeAt: $0.releasedAt)
        }
      },
      evidence: { code, community, snapshot in
        guard let id = NeedTableID(code) else { return nil }
        return try evidence.table(id, in: community, snapshot).flatMap { FrozenEvidence($0) }
      })
  }
}

extension FrozenEvidence {
  /// Shares in hundredths of a per cent.
  private static func share(_ share: Double?) -> Int64? { share.map { Int64(($0 * 10_000).rounded()) } }

  /// A published table of a questionnaire: each group with its counts and, where it has any, its shares.
  ///
  /// - Returns: nil for more columns or rows than a report's table holds.
  init?(_ published: PublishedTable) {
    let content = published.content
    let hasShares = content.columns.indices.map { column in
      content.rows.contains { $0.shares[column] != nil }
    }
    let columns = zip(content.columns, hasShares).flatMap { name, hasShares in
      let counts = EvidenceTable.Column(name)
      guard hasShares else { return [counts] }
      let shares = Phrase("\(name.chinese)，占比", "\(name.english), share")
      return [counts, EvidenceTable.Column(shares, .share)]
    }
    let rows = content.rows.map { row in
      EvidenceTable.Row(
        row.label,
        content.columns.indices.flatMap { column -> [Int64?] in
          let count = row.counts[column].map(Int64.init)
          return hasShares[column] ? [count, Self.share(row.shares[column])] : [count]
        })
    }
    guard let table = EvidenceTable(rowName: Phrase("回答", "Answer"), columns: columns, rows: rows) else {
      return nil
    }
    self.init(
      title: published.title,
      source: Phrase(
        "问卷“\(published.questionnaireTitle)”", "Questionnaire “\(published.questionnaireTitle)”"),
      count: content.rows.last?.counts.last?.map(Int64.init), table: table, sample: content.sampleNote,
      notes: content.notes, dataDigest: published.lockDigest, queryDigest: published.queryDigest)
  }

  /// A released table of what the community lacked in one month.
  ///
  /// - Returns: nil where nothing of it may be shown.
  init?(_ need: NeedTable) {
    guard let content = need.content else { return nil }
    let table = EvidenceTable(
      rowName: content.rowName,
      columns: content.columns.map {
        EvidenceTable.Column($0.name, EvidenceTable.Unit(rawValue: $0.unit.rawValue) ?? .count)
      },
      rows: content.rows.map { EvidenceTable.Row($0.name, $0.figures) })
    guard let table else { return nil }
    self.init(
      title: need.title, source: Phrase("\(need.monthText) 需求表", "Needs of \(need.monthText)"),
      count: content.count, table: table, sample: content.sample, notes: content.notes, path: need.path,
      dataDigest: need.dataDigest, queryDigest: need.queryDigest)
  }

  /// A published table of what came up in interviews.
  ///
  /// - Returns: nil for more rows than a report's table holds.
  init?(_ themes: ThemeTable) {
    let rows = themes.rows.map { row in
      EvidenceTable.Row(
        Phrase(
          "\(row.code)（\(row.kind.name.chinese)）", "\(row.code) (\(row.kind.name.english))"),
        [row.voices, row.asked])
    }
    let table = EvidenceTable(
      rowName: Phrase("提到的事", "What came up"),
      columns: [
        EvidenceTable.Column(Phrase("几位提到", "Voices that spoke of it")),
        EvidenceTable.Column(Phrase("一共几位", "Of how many")),
      ], rows: rows)
    guard let table else { return nil }
    self.init(
      title: Phrase(same: themes.title),
      source: Phrase("访谈“\(themes.title)”", "Interviews “\(themes.title)”"), count: nil, table: table,
      sample: Phrase(
        "两个人分头给记录编码，再一起定下来。", "Two people coded the records apart and settled them together."),
      notes: [
        Phrase("提到的人太少就不写人数。", "Numbers of too few people are left out.")
      ], dataDigest: themes.digest, queryDigest: themes.digest)
  }
}

extension ReportQuoteSource {
  /// What was said in interviews, as long as whoever said it agrees.
  static func interviews(_ quotes: QuoteSource) -> ReportQuoteSource {
    ReportQuoteSource { community in
      let reading = try await quotes.reading(in: community)
      return Opened(
        choices: { snapshot in
          try quotes.studies(in: community, snapshot).flatMap { study in
            try reading.usable(of: study.id, snapshot).map { quote in
              Choice(
                code: quote.id.description, text: quote.words,
                from: Phrase(
                  "\(study.title)（\(quote.kind.name.chinese)）", "\(study.title) (\(quote.kind.name.english))")
              )
            }
          }
        },
        texts: { codes, snapshot in
          let usable = try reading.usable(Set(codes.compactMap { QuoteID($0) }), snapshot)
          return Dictionary(usable.map { ($0.id.description, $0.words) }) { first, _ in first }
        })
    }
  }
}

extension ReportIndicatorSources {
  static func joined(_ surveys: SurveyFigures, _ activities: ActivityDirectory) -> ReportIndicatorSources {
    ReportIndicatorSources(
      activities: { start, end, community, snapshot in
        let held = try activities.figures(from: start, until: end, in: community, snapshot)
        return Attendance(
          held: held.count, came: held.reduce(0) { $0 + Int($1.attendance.came + $1.attendance.walkIns) })
      },
      questionnaires: { start, end, community, snapshot in
        let closed = try surveys.closed(from: start, until: end, in: community, snapshot)
        return Questionnaires(closed: Int(closed.questionnaires), answers: Int(closed.answers))
      })
  }
}
