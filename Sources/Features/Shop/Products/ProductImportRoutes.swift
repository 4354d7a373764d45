import Database
import HTTPTypes
import Hummingbird
import Kernel
import Security
import Web

// Tables of products: out as they are, in after a dry run.
extension ProductDesk {
  func registerImport(on routes: inout Routes, _ access: Access.Personal, _ own: Objects) {
    let base = "/desk/merchants/:merchant/products"
    let limit = RateLimit("product import", 20, per: .minutes(1))
    routes.get("\(base)/import", for: access, objects: own) { signedIn in
      let (merchant, _) = try await merchant(signedIn)
      return .page(importPages(merchant, signedIn).start(), signedIn)
    }
    routes.post("\(base)/import", for: access, objects: own, limits: [limit], bodyLimit: .upload) {
      try await receive($0)
    }
    routes.get("\(base)/imports/:import", for: access, objects: own) { try await compare($0) }
    routes.post("\(base)/imports/:import", for: access, objects: own, limits: [limit]) {
      try await confirm($0)
    }
    routes.get("\(base)/export/:format", for: access, objects: own, limits: [limit]) { try await export($0) }
    routes.get("\(base)/template/:format", for: access, objects: own, limits: [limit]) { signedIn in
      let (_, format) = (try await merchant(signedIn), try Self.format(signedIn))
      let bytes = try await importer.template(format, language: signedIn.language)
      return .file(
        bytes, name: "\(signedIn.say("商品模板", "product template")).\(format.rawValue)", type: format.mediaType)
    }
  }

  private func receive(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await merchant(signedIn)
    let pages = importPages(merchant, signedIn)
    guard let file = try await signedIn.form().file("file") else {
      let missing = Problem.invalid([
        FieldProblem("file", Phrase("还没有选文件。", "No file was chosen."))
      ])
      return .page(pages.start(missing), signedIn, status: .unprocessableContent)
    }
    do {
      let rows = try await importer.read(file.bytes)
      let plan = try await database.read { try $0.plan(rows, for: merchant.id, in: merchant.community) }
      guard plan.problems.isEmpty else {
        return .page(
          pages.comparison(plan, fileName: file.name, confirmation: nil), signedIn,
          status: .unprocessableContent)
      }
      let pending = PendingImport(
        id: database.identifiers.next(), merchant: merchant.id, person: actor.person,
        fileName: String(file.name.prefix(120)), content: file.bytes, digest: Digest(of: file.bytes))
      try await database.write(in: merchant.community) { try $0.keep(pending) }
      return .redirect(to: "/desk/merchants/\(merchant.id)/products/imports/\(pending.id)")
    } catch let problem as Problem where (400..<500).contains(problem.status) {
      return .page(pages.start(problem), signedIn, status: HTTPResponse.Status(code: problem.status))
    }
  }

  private func compare(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _) = try await merchant(signedIn)
    let pending = try await pending(merchant, signedIn)
    let rows = try await importer.read(pending.content)
    let plan = try await database.read { try $0.plan(rows, for: merchant.id, in: merchant.community) }
    return .page(comparison(plan, pending, merchant, signedIn), signedIn)
  }

  private func confirm(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, actor) = try await merchant(signedIn)
    let pending = try await pending(merchant, signedIn)
    let seen = try await signedIn.form()["digest"] ?? ""
    let rows = try await importer.read(pending.content)
    let (plan, isDone) = try await database.write(in: merchant.community) { transaction in
      let plan = try transaction.plan(rows, for: merchant.id, in: merchant.community)
      guard plan.problems.isEmpty, plan.digest(ofFile: pending.digest).description == seen else {
        return (plan, false)
      }
      guard try transaction.forgetImport(pending.id) else { throw Problem.importGone }
      try transaction.apply(plan, by: actor)
      return (plan, true)
    }
    if isDone { return .redirect(to: "/desk/merchants/\(merchant.id)/products?saved=on") }
    let stale = PageParts.notice(
      signedIn.say(Problem.importStale.title) + " "
        + (Problem.importStale.advice.map { signedIn.say($0) } ?? ""),
      .bad)
    return .page(comparison(plan, pending, merchant, signedIn, alerts: [stale]), signedIn, status: .conflict)
  }

  private func export(_ signedIn: SignedIn) async throws -> Response {
    let (merchant, _) = try await merchant(signedIn)
    let format = try Self.format(signedIn)
    let bytes = try await importer.export(
      format, merchant: merchant.id, in: merchant.community, language: signedIn.language)
    return .file(bytes, name: "\(signedIn.say(merchant.name)).\(format.rawValue)", type: format.mediaType)
  }

  // MARK: - Parts

  /// The file that this person sent for this merchant.
  /// - Throws: `import.gone` when it is no longer kept, or never was.
  private func pending(_ merchant: Merchant, _ signedIn: SignedIn) async throws -> PendingImport {
    let id = try signedIn.id("import", of: ProductImportKind.self)
    let found = try await database.read {
      try $0.pendingImport(id, of: signedIn.personID, in: merchant.community)
    }
    guard let found, found.merchant == merchant.id else { throw Problem.importGone }
    return found
  }

  private func comparison(
    _ plan: ProductImportPlan, _ pending: PendingImport, _ merchant: Merchant, _ signedIn: SignedIn,
    alerts: [HTML] = []
  ) -> Page {
    let digest = plan.digest(ofFile: pending.digest).description
    return importPages(merchant, signedIn).comparison(
      plan, fileName: pending.fileName,
      confirmation: plan.problems.isEmpty ? (id: pending.id, digest: digest) : nil, alerts: alerts)
  }

  private static func format(_ signedIn: SignedIn) throws -> TableFormat {
    guard let format = TableFormat(rawValue: try signedIn.parameter("format")) else { throw Problem.notFound }
    return format
  }

  private func importPages(_ merchant: Merchant, _ signedIn: SignedIn) -> ProductImportPages {
    ProductImportPages(merchant: merchant, say: signedIn.say, formToken: signedIn.formToken)
  }
}
