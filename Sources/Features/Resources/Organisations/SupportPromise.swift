import Kernel
import People

/// What an organisation of the support network said that it would give. Source: paper 5.3.
struct SupportPromise: Sendable, Equatable {
  let id: PromiseID
  let organisation: OrganisationID
  let terms: PromiseTerms
  let madeAt: Timestamp
  let madeBy: Actor

  /// What can be promised: what the paper names of the network, with money and hands.
  static let categories: [ResourceCategory] = [
    .place, .storage, .transport, .marketInformation, .rawMaterials, .money, .hands,
  ]

  /// Whether the time for which it was made is over.
  func isOver(at now: Timestamp) -> Bool { terms.until.map { $0 <= now } ?? false }
}

struct PromiseTerms: Sendable, Equatable {
  var category: ResourceCategory
  var text: String
  /// How much, in words; empty where that cannot be said.
  var quantity: String
  /// Nil where no end was named.
  var until: Timestamp?
}

/// One time at which it was seen whether a promise was kept.
struct PromiseKeeping: Sendable, Equatable {
  let promise: PromiseID
  let outcome: Outcome
  let happenedAt: Timestamp
  /// What happened, in a few words; empty for nothing.
  let note: String

  enum Outcome: String, Sendable, CaseIterable {
    case kept
    case partly
    case notKept = "not_kept"

    var name: Phrase {
      switch self {
      case .kept: Phrase("做到了", "Kept")
      case .partly: Phrase("做到一部分", "Partly kept")
      case .notKept: Phrase("没做到", "Not kept")
      }
    }
  }
}

/// How a promise stands, which is nothing but the sum of what was seen of it.
struct PromiseStanding: Sendable, Equatable {
  var kept: Int64 = 0
  var partly: Int64 = 0
  var notKept: Int64 = 0

  enum State: String, Sendable, CaseIterable {
    /// There was no time yet to see it.
    case untried
    case kept
    case mixed
    case notKept = "not_kept"

    var name: Phrase {
      switch self {
      case .untried: Phrase("还没用上", "Not called on yet")
      case .kept: Phrase("说到做到", "Kept so far")
      case .mixed: Phrase("有时做到", "Kept at times")
      case .notKept: Phrase("没做到", "Not kept")
      }
    }
  }

  init() {}

  init(_ outcomes: some Sequence<PromiseKeeping.Outcome>) {
    for outcome in outcomes { add(outcome, 1) }
  }

  mutating func add(_ outcome: PromiseKeeping.Outcome, _ times: Int64) {
    switch outcome {
    case .kept: kept += times
    case .partly: partly += times
    case .notKept: notKept += times
    }
  }

  var times: Int64 { kept + partly + notKept }

  /// `做到 5 次，没做到 1 次`; empty where nothing was seen.
  var phrase: Phrase {
    let parts = [
      (kept, Phrase("做到 \(kept) 次", "kept \(kept) times")),
      (partly, Phrase("做到一部分 \(partly) 次", "partly kept \(partly) times")),
      (notKept, Phrase("没做到 \(notKept) 次", "not kept \(notKept) times")),
    ].filter { $0.0 > 0 }.map(\.1)
    return Phrase(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }

  var state: State {
    if times == 0 { return .untried }
    if kept == times { return .kept }
    return notKept == times ? .notKept : .mixed
  }
}

/// How many promises an organisation made and how all of them were kept.
struct PromiseRecord: Sendable, Equatable {
  var promises: Int64 = 0
  var standing = PromiseStanding()
}
