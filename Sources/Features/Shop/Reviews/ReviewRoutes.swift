package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import People
package import Web

/// Reviews of goods: read by everybody, written by households that collected them, answered by merchants and leaders.
package struct Reviews: Sendable {
  /// Reviews on one page.
  private static let pageSize = 20
  static let limits = [RateLimit("shop.review", 20, per: .minutes(1))]

  let database: Database
  private let directory: Directory
  var naming: ReviewNaming { ReviewNaming(directory: directory) }

  package init(_ database: Database, directory: Directory) {
    self.database = database
    self.directory = directory
  }

  package func register(on routes: inout Routes) {
    routes.get("/products/:product/reviews", .everyone, objects: .community) { try await ofProduct($0) }
    routes.get("/merchants/:merchant/reviews", .everyone, objects: .community) { try await ofMerchant($0) }
    let own = Objects.own("household's orders")
    let path = "/orders/:order/lines/:position/review"
    routes.get(path, for: .signedIn, objects: own) { signedIn in
      .page(try await page(signedIn, form: nil, problem: nil), signedIn)
    }
    routes.post(path, for: .signedIn, objects: own, limits: Self.limits) { try await write($0) }
    routes.post("\(path)/follow-up", for: .signedIn, objects: own, limits: Self.limits) {
      try await followUp($0)
    }
    let answerers = Access.Personal.roles(ReviewAnswerer.roles)
    let theirs = Objects.own("reviews of what the person sells or leads")
    routes.get("/desk/reviews", for: answerers, objects: theirs) { try await desk($0) }
    routes.post(
      "/desk/reviews/:review/answer", for: answerers, objects: theirs, limits: Self.limits
    ) { try await answer($0) }
    registerAPI(on: &routes)
  }

  // MARK: - Reading

  private func ofProduct(_ visit: Visit) async throws -> Response {
    let id = try visit.id("product", of: ProductKind.self)
    return try await all(of: .product(id), at: "/products/\(id)", visit) { snapshot in
      try snapshot.product(id, in: visit.community.id, includesArchived: true)?.product.name
    }
  }

  private func ofMerchant(_ visit: Visit) async throws -> Response {
    let id = try visit.id("merchant", of: MerchantKind.self)
    return try await all(of: .merchant(id), at: "/merchants/\(id)", visit) { snapshot in
      try snapshot.merchant(id, in: visit.community.id)?.name
    }
  }

  private func all(
    of filter: ReviewFilter, at path: String, _ visit: Visit,
    name: @escaping @Sendable (Snapshot) throws -> Phrase?
  ) async throws -> Response {
    let community = visit.community.id
    let key = visit.query("before").flatMap(ReviewID.init)
    let page = try await database.read { snapshot -> Page in
      guard let name = try name(snapshot) else { throw Problem.notFound }
      let found = try ReviewStore.page(
        of: filter, in: community, before: key, limit: Self.pageSize, snapshot)
      let summary =
        key == nil ? try ReviewStore.summary(of: filter, in: community, snapshot) : nil
      let signed = KeysetPage(
        elements: try naming.signed(found.elements, in: community, snapshot), next: found.next)
      return ReviewPages(say: visit.say).all(of: name, at: path, signed, summary: summary)
    }
    return .page(page, visit)
  }

  // MARK: - Writing

  /// What can be done with one line of an order.
  private enum Standing {
    case written(ShownReview)
    case open(OrderLine)
    /// The line cannot be reviewed, for this reason.
    case refused(OrderLine, Problem)
  }

  /// The form, or what the household has written, or why it cannot.
  /// - Throws: `not_found` for lines of other households' orders.
  private func page(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Page {
    let (order, position) = try Self.line(signedIn)
    let standing = try await database.read { try self.standing(position, of: order, signedIn, $0) }
    let state: FormState =
      if let form, let problem { FormState(form, problem) } else { .empty }
    let desk = ReviewPages.Desk(
      order: order, position: position, isCardSession: signedIn.session.isCardSession,
      formToken: signedIn.formToken, problem: problem, isDone: signedIn.query("done") != nil)
    let pages = ReviewPages(say: signedIn.say)
    return switch standing {
    case .written(let shown): pages.written(shown, desk, state)
    case .open(let line): pages.writing(line, desk, state)
    case .refused(let line, let problem): pages.refused(line, desk, problem)
    }
  }

  private func standing(
    _ position: Int, of id: OrderID, _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> Standing {
    let (author, community) = (try author(signedIn, snapshot), signedIn.community.id)
    guard let order = try OrderStore.find(id, in: community, snapshot), order.household == author.household,
      let line = order.lines.first(where: { $0.position == position })
    else { throw Problem.notFound }
    if let shown = try ReviewStore.find(position, of: id, in: community, snapshot) {
      return .written(try naming.signed([shown], in: community, snapshot)[0])
    }
    do {
      return .open(try ReviewStore.reviewable(position, of: id, by: author, in: community, snapshot).line)
    } catch let problem as Problem where problem.status == 409 {
      return .refused(line, problem)
    }
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let (order, position) = try Self.line(signedIn)
    return try await answering(signedIn) { form in
      let draft = try ReviewForm.draft(form)
      try await database.write(in: signedIn.community.id) { transaction in
        _ = try ReviewStore.write(
          draft, at: position, of: order, by: author(signedIn, transaction), in: transaction)
      }
    }
  }

  private func followUp(_ signedIn: SignedIn) async throws -> Response {
    let (order, position) = try Self.line(signedIn)
    return try await answering(signedIn) { form in
      let text = try ReviewForm.remark(form, "follow_up", by: .household)
      try await database.write(in: signedIn.community.id) { transaction in
        try ReviewStore.followUp(
          text, at: position, of: order, by: author(signedIn, transaction), in: transaction)
      }
    }
  }

  /// What cannot be done shows the page again, with everything that was typed.
  private func answering(
    _ signedIn: SignedIn, _ perform: (Form) async throws -> Void
  ) async throws -> Response {
    let (order, position) = try Self.line(signedIn)
    let form = try await signedIn.form()
    do {
      try await perform(form)
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      let page = try await page(signedIn, form: form, problem: problem)
      return .page(page, signedIn, status: HTTPResponse.Status(code: problem.status))
    }
    return .redirect(to: "/orders/\(order)/lines/\(position)/review?done=1")
  }

  // MARK: - Answering

  private func desk(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let cursor = signedIn.query("after").flatMap(ReviewDeskCursor.init)
    let (page, merchants) = try await database.read {
      snapshot -> (ReviewStore.DeskPage, [MerchantID]) in
      let merchants = try self.merchants(signedIn, snapshot)
      var filters = merchants.map(ReviewFilter.merchant)
      if signedIn.roles.contains(.leader) { filters.append(.leader(signedIn.personID)) }
      return (
        try ReviewStore.desk(filters, after: cursor, limit: Self.pageSize, in: community, snapshot), merchants
      )
    }
    let main = ReviewPages(say: signedIn.say).desk(
      page, isFirst: cursor == nil, isDone: signedIn.query("done") != nil, formToken: signedIn.formToken
    ) { shown in
      ReviewAnswerer(
        person: signedIn.personID, roles: signedIn.roles, merchants: merchants, of: shown.review)?.voice
    }
    return .page(main, signedIn)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("review", of: ReviewKind.self)
    let form = try await signedIn.form()
    let (_, answerer) = try await database.read { try answerable(id, signedIn, $0) }
    do {
      let text = try ReviewForm.remark(form, ReviewForm.answerField(id), by: answerer.voice)
      try await database.write(in: signedIn.community.id) { transaction in
        let (_, answerer) = try answerable(id, signedIn, transaction)
        try ReviewStore.answer(text, by: answerer, in: transaction)
      }
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      let (shown, answerer) = try await database.read { try answerable(id, signedIn, $0) }
      let page = ReviewPages(say: signedIn.say).refused(
        shown, answerer.voice, FormState(form, problem), problem, formToken: signedIn.formToken)
      return .page(page, signedIn, status: HTTPResponse.Status(code: problem.status))
    }
    return .redirect(to: "/desk/reviews?done=1")
  }

  /// - Throws: `not_found` where the person has nothing to say to it.
  private func answerable(
    _ id: ReviewID, _ signedIn: SignedIn, _ snapshot: Snapshot
  ) throws -> (ShownReview, ReviewAnswerer) {
    guard let shown = try ReviewStore.find(id, in: signedIn.community.id, snapshot),
      let answerer = ReviewAnswerer(
        person: signedIn.personID, roles: signedIn.roles, merchants: try merchants(signedIn, snapshot),
        of: shown.review)
    else { throw Problem.notFound }
    return (shown, answerer)
  }

  // MARK: - Parts

  private func merchants(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> [MerchantID] {
    guard signedIn.roles.contains(.merchant) else { return [] }
    return try snapshot.merchants(of: signedIn.personID, in: signedIn.community.id).map(\.id)
  }

  /// - Throws: `not_found` for people of no household, who have no orders.
  func author(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> ReviewAuthor {
    guard let household = signedIn.householdID else { throw Problem.notFound }
    return ReviewAuthor(
      person: signedIn.personID, household: household,
      members: try directory.persons(of: household, in: signedIn.community.id, snapshot))
  }

  static func line(_ signedIn: SignedIn) throws -> (order: OrderID, position: Int) {
    guard let position = Int(try signedIn.parameter("position")) else { throw Problem.notFound }
    return (try signedIn.id("order"), position)
  }
}
