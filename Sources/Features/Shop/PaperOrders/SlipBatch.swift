import Database
package import Kernel
import Security

/// Slips that were keyed without a network and sent together: an import, kept with who sent it.
package struct SlipBatch: Sendable, Equatable {
  package let id: SlipBatchID
  package let campaign: CampaignID
  package let sentBy: PersonID
  package let sentAt: Timestamp
  package let entries: [Entry]

  package struct Entry: Sendable, Equatable {
    /// 0, 1, 2 … in the order in which they were keyed.
    package let position: Int64
    package let typedCode: String
    package let slip: PaperSlipID?
    /// What was keyed, as it was keyed.
    package let lines: String
    package let note: String
    package let state: State
    package let order: OrderID?
    package let conflicts: [SlipConflict]
    package let settledBy: PersonID?
    package let settledAt: Timestamp?
  }

  package enum State: String, Sendable, CaseIterable, Storable {
    case placed
    /// Somebody keyed it before; nothing was ordered again.
    case already
    /// As above, and somebody read something else than was ordered.
    case alreadyOther = "already_other"
    case conflict
    /// A conflict that a person settled: the order was placed.
    case settled
    /// Settled by a person without another order: nothing is wanted, or the slip was keyed before.
    case dropped

    /// Whether a person still has to do something.
    package var isOpen: Bool { self == .conflict || self == .alreadyOther }

    package var name: Phrase {
      switch self {
      case .placed: Phrase("已下单", "Ordered")
      case .already: Phrase("早就录过了", "Keyed before")
      case .alreadyOther: Phrase("早就录过了，读到的不一样", "Keyed before, and read differently")
      case .conflict: Phrase("要处理", "To be settled")
      case .settled: Phrase("处理好，已下单", "Settled and ordered")
      case .dropped: Phrase("处理好，没有另外下单", "Settled, nothing more ordered")
      }
    }
  }

  /// One line of a list of batches.
  struct Summary: Sendable {
    let id: SlipBatchID
    let sentAt: Timestamp
    let slips: Int64
    /// Those that a person still has to settle.
    let conflicts: Int64
  }
}

/// Slips as they are sent.
package struct SlipBatchDraft: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    package let code: String
    /// In the keypad's notation.
    package let lines: String
    package let note: String

    package init(code: String, lines: String, note: String = "") {
      self.code = code
      self.lines = lines
      self.note = note
    }
  }

  package let entries: [Entry]
  /// The most slips of one batch.
  package static let countLimit = 200

  /// - Throws: `form.invalid` for none or too many.
  package init(_ entries: [Entry]) throws {
    guard (1...Self.countLimit).contains(entries.count) else {
      throw Problem.invalid([
        FieldProblem(
          "slips",
          entries.isEmpty
            ? Phrase("还没有录任何单子。", "No slip has been keyed yet.")
            : Phrase(
              "一次最多发 \(Self.countLimit) 张。", "At most \(Self.countLimit) slips can be sent at once."))
      ])
    }
    self.entries = entries
  }

  /// SHA-256 of what is sent: tells a repeat from another batch under the same key.
  func digest(of campaign: CampaignID) -> [UInt8] {
    let words = entries.flatMap { [$0.code, $0.lines, $0.note] }
    return Digest(of: Array(([campaign.description] + words).joined(separator: "\0").utf8)).bytes
  }
}
