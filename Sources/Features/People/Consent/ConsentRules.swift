package import Kernel

/// What makes a consent one. Sources: field/socialwork.md §2.4; PIPL art. 14, 15, 23, 25, 29, 31.
package enum ConsentRules {
  /// Twelve months at most; then it is asked again.
  package static let longest: Duration = .days(366)
  /// Who may declare a consent void that should never have been recorded.
  package static let invalidators: Set<Role> = [.supervisor, .committee]

  /// Why these terms are no answer to this notice, or nil.
  /// - Parameter isGiven: false for a no, which names nobody who would be told.
  static func refusal(
    of terms: ConsentTerms, to notice: Notice, askedAt: Timestamp, isGiven: Bool = true
  ) -> Problem? {
    guard terms.notice == notice.id, terms.noticeDigest == notice.digest, !terms.purposes.isEmpty,
      terms.purposes.isSubset(of: notice.content.purposes), !terms.categories.isEmpty,
      terms.categories.isSubset(of: notice.content.categories), !terms.recipients.isEmpty,
      terms.recipients.isSubset(of: notice.content.recipients)
    else { return .consentBeyondNotice }
    if notice.content.separateFor != .none, terms.purposes.count != 1 { return .consentBeyondNotice }
    if notice.content.isForOneMatter != (terms.matter != nil) { return .consentBeyondNotice }
    if isGiven {
      guard terms.recipients.contains(.relative) == (terms.recipient != nil),
        terms.recipient != terms.subject
      else { return .consentRelativeNeeded }
    }
    guard terms.expires > askedAt, terms.expires <= askedAt + longest else { return .consentTerm }
    return nil
  }

  /// Why this person may not record it with this evidence, or nil.
  static func refusal(
    of evidence: ConsentEvidence, for subject: PersonID, recipient: PersonID?, by actor: Actor
  ) -> Problem? {
    if (evidence.givenBy == .subject) != (evidence.giver == subject) { return .consentGiver }
    if evidence.method == .electronic {
      return actor.person == subject && evidence.givenBy == .subject ? nil : .consentGiver
    }
    guard MandateRules.recorders.contains(actor.role), actor.person != subject, actor.person != recipient
    else { return .actionForbidden }
    if let recipient, recipient == evidence.giver { return .consentGiver }
    // Who speaks for another signs for it.
    if evidence.givenBy == .guardian || evidence.givenBy == .attorney, evidence.method != .written {
      return .consentPaperNeeded
    }
    let needsWitness = evidence.method == .spokenWithWitness || evidence.givenBy == .scribe
    guard let witness = evidence.witness else { return needsWitness ? .consentWitnessNeeded : nil }
    let parties: [PersonID?] = [subject, evidence.giver, recipient, actor.person]
    return parties.contains(witness) ? .consentWitnessNeeded : nil
  }

  /// Why this person may not take it back, or nil: the subject may, and staff on their word.
  static func refusalToWithdraw(_ consent: Consent, by actor: Actor) -> Problem? {
    actor.person == consent.terms.subject || MandateRules.recorders.contains(actor.role)
      ? nil : .actionForbidden
  }
}

extension Problem {
  static let consentBeyondNotice = Problem(
    "consent.beyond_notice", status: 422,
    Phrase("同意的内容不能超出告知书写的。", "A consent cannot go beyond what its notice says."),
    advice: Phrase(
      "请打开最新的告知书，念给本人听，再登记。", "Please open the newest notice, read it to the person and record it again."))

  static let consentRelativeNeeded = Problem(
    "consent.relative_needed", status: 422,
    Phrase("请写明告诉哪一位家人。", "Please name the one relative who may be told."),
    fields: [
      FieldProblem("recipient", Phrase("请选一位，不能是本人。", "Please choose one; not the person themselves."))
    ])

  static let consentTerm = Problem(
    "consent.term", status: 422,
    Phrase("同意要有期限，最长 12 个月。", "A consent has a last day, within 12 months."),
    fields: [
      FieldProblem("expires", Phrase("请选今天以后、12 个月以内的日子。", "Please choose a day within the next 12 months."))
    ])

  static let consentGiver = Problem(
    "consent.giver", status: 422,
    Phrase("请写清楚是谁同意的。", "Please say who agreed."),
    advice: Phrase(
      "本人同意就选本人；别人代办要写那个人，而且不能是被告知情况的人。",
      "Choose the person where they agreed themselves; otherwise name who spoke for them, and not whoever is to be told."
    ),
    fields: [FieldProblem("giver", Phrase("请选一位。", "Please choose one."))])

  static let consentPaperNeeded = Problem(
    "consent.paper_needed", status: 422,
    Phrase("监护人或受托人代为同意，要有签了字的纸。", "A guardian or attorney agrees on signed paper."),
    fields: [FieldProblem("method", Phrase("请选签了字的纸。", "Please choose signed paper."))])

  static let consentWitnessNeeded = Problem(
    "consent.witness_needed", status: 422,
    Phrase("要有另一个人见证。", "Another person has to be there as witness."),
    fields: [
      FieldProblem(
        "witness",
        Phrase(
          "请选在场的人；不能是本人、代办人、要被告知的人，也不能是您自己。",
          "Please choose who was there: not the person, whoever spoke for them, whoever is told, or you."))
    ])

  static let consentNotOpen = Problem(
    "consent.not_open", status: 409,
    Phrase("这一条已经回答过，或者已经结束了。", "This was answered already, or has ended."),
    advice: Phrase("请刷新页面看看现在的情况。", "Please reload the page to see how it stands."))
}
