package import Kernel
import People

enum PolicyDraftKind {}
typealias PolicyDraftID = Identifier<PolicyDraftKind>

/// What stays of a policy through all its versions.
struct PolicyHead: Sendable, Equatable {
  let id: PolicyID
  let state: State
  let createdAt: Timestamp
  let createdBy: Actor
  /// The number of the newest published version; nil while there is none.
  let newest: Int64?
  /// Nil unless it was taken out of use.
  let retirement: Retirement?

  /// Whether anybody may read it: what was published once stays readable, marked as out of use where it is.
  var isReadable: Bool { newest != nil }

  enum State: String, Sendable, CaseIterable {
    case draft
    case published
    case retired

    var name: Phrase {
      switch self {
      case .draft: Phrase("还没发布", "Not published yet")
      case .published: Phrase("已发布", "Published")
      case .retired: Phrase("已停用", "Out of use")
      }
    }
  }

  struct Retirement: Sendable, Equatable {
    let at: Timestamp
    let by: Actor
    /// A sentence for everybody.
    let reason: String
  }
}

/// Why there is a new version, where something outside the library brought it about, such as an answered report.
package struct PolicyOrigin: Sendable, Equatable {
  /// What kind of thing it is, in a word of the feature that it belongs to: `report`. 1–40 characters.
  package let kind: String
  package let id: Int64
  /// What readers see: `居民报告 2026-3`, `residents’ report 2026-3`. 1–120 characters.
  package let text: Phrase
  /// Its page on this site; nil where it has none that everybody may see.
  package let path: String?

  package init(kind: String, id: Int64, text: Phrase, path: String?) {
    self.kind = kind
    self.id = id
    self.text = text
    self.path = path
  }
}

/// One published version; never changed.
struct PolicyVersion: Sendable, Equatable {
  let policy: PolicyID
  /// 1, 2, 3 …
  let number: Int64
  let content: PolicyContent
  let origin: PolicyOrigin?
  /// Who wrote it last.
  let writtenBy: Actor
  let publishedAt: Timestamp
  let publishedBy: Actor
}

/// The next version while it is written.
struct PolicyDraft: Sendable, Equatable {
  let id: PolicyDraftID
  let policy: PolicyID
  /// 1, 2, 3 … with each time that it is kept.
  let revision: Int64
  let content: PolicyContent
  let origin: PolicyOrigin?
  let writtenAt: Timestamp
  let writtenBy: Actor
  /// Everybody who wrote at it.
  let writers: Set<PersonID>
}

/// A policy as it is shown: one of its versions, and what has to be known beside it.
struct ShownPolicy: Sendable, Equatable {
  let head: PolicyHead
  /// The one that counts on the day, or will count first where none has begun.
  let version: PolicyVersion
  /// From when another policy stands in its place; nil where none does.
  let replacedFrom: PolicyDay?

  func standing(on day: PolicyDay) -> PolicyStanding {
    PolicyRules.standing(
      of: version.content.document, isRetired: head.state == .retired, replacedFrom: replacedFrom, on: day)
  }
}
