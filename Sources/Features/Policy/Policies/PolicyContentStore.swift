import Database
import Kernel
import People
import Security

extension PolicyLevel: Storable {}
extension PolicyField: Storable {}
extension PolicyBenefit.Unit: Storable {}
extension PolicyBenefit.Period: Storable {}

/// One kept text: which draft, and which time.
struct PolicyTextKey: Hashable, Sendable {
  let draft: PolicyDraftID
  let revision: Int64
}

/// The queries of what versions say.
enum PolicyContentStore {
  static func insert(
    _ content: PolicyContent, at key: PolicyTextKey, of policy: PolicyID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let (document, words, english) = (content.document, content.words, content.english)
    var rows = Rows(
      into: "policy_text", "draft_id", "revision", "community_id", "policy_id", "title", "title_en", "issuer",
      "document_number", "level", "field", "area", "issued_day", "effective_day", "expires_day", "source",
      "file_digest", "replaces_id", "summary", "summary_en", "audience", "steps", "steps_en", "documents",
      "place", "hours", "phone", "what_changed", "written_at", "written_by_id", "written_by_role")
    rows.append(values: [
      key.draft.storedValue, key.revision.storedValue, transaction.community.storedValue, policy.storedValue,
      document.title.storedValue, english.title.storedValue, document.issuer.storedValue,
      document.number.storedValue, document.level.storedValue, document.field.storedValue,
      document.area.storedValue, document.issued.storedValue, document.effective.storedValue,
      document.expires.storedValue, document.source.storedValue, document.file.map(\.bytes).storedValue,
      document.replaces.storedValue, words.summary.storedValue, english.summary.storedValue,
      words.audience.storedValue, text(words.steps), text(english.steps), text(words.documents),
      words.place.storedValue, words.hours.storedValue, words.phone.storedValue,
      content.whatChanged.storedValue, transaction.now.storedValue, actor.person.storedValue,
      actor.role.storedValue,
    ])
    try transaction.insert(rows)
    try insert(words.benefits, at: key, in: transaction)
  }

  private static func insert(
    _ benefits: [PolicyBenefit], at key: PolicyTextKey, in transaction: Transaction
  ) throws {
    var rows = Rows(
      into: "policy_benefit", "draft_id", "revision", "position", "community_id", "what", "hundredths",
      "unit",
      "period")
    for (index, benefit) in benefits.enumerated() {
      rows.append(values: [
        key.draft.storedValue, key.revision.storedValue, .integer(Int64(index + 1)),
        transaction.community.storedValue, benefit.what.storedValue,
        (benefit.amount?.hundredths).storedValue, (benefit.amount?.unit).storedValue,
        benefit.period.storedValue,
      ])
    }
    try transaction.insert(rows)
  }

  private static func text(_ lines: [String]) -> Value { .text(lines.joined(separator: "\n")) }

  /// The columns of a text named `content`, in the order in which `content(_:from:)` reads them.
  static let columns: Query = """
    content.draft_id, content.revision, content.title, content.title_en, content.issuer,
    content.document_number, content.level, content.field, content.area, content.issued_day,
    content.effective_day, content.expires_day, content.source, content.file_digest, content.replaces_id,
    content.summary, content.summary_en, content.audience, content.steps, content.steps_en, content.documents,
    content.place, content.hours, content.phone, content.what_changed, content.written_at,
    content.written_by_id, content.written_by_role
    """
  static let columnCount = 28

  /// A text without its benefits, which stand in another table.
  struct Kept {
    let key: PolicyTextKey
    var content: PolicyContent
    let writtenAt: Timestamp
    let writtenBy: Actor
  }

  /// - Parameter start: the column at which `columns` begin.
  static func kept(_ row: borrowing Row, from start: Int = 0) throws -> Kept {
    let file: [UInt8]? = try row[start + 13]
    let document = PolicyDocument(
      title: try row[start + 2], issuer: try row[start + 4], number: try row[start + 5],
      level: try row[start + 6], field: try row[start + 7], area: try row[start + 8],
      issued: try row[start + 9], effective: try row[start + 10], expires: try row[start + 11],
      source: try row[start + 12], file: file.flatMap { Digest(stored: $0) }, replaces: try row[start + 14])
    let words = PolicyPlainWords(
      summary: try row[start + 15], audience: try row[start + 17], steps: lines(try row[start + 18]),
      documents: lines(try row[start + 20]), place: try row[start + 21], hours: try row[start + 22],
      phone: try row[start + 23])
    let english = PolicyEnglishWords(
      title: try row[start + 3], summary: try row[start + 16], steps: lines(try row[start + 19]))
    return Kept(
      key: PolicyTextKey(draft: try row[start], revision: try row[start + 1]),
      content: PolicyContent(
        document: document, words: words, english: english, whatChanged: try row[start + 24]),
      writtenAt: try row[start + 25],
      writtenBy: Actor(person: try row[start + 26], role: try row[start + 27]))
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  /// The benefits of these texts, in their order.
  static func benefits(
    of keys: [PolicyTextKey], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyTextKey: [PolicyBenefit]] {
    let wanted = Set(keys)
    var found: [PolicyTextKey: [PolicyBenefit]] = [:]
    for part in snapshot.chunks(of: Set(keys.map(\.draft)).sorted()) {
      try snapshot.forEach(
        """
        SELECT draft_id, revision, what, hundredths, unit, period FROM policy_benefit
        WHERE draft_id IN \(list: part) AND community_id = \(community)
        ORDER BY draft_id, revision, position
        """
      ) { row in
        let key = PolicyTextKey(draft: try row[0], revision: try row[1])
        guard wanted.contains(key) else { return }
        let hundredths: Int64? = try row[3]
        let unit: PolicyBenefit.Unit? = try row[4]
        var amount: PolicyBenefit.Amount?
        if let hundredths, let unit { amount = PolicyBenefit.Amount(hundredths: hundredths, unit: unit) }
        found[key, default: []].append(
          PolicyBenefit(what: try row[2], amount: amount, period: try row[5]))
      }
    }
    return found
  }
}
