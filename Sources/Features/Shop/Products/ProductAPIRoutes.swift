package import Database
import HTTPTypes
import Hummingbird
import Kernel
package import Web

/// Products for programs: everybody reads, a merchant's people write.
package struct ProductAPI: Sendable {
  /// One page of the catalogue as programs leaf through it.
  private struct PageKey: Hashable, Sendable {
    let community: CommunityID
    let category: ProductCategory?
    let after: ProductID?
    let limit: Int
  }

  private let database: Database
  /// Pages as bytes, until a product of the community changes.
  private let pages: Cache<PageKey, [UInt8]>

  package init(_ database: Database) {
    self.database = database
    pages = Cache(database, capacity: 100) { [.catalogue($0.community)] }
  }

  package func register(on routes: inout Routes) {
    let own = Objects.own("products of merchants that the person acts for")
    routes.get(
      "/api/v1/products", .everyone, objects: .community, operation: ProductOperations.list
    ) { try await list($0) }
    routes.get(
      "/api/v1/products/:product", .everyone, objects: .community, operation: ProductOperations.show
    ) { try await show($0) }
    routes.post(
      "/api/v1/products", for: MerchantDesk.members, objects: own, bodyLimit: .json,
      operation: ProductOperations.create
    ) { try await create($0) }
    routes.put(
      "/api/v1/products/:product", for: MerchantDesk.members, objects: own, bodyLimit: .json,
      operation: ProductOperations.change
    ) { try await change($0) }
  }

  private func list(_ visit: Visit) async throws -> Response {
    let limit = try APIQuery.limit(visit, range: 1...100, default: 50)
    let key = try visit.query("cursor").map { text in
      guard let id = ProductID(text) else { throw APIQuery.badCursor }
      return id
    }
    let category = try visit.query("category").map { text in
      guard let category = ProductCategory(rawValue: text) else { throw ProductOperations.unknownCategory }
      return category
    }
    let text = visit.query("q").map { String($0.prefix(60)) }
    if text != nil, category != nil { throw ProductOperations.searchOrCategory }
    let community = visit.community.id
    if let text {
      let found = try await database.read {
        try $0.searchProducts(text, in: community, after: key, limit: limit)
      }
      return .json(Self.document(found))
    }
    let bytes = try await pages.value(
      for: PageKey(community: community, category: category, after: key, limit: limit)
    ) {
      let page = try await database.read {
        try $0.catalogue(
          category.map(CatalogueFilter.category) ?? .all, in: community, after: key, limit: limit)
      }
      return Self.document(page).bytes
    }
    return .json(stored: bytes, status: .ok)
  }

  private static func document(_ page: KeysetPage<CatalogueProduct, ProductID>) -> JSONWriter {
    var json = JSONWriter(capacity: 256 + page.elements.count * 900)
    json.object { json in
      json.array("products", page.elements) { json, product in ProductJSON.write(product, to: &json) }
      json.field("next_cursor", page.next?.description)
    }
    return json
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id = try visit.id("product", of: ProductKind.self)
    let community = visit.community.id
    guard let found = try await database.read({ try $0.product(id, in: community) }) else {
      throw Problem.notFound
    }
    return .json(Self.document(found))
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    var body = try await signedIn.json().object()
    let merchant = body.identifier("merchant", of: MerchantKind.self)
    let draft = try ProductJSON.draft(&body)
    guard let merchant else { throw Problem.internalFault }
    let key = try Self.key(signedIn, "POST /api/v1/products", [merchant.description], draft)
    let community = signedIn.community.id
    let answer = try await database.write(in: community) { transaction in
      let actor = try transaction.merchantActor(
        signedIn.personID, roles: signedIn.roles, for: merchant, in: community)
      return try transaction.once(key) {
        let created = try transaction.createProduct(draft, by: actor)
        return StoredAnswer(status: 201, body: Self.document(created).bytes)
      }
    }
    return Self.response(answer)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let id = try signedIn.id("product", of: ProductKind.self)
    var body = try await signedIn.json().object()
    let expected = body.timestamp("changed_at")
    let draft = try ProductJSON.draft(&body)
    guard let expected else { throw Problem.internalFault }
    let key = try Self.key(
      signedIn, "PUT /api/v1/products", [id.description, expected.description], draft)
    let community = signedIn.community.id
    let answer = try await database.write(in: community) { transaction in
      guard let found = try transaction.product(id, in: community) else { throw Problem.notFound }
      let actor = try transaction.merchantActor(
        signedIn.personID, roles: signedIn.roles, for: found.product.merchant, in: community)
      return try transaction.once(key) {
        let changed = try transaction.changeProduct(id, draft, expected: expected, by: actor)
        return StoredAnswer(status: 200, body: Self.document(changed).bytes)
      }
    }
    return Self.response(answer)
  }

  /// The key under which a command is done once; it stands for the subjects and the draft that were sent.
  /// - Throws: `idempotency.key` when the header is missing or of another form.
  private static func key(
    _ signedIn: SignedIn, _ operation: StaticString, _ subjects: [String], _ draft: ProductDraft
  ) throws -> IdempotencyKey {
    let fields = ProductForm.form(of: draft).fields.map { "\($0.name)=\($0.value)" }
    return try IdempotencyKey(
      principal: signedIn.personID, operation: operation,
      key: keyName.flatMap { signedIn.request.headers[$0] } ?? "",
      body: Array((subjects + fields).joined(separator: "\0").utf8))
  }

  private static func response(_ answer: StoredAnswer) -> Response {
    var response = Response.json(stored: answer.body, status: HTTPResponse.Status(code: answer.status))
    if answer.isReplayed, let name = replayedName {
      response.headers.append(HTTPField(name: name, value: "true"))
    }
    return response
  }

  private static func document(_ found: CatalogueProduct) -> JSONWriter {
    var json = JSONWriter(capacity: 1024)
    ProductJSON.write(found, to: &json)
    return json
  }

  private static let keyName = HTTPField.Name("Idempotency-Key")
  private static let replayedName = HTTPField.Name("Idempotency-Replayed")
}

/// The API of products as the OpenAPI document describes it.
enum ProductOperations {
  static let list = Operation(
    "listProducts",
    Phrase("商品，新的在前；q 查找，或按 category 看。", "Products, newest first; found by q or of one category."),
    parameters: [
      .init("q", in: .query, .string(length: 1...60)),
      .init("category", in: .query, .enumeration(ProductCategory.allCases.map(\.rawValue))),
      APIQuery.cursorParameter, APIQuery.limitParameter,
    ], answers: [.init(200, Phrase("一页商品。", "A page of products."), ProductJSON.page)])

  static let show = Operation(
    "getProduct", Phrase("一件商品，下架的也在。", "A product, on the catalogue or not."),
    answers: [.init(200, Phrase("商品。", "The product."), ProductJSON.product)])

  static let create = Operation(
    "createProduct",
    Phrase(
      "商户加一件商品。同一个 Idempotency-Key 只加一件。", "Adds a merchant's product; one Idempotency-Key is one product."),
    parameters: [.idempotencyKey], request: ProductJSON.newProduct,
    answers: [.init(201, Phrase("商品已加。", "The product is added."), ProductJSON.product)])

  static let change = Operation(
    "changeProduct",
    Phrase(
      "改商品；changed_at 要和现在的一样，没有写到的规格不变。",
      "Changes a product; changed_at must be the present one, and sizes not named stay as they are."),
    parameters: [.idempotencyKey], request: ProductJSON.changedProduct,
    answers: [.init(200, Phrase("改好的商品。", "The changed product."), ProductJSON.product)])

  static let unknownCategory = Problem.invalid([
    FieldProblem("category", Phrase("没有这个分类。", "There is no such category."))
  ])

  static let searchOrCategory = Problem.invalid([
    FieldProblem("category", Phrase("q 和 category 只能用一个。", "Use either q or category, not both."))
  ])
}
