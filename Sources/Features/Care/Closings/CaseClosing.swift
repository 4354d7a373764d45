package import Kernel

/// How a case is to end: what was reached, what the client thinks of it, how it ends, and what follows. It waits for a
/// supervisor's word; one that was sent back is followed by another.
package struct CaseClosing: Sendable, Equatable {
  package let id: CaseClosingID
  package let caseID: CaseID
  package let episode: Int64
  package let outcome: CaseOutcome
  /// Whether the client's own view is in it; otherwise it says why not.
  package let hasView: Bool
  package let text: CareTextID
  package let madeAt: Timestamp
  package let madeBy: PersonID
  package let decision: Decision?

  package struct Decision: Sendable, Equatable {
    package let isApproved: Bool
    package let at: Timestamp
    package let by: PersonID
    package let text: CareTextID?

    package init(isApproved: Bool, at moment: Timestamp, by person: PersonID, text: CareTextID?) {
      self.isApproved = isApproved
      at = moment
      by = person
      self.text = text
    }
  }

  package static let fields: [CareDocument.Field] = [.evaluation, .clientView, .noView, .summary, .followUp]

  /// Why this decision may not be taken, or nil: a pure function.
  package func refusalToDecide(by actor: PersonID, isSelfApproved: Bool = false) -> Problem? {
    if decision != nil { return .closingDecided }
    return actor == madeBy && !isSelfApproved ? .ownApproval : nil
  }
}

extension Problem {
  static let closingDecided = Problem(
    "closing.decided", status: 409,
    Phrase("这份结案报告已经有了答复。", "This closing has been decided already."),
    advice: Phrase("请刷新页面。", "Please reload the page."))
}
