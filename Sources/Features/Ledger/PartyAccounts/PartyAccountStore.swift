package import Database
package import Kernel

/// The queries of parties' accounts.
package enum PartyAccountStore {
  /// The accounts of these parties, in their order.
  static func accounts(
    of parties: [Party], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PartyAccount] {
    try parties.map { party in
      let stored = party.stored
      var account = PartyAccount(party)
      let open = try snapshot.all(
        """
        SELECT kind, campaign_id FROM ledger_account WHERE community_id = \(community) AND party_kind = \(stored.kind)
          AND party_id = \(stored.id) AND kind IN ('earned', 'payable') ORDER BY id
        """
      ) { row in Account(try row[0], party, campaign: try CampaignID(stored: row[1])) }
      let balances = try JournalStore.balances(of: open, in: community, snapshot)
      for (key, balance) in balances {
        let amount = try Money.zero.subtracting(balance)
        if let campaign = key.campaign {
          if amount != .zero { account.earned[campaign] = amount }
        } else {
          account.payable = amount
        }
      }
      return account
    }
  }

  /// Every party that has a part in anything, those with most to be paid first.
  package static func all(in community: CommunityID, _ snapshot: Snapshot) throws -> [PartyAccount] {
    let parties = try snapshot.all(
      """
      SELECT DISTINCT party_kind, party_id FROM ledger_account
      WHERE community_id = \(community) AND kind IN ('earned', 'payable')
      """
    ) { row in try Party(kind: row[0], id: row[1]) }
    return try accounts(of: parties, in: community, snapshot).filter { !$0.isEmpty }
      .sorted { ($1.payable, $0.party) < ($0.payable, $1.party) }
  }

  /// The movements of one party, the newest first; of one campaign where it is named, oldest first then, so that a person
  /// can add them up.
  static func movements(
    of party: Party, campaign: CampaignID?, before last: JournalID?, limit: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [PartyMovement] {
    let stored = party.stored
    let which: Query =
      campaign.map {
        "AND journal.campaign_id = \($0) AND journal.kind <> 'matured'"
      } ?? "AND journal.kind <> 'matured' AND journal.id < \(last ?? JournalID(rawValue: .max))"
    let order: Query = campaign == nil ? "journal.id DESC" : "journal.id"
    return try snapshot.all(
      """
      SELECT journal.id, journal.kind, journal.source_kind, journal.dated_at, journal.campaign_id,
        (SELECT min(account.party_id) FROM ledger_entry AS side JOIN ledger_account AS account
          ON account.id = side.account_id WHERE side.journal_id = journal.id AND account.party_kind = 'order'),
        (SELECT CAST(sum(side.amount) AS BIGINT) FROM ledger_entry AS side JOIN ledger_account AS account
          ON account.id = side.account_id WHERE side.journal_id = journal.id AND account.party_kind = 'order'),
        CAST(-sum(entry.amount) AS BIGINT)
      FROM ledger_account AS own JOIN ledger_entry AS entry ON entry.account_id = own.id
        JOIN ledger_journal AS journal ON journal.id = entry.journal_id
      WHERE own.community_id = \(community) AND own.party_kind = \(stored.kind) AND own.party_id = \(stored.id)
        AND own.kind IN ('earned', 'payable') \(which)
      GROUP BY journal.id, journal.kind, journal.source_kind, journal.dated_at, journal.campaign_id ORDER BY \(order) LIMIT \(limit)
      """
    ) { row in
      PartyMovement(
        journal: try row[0], kind: try row[1], source: try row[2], at: try row[3],
        campaign: try CampaignID(stored: row[4]), order: try row[5], goods: try row[6], amount: try row[7])
    }
  }

  /// The campaigns that a party had a part in, the newest first.
  static func campaigns(
    of party: Party, limit: Int, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(campaign: CampaignID, net: Money)] {
    let stored = party.stored
    return try snapshot.all(
      """
      SELECT journal.campaign_id, CAST(-sum(entry.amount) AS BIGINT)
      FROM ledger_account AS own JOIN ledger_entry AS entry ON entry.account_id = own.id
        JOIN ledger_journal AS journal ON journal.id = entry.journal_id
      WHERE own.community_id = \(community) AND own.party_kind = \(stored.kind) AND own.party_id = \(stored.id)
        AND own.kind IN ('earned', 'payable') AND journal.kind <> 'matured' AND journal.campaign_id <> 0
      GROUP BY journal.campaign_id ORDER BY journal.campaign_id DESC LIMIT \(limit)
      """
    ) { row in (campaign: try row[0], net: try row[1]) }
  }

  /// Who holds banknotes, most first.
  static func cashHolders(
    in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(person: PersonID, amount: Money)] {
    let persons: [PersonID] = try snapshot.values(
      """
      SELECT party_id FROM ledger_account
      WHERE community_id = \(community) AND party_kind = 'person' AND kind = 'cash_in_hand' ORDER BY id
      """)
    let accounts = persons.map { Account(.cashInHand, .person($0)) }
    let balances = try JournalStore.balances(of: accounts, in: community, snapshot)
    return persons.map { ($0, balances[Account(.cashInHand, .person($0))] ?? .zero) }
      .filter { $0.1 != .zero }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}
