import Database
import Kernel

/// The accounts that a few journals touch, as they stand while these are written.
struct OpenBooks {
  struct Known {
    let id: AccountID
    var state: AccountState
  }

  private let community: CommunityID
  private let newIdentifier: () -> AccountID
  private let now: Timestamp
  private var accounts: [Account: Known]
  private(set) var accountRows = Rows(
    into: "ledger_account", "id", "community_id", "kind", "party_kind", "party_id", "campaign_id", "currency",
    "opened_at")
  private(set) var entryRows = Rows(
    into: "ledger_entry", "journal_id", "position", "community_id", "account_id", "sequence", "currency",
    "amount",
    "sum_before", "sum_after", "balance_before", "balance", "side", "last_position", "previous_position",
    "next_position", "previous_sequence")

  init(_ touched: [Account], in transaction: Transaction) throws {
    community = transaction.community
    newIdentifier = { transaction.newIdentifier(AccountKind.self) }
    now = transaction.now
    accounts = try Self.states(of: touched, in: transaction.community, transaction)
  }

  /// - Throws: `ledger.not_enough`, `money.overflow`.
  mutating func add(_ journal: Journal, as id: JournalID) throws {
    let last = journal.entries.count - 1
    var sum = Money.zero
    for (position, entry) in journal.entries.enumerated() {
      var known = account(entry.account, journal.currency)
      let before = known.state
      known.state = try before.after(entry)
      accounts[entry.account] = known
      let sumAfter = try sum.adding(entry.amount)
      entryRows.append(
        id, position, community, known.id, known.state.sequence, journal.currency.code, entry.amount, sum,
        sumAfter,
        before.balance, known.state.balance, entry.side, last, position == 0 ? nil : position - 1,
        position == last ? nil : position + 1, before.sequence == 0 ? nil : before.sequence)
      sum = sumAfter
    }
  }

  private mutating func account(_ account: Account, _ currency: Currency) -> Known {
    if let known = accounts[account] { return known }
    let known = Known(id: newIdentifier(), state: AccountState())
    accounts[account] = known
    let party = account.party.stored
    accountRows.append(
      known.id, community, account.kind, party.kind, party.id, account.campaign?.rawValue ?? 0, currency.code,
      now)
    return known
  }

  /// Those of these accounts that have been opened.
  static func states(
    of accounts: [Account], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Account: Known] {
    let wanted = Set(accounts)
    var known: [Account: Known] = [:]
    // By campaign too: a merchant and the community have accounts of every campaign that ever was.
    for (place, together) in Dictionary(grouping: wanted, by: Place.init) {
      let parties = Set(together.map { $0.party.stored.id }).sorted()
      let kinds = Set(together.map(\.kind.rawValue)).sorted()
      for some in snapshot.chunks(of: parties) {
        try readStates(place, some, kinds, community, snapshot) {
          if wanted.contains($0) { known[$0] = $1 }
        }
      }
    }
    return known
  }

  /// What accounts share that are read together.
  private struct Place: Hashable {
    let partyKind: String
    let campaign: Int64

    init(_ account: Account) {
      partyKind = account.party.stored.kind
      campaign = account.campaign?.rawValue ?? 0
    }
  }

  private static func readStates(
    _ place: Place, _ parties: [Int64], _ kinds: [String], _ community: CommunityID, _ snapshot: Snapshot,
    _ found: (Account, Known) -> Void
  ) throws {
    // From the accounts, so that each costs two seeks; from the entries, every one of them would be visited.
    try snapshot.forEach(
      """
      SELECT account.id, account.kind, account.party_kind, account.party_id, account.campaign_id, entry.sequence,
        entry.balance
      FROM ledger_account AS account CROSS JOIN ledger_entry AS entry
      WHERE account.community_id = \(community) AND account.kind IN \(list: kinds)
        AND account.party_kind = \(place.partyKind) AND account.party_id IN \(list: parties)
        AND account.campaign_id = \(place.campaign) AND entry.account_id = account.id AND entry.sequence = (
          SELECT max(last.sequence) FROM ledger_entry AS last WHERE last.account_id = account.id)
      """
    ) { row in
      let account = Account(
        try row[1], try Party(kind: row[2], id: row[3]), campaign: try CampaignID(stored: row[4]))
      found(account, Known(id: try row[0], state: AccountState(sequence: try row[5], balance: try row[6])))
    }
  }
}
