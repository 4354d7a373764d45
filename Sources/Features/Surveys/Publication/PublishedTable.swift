package import Kernel
import People
package import Security

/// A table that was published: what a report may rest on, by its identifier.
package enum EvidenceKind {}
package typealias EvidenceID = Identifier<EvidenceKind>

/// A table of locked answers as it went through the gate. It never changes and is never taken back.
package struct PublishedTable: Sendable, Equatable {
  package let id: EvidenceID
  package let questionnaire: QuestionnaireID
  package let questionnaireTitle: String
  package let title: Phrase
  /// The smallest number that is shown: 10 for the public, 5 for the station and departments.
  package let least: Int
  package let content: Content
  /// Names the answers that were locked.
  package let lockDigest: Digest
  /// Names what was asked of them.
  package let queryDigest: Digest
  package let releasedAt: Timestamp
  package let releasedBy: PersonID

  /// What is drawn.
  package struct Content: Sendable, Equatable {
    /// The groups, the whole last.
    package let columns: [Phrase]
    package let rows: [Row]
    /// Who was reached and who was not.
    package let sampleNote: Phrase
    /// What shares are of, what a test says, what is left out.
    package let notes: [Phrase]
  }

  package struct Row: Sendable, Equatable {
    package let label: Phrase
    /// By column; nil where it is left out.
    package let counts: [Int?]
    /// By column, from 0 to 1; nil where it is left out, and in rows that are no answers.
    package let shares: [Double?]
  }
}

/// What is asked to be published.
struct PublicationQuery: Sendable, Equatable {
  /// The name of the question.
  let question: String
  /// Names of the background: none, one or two.
  let breakdowns: [String]
  /// Only these categories of one background; nil for everybody.
  let filter: Filter?
  let audience: Audience

  struct Filter: Sendable, Equatable {
    let breakdown: String
    let categories: [Int]
  }

  /// Who may read it.
  enum Audience: String, Sendable, CaseIterable {
    case everyone
    /// The station, and the department that a report is sent to.
    case station

    /// Source: field/socialwork.md §2.12.
    var least: Int { self == .everyone ? 10 : 5 }

    var name: Phrase {
      switch self {
      case .everyone: Phrase("公开（10 人起）", "Everybody (from 10 people)")
      case .station: Phrase("服务站和主管部门（5 人起）", "The station and departments (from 5 people)")
      }
    }
  }
}

/// A query answered by the gate, before it is recorded.
struct PublicationResult: Sendable {
  /// What was released: of several answers one for each option of which anything could be shown.
  let releases: [ReleasedPart]
  let title: Phrase
  let content: PublishedTable.Content
  let queryDigest: Digest
  /// How many cells are left out.
  let hidden: Int
}
