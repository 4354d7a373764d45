import Database
import Kernel
import People
import Security
import Statistics

/// Where a table is published. What the gate let through was judged by the ledger as it stood; it is recorded only if nothing
/// was published meanwhile, so that no two tables can be subtracted that were judged beside each other.
struct PublicationDesk: Sendable {
  /// Publishes what the gate let through.
  /// - Throws: as the function below.
  func publish(
    _ judged: PublicationReader.Judged, by actor: Actor, in transaction: Transaction
  ) throws -> EvidenceID {
    try publish(
      judged.result, judged.query.audience, of: judged.lock, after: judged.tables, by: actor, in: transaction)
  }

  /// - Parameter tables: how many had been published when the gate was asked.
  /// - Returns: the table; one that was published before by the same query is that one.
  /// - Throws: `publication.not_locked`, `publication.stale`.
  func publish(
    _ result: PublicationResult, _ audience: PublicationQuery.Audience, of lock: AnswerLock,
    after tables: Int64,
    by actor: Actor, in transaction: Transaction
  ) throws -> EvidenceID {
    let (id, community) = (lock.questionnaire, transaction.community)
    guard try LockStore.find(id, in: community, transaction)?.digest == lock.digest else {
      throw Problem.publicationNotLocked
    }
    if let same = try PublicationStore.same(result.queryDigest, of: id, in: community, transaction) {
      return same
    }
    guard try PublicationStore.ledger(of: id, in: community, transaction).tables == tables else {
      throw Problem.publicationStale
    }
    let evidence: EvidenceID = transaction.newIdentifier()
    try PublicationStore.insert(
      evidence, result, least: audience.least, sequence: tables + 1, of: lock, by: actor, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "surveys.table_publish", object: evidence.rawValue,
        detailDigest: result.queryDigest.bytes))
    return evidence
  }
}

extension Problem {
  static let publicationNotLocked = Problem(
    "publication.not_locked", status: 409,
    Phrase("先封存答案，才能公布。", "Answers have to be locked before anything of them is published."))

  static let publicationStale = Problem(
    "publication.stale", status: 409,
    Phrase("刚才有人公布了另一张表。", "Somebody published another table meanwhile."),
    advice: Phrase(
      "请再看一遍这张表会写出什么，再公布。", "Please look at what this table would show now, and publish it then."))

  /// Why the gate lets nothing through.
  static func publication(_ refusal: DisclosureRefusal) -> Problem {
    let title: Phrase =
      switch refusal {
      case .malformed: Phrase("这份数据不能这样列表。", "These answers cannot be laid out so.")
      case .ledgerDiffers:
        Phrase(
          "以前公布的表和封存的数据对不上，请告诉系统管理员。",
          "What was published before does not agree with the locked answers; please tell the operator.")
      case .nothingToShow:
        Phrase("人太少，一个数也不能写。", "There are too few people to show any number.")
      case .followsFromEarlier:
        Phrase(
          "和以前公布的表一减，就能认出少数几个人，所以不能公布。",
          "Beside tables that were published before, it would give small numbers away.")
      case .tooLarge:
        Phrase(
          "分得太细，没法证明倒推不出来，所以不公布。", "It is divided too finely to prove that nothing can be computed back.")
      case .alreadyReleased:
        Phrase("同样的数已经公布过了。", "The same figures were published before.")
      }
    return Problem(
      "publication.refused", status: 409, title,
      advice: Phrase("请少分几组，或者不加筛选。", "Please use fewer groups, or no filter."))
  }
}
