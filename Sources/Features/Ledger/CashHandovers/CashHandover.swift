import Database
package import Kernel

/// Banknotes on their way from a leader's hand into the community's cash box, on a sheet that two people sign: one says
/// how much it is, another counts it. They move in the books once both agree (reliability §3.10, I10).
package struct CashHandover: Sendable, Equatable {
  package let id: CashHandoverID
  package let giver: PersonID
  /// What the giver says it is.
  package let declared: Money
  /// What the other one counted; nil until then.
  package var counted: Money?
  package var countedBy: PersonID?
  package var state: State
  package let declaredAt: Timestamp
  package var countedAt: Timestamp?
  package var endedAt: Timestamp?

  package enum State: String, Sendable, CaseIterable, Storable {
    /// Waits to be counted.
    case declared
    /// Counted, with another result: the giver has to agree, or counts again.
    case differs
    case received
    case withdrawn

    package var name: Phrase {
      switch self {
      case .declared: Phrase("等待清点", "Waiting to be counted")
      case .differs: Phrase("数目不符，等交款人确认", "Counted differently: the giver is asked")
      case .received: Phrase("双方确认，已入钱箱", "Agreed by both, in the cash box")
      case .withdrawn: Phrase("已撤回", "Withdrawn")
      }
    }
  }

  /// The sheet after another person has counted the banknotes.
  /// - Throws: `handover.own` when it is the giver, `handover.over` when it has ended.
  func counted(_ amount: Money, by person: PersonID, at now: Timestamp) throws -> CashHandover {
    guard person != giver else { throw Problem.handoverIsOwn }
    guard state == .declared || state == .differs else { throw Problem.handoverIsOver(state) }
    var sheet = self
    sheet.counted = amount
    sheet.countedBy = person
    sheet.countedAt = now
    sheet.state = amount == declared ? .received : .differs
    sheet.endedAt = sheet.state == .received ? now : nil
    return sheet
  }

  /// The sheet after the giver has agreed to what was counted.
  /// - Throws: `handover.other` for anybody else, `handover.over`.
  func agreed(by person: PersonID, at now: Timestamp) throws -> CashHandover {
    guard person == giver else { throw Problem.handoverIsAnothers }
    guard state == .differs else { throw Problem.handoverIsOver(state) }
    var sheet = self
    sheet.state = .received
    sheet.endedAt = now
    return sheet
  }

  /// The sheet after the giver took it back.
  /// - Throws: `handover.other` for anybody else, `handover.over`.
  func withdrawn(by person: PersonID, at now: Timestamp) throws -> CashHandover {
    guard person == giver else { throw Problem.handoverIsAnothers }
    guard state == .declared || state == .differs else { throw Problem.handoverIsOver(state) }
    var sheet = self
    sheet.state = .withdrawn
    sheet.endedAt = now
    return sheet
  }

  /// What moved: the counted amount. What is missing stays with the giver.
  func journal() throws -> Journal? {
    guard state == .received, let counted, counted > .zero else { return nil }
    return try Journal(
      .cashHandover, from: .init(.cashHandover, id),
      [
        Journal.Entry(Account(.cashBox), counted),
        Journal.Entry(Account(.cashInHand, .person(giver)), try Money.zero.subtracting(counted)),
      ])
  }
}

extension Problem {
  static let handoverIsOwn = Problem(
    "handover.own", status: 403,
    Phrase("自己交的钱要由别人来点。", "Somebody else has to count what you hand over."),
    advice: Phrase("请找另一位工作人员清点。", "Please ask a colleague."))

  static let handoverIsAnothers = Problem(
    "handover.other", status: 403,
    Phrase("这张交款单是别人的。", "This sheet is somebody else's."))

  static func handoverIsOver(_ state: CashHandover.State) -> Problem {
    Problem(
      "handover.over", status: 409,
      Phrase("这张交款单已经是「\(state.name.chinese)」。", "This sheet is “\(state.name.english)” already."),
      advice: Phrase("请刷新页面。", "Please reload the page."))
  }

  static func handoverMoreThanHeld(_ held: Money) -> Problem {
    Problem.invalid([
      FieldProblem(
        "amount", Phrase("您手上只有 \(held.display)。", "You hold \(held.display) only."))
    ])
  }

  static let handoverIsOpen = Problem(
    "handover.open", status: 409,
    Phrase("上一张交款单还没有清点完。", "Your last sheet has not been counted yet."),
    advice: Phrase("请先办完那一张，或把它撤回。", "Please finish that one first, or take it back."))
}
