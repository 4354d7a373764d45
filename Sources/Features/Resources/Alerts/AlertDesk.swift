import Database
import Kernel
import People
import Security

/// Where warnings are made of reports that were found to be true, published and taken back.
struct AlertDesk: Sendable {
  let directory: Directory

  /// - Throws: `resources.alert_not_verified`, `resources.alert_time`, `form.invalid` naming `buildings`.
  func make(
    _ terms: AlertTerms, from report: ScamReport, by actor: Actor, in transaction: Transaction
  ) throws -> AlertCardID {
    if let refusal = AlertRules.refusal(toMakeFrom: report)
      ?? AlertRules.refusal(of: terms, at: transaction.now)
    {
      throw refusal
    }
    try check(terms.buildings, in: transaction)
    let card = AlertCard(
      id: transaction.newIdentifier(), report: report.id, terms: terms, state: .draft, revision: 0,
      createdAt: transaction.now, createdBy: actor, publishedAt: nil)
    try AlertCardStore.insert(card, in: transaction)
    try transaction.note("resources.make_alert", by: actor, of: card.id.rawValue)
    return card.id
  }

  /// Mends a draft. What is published is taken back and made anew, so that nobody reads two things under one warning.
  /// - Throws: `not_found`, `resources.report_stale`, `resources.alert_not_possible`, `resources.alert_time`,
  ///   `form.invalid` naming `buildings`.
  func edit(
    _ id: AlertCardID, _ terms: AlertTerms, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let card = try find(id, seen: seen, in: transaction)
    if let refusal = AlertRules.refusal(toEdit: card, as: terms, at: transaction.now) { throw refusal }
    try check(terms.buildings, in: transaction)
    try AlertCardStore.write(terms, of: id, in: transaction)
    try transaction.note("resources.edit_alert", by: actor, of: id.rawValue)
  }

  private func check(_ buildings: Set<String>, in transaction: Transaction) throws {
    let known = Set(try directory.buildings(of: transaction.community, transaction).map(\.building))
    guard buildings.isSubset(of: known) else {
      throw Problem.invalid([
        FieldProblem("buildings", Phrase("没有这栋楼。", "There is no such building."))
      ])
    }
  }

  /// - Throws: `not_found`, `resources.report_stale`, `resources.alert_not_possible`, `resources.alert_time`.
  func publish(_ id: AlertCardID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let card = try find(id, seen: seen, in: transaction)
    if let refusal = AlertRules.refusal(toPublish: card, at: transaction.now) { throw refusal }
    try AlertCardStore.publish(id, by: actor, in: transaction)
    try TellAlert.schedule(id, at: transaction.now, in: transaction)
    try transaction.note("resources.publish_alert", by: actor, of: id.rawValue)
  }

  /// - Throws: `not_found`, `resources.report_stale`, `resources.alert_not_possible`.
  func withdraw(_ id: AlertCardID, seen: Int64, by actor: Actor, in transaction: Transaction) throws {
    let card = try find(id, seen: seen, in: transaction)
    if let refusal = AlertRules.refusal(toWithdraw: card, at: transaction.now) { throw refusal }
    try AlertCardStore.withdraw(id, by: actor, in: transaction)
    try transaction.note("resources.withdraw_alert", by: actor, of: id.rawValue)
  }

  private func find(_ id: AlertCardID, seen: Int64, in transaction: Transaction) throws -> AlertCard {
    guard let card = try AlertCardStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    guard card.revision == seen else { throw Problem.reportStale }
    return card
  }
}

/// Where merchants are asked for their side, answer, and are judged.
struct HearingDesk: Sendable {
  let listings: ListingWatch
  let merchants: MerchantDirectory
  let notices: AlertNotices

  /// What the station holds against a merchant.
  struct Charge: Sendable {
    let merchant: MerchantID
    /// The goods to hold back meanwhile; nil for none.
    let product: Int64?
    let words: String
  }

  /// Asks a merchant, who is never told who reported it.
  /// - Throws: `resources.report_not_possible`, `resources.hearing_has_nobody`, `resources.hearing_answered`,
  ///   `resources.hearing_own_shop`, `form.invalid` naming `product`.
  func ask(
    _ charge: Charge, about report: ScamReport, by actor: Actor, in transaction: Transaction
  ) throws -> HearingID {
    if let refusal = HearingRules.refusal(toAskAbout: report) { throw refusal }
    let known = try merchants.cards([charge.merchant], transaction.community, transaction)
    guard known[charge.merchant] != nil else { throw Problem.hearingHasNobody }
    try checkIsNotTheirs(charge.merchant, actor, in: transaction)
    guard try !HearingStore.isAsked(charge.merchant, about: report.id, in: transaction) else {
      throw Problem.hearingAnswered
    }
    let hearing = Hearing(
      id: transaction.newIdentifier(), report: report.id, kind: report.kind, merchant: charge.merchant,
      words: charge.words, product: charge.product, askedAt: transaction.now, askedBy: actor, reply: nil,
      repliedAt: nil, decision: nil, reason: "", decidedAt: nil, revision: 0)
    try HearingStore.insert(hearing, in: transaction)
    try ScamReportStore.setMerchant(charge.merchant, of: report.id, in: transaction)
    try hold(hearing, by: actor, in: transaction)
    try transaction.note("resources.ask_merchant", by: actor, of: hearing.id.rawValue)
    try notices.ask(hearing, in: transaction)
    return hearing.id
  }

  private func hold(_ hearing: Hearing, by actor: Actor, in transaction: Transaction) throws {
    guard let product = hearing.product else { return }
    do {
      try listings.hold(
        ListingWatch.Hold(
          product: product, merchant: hearing.merchant, source: hearing.id.rawValue,
          by: actor.person, lapsesAt: hearing.lapsesAt), transaction)
    } catch let problem as Problem where problem == .notFound {
      throw Problem.invalid([
        FieldProblem(
          "product", Phrase("没有这样东西，或者不是这家的。", "There are no such goods, or they are another merchant's."))
      ])
    }
    try transaction.note("resources.hold_listing", by: actor, of: product)
  }

  /// - Throws: `not_found` for those who do not act for the merchant, `resources.hearing_answered`,
  ///   `resources.hearing_over`.
  func reply(
    _ text: String, to id: HearingID, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let hearing = try find(id, opening: cipher, in: transaction)
    let own = try merchants.represented(actor.person, transaction.community, transaction)
    guard own.contains(where: { $0.id == hearing.merchant }) else { throw Problem.notFound }
    if let refusal = HearingRules.refusal(toReplyTo: hearing, at: transaction.now) { throw refusal }
    try HearingStore.reply(text, to: id, by: actor.person, sealing: cipher, in: transaction)
    try transaction.note("resources.reply_to_station", by: actor, of: id.rawValue)
  }

  /// - Throws: `not_found`, `resources.report_stale`, `resources.hearing_too_early`, `resources.hearing_answered`.
  func decide(
    _ decision: Hearing.Decision, because reason: String, _ id: HearingID, seen: Int64,
    opening cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws {
    let hearing = try find(id, opening: cipher, in: transaction)
    guard hearing.revision == seen else { throw Problem.reportStale }
    try checkIsNotTheirs(hearing.merchant, actor, in: transaction)
    if let refusal = HearingRules.refusal(toDecide: hearing, as: decision, at: transaction.now) {
      throw refusal
    }
    try settle(hearing, as: decision, because: reason, by: actor, in: transaction)
  }

  /// What turned out to be unfounded is held against nobody any longer.
  func drop(
    about report: ScamReportID, opening cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws {
    let asked = try HearingStore.of(report, opening: cipher, in: transaction.community, transaction)
    for hearing in asked where hearing.decision == nil {
      try settle(
        hearing, as: .dropped, because: ScamReport.State.unfounded.name.chinese, by: actor, in: transaction)
    }
  }

  private func settle(
    _ hearing: Hearing, as decision: Hearing.Decision, because reason: String, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let id = hearing.id
    try HearingStore.decide(decision, because: reason, id, by: actor, in: transaction)
    if hearing.product != nil {
      if decision.releases {
        try listings.release(id.rawValue, transaction)
      } else {
        try listings.confirm(id.rawValue, transaction)
      }
    }
    try transaction.note("resources.decide_hearing", by: actor, of: id.rawValue, purpose: decision.rawValue)
    try notices.decide(hearing, decision, in: transaction)
  }

  /// The merchant has put right what was found to be true: the goods are sold again.
  /// - Throws: `not_found`, `resources.report_stale`, `resources.hearing_nothing_held`.
  func lift(
    _ id: HearingID, because reason: String, seen: Int64, opening cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let hearing = try find(id, opening: cipher, in: transaction)
    guard hearing.revision == seen else { throw Problem.reportStale }
    try checkIsNotTheirs(hearing.merchant, actor, in: transaction)
    if let refusal = HearingRules.refusal(toLift: hearing) { throw refusal }
    try HearingStore.decide(.corrected, because: reason, id, by: actor, in: transaction)
    try listings.release(id.rawValue, transaction)
    try transaction.note("resources.lift_hold", by: actor, of: id.rawValue)
    try notices.lift(hearing, in: transaction)
  }

  /// Nobody judges the shop for which they act.
  private func checkIsNotTheirs(
    _ merchant: MerchantID, _ actor: Actor, in transaction: Transaction
  ) throws {
    let own = try merchants.represented(actor.person, transaction.community, transaction)
    if own.contains(where: { $0.id == merchant }) { throw Problem.hearingOwnShop }
  }

  func find(_ id: HearingID, opening cipher: FieldCipher, in transaction: Transaction) throws -> Hearing {
    guard
      let hearing = try HearingStore.find(id, opening: cipher, in: transaction.community, transaction)
    else { throw Problem.notFound }
    return hearing
  }
}
