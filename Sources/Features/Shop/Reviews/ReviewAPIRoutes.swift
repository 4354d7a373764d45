import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Reviews {
  func registerAPI(on routes: inout Routes) {
    routes.get(
      "/api/v1/products/:product/reviews", .everyone, objects: .community, operation: ReviewOperations.list
    ) { try await listByAPI($0) }
    routes.post(
      "/api/v1/orders/:order/lines/:position/review", for: .signedIn, objects: .own("household's orders"),
      limits: Self.limits, operation: ReviewOperations.write
    ) { try await writeByAPI($0) }
  }

  private func listByAPI(_ visit: Visit) async throws -> Response {
    let id = try visit.id("product", of: ProductKind.self)
    let limit = try APIQuery.limit(visit, range: 1...100, default: 50)
    let key = try visit.query("cursor").map { text in
      guard let id = ReviewID(text) else { throw APIQuery.badCursor }
      return id
    }
    let community = visit.community.id
    let (page, summary) = try await database.read { snapshot in
      guard try snapshot.product(id, in: community, includesArchived: true) != nil else {
        throw Problem.notFound
      }
      let found = try ReviewStore.page(of: .product(id), in: community, before: key, limit: limit, snapshot)
      return (
        KeysetPage(elements: try naming.signed(found.elements, in: community, snapshot), next: found.next),
        try ReviewStore.summary(of: .product(id), in: community, snapshot)
      )
    }
    return .json(ReviewJSON.document(page, summary, offsetSeconds: visit.community.offsetSeconds))
  }

  private func writeByAPI(_ signedIn: SignedIn) async throws -> Response {
    let (order, position) = try Self.line(signedIn)
    let draft = try ReviewJSON.draft(try await signedIn.json())
    let key = try IdempotencyKey(
      principal: signedIn.personID, operation: "POST /api/v1/orders/lines/review",
      key: Self.keyName.flatMap { signedIn.request.headers[$0] } ?? "",
      body: Array("\(order)\0\(position)\0\(draft.rating.stars)\0\(draft.text.text)".utf8))
    let offset = signedIn.community.offsetSeconds
    let answer = try await database.write(in: signedIn.community.id) { transaction in
      try transaction.once(key) {
        // Not signed: the answer is kept under its key, and no kept text may hold a name.
        let shown = try ReviewStore.write(
          draft, at: position, of: order, by: author(signedIn, transaction), in: transaction)
        return StoredAnswer(status: 201, body: ReviewJSON.document(shown, offsetSeconds: offset).bytes)
      }
    }
    var response = Response.json(stored: answer.body, status: HTTPResponse.Status(code: answer.status))
    if answer.isReplayed, let name = Self.replayedName {
      response.headers.append(HTTPField(name: name, value: "true"))
    }
    return response
  }

  private static let keyName = HTTPField.Name("Idempotency-Key")
  private static let replayedName = HTTPField.Name("Idempotency-Replayed")
}
