package import Kernel
import People
package import Security

/// What came up, how often and in which kind of material: codes by kinds, counted in people and only from what two coders
/// settled. Once published it never changes.
package struct ThemeTable: Sendable, Equatable {
  package let id: ThemeTableID
  package let study: StudyID
  /// Of the study when it was published.
  package let title: String
  package let publishedAt: Timestamp
  package let digest: Digest
  let counts: [ThemeCount]

  /// The table as it may leave the station: a row for each code and kind.
  package var rows: [Row] {
    counts.map { count in
      Row(
        code: count.name, kind: count.kind,
        voices: ThemeRules.shown(count.voices, of: count.asked) ? count.voices : nil,
        asked: ThemeRules.shown(count.asked) ? count.asked : nil)
    }
  }

  package struct Row: Sendable, Equatable {
    /// What the code was called when the table was published.
    package let code: String
    package let kind: MaterialKind
    /// How many people, groups or occasions it came up with; nil where they are too few to be told.
    package let voices: Int64?
    /// Out of how many; nil where they are too few.
    package let asked: Int64?
  }
}

/// One cell of a table of themes, as it is.
struct ThemeCount: Sendable, Equatable {
  let code: ThemeCodeID
  let name: String
  let kind: MaterialKind
  /// How many different voices have at least one passage with this code.
  let voices: Int64
  /// How many different voices of this kind were coded at all.
  let asked: Int64
}

/// One voice of one kind, with what came up with it.
struct CodedVoice: Sendable, Hashable {
  let kind: MaterialKind
  /// Nil for voices of records.
  let questionnaire: QuestionnaireID?
  let voice: Int64
}

enum ThemeRules {
  /// Whether a cell leaves the station. Fewer than five people are not told apart; neither are fewer than five who did *not*
  /// say something, for that tells of all others that they did; and of a kind with fewer than five voices nothing is told.
  /// Source: field/socialwork.md §2.12.
  static func shown(_ voices: Int64, of asked: Int64) -> Bool {
    let isFew: (Int64) -> Bool = { $0 > 0 && $0 < ShownCount.least }
    return shown(asked) && !isFew(voices) && !isFew(asked - voices)
  }

  static func shown(_ asked: Int64) -> Bool { asked >= ShownCount.least }

  /// - Parameters:
  ///   - codes: those of the book, in its order; one that never came up and is retired is left out.
  ///   - voices: everybody who was coded.
  ///   - found: what came up, and with whom.
  static func counts(
    _ codes: [ThemeCode], among voices: Set<CodedVoice>, _ found: [ThemeCodeID: Set<CodedVoice>]
  ) -> [ThemeCount] {
    let kinds = MaterialKind.allCases.filter { kind in voices.contains { $0.kind == kind } }
    let reported = CodeBookRules.ordered(codes).map(\.code).filter { $0.isActive || found[$0.id] != nil }
    return reported.flatMap { code in
      kinds.map { kind in
        ThemeCount(
          code: code.id, name: code.content.name, kind: kind,
          voices: Int64((found[code.id] ?? []).count { $0.kind == kind }),
          asked: Int64(voices.count { $0.kind == kind }))
      }
    }
  }

  /// Counts in the order in which a table keeps them: by code, then by kind.
  static func stored(_ counts: [ThemeCount]) -> [ThemeCount] {
    let places = Dictionary(
      zip(MaterialKind.allCases, MaterialKind.allCases.indices), uniquingKeysWith: { first, _ in first })
    return counts.sorted { ($0.code, places[$0.kind] ?? 0) < ($1.code, places[$1.kind] ?? 0) }
  }

  /// Names what a table says: a changed count is another digest.
  static func digest(_ title: String, _ counts: [ThemeCount]) -> Digest {
    let fields = counts.flatMap { count in
      [
        count.code.description, count.name, count.kind.rawValue, String(count.voices), String(count.asked),
      ]
    }
    return Digest(domain: 52, fields: ([title] + fields).map { Array($0.utf8) })
  }
}

extension Problem {
  static let themesNothing = Problem(
    "themes.nothing", status: 409,
    Phrase("还没有定下来的编码，没有可以公布的。", "Nothing has been settled yet, so there is nothing to publish."))

  static let themesUnchanged = Problem(
    "themes.unchanged", status: 409,
    Phrase("和上一张表一样，不用再公布。", "It says the same as the last table, so none is needed."))
}
