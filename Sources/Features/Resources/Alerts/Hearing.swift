package import Kernel
package import People

/// That a merchant is asked for their side.
package enum HearingKind {}
package typealias HearingID = Identifier<HearingKind>

/// A merchant's right of reply: what the station holds against them, without who told it, and what they say.
package struct Hearing: Sendable, Equatable {
  package enum Decision: String, Sendable, CaseIterable {
    case upheld
    case corrected
    case dropped
  }

  package let id: HearingID
  package let report: ScamReportID
  package let kind: ScamReport.Kind
  package let merchant: MerchantID
  /// In the station's own words.
  package let words: String
  /// The goods that are held back meanwhile; nil where nothing is.
  package let product: Int64?
  package let askedAt: Timestamp
  package let askedBy: Actor
  /// Sealed; nil where they said nothing yet.
  package let reply: String?
  package let repliedAt: Timestamp?
  package let decision: Decision?
  package let reason: String
  package let decidedAt: Timestamp?
  package let revision: Int64

  package var replyBy: Timestamp { askedAt + HearingRules.replyTime }
  package var lapsesAt: Timestamp { askedAt + HearingRules.holdTime }
}

extension Hearing.Decision {
  package var name: Phrase {
    switch self {
    case .upheld: Phrase("属实，东西先不卖", "True: the goods stay held back")
    case .corrected: Phrase("已经改好，可以卖", "Put right: the goods are sold again")
    case .dropped: Phrase("不属实，可以卖", "Not so: the goods are sold again")
    }
  }

  /// Whether goods that were held back are sold again.
  package var releases: Bool { self != .upheld }
}

/// The rules of the right of reply.
package enum HearingRules {
  package static let replyTime = Duration.days(7)
  /// What nobody decided by then is sold again by itself.
  package static let holdTime = Duration.days(14)
  static let wordsLength = 1...300
  static let replyLength = 1...1000
  static let reasonLength = 1...300

  static func refusal(toReplyTo hearing: Hearing, at now: Timestamp) -> Problem? {
    if hearing.decision != nil || hearing.repliedAt != nil { return .hearingAnswered }
    return now < hearing.replyBy ? nil : .hearingOver
  }

  /// Nobody is judged before they said their word or let the time for it pass; that it is not so may be said at once.
  static func refusal(
    toDecide hearing: Hearing, as decision: Hearing.Decision, at now: Timestamp
  ) -> Problem? {
    if hearing.decision != nil { return .hearingAnswered }
    if decision == .dropped { return nil }
    return hearing.repliedAt != nil || now >= hearing.replyBy ? nil : .hearingTooEarly
  }

  /// What was found to be true may be put right later: the goods are sold again then.
  static func refusal(toLift hearing: Hearing) -> Problem? {
    hearing.decision == .upheld && hearing.product != nil ? nil : .hearingNothingHeld
  }

  /// A hearing is asked for while or after a report is checked, of what may be a merchant's doing.
  static func refusal(toAskAbout report: ScamReport) -> Problem? {
    report.state == .reported || report.state == .unfounded || report.mergedInto != nil
      || report.forgottenAt != nil ? .reportNotPossible : nil
  }
}

extension Problem {
  static let hearingAnswered = Problem(
    "resources.hearing_answered", status: 409,
    Phrase("这件事已经问过、答复过，或者定了。", "This was asked, answered or decided on already."),
    advice: Phrase("有新的情况，请联系服务站。", "If there is more to say, please talk to the station."))

  static let hearingOver = Problem(
    "resources.hearing_over", status: 409,
    Phrase("七天的答复时间过了。", "The seven days for a reply are over."),
    advice: Phrase("想说的话，请联系服务站。", "Please talk to the station."))

  static let hearingTooEarly = Problem(
    "resources.hearing_too_early", status: 409,
    Phrase("商家还在七天的答复时间里。", "The merchant still has time to reply."),
    advice: Phrase("等商家答复，或者等七天过后再定。", "Please wait for the reply or for the seven days to pass."))

  static let hearingNothingHeld = Problem(
    "resources.hearing_nothing_held", status: 409,
    Phrase("这件事没有停卖的东西可以恢复。", "Nothing is held back for this."),
    advice: Phrase("请看一下它现在的状态。", "Please look at how it stands."))

  static let hearingOwnShop = Problem(
    "resources.hearing_own_shop", status: 409,
    Phrase("这是您自己代表的店，请别的同事来定。", "You act for this shop yourself: a colleague has to decide."),
    advice: Phrase("您可以在“请我说明的事”里替店答复。", "You may reply for the shop where it is asked about."))

  static let hearingHasNobody = Problem(
    "resources.hearing_has_nobody", status: 422,
    Phrase("没有这个商家。", "There is no such merchant."),
    advice: Phrase("请从找到的商品里选，或者填对商家号。", "Please choose from what was found."))
}
