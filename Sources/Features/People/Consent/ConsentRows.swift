import Database
import Kernel
import Security

extension SeparateConsent: Storable {}
extension ConsentEvidence.Giver: Storable {}
extension ConsentEvidence.Method: Storable {}
extension ConsentState: Storable {}

extension Digest {
  /// - Throws: `DatabaseError.unexpectedValue`.
  static func read(_ bytes: [UInt8]) throws -> Digest {
    guard let digest = Digest(stored: bytes) else { throw DatabaseError.unexpectedValue("no digest") }
    return digest
  }
}

extension Notice {
  static let columns: Query = """
    id, code, version, separate_for, title_zh, title_en, body_zh, body_en, spoken_zh, spoken_en, purposes,
    categories, recipients, retention_zh, retention_en, contact_zh, contact_en, withdrawal_zh, withdrawal_en,
    digest
    """

  init(_ row: borrowing Row) throws {
    let content = NoticeContent(
      code: try row[1], version: try row[2], separateFor: try row[3], title: Phrase(try row[4], try row[5]),
      body: Phrase(try row[6], try row[7]), spoken: Phrase(try row[8], try row[9]),
      purposes: try ChoiceList.choices(try row[10]), categories: try ChoiceList.choices(try row[11]),
      recipients: try ChoiceList.choices(try row[12]), retention: Phrase(try row[13], try row[14]),
      contact: Phrase(try row[15], try row[16]), withdrawal: Phrase(try row[17], try row[18]))
    self.init(id: try row[0], content: content, digest: try Digest.read(try row[19]))
  }
}

/// A consent as its row tells it, before its events are read.
struct ConsentRow {
  static let columns: Query = """
    id, subject_id, notice_id, notice_digest, purposes, categories, recipients, recipient_id, given_by,
    giver_id, method, witness_id, place, expires_at, asked_at, asked_by_id, asked_by_role, matter_id
    """

  let id: ConsentID
  let terms: ConsentTerms
  let askedAt: Timestamp
  let askedBy: Actor

  init(_ row: borrowing Row) throws {
    id = try row[0]
    terms = ConsentTerms(
      subject: try row[1], notice: try row[2], noticeDigest: try Digest.read(try row[3]),
      purposes: try ChoiceList.choices(try row[4]), categories: try ChoiceList.choices(try row[5]),
      recipients: try ChoiceList.choices(try row[6]), recipient: try row[7],
      matter: try row[17],
      evidence: ConsentEvidence(
        givenBy: try row[8], giver: try row[9], method: try row[10], witness: try row[11],
        place: try row[12]),
      expires: try row[13])
    askedAt = try row[14]
    askedBy = Actor(person: try row[15], role: try row[16])
  }

  func with(_ events: [ConsentEvent]) -> Consent {
    Consent(id: id, terms: terms, askedAt: askedAt, askedBy: askedBy, events: events)
  }
}
