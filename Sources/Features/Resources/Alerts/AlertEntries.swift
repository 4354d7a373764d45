package import Database
package import Kernel
package import People
package import Security

/// Reports, warnings and hearings entered from elsewhere in the program, by the rules of their desks.
package struct AlertEntries: Sendable {
  let market: CleanMarket

  /// What seals what is written of people.
  /// - Throws: what the storage of keys throws.
  package func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await market.ground.cipher(community)
  }

  /// Somebody tells of something, with all that they know.
  /// - Throws: as the desk of reports.
  package func report(
    _ kind: ScamReport.Kind, _ details: ScamReport.Details, sealing cipher: FieldCipher,
    by person: PersonID, in transaction: Transaction
  ) throws -> ScamReportID {
    let actor = Actor(person: person, role: .resident)
    let id = try market.reports.take(kind, from: person, by: actor, in: transaction)
    try market.reports.describe(id, details, sealing: cipher, by: actor, in: transaction)
    return id
  }

  /// The station looks into a report, or says what it found.
  /// - Throws: as the desk of reports.
  package func move(
    _ id: ScamReportID, to state: ScamReport.State, note: String, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let report = try market.reports.find(id, opening: cipher, in: transaction)
    try market.reports.move(
      id, to: state, note: note, seen: report.revision, sealing: cipher, by: actor, in: transaction)
  }

  /// Makes a warning of what was found to be true, and publishes it on its pages: of what is past no messages go out.
  /// - Throws: as the desk of warnings.
  package func warn(
    _ terms: AlertTerms, from id: ScamReportID, opening cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let report = try market.reports.find(id, opening: cipher, in: transaction)
    let card = try market.cards.make(terms, from: report, by: actor, in: transaction)
    try market.cards.publish(card, seen: 0, by: actor, in: transaction)
    try transaction.cancelJob(TellAlert.kind, key: card.description)
  }

  /// Asks a merchant for their side; nothing is held back meanwhile.
  /// - Throws: as the desk of hearings.
  package func ask(
    _ merchant: MerchantID, _ words: String, about id: ScamReportID, opening cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws -> HearingID {
    let report = try market.reports.find(id, opening: cipher, in: transaction)
    return try market.hearings.ask(
      HearingDesk.Charge(merchant: merchant, product: nil, words: words), about: report, by: actor,
      in: transaction)
  }

  /// - Throws: as the desk of hearings.
  package func reply(
    _ text: String, to id: HearingID, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws {
    try market.hearings.reply(text, to: id, sealing: cipher, by: actor, in: transaction)
  }
}

extension Resources {
  /// Where reports and warnings are entered from elsewhere in the program.
  package var alertEntries: AlertEntries { AlertEntries(market: cleanMarket) }
}
