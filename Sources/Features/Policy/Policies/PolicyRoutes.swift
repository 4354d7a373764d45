import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// What other capabilities offer beside a policy: links for its pages.
struct PolicyLinks: Sendable {
  typealias Links = @Sendable (PolicyID, CommunityID, Snapshot) throws -> [NavigationItem]

  /// For neighbours, such as the check who may be eligible.
  let forReaders: Links
  /// For those who write the library, such as the rule behind that check.
  let forAuthors: Links

  static let none = PolicyLinks(forReaders: { _, _, _ in [] }, forAuthors: { _, _, _ in [] })
}

/// The library's doors for everybody, signed in or not.
struct PolicyDoors: Sendable {
  private static let pageSize = 30
  private static let recentCount = 5
  static let limits = [RateLimit("policy.receipt", 60, per: .minutes(10))]

  let database: Database
  let receipts: PolicyReceiptDesk
  let links: PolicyLinks

  static let navigation: [NavigationItem] = [
    NavigationItem(PolicyPages.base, Phrase("政策", "Policies")),
    NavigationItem(PolicyDeskPages.base, Phrase("政策库", "Policy library"), roles: PolicyRules.authors),
  ]

  func register(on routes: inout Routes) {
    routes.get("/policies", .everyone, objects: .community) { try await list($0) }
    routes.get("/policies/:policy", .everyone, objects: .community) { visit in
      .page(try await page(visit, nil, []), visit)
    }
    routes.get("/policies/:policy/versions/:number", .everyone, objects: .community) { visit in
      .page(try await page(visit, try Self.number(visit), []), visit)
    }
    routes.get("/policies/:policy/paper", .everyone, objects: .community) { try await paper($0) }
    routes.post(
      "/policies/:policy/receipt", for: .signedIn, objects: .own("receipts of policies"), limits: Self.limits
    ) { try await read($0) }
  }

  static func today(_ visit: Visit) -> PolicyDay {
    PolicyDay(visit.now, offsetSeconds: visit.community.offsetSeconds)
  }

  private func pages(_ visit: Visit) -> PolicyPages {
    PolicyPages(
      say: visit.say, token: visit.formToken, today: Self.today(visit), isSignedIn: visit.session != nil,
      phone: visit.community.phoneNumber)
  }

  // MARK: - All

  private func list(_ visit: Visit) async throws -> Response {
    let (today, community) = (Self.today(visit), visit.community.id)
    let filter = PolicyFilter(
      field: visit.query("field").flatMap(PolicyField.init),
      level: visit.query("level").flatMap(PolicyLevel.init),
      text: visit.query("q").map { String($0.prefix(60)) } ?? "",
      inForceOn: visit.query("now") == nil ? nil : today)
    let after = visit.query("after").flatMap { PolicyID($0) }
    let person = visit.session?.personID
    let page = try await database.read { snapshot in
      let found = try PolicyListStore.page(
        filter, on: today, after: after, limit: Self.pageSize, in: community, snapshot)
      let isWhole = filter == PolicyFilter() && after == nil
      let changed =
        isWhole
        ? try PolicyListStore.changed(on: today, limit: Self.recentCount, in: community, snapshot) : []
      var isFollowed: Bool?
      if let person, let field = filter.field {
        isFollowed = try PolicyFollowStore.follows(.field(field), person, in: community, snapshot)
      }
      return pages(visit).list(
        found, filter, changed: changed, isFirst: after == nil, isFollowed: isFollowed, key: Form.newKey)
    }
    return .page(page, visit)
  }

  // MARK: - One

  /// The number in the path.
  /// - Throws: `not_found` where it is none.
  static func number(_ visit: Visit) throws -> Int64 {
    guard let number = Int64(try visit.parameter("number")), number > 0 else { throw Problem.notFound }
    return number
  }

  /// - Parameter number: the version to show; nil for the one that counts.
  private func page(_ visit: Visit, _ number: Int64?, _ alerts: [HTML]) async throws -> Page {
    let view = try await database.read { try self.view(visit, number, $0) }
    let said = visit.query("said").map { _ in
      [PageParts.notice(visit.say("记下了，谢谢您。", "Noted, thank you."), .good)]
    }
    return pages(visit).policy(view, key: Form.newKey, alerts: (said ?? []) + alerts)
  }

  /// - Throws: `not_found` alike for what is not there and what was never published.
  private func view(_ visit: Visit, _ number: Int64?, _ snapshot: Snapshot) throws -> PolicyPages.View {
    let id: PolicyID = try visit.id("policy")
    let (today, community) = (Self.today(visit), visit.community.id)
    guard let shown = try PolicyListStore.find(id, on: today, in: community, snapshot) else {
      throw Problem.notFound
    }
    let versions = try PolicyVersionStore.all(of: id, in: community, snapshot)
    let wanted = number ?? shown.version.number
    guard let version = versions.first(where: { $0.number == wanted }) else { throw Problem.notFound }
    var receipt: PolicyReceipt?
    var isFollowed = false
    if let person = visit.session?.personID {
      receipt = try PolicyReceiptStore.find(wanted, of: id, by: person, in: community, snapshot)
      isFollowed = try PolicyFollowStore.follows(.policy(id), person, in: community, snapshot)
    }
    return PolicyPages.View(
      shown: shown, version: version, versions: versions,
      successors: try PolicyListStore.successors(of: id, on: today, in: community, snapshot),
      titles: try Self.titles(
        of: versions.compactMap(\.content.document.replaces), on: today, in: community, snapshot),
      receipt: receipt, isFollowed: isFollowed, links: try links.forReaders(id, community, snapshot))
  }

  /// What policies are called that were published.
  static func titles(
    of ids: [PolicyID], on day: PolicyDay, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyID: Phrase] {
    let found = try PolicyListStore.find(Set(ids).sorted(), on: day, in: community, snapshot)
    return Dictionary(found.map { ($0.head.id, $0.version.content.title) }) { first, _ in first }
  }

  private func paper(_ visit: Visit) async throws -> Response {
    let number = visit.query("version").flatMap { Int64($0) }
    let view = try await database.read { try self.view(visit, number, $0) }
    return .page(pages(visit).paper(view.shown, view.version), visit)
  }

  // MARK: - Receipts

  private func read(_ signedIn: SignedIn) async throws -> Response {
    let id: PolicyID = try signedIn.id("policy")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await page(signedIn.visit, nil, alerts) },
      work: {
        var reader = FormReader(form)
        let version = reader.integer("version", in: 1...1_000_000)
        let answer = reader.choice("answer", of: PolicyReceipt.Answer.self)
        try reader.finish()
        guard let version, let answer else { throw Problem.staleForm }
        let key = try form.onceKey("POST /policies/:policy/receipt", signedIn)
        let person = signedIn.personID
        try await database.change(in: signedIn.community.id, once: key) { [receipts] in
          try receipts.read(version, of: id, answer, by: person, in: $0)
        }
        return .redirect(to: "\(PolicyPages.path(of: version, id))?said=1")
      })
  }
}
