import Database
package import Kernel
package import Security
import Statistics

package enum NeedTableKind {}
package typealias NeedTableID = Identifier<NeedTableKind>

/// One table of a month's needs as it went through the gate. It is made once, never changes, and is never made again.
///
/// Source: field/socialwork.md §4, nos. 11 and 12, and §2.12.
package struct NeedTable: Sendable, Equatable {
  /// Fewer households are not told apart: the number for the public. Source: field/socialwork.md §2.12.
  static let least = 10
  /// The largest share of one merchant, or of one household in its own orders, in per cent. Source: the same.
  static let dominance = 70

  /// The four tables of a month.
  package enum Kind: String, Sendable, CaseIterable, Storable {
    case unmetSearches = "unmet_searches"
    case afterSales = "after_sales"
    case unservedBuildings = "unserved_buildings"
    case assistedShare = "assisted_share"

    package var name: Phrase {
      switch self {
      case .unmetSearches: Phrase("找了没有的东西", "What was looked for in vain")
      case .afterSales: Phrase("售后", "After-sales")
      case .unservedBuildings: Phrase("想送货上门、没人送到的楼", "Homes that wish deliveries and get none")
      case .assistedShare: Phrase("别人代下的订单", "Orders that others placed")
      }
    }

    /// Whether its last row is the sum of the others.
    var hasTotal: Bool { self != .unmetSearches }
  }

  package struct Column: Sendable, Equatable {
    package enum Unit: String, Sendable {
      case count
      /// Hundredths of a per cent.
      case share
    }

    package let name: Phrase
    package let unit: Unit

    init(_ name: Phrase, _ unit: Unit = .count) {
      self.name = name
      self.unit = unit
    }
  }

  package struct Row: Sendable, Equatable {
    package let name: Phrase
    /// By column; nil where the gate left it out.
    package let figures: [Int64?]

    init(_ name: Phrase, _ figures: [Int64?]) {
      self.name = name
      self.figures = figures
    }
  }

  /// What is drawn. At most 12 columns and 60 rows.
  package struct Content: Sendable, Equatable {
    /// What the rows are.
    package let rowName: Phrase
    /// The first is the one that a chart shows.
    package let columns: [Column]
    package let rows: [Row]
    /// Households behind the whole table; nil where that is left out too.
    package let count: Int64?
    /// Who was counted, and who was not.
    package let sample: Phrase
    /// What has to be known beside the figures, and why some are missing.
    package let notes: [Phrase]

    /// Figures that were left out.
    var hidden: Int { rows.reduce(0) { $0 + $1.figures.count { $0 == nil } } }
  }

  /// What the gate made of the figures.
  enum Outcome: Sendable, Equatable {
    case released(Content)
    case refused(NeedRefusal)
  }

  package let id: NeedTableID
  let month: Month
  package let kind: Kind
  let outcome: Outcome
  /// Over the figures that were counted, under a key that is not given away.
  package let dataDigest: Digest
  /// Over what was asked of them.
  package let queryDigest: Digest
  package let releasedAt: Timestamp

  /// `2026-11`
  package var monthText: String { month.description }

  package var title: Phrase {
    Phrase("\(month.name.chinese)\(kind.name.chinese)", "\(kind.name.english), \(month.name.english)")
  }

  /// Nil where the gate let nothing through.
  package var content: Content? { if case .released(let content) = outcome { content } else { nil } }

  /// Where it is shown.
  package var path: String { "/needs/\(month.description)#\(kind.rawValue)" }
}

/// Why a table was not released at all.
enum NeedRefusal: String, Sendable, CaseIterable, Storable {
  case nothingToShow = "nothing_to_show"
  case followsFromEarlier = "follows_from_earlier"
  case tooLarge = "too_large"

  /// - Throws: `internal` for what only a mistake of the program can bring about: nothing is recorded then, and it is tried
  ///   again.
  init(_ refusal: DisclosureRefusal) throws {
    switch refusal {
    case .nothingToShow: self = .nothingToShow
    case .followsFromEarlier: self = .followsFromEarlier
    case .tooLarge: self = .tooLarge
    case .malformed, .ledgerDiffers, .alreadyReleased: throw Problem.internalFault
    }
  }

  var words: Phrase {
    switch self {
    case .nothingToShow:
      Phrase("这个月太少，写出来会认出是谁。", "There was too little this month: figures would show who it was.")
    case .followsFromEarlier:
      Phrase("写出来就能倒推出少数几户，所以不写。", "Figures would give small numbers away, so none are shown.")
    case .tooLarge:
      Phrase(
        "分得太细，没法证明倒推不出来，所以不写。", "It is divided too finely to prove that nothing can be computed back.")
    }
  }
}

/// What was counted of a month, before the gate: named by its digest, and never kept.
struct NeedFigures<Entry: Sendable>: Sendable {
  let entries: [Entry]
  /// The same text for the same figures.
  let text: String

  /// - Parameter line: an entry in words.
  init(_ entries: [Entry], _ line: (Entry) -> String) {
    self.entries = entries
    text = entries.map(line).sorted().joined(separator: "\n")
  }
}

extension NeedTable.Kind {
  /// Names the question behind a table: its rule, its month and how small numbers were hidden. The number at the end counts
  /// up whenever the rule changes.
  func queryDigest(of month: Month) -> Digest {
    let fields = [rawValue, month.description, String(NeedTable.least), String(NeedTable.dominance), "1"]
    return Digest(domain: 81, fields: fields.map { Array($0.utf8) })
  }
}
