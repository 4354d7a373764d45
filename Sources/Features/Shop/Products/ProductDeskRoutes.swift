package import Database
import HTTPTypes
import Hummingbird
package import Interop
import Kernel
package import Web

/// Where a merchant's people look after its products.
package struct ProductDesk: Sendable {
  private static let pageSize = 30
  let database: Database
  let importer: ProductImporter
  private let pictures: PictureReencoder

  package init(_ database: Database, pictures: PictureReencoder) {
    self.database = database
    self.pictures = pictures
    importer = ProductImporter(database: database)
  }

  package func register(on routes: inout Routes) {
    let access = MerchantDesk.members
    let own = Objects.own("products of merchants that the person acts for")
    routes.get("/desk/products", for: access, objects: own) { try await entrance($0) }
    routes.get("/desk/merchants/:merchant/products", for: access, objects: own) { try await list($0) }
    routes.get("/desk/merchants/:merchant/products/new", for: access, objects: own) { signedIn in
      let (merchant, _) = try await merchant(signedIn)
      return .page(newForm(Self.blank, merchant, signedIn), signedIn)
    }
    routes.post("/desk/merchants/:merchant/products", for: access, objects: own) { try await create($0) }
    routes.get("/desk/products/:product", for: access, objects: own) { try await edit($0) }
    routes.post("/desk/products/:product", for: access, objects: own) { try await change($0) }
    routes.post("/desk/products/:product/archive", for: access, objects: own) {
      try await setArchived(true, $0)
    }
    routes.post("/desk/products/:product/restore", for: access, objects: own) {
      try await setArchived(false, $0)
    }
    routes.post(
      "/desk/products/:product/picture", for: access, objects: own,
      limits: [RateLimit("product picture", 20, per: .minutes(1))], bodyLimit: .upload
    ) {
      try await setPicture($0)
    }
    registerImport(on: &routes, access, own)
  }

  // MARK: - Handlers

  /// Straight to the products of whoever has one shop; a choice for everyone else.
  private func entrance(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let own = try await database.read { try $0.merchants(of: signedIn.personID, in: community) }
    if own.count == 1, !MerchantActor.isStaff(signedIn.roles), let merchant = own.first {
      return .redirect(to: "/desk/merchants/\(merchant.id)/products")
    }
    return .redirect(to: "/desk/merchants")
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _) = try await merchant(signedIn)
    let text = String((signedIn.query("q") ?? "").prefix(60))
    let isArchived = signedIn.query("archived") == "on"
    let key = signedIn.query("after").flatMap(ProductID.init)
    let page = try await database.read { snapshot -> Page in
      let found =
        text.isEmpty || isArchived
        ? try snapshot.catalogue(
          isArchived ? .archived(merchant.id) : .merchant(merchant.id), in: merchant.community, after: key,
          limit: Self.pageSize)
        : try snapshot.searchProducts(
          text, in: merchant.community, merchant: merchant.id, after: key, limit: Self.pageSize)
      let sizes = try snapshot.pictureSizes(
        found.elements.compactMap(\.product.picture), in: merchant.community)
      return pages(merchant, signedIn).list(
        found, search: text, isArchived: isArchived, isFirst: key == nil, sizes: sizes,
        alerts: Self.alerts(signedIn))
    }
    return .page(page, signedIn)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await merchant(signedIn)
    let form = try await signedIn.form()
    do {
      let draft = try ProductForm.draft(form)
      let created = try await database.write(in: merchant.community) {
        try $0.createProduct(draft, by: actor)
      }
      return .redirect(to: "/desk/products/\(created.product.id)?saved=on")
    } catch let problem as Problem where problem.status == 422 {
      return .page(
        newForm(form, merchant, signedIn, problem: problem), signedIn, status: .unprocessableContent)
    }
  }

  private func edit(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _, found) = try await product(signedIn)
    let page = editForm(
      ProductForm.form(of: ProductDraft(found)), found, merchant, signedIn, alerts: Self.alerts(signedIn))
    return .page(page, signedIn)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor, found) = try await product(signedIn)
    let form = try await signedIn.form()
    do {
      let draft = try ProductForm.draft(form)
      guard let expected = try form["changed_at"].flatMap(Int64.init) else {
        throw Problem.productChangedMeanwhile
      }
      try await database.write(in: merchant.community) { transaction in
        try transaction.changeProduct(
          found.product.id, draft, expected: Timestamp(microseconds: expected), by: actor)
      }
      return .redirect(to: "/desk/products/\(found.product.id)?saved=on")
    } catch let problem as Problem where problem.status == 422 || problem.status == 409 {
      let stale = problem.status == 409
      let alert = PageParts.notice(
        signedIn.say(problem.title) + (problem.advice.map { " " + signedIn.say($0) } ?? ""), .bad)
      let page = editForm(
        form, found, merchant, signedIn, problem: problem, keepsVersion: !stale,
        alerts: problem.fields.isEmpty ? [alert] : [])
      return .page(page, signedIn, status: HTTPResponse.Status(code: problem.status))
    }
  }

  private func setArchived(_ isArchived: Bool, _ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor, found) = try await product(signedIn)
    try await database.write(in: merchant.community) {
      try $0.setArchived(isArchived, product: found.product.id, by: actor)
    }
    return .redirect(to: "/desk/products/\(found.product.id)?saved=on")
  }

  private func setPicture(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor, found) = try await product(signedIn)
    guard let file = try await signedIn.form().file("picture") else {
      throw Problem.invalid([
        FieldProblem("picture", Phrase("还没有选照片。", "No photo was chosen."))
      ])
    }
    let picture = try await Picture.upload(
      file.bytes, as: database.identifiers.next(), through: pictures)
    try await database.write(in: merchant.community) { transaction in
      try transaction.insertPictures([picture])
      try transaction.setPicture(picture.id, product: found.product.id, by: actor)
    }
    return .redirect(to: "/desk/products/\(found.product.id)?saved=on")
  }

  // MARK: - Parts

  /// The merchant in the path, if the person may act for it.
  /// - Throws: `not_found` for every other one.
  func merchant(_ signedIn: SignedIn) async throws -> (Merchant, MerchantActor) {
    let id = try signedIn.id("merchant", of: MerchantKind.self)
    return try await database.read { try $0.ownMerchant(id, signedIn) }
  }

  /// The product in the path with all its variants, if the person may act for its merchant.
  /// - Throws: `not_found` for every other one.
  private func product(_ signedIn: SignedIn) async throws -> (Merchant, MerchantActor, CatalogueProduct) {
    let id = try signedIn.id("product", of: ProductKind.self)
    let community = signedIn.community.id
    return try await database.read { snapshot in
      guard let found = try snapshot.product(id, in: community, includesArchived: true) else {
        throw Problem.notFound
      }
      let (merchant, actor) = try snapshot.ownMerchant(found.product.merchant, signedIn)
      return (merchant, actor, found)
    }
  }

  private static let blank = Form([
    "variants.0.unit": Unit.bag.code, "variants.0.case_size": "1", "storage": ProductStorage.ambient.rawValue,
  ])

  private func newForm(
    _ form: Form, _ merchant: Merchant, _ signedIn: SignedIn, problem: Problem? = nil
  ) -> Page {
    pages(merchant, signedIn).form(
      FormState(form, problems: problem?.fields ?? []), of: nil,
      variants: max(1, ProductForm.variantCount(form)), changedAt: nil)
  }

  /// - Parameter keepsVersion: whether saving again still notices what happened since the page was first opened; after
  ///   a refusal for that reason the person has been told, and saves over it.
  private func editForm(
    _ form: Form, _ found: CatalogueProduct, _ merchant: Merchant, _ signedIn: SignedIn,
    problem: Problem? = nil, keepsVersion: Bool = false, alerts: [HTML]
  ) -> Page {
    let sent = keepsVersion ? form.fields.first { $0.name == "changed_at" }.flatMap { Int64($0.value) } : nil
    let stored = ProductForm.variantCount(form)
    return pages(merchant, signedIn).form(
      FormState(form, problems: problem?.fields ?? []), of: found,
      variants: problem == nil ? min(stored + 1, ProductRules.variantLimit) : stored,
      changedAt: sent.map(Timestamp.init(microseconds:)) ?? found.product.changedAt, alerts: alerts)
  }

  private static func alerts(_ signedIn: SignedIn) -> [HTML] {
    signedIn.query("saved") == nil ? [] : [PageParts.notice(signedIn.say("保存好了。", "Saved."), .good)]
  }

  func pages(_ merchant: Merchant, _ signedIn: SignedIn) -> ProductDeskPages {
    ProductDeskPages(merchant: merchant, say: signedIn.say, formToken: signedIn.formToken)
  }
}
