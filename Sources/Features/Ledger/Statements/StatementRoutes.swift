import Database
import Hummingbird
import Interop
import Kernel
import People
import Web

/// Statements of campaigns and of parties, as pages and as files.
struct Statements: Sendable {
  let database: Database
  let trade: TradeDirectory
  let finder: NameFinder
  private static let pageSize = 50
  /// Rows of one party's spreadsheet.
  private static let sheetLimit = 50_000
  private static let staff: Set<Role> = [.committee, .operator]

  func register(on routes: inout Routes) {
    let runners = Access.Personal.roles(Self.staff.union([.leader]))
    let own = Objects.own("statements of campaigns that the person leads")
    routes.get("/money/campaigns/:campaign", for: runners, objects: own) {
      try await campaign($0, isPrint: false)
    }
    routes.get("/money/campaigns/:campaign/print", for: runners, objects: own) {
      try await campaign($0, isPrint: true)
    }
    routes.get("/money/campaigns/:campaign/xlsx", for: runners, objects: own) { signedIn in
      let (_, statement, names) = try await read(signedIn)
      let sheets = StatementSheets(say: signedIn.say, names: names).campaign(statement)
      return try await sheet(sheets, named: signedIn.say("对账单", "statement"))
    }
    routes.get("/money/campaigns/:campaign/csv", for: runners, objects: own) { signedIn in
      let (_, statement, names) = try await read(signedIn)
      let table = StatementSheets(say: signedIn.say, names: names).orders(statement)
      let writer = CSVWriter()
      return .file(
        try writer.write(table), name: "\(signedIn.say("对账单", "statement")).csv", type: writer.mediaType)
    }
    let parties = Access.Personal.roles(Self.staff.union(PartyAccounts.roles))
    let ownParts = Objects.own("part, and those of the person's merchants")
    routes.get("/money/parts/:kind/:party", for: parties, objects: ownParts) { try await party($0) }
    routes.get("/money/parts/:kind/:party/xlsx", for: parties, objects: ownParts) { try await partySheet($0) }
  }

  // MARK: - Campaigns

  private func campaign(_ signedIn: SignedIn, isPrint: Bool) async throws -> Response {
    let (id, statement, names) = try await read(signedIn)
    let say = signedIn.say
    let main = StatementPages(say: say, names: names).campaign(id, statement, isPrint: isPrint)
    return .page(Page(title: say("对账单", "Statement"), kind: isPrint ? .print : .staff, main: main), signedIn)
  }

  private func read(_ signedIn: SignedIn) async throws -> (CampaignID, CampaignStatement, Names) {
    let id: CampaignID = try signedIn.id("campaign")
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let isStaff = !signedIn.roles.isDisjoint(with: Self.staff)
    return try await database.read { snapshot in
      guard let campaign = try trade.campaigns([id], community, snapshot)[id],
        isStaff || campaign.leader == person
      else { throw Problem.notFound }
      let statement = try CampaignStatement(
        JournalStore.list(ofCampaign: id, in: community, snapshot))
      let names = try finder.names(
        parties: statement.parts.map(\.party) + statement.orders.map { .order($0.order) }, campaigns: [id],
        people: [], in: community, snapshot)
      return (id, statement, names)
    }
  }

  /// Writing a workbook waits for a disk, so it runs on a database thread.
  private func sheet(_ tables: [SheetTable], named name: String) async throws -> Response {
    let bytes = try await database.read { _ in try XLSXWriter.write(tables) }
    return .file(bytes, name: "\(name).xlsx", type: XLSXWriter.mediaType)
  }

  // MARK: - Parties

  /// - Throws: `not_found` for a party that is not the person's own, unless they are staff.
  private func party(named signedIn: SignedIn, _ snapshot: Snapshot) throws -> Party {
    guard
      let party = PartyAddress.party(
        kind: try signedIn.parameter("kind"), id: try signedIn.parameter("party"))
    else { throw Problem.notFound }
    if !signedIn.roles.isDisjoint(with: Self.staff) { return party }
    switch party {
    case .person(let id) where id == signedIn.personID: return party
    case .merchant(let id):
      guard try trade.merchantsOf(signedIn.personID, signedIn.community.id, snapshot).contains(id) else {
        throw Problem.notFound
      }
      return party
    default: throw Problem.notFound
    }
  }

  private struct PartyContent: Sendable {
    let account: PartyAccount
    let campaign: CampaignID?
    let movements: [PartyMovement]
    let names: Names
  }

  private func content(_ signedIn: SignedIn, limit: Int) async throws -> PartyContent {
    let campaign = signedIn.query("campaign").flatMap { CampaignID($0) }
    let before = signedIn.query("before").flatMap { JournalID($0) }
    let community = signedIn.community.id
    return try await database.read { snapshot in
      let party = try party(named: signedIn, snapshot)
      guard let account = try PartyAccountStore.accounts(of: [party], in: community, snapshot).first else {
        throw Problem.notFound
      }
      let movements = try PartyAccountStore.movements(
        of: party, campaign: campaign, before: before, limit: campaign == nil ? limit : Self.sheetLimit,
        in: community, snapshot)
      let names = try finder.names(
        parties: [party] + movements.compactMap { $0.order.map { .order($0) } },
        campaigns: movements.compactMap(\.campaign) + (campaign.map { [$0] } ?? []), people: [],
        in: community,
        snapshot)
      return PartyContent(account: account, campaign: campaign, movements: movements, names: names)
    }
  }

  private func party(_ signedIn: SignedIn) async throws -> Response {
    let content = try await content(signedIn, limit: Self.pageSize + 1)
    let say = signedIn.say
    let shown = content.campaign == nil ? Array(content.movements.prefix(Self.pageSize)) : content.movements
    let next = content.movements.count > shown.count ? shown.last?.journal : nil
    let main = StatementPages(say: say, names: content.names).party(
      content.account, shown, campaign: content.campaign, next: next, path: signedIn.path)
    return .page(Page(title: say("对账单", "Statement"), kind: .staff, main: main), signedIn)
  }

  private func partySheet(_ signedIn: SignedIn) async throws -> Response {
    let content = try await content(signedIn, limit: Self.sheetLimit)
    let table = StatementSheets(say: signedIn.say, names: content.names).party(
      content.account, content.movements)
    return try await sheet([table], named: signedIn.say("对账单", "statement"))
  }
}
