package import Database
package import Kernel
package import People
package import Security

/// Where quotes are made, reworded, agreed to and taken away.
package struct QuoteDesk: Sendable {
  let directory: Directory

  /// Makes a quote of a passage. It may be shown once `QuoteRules.standing` says so.
  /// - Throws: `not_found`, `record.open`, `form.invalid` where the words give somebody away.
  @discardableResult
  package func make(
    _ draft: QuoteForm.Draft, of id: FieldRecordID, in study: StudyID, by actor: Actor,
    sealing cipher: FieldCipher, _ transaction: Transaction
  ) throws -> QuoteID {
    let community = transaction.community
    guard let record = try FieldRecordStore.find(id, in: community, transaction), record.study == study
    else { throw Problem.notFound }
    guard FieldRecordRules.isLocked(record, at: transaction.now) else { throw Problem.recordOpen }
    let passages = try FieldRecordStore.passages(of: id, opening: cipher, in: community, transaction)
    guard passages.contains(where: { $0.number == draft.passage }) else { throw Problem.notFound }
    try check(draft.words, of: record.facts.speaker, transaction)
    let quote: QuoteID = transaction.newIdentifier()
    try QuoteStore.insert(
      Quote(
        id: quote, study: study, record: id, passage: draft.passage, kind: record.facts.kind,
        speaker: record.facts.speaker, words: draft.words,
        digest: QuoteRules.digest(draft.words, of: quote), revision: 1),
      by: actor, sealing: cipher, in: transaction)
    try transaction.audit(
      "surveys.quote_make", by: actor, of: quote.rawValue, onBehalfOf: record.facts.speaker)
    return quote
  }

  /// Rewords it. Whoever is not known agreed to other words then, and has to be asked again.
  /// - Throws: `not_found`, `study.stale`, `form.invalid` where the words give somebody away.
  func reword(
    _ words: String, _ id: QuoteID, of study: StudyID, seen: Int64, by actor: Actor,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let quote = try find(id, of: study, cipher, transaction)
    guard quote.revision == seen else { throw Problem.studyStale }
    try check(words, of: quote.speaker, transaction)
    try QuoteStore.reword(
      Quote(
        id: id, study: study, record: quote.record, passage: quote.passage, kind: quote.kind,
        speaker: quote.speaker, words: words, digest: QuoteRules.digest(words, of: id),
        revision: quote.revision + 1), by: actor, sealing: cipher, in: transaction)
    try transaction.audit("surveys.quote_reword", by: actor, of: id.rawValue, onBehalfOf: quote.speaker)
  }

  /// Writes down that somebody who is not known was read these very words and agreed, before a witness.
  ///
  /// - Parameter seen: the revision of the words that were read to them.
  /// - Throws: `not_found`, `study.stale`, `quote.known_speaker`, `quote.witness`.
  package func agree(
    _ id: QuoteID, of study: StudyID, seen: Int64, witness: PersonID, by actor: Actor,
    opening cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let quote = try find(id, of: study, cipher, transaction)
    guard quote.speaker == nil else { throw Problem.quoteKnown }
    guard quote.revision == seen else { throw Problem.studyStale }
    let staff = try SurveyStaff.roles.flatMap {
      try directory.persons(holding: $0, in: transaction.community, transaction)
    }
    guard witness != actor.person, staff.contains(witness) else { throw Problem.quoteWitness }
    try insert(
      QuoteAgreement(
        kind: .given, digest: quote.digest, witness: witness, at: transaction.now, actor: actor), to: quote,
      transaction)
    try transaction.audit("surveys.quote_agree", by: actor, of: id.rawValue)
  }

  /// Writes down that somebody who is not known took it back.
  /// - Throws: `not_found`, `quote.known_speaker`.
  func takeBack(
    _ id: QuoteID, of study: StudyID, by actor: Actor, opening cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let quote = try find(id, of: study, cipher, transaction)
    guard quote.speaker == nil else { throw Problem.quoteKnown }
    try insert(
      QuoteAgreement(
        kind: .withdrawn, digest: quote.digest, witness: nil, at: transaction.now, actor: actor), to: quote,
      transaction)
    try transaction.audit("surveys.quote_take_back", by: actor, of: id.rawValue)
  }

  /// Deletes it.
  /// - Throws: `not_found`.
  func delete(
    _ id: QuoteID, of study: StudyID, by actor: Actor, opening cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let quote = try find(id, of: study, cipher, transaction)
    try QuoteStore.delete(id, in: transaction)
    try transaction.audit("surveys.quote_delete", by: actor, of: id.rawValue, onBehalfOf: quote.speaker)
  }

  // MARK: - Parts

  private func find(
    _ id: QuoteID, of study: StudyID, _ cipher: FieldCipher, _ transaction: Transaction
  ) throws -> Quote {
    guard
      let quote = try QuoteStore.find(id, opening: cipher, in: transaction.community, transaction),
      quote.study == study
    else { throw Problem.notFound }
    return quote
  }

  private func check(_ words: String, of speaker: PersonID?, _ transaction: Transaction) throws {
    let names = try directory.displayNames(
      of: [speaker].compactMap(\.self), in: transaction.community, transaction)
    if let fault = QuoteRules.fault(of: words, names: Array(names.values)) {
      throw Problem.invalid([FieldProblem("words", fault)])
    }
  }

  private func insert(
    _ agreement: QuoteAgreement, to quote: Quote, _ transaction: Transaction
  ) throws {
    let earlier = try QuoteStore.agreements(to: [quote.id], in: transaction.community, transaction)
    try QuoteStore.insert(
      agreement, to: quote.id, sequence: Int64((earlier[quote.id] ?? []).count + 1), in: transaction)
  }
}
