import Database
import Kernel
import Security

/// The keys under which a household leaves its mark: one for each month and community, derived from the program's key.
///
/// The same household has another mark under every term and in every month, so that marks can be counted, but joined to
/// nothing: not to the household, not to what it looked for besides, not to the month before. Derived as in NIST SP 800-108
/// (a key derivation function in counter mode, with HMAC-SHA-256).
struct NeedKeys: Sendable {
  private let root: BlindIndex

  init(_ keys: DerivedKeys) {
    root = keys.blindIndex(table: "shop_need_mark", column: "mark")
  }

  func key(of month: Month, in community: CommunityID) -> NeedMonthKey {
    let label = "\(community)|\(month.description)"
    return NeedMonthKey(
      BlindIndex(key: root.value(of: "1|\(label)") + root.value(of: "2|\(label)")))
  }
}

/// The key of one month in one community.
struct NeedMonthKey: Sendable {
  private let index: BlindIndex

  fileprivate init(_ index: BlindIndex) {
    self.index = index
  }

  /// What a household leaves under a term: 16 bytes.
  func mark(of household: HouseholdID, for term: NeedTerm) -> [UInt8] {
    index.value(of: "term|\(household)|\(term.text)")
  }

  /// Under what a household's terms are counted, without saying which they are: 16 bytes.
  func allowance(of household: HouseholdID) -> [UInt8] { index.value(of: "allowance|\(household)") }

  /// Names the figures that a table was made of. Under a key, since small numbers could be found from a plain digest by
  /// trying them all.
  func digest(of figures: String) -> Digest {
    Digest(domain: 83, fields: [index.value(of: "data|\(figures)")])
  }
}
