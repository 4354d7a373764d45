import Database
import Kernel
import People
import Security

/// Where a neighbour's question is passed on and its answer comes back, without a number or a door.
struct AssetQuestionDesk: Sendable {
  let directory: Directory
  let merchants: MerchantDirectory
  let notices: AssetNotices

  private var gate: AssetGate { AssetGate(directory: directory) }

  /// - Throws: `not_found` for what the asker cannot see.
  @discardableResult
  func ask(
    _ text: String, about id: AssetID, sealing cipher: FieldCipher, by person: PersonID,
    in transaction: Transaction
  ) throws -> AssetQuestionID {
    let community = transaction.community
    let found = try AssetStore.shown([id], to: .residents, in: community, transaction)
    guard let asset = try gate.shown(found, in: community, transaction).first else {
      throw Problem.notFound
    }
    let receiver = try receiver(of: asset.terms, in: transaction)
    let question = AssetQuestion(
      id: transaction.newIdentifier(), asset: id, asker: person, receiver: receiver, text: text,
      askedAt: transaction.now, answer: nil, answeredAt: nil)
    try AssetQuestionStore.insert(question, sealing: cipher, in: transaction)
    try AssetJobs.schedule(question.id, in: transaction)
    try transaction.note("resources.asset_ask", by: Actor(person: person, role: .resident), of: id.rawValue)
    try notices.asked(question.id, about: asset, receiver: receiver, in: transaction)
    return question.id
  }

  /// Organisations, merchants for whom nobody acts and entries without a holder are asked through the station.
  private func receiver(of terms: AssetTerms, in transaction: Transaction) throws -> Party? {
    guard terms.contact == .message, let holder = terms.holder, holder.kind != .organisation else {
      return nil
    }
    guard let merchant = holder.merchant else { return holder }
    return try merchants.persons(merchant, transaction.community, transaction).isEmpty ? nil : holder
  }

  /// - Throws: `not_found` for what went to somebody else, `resources.asset_answered`.
  func answer(
    _ id: AssetQuestionID, _ text: String, sealing cipher: FieldCipher, by actor: Actor,
    asStation: Bool, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard let question = try AssetQuestionStore.find(id, opening: cipher, in: community, transaction),
      asStation
        ? question.receiver == nil
        : try receives(question, actor.person, in: community, transaction),
      let asset = try AssetStore.find(question.asset, in: community, transaction)
    else { throw Problem.notFound }
    guard question.answeredAt == nil else { throw Problem.assetAnswered }
    try AssetQuestionStore.answer(id, text, by: actor, sealing: cipher, in: transaction)
    try transaction.note("resources.asset_answer", by: actor, of: id.rawValue)
    try notices.answered(question, about: asset, in: transaction)
  }

  private func receives(
    _ question: AssetQuestion, _ person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Bool {
    guard let receiver = question.receiver else { return false }
    if receiver.person == person { return true }
    return try merchants.represented(person, community, snapshot).contains { receiver.merchant == $0.id }
  }

  /// What came to a person, or to merchants for whom they act.
  func received(
    by person: PersonID, limit: Int, opening cipher: FieldCipher, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [AssetQuestion] {
    let merchants = try merchants.represented(person, community, snapshot)
    return try ([.person(person)] + merchants.map { .merchant($0.id) }).flatMap {
      try AssetQuestionStore.received(
        by: $0, limit: limit, opening: cipher, in: community, snapshot)
    }
  }
}
