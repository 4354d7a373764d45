package import Database
import Kernel
package import People
package import Security
import Web

/// Where notes are taken, corrected while they are fresh, locked, added to and taken back.
package struct FieldRecordDesk: Sendable {
  let directory: Directory

  /// Takes one record.
  ///
  /// - Parameter cipher: of what people say to the community, fetched before the transaction.
  /// - Throws: `not_found`, `study.closed`, `form.invalid` for what does not go together or a number that nobody has.
  @discardableResult
  package func take(
    _ draft: FieldRecordForm.Draft, of id: StudyID, by actor: Actor, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws -> FieldRecord {
    let community = transaction.community
    guard var study = try StudyStore.find(id, in: community, transaction) else { throw Problem.notFound }
    guard study.state == .open else { throw Problem.studyClosed }
    guard let terms = try StudyStore.version(draft.version, of: id, in: community, transaction)?.terms else {
      throw Problem.staleForm
    }
    let facts = try facts(of: draft, in: transaction)
    study.records += 1
    let record = FieldRecord(
      id: transaction.newIdentifier(), study: id, number: study.records, version: draft.version,
      facts: facts, recordedAt: transaction.now, recordedBy: actor, lockedAt: nil, withdrawnAt: nil)
    try StudyStore.keep(study, in: transaction)
    try FieldRecordStore.insert(record, in: transaction)
    try insert(fitting(draft.notes, terms), 0, of: record, by: actor, cipher, transaction)
    try transaction.audit(
      "surveys.record_take", by: actor, of: record.id.rawValue, onBehalfOf: facts.speaker)
    return record
  }

  private func facts(
    of draft: FieldRecordForm.Draft, in transaction: Transaction
  ) throws -> FieldRecord.Facts {
    let speaker = try draft.phone.map {
      try directory.person(withPhone: $0, in: transaction.community, transaction)
    }
    let facts = FieldRecord.Facts(
      kind: draft.kind, way: draft.way, minutes: draft.minutes, people: draft.people,
      agreement: draft.agreement, speaker: speaker ?? nil, happenedAt: draft.happenedAt)
    var faults = FieldRecordRules.faults(of: facts, isNamed: draft.phone != nil, at: transaction.now)
    if draft.phone != nil, facts.speaker == nil {
      faults.append(
        FieldProblem(
          "phone",
          Phrase(
            "没有登记过这个电话的居民；不知道是谁就空着。",
            "No resident has this number; leave it empty where it is nobody we know.")))
    }
    guard faults.isEmpty else { throw Problem.invalid(faults) }
    return facts
  }

  /// Answers to questions that the guide does not have are kept as free notes, so that no word is lost.
  private func fitting(_ notes: FieldNotes, _ terms: StudyTerms) -> FieldNotes {
    var fitting = notes
    fitting.answers = notes.answers.filter { terms.guide.indices.contains($0.key) }
    let others = notes.answers.filter { fitting.answers[$0.key] == nil }.sorted { $0.key < $1.key }
    fitting.free = (others.map(\.value) + [notes.free]).filter { !$0.isEmpty }.joined(separator: "\n")
    return fitting
  }

  /// Corrects notes that are not locked yet.
  /// - Throws: `not_found`, `record.not_own`, `record.locked`, `record.withdrawn`, `study.stale`.
  func correct(
    _ notes: FieldNotes, _ id: FieldRecordID, of study: StudyID, seen: Int64, by actor: Actor,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let record = try open(id, of: study, transaction)
    try checkMayCorrect(record, actor, transaction)
    let community = transaction.community
    guard
      let text = try FieldRecordStore.texts(of: id, opening: cipher, in: community, transaction).first,
      let terms = try StudyStore.version(record.version, of: study, in: community, transaction)?.terms
    else { throw Problem.notFound }
    guard text.revision == seen else { throw Problem.studyStale }
    try FieldRecordStore.correct(
      FieldText(
        id: text.id, sequence: 0, revision: text.revision + 1, notes: fitting(notes, terms),
        writtenAt: text.writtenAt, writtenBy: text.writtenBy), sealing: cipher, in: transaction)
    try transaction.audit("surveys.record_correct", by: actor, of: id.rawValue)
  }

  /// Says that the notes are complete, so that they may be coded before three days have passed.
  /// - Throws: `not_found`, `record.not_own`, `record.locked`, `record.withdrawn`.
  package func lock(_ id: FieldRecordID, of study: StudyID, by actor: Actor, in transaction: Transaction)
    throws
  {
    let record = try open(id, of: study, transaction)
    try checkMayCorrect(record, actor, transaction)
    try FieldRecordStore.lock(id, in: transaction)
    try transaction.audit("surveys.record_lock", by: actor, of: id.rawValue)
  }

  /// Adds to notes that are locked. What stood there before stays as it is.
  /// - Throws: `not_found`, `record.withdrawn`, `record.open` while they can still be corrected.
  func add(
    _ notes: FieldNotes, to id: FieldRecordID, of study: StudyID, by actor: Actor,
    sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    let record = try open(id, of: study, transaction)
    guard FieldRecordRules.isLocked(record, at: transaction.now) else { throw Problem.recordOpen }
    let texts = try FieldRecordStore.texts(
      of: id, opening: cipher, in: transaction.community, transaction)
    guard let last = texts.last else { throw Problem.recordWithdrawn }
    try insert(notes, last.sequence + 1, of: record, by: actor, cipher, transaction)
    try transaction.audit("surveys.record_add", by: actor, of: id.rawValue)
  }

  /// Deletes the words, and the quotes made of them, because whoever said them does not want them kept. What was counted of
  /// them stays, without a word. Source: PIPL art. 15 and 47.
  /// - Throws: `not_found`, `record.withdrawn`.
  func withdraw(
    _ id: FieldRecordID, of study: StudyID, by actor: Actor, in transaction: Transaction
  ) throws {
    let record = try open(id, of: study, transaction)
    try QuoteStore.delete(of: id, in: transaction)
    try FieldRecordStore.withdraw(id, in: transaction)
    try transaction.audit(
      "surveys.record_withdraw", by: actor, of: id.rawValue, onBehalfOf: record.facts.speaker)
  }

  // MARK: - Parts

  private func checkMayCorrect(
    _ record: FieldRecord, _ actor: Actor, _ transaction: Transaction
  ) throws {
    guard record.recordedBy.person == actor.person else { throw Problem.recordNotOwn }
    guard FieldRecordRules.mayCorrect(record, actor.person, at: transaction.now) else {
      throw Problem.recordLocked
    }
  }

  private func open(
    _ id: FieldRecordID, of study: StudyID, _ transaction: Transaction
  ) throws -> FieldRecord {
    guard let record = try FieldRecordStore.find(id, in: transaction.community, transaction),
      record.study == study
    else { throw Problem.notFound }
    guard record.withdrawnAt == nil else { throw Problem.recordWithdrawn }
    return record
  }

  private func insert(
    _ notes: FieldNotes, _ sequence: Int64, of record: FieldRecord, by actor: Actor, _ cipher: FieldCipher,
    _ transaction: Transaction
  ) throws {
    try FieldRecordStore.insert(
      FieldText(
        id: transaction.newIdentifier(), sequence: sequence, revision: 1, notes: notes,
        writtenAt: transaction.now, writtenBy: actor), of: record.id, sealing: cipher, in: transaction)
  }
}

extension Problem {
  static let recordOpen = Problem(
    "record.open", status: 409,
    Phrase("记录还没定稿，请记的人直接改。", "These notes are not locked yet; whoever took them can still correct them."))
}
