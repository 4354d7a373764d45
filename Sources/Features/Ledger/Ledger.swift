package import Database
package import Kernel
package import People
package import Security
package import Web

/// The front door of the Ledger: what came in, what went out, and who has which part of it.
package struct Ledger: Sendable {
  let database: Database
  let vault: Vault
  let directory: Directory
  let trade: TradeDirectory
  /// Where we speak with payment services.
  package let gateways: GatewayDesk
  /// The daily bills of payment services, fetched by the program itself.
  package let bills: ServiceBills

  /// - Parameters:
  ///   - vault: what payers are called, their accounts and what they wrote are kept under its keys.
  ///   - directory: what the Ledger may ask about people.
  ///   - trade: what the Ledger may ask about campaigns, orders and merchants.
  ///   - gateways: the payment services that are set up.
  package init(
    database: Database, vault: Vault, directory: Directory, trade: TradeDirectory, gateways: GatewayDesk
  ) {
    self.database = database
    self.vault = vault
    self.directory = directory
    self.trade = trade
    self.gateways = gateways
    bills = ServiceBills(
      database: database, vault: vault, directory: directory,
      importer: StatementImporter(trade: trade, finder: NameFinder(trade: trade, directory: directory)),
      gateways: gateways.gateways, logger: gateways.logger)
  }

  /// Where the Ledger is entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/money", Phrase("我的账", "My money"), roles: PartyAccounts.roles),
    NavigationItem("/money/office", Phrase("账房", "Money office"), roles: Office.roles),
    FundDesk.navigation,
  ]

  /// All doors of the Ledger.
  package func register(on routes: inout Routes) {
    let finder = NameFinder(trade: trade, directory: directory)
    PartyAccounts(database: database, trade: trade, finder: finder).register(on: &routes)
    Statements(database: database, trade: trade, finder: finder).register(on: &routes)
    Office(database: database, finder: finder).register(on: &routes)
    RefundDoors(
      database: database, finder: finder,
      desk: RefundDesk(database: database, vault: vault, gateways: gateways)
    ).register(on: &routes)
    FundDesk(database: database, directory: directory).register(on: &routes)
    PaymentDoors(database: database, trade: trade, desk: gateways).register(on: &routes)
    StatementImports(database: database, vault: vault, trade: trade, finder: finder).register(on: &routes)
    Suspense(database: database, vault: vault, trade: trade, finder: finder).register(on: &routes)
  }

  /// What the Ledger does later.
  package var jobs: [JobHandler] { [MatureCampaign.handler, Funds.handler, StatementUploadExpiry.handler] }

  /// What the Ledger keeps of persons. Which orders are somebody's, trade says.
  package var personRecords: PersonRecords { MoneyRecords.all(ordersOf: trade.ordersOf) }

  /// How long the Ledger keeps what.
  package static let retentionRules = [
    RetentionRule(
      Phrase("账目、付款、退款、结算和对账流水", "Journals, payments, refunds, payouts and statements"),
      term: Phrase("一直保存，不改也不删", "For good: they are neither changed nor deleted"),
      reason: Phrase(
        "会计资料要依法保存（《会计法》第二十三条）；交易信息至少保存三年（《电子商务法》第三十一条）。",
        "Accounting records are kept by law (Accounting Law art. 23), and records of transactions for three years at least (E-Commerce Law art. 31)."
      )),
    StatementUploadExpiry.rule,
  ]

  /// Every way in which the books contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    let communities = try directory.communities(snapshot)
    return try snapshot.breaches(of: LedgerInvariants.invariants)
      + communities.flatMap { try JournalAudit.breaches(in: $0, snapshot) }
  }
}
