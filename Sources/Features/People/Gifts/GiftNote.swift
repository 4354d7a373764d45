package import Database
package import Kernel
package import Web

/// What staff note of a gift that somebody would share, with that person's answer where they had not agreed before.
package struct GiftNote: Sendable {
  let name: String
  let words: String
  let times: String
  /// Nil where nothing was asked, because they had agreed.
  let answer: ConsentAnswer?

  /// - Throws: `form.invalid` naming every wrong field.
  package init(_ form: Form) throws {
    answer = try form["answer"] == nil ? nil : ConsentAnswer(form)
    var reader = FormReader(form)
    // Whoever says no offers nothing.
    let isOffered = answer?.isGiven ?? true
    name = reader.text("gift_name", length: GiftProposal.nameLength, isRequired: isOffered) ?? ""
    words = reader.lines("gift_words", length: GiftProposal.wordLength, isRequired: false) ?? ""
    times = reader.text("gift_times", length: GiftProposal.timeLength, isRequired: false) ?? ""
    try reader.finish()
  }

  /// Keeps the answer, and hands the gift on where it is a yes.
  ///
  /// - Returns: whether it was handed on.
  /// - Throws: `gift.not_asked` where the person has not agreed and was not asked; `consent.*`, `not_found`.
  @discardableResult
  package func take(
    of person: PersonID, from source: GiftProposal.Source, through desk: GiftDesk, _ directory: Directory,
    by actor: Actor, in transaction: Transaction
  ) throws -> Bool {
    if let answer {
      try directory.record(answer, to: GiftConsent.notice, of: person, by: actor, in: transaction)
      if !answer.isGiven { return false }
    } else if try !GiftConsent.isGiven(by: person, in: transaction.community, transaction) {
      throw Problem.giftNotAsked
    }
    let proposal = GiftProposal(
      source: source, kind: .personGift, holder: .person(person), name: Phrase(same: name), words: words,
      times: times)
    try desk.propose(proposal, actor, transaction)
    return true
  }
}

/// What staff are shown when they note a gift: its fields, and the question where the person has not agreed yet.
package struct GiftAsking: Sendable {
  /// Nil where they agreed before.
  let question: ConsentQuestion?

  /// - Throws: `not_found` where the community asks nobody, or the person is not of it.
  package init(
    _ person: PersonID, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws {
    let question = try directory.consentQuestion(GiftConsent.notice, of: person, in: community, snapshot)
    self.question = try GiftConsent.isGiven(by: person, in: community, snapshot) ? nil : question
  }
}

extension Problem {
  static let giftNotAsked = Problem(
    "gift.not_asked", status: 409,
    Phrase("本人还没有同意让邻居看到。", "The person has not agreed that neighbours see it."),
    advice: Phrase(
      "请刷新页面，把告知的话念给本人听，再登记回答。", "Please reload the page, read the notice to them and note the answer."))
}
