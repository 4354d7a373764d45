import Kernel
import Security

/// What identifies a journal: what happened, under whom and when it counts, and which amounts it moved between which
/// accounts. Made of the texts and numbers as they are stored, so that rows in which nothing can be read have one too.
struct JournalDigest {
  private var fields: [String]

  init(
    id: JournalID, kind: String, sourceKind: String, sourceID: Int64, campaign: Int64, reverses: Int64?,
    currency: String, actor: Int64, datedAt: Int64
  ) {
    fields = [
      id.description, kind, sourceKind, String(sourceID), String(campaign), String(reverses ?? 0), currency,
      String(actor), String(datedAt),
    ]
  }

  /// Adds the next entry.
  mutating func add(kind: String, partyKind: String, party: Int64, campaign: Int64, amount: Int64) {
    fields += [kind, partyKind, String(party), String(campaign), String(amount)]
  }

  /// 32 bytes.
  var bytes: [UInt8] { Digest(domain: 1, fields: fields.map { Array($0.utf8) }).bytes }
}
