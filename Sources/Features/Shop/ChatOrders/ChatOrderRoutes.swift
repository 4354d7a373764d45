import Database
import HTTPTypes
import Hummingbird
package import Kernel
import People
import Security
package import Web

/// Lists from group chats: pasted, corrected and carried out by whoever runs the campaign; and the way out into the chat.
package struct ChatOrders: Sendable {
  static let limits = [RateLimit("shop.chat", 120, per: .minutes(1))]

  let database: Database
  let desk: ChatOrderDesk
  private let directory: Directory
  private let vault: Vault

  init(_ database: Database, desk: ChatOrderDesk, directory: Directory, vault: Vault) {
    self.database = database
    self.desk = desk
    self.directory = directory
    self.vault = vault
  }

  package func register(on routes: inout Routes) {
    let people = Access.Personal.roles(CampaignActor.roles)
    let own = Objects.own("campaigns that the leader runs")
    let base = "/desk/campaigns/:campaign/chat"
    routes.get(base, for: people, objects: own) { try await show($0) }
    routes.post(base, for: people, objects: own, limits: Self.limits, bodyLimit: .json) {
      try await paste($0)
    }
    routes.post("\(base)/answers", for: people, objects: own, limits: Self.limits) { try await answer($0) }
    routes.post("\(base)/orders", for: people, objects: own, limits: Self.limits) { try await place($0) }
    routes.post("\(base)/changes", for: people, objects: own, limits: Self.limits) { try await change($0) }
    registerOut(on: &routes, people, own)
    registerAPI(on: &routes, people, own)
  }

  // MARK: - What can be done

  /// Keeps a list in the place of the one before.
  /// - Throws: `form.invalid` naming `text` when there is nothing in it, or too much.
  package func paste(_ text: String, into campaign: Campaign, by actor: CampaignActor) async throws {
    guard text.contains(where: { !$0.isWhitespace }) else { throw Problem.chatNothingPasted }
    guard text.count <= ChatReader.characterLimit else { throw Problem.chatTooLong }
    if let line = ChatReader.longLine(of: text) { throw Problem.chatLineTooLong(line) }
    let opened = try await opened(campaign.community)
    try await database.write(in: campaign.community) {
      try desk.keep(text, for: campaign, by: actor, opened, in: $0)
    }
  }

  /// Places every order of the list that is certain.
  /// - Parameter revision: which state of the list was seen; nil for the present one.
  /// - Returns: how many were placed, and by line why others were refused.
  /// - Throws: `chat.stale` when the list is another than was seen.
  package func place(
    of campaign: Campaign, seen revision: Int64? = nil, by actor: CampaignActor
  ) async throws -> (placed: Int, refused: [Int: Problem]) {
    let opened = try await opened(campaign.community)
    return try await database.write(in: campaign.community) { transaction in
      let present = try ChatOrderStore.revision(of: campaign.id, in: transaction)
      return try desk.place(
        of: campaign, seen: revision ?? present ?? 0, by: actor, opened, in: transaction)
    }
  }

  // MARK: - Handlers

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await found(signedIn)
    var alerts: [HTML] = []
    if let placed = signedIn.query("placed").flatMap(Int.init) {
      alerts.append(
        PageParts.notice(
          signedIn.say("下好了 \(placed) 单。", "Placed \(signedIn.say.count(placed, "", "order"))."), .good))
    } else if signedIn.query("changed") != nil {
      alerts.append(PageParts.notice(signedIn.say("改好了。", "It is changed."), .good))
    }
    return try await page(campaign, .empty, alerts, signedIn)
  }

  private func paste(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await found(signedIn)
    let form = try await signedIn.form()
    let text = try form["text"] ?? ""
    do {
      try await paste(text, into: campaign, by: actor)
      return .redirect(to: "/desk/campaigns/\(campaign.id)/chat")
    } catch let problem as Problem where problem.status == 422 {
      return try await page(campaign, FormState(form, problem), [], signedIn, status: problem.status)
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await found(signedIn)
    let form = try await signedIn.form()
    let opened = try await opened(campaign.community)
    let position = Int(try form["line"] ?? "") ?? -1
    return try await answering(campaign, signedIn, to: "#line-\(position)") { transaction in
      guard let content = try desk.roll(of: campaign, opened, transaction),
        let row = content.roll.row(at: position)
      else { throw Problem.chatStale }
      let text = try ChatAnswerForm.text(form, of: row) { door in
        try directory.household(at: door, in: campaign.community, transaction) != nil
      }
      // What went on in further lines is part of the corrected one now.
      let further = content.roll.reading.lines.filter { $0.kind == .continuation(of: position) }
      try desk.correct(
        [(row.key, text)] + further.map { ($0.key, "") }, of: campaign, seen: try Self.revision(form),
        by: actor,
        opened, in: transaction)
    }
  }

  private func place(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await found(signedIn)
    let form = try await signedIn.form()
    do {
      let (placed, refused) = try await place(of: campaign, seen: try Self.revision(form), by: actor)
      guard !refused.isEmpty else {
        return .redirect(to: "/desk/campaigns/\(campaign.id)/chat?placed=\(placed)")
      }
      let say = signedIn.say
      let told = say(
        "下好了 \(placed) 单，\(refused.count) 单没下成，原因写在下面。",
        "Placed: \(placed). Not placed: \(refused.count), for the reasons below.")
      return try await page(
        campaign, .empty, [PageParts.notice(told, .bad)], signedIn, refused: refused, status: 409)
    } catch let problem as Problem where problem.status == 409 {
      return try await page(campaign, .empty, [Self.alert(problem, signedIn)], signedIn, status: 409)
    }
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, actor) = try await found(signedIn)
    let form = try await signedIn.form()
    let opened = try await opened(campaign.community)
    return try await answering(campaign, signedIn, to: "?changed=1") { transaction in
      try desk.change(
        at: Int(try form["line"] ?? "") ?? -1, of: campaign, seen: try Self.revision(form), by: actor, opened,
        in: transaction)
    }
  }

  // MARK: - Parts

  /// Does something to the list and shows it anew, with what was wrong where it was refused.
  private func answering(
    _ campaign: Campaign, _ signedIn: SignedIn, to place: String,
    _ body: @escaping @Sendable (Transaction) throws -> Void
  ) async throws -> Response {
    do {
      try await database.write(in: campaign.community) { try body($0) }
      return .redirect(to: "/desk/campaigns/\(campaign.id)/chat\(place)")
    } catch let problem as Problem
      where problem.status == 409 || problem.status == 422 || problem.status == 403
    {
      return try await page(
        campaign, .empty, [Self.alert(problem, signedIn)], signedIn, status: problem.status)
    }
  }

  private static func alert(_ problem: Problem, _ signedIn: SignedIn) -> HTML {
    let say = signedIn.say
    let details = problem.fields.map { say($0.message) } + (problem.advice.map { [say($0)] } ?? [])
    return PageParts.notice(([say(problem.title)] + details).joined(separator: " "), .bad)
  }

  private static func revision(_ form: Form) throws -> Int64 { Int64(try form["revision"] ?? "") ?? 0 }

  /// The campaign in the path, published and run by the person.
  func found(_ signedIn: SignedIn) async throws -> (campaign: Campaign, actor: CampaignActor) {
    let (campaign, actor) = try await database.campaign(runBy: signedIn)
    guard !campaign.isDraft else { throw Problem.notFound }
    guard campaign.audience == .households else { throw Problem.notFor(campaign.audience) }
    return (campaign, actor)
  }

  /// What opens the texts and the doors of a community; waits for its keys.
  func opened(_ community: CommunityID) async throws -> ChatOrderDesk.Opened {
    ChatOrderDesk.Opened(
      cipher: try await vault.cipher(for: KeyScope(community: community, dataClass: .contact)),
      doors: try await directory.doors(of: community))
  }

  private func page(
    _ campaign: Campaign, _ state: FormState, _ alerts: [HTML], _ signedIn: SignedIn,
    refused: [Int: Problem] = [:], status: Int = 200
  ) async throws -> Response {
    let opened = try await opened(campaign.community)
    let content = try await database.read { try self.content(campaign, opened, $0) }
    var pages = ChatOrderPages(campaign: campaign, say: signedIn.say, token: signedIn.formToken)
    pages.refused = refused
    let main = content.map { pages.page($0, state) } ?? pages.start(state)
    return .page(
      Page(
        title: signedIn.say("群接龙下单", "Orders from the group chat"), kind: .staff, main: main,
        alerts: alerts), signedIn, status: HTTPResponse.Status(code: status))
  }

  private func content(
    _ campaign: Campaign, _ opened: ChatOrderDesk.Opened, _ snapshot: Snapshot
  ) throws -> ChatOrderPages.Content? {
    guard let found = try desk.roll(of: campaign, opened, snapshot) else { return nil }
    let households = Set(found.roll.rows.compactMap(\.household))
    let persons = Set(found.roll.rows.compactMap(\.person) + found.roll.vanished.map(\.person))
    return ChatOrderPages.Content(
      paste: found.paste, roll: found.roll, items: found.items,
      doors: try opened.doors.labels(of: households, snapshot),
      names: try directory.displayNames(of: persons, in: campaign.community, snapshot))
  }
}
