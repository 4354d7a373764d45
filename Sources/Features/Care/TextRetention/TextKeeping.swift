package import Kernel
package import People

/// How long what is written about a client is kept: a pure rule.
///
/// Three years after a case was closed nobody needs the words of the work any longer: they have served the client, the
/// supervisor and any complaint, for which the law gives three years. What is counted of the work stays, without a word
/// in it. Source: PIPL art. 19 (no longer than needed); Civil Code art. 188 (three years for claims).
package enum TextKeeping {
  /// Three years, whichever of them has its leap day.
  package static let term: Duration = .days(3 * 365 + 1)

  /// From when on the words of a case are removed; nil while it is open, be it for the second time.
  package static func end(of standing: CaseStanding) -> Timestamp? {
    standing.stage == .closure ? standing.closedAt.map { $0 + term } : nil
  }

  /// The moment before which a case must have been closed for its words to be removed now.
  static func closedBefore(_ now: Timestamp) -> Timestamp { now - term }
}

extension Care {
  /// How long Care keeps what, for the page that tells everyone.
  package static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("社工写下的话", "What social workers write about you"),
      term: Phrase(
        "结案三年以后删除；又开案的，从再次结案算起",
        "Until three years after the case was closed, counted anew if it is opened again"),
      reason: Phrase(
        "个人信息保护法第十九条；申诉和追责的期限是三年（民法典第一百八十八条）",
        "PIPL art. 19; complaints and claims can be made for three years (Civil Code art. 188)")),
    RetentionRule(
      Phrase("服务的次数、阶段和分数", "Counts, stages and scores of the service"),
      term: Phrase("一直保留，里面没有写下的话", "Kept; no words are in them"),
      reason: Phrase(
        "统计服务用，人数太少的不公布", "For figures of the service; those of few people are not published")),
    RetentionRule(
      Phrase("谁看过个案", "Who looked at a case"),
      term: Phrase("一直保留", "Kept"),
      reason: Phrase(
        "个人信息保护法第五十一条：保护要查得到", "PIPL art. 51: protection has to be verifiable")),
  ]
}
