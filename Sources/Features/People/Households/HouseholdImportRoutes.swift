import Database
import Hummingbird
import Interop
import Kernel
import Security
import Web

extension People {
  func addHouseholdImport(_ routes: inout Routes, for importers: Access.Personal) {
    let limit = RateLimit("people.import", 20, per: .minutes(1))
    routes.get("/desk/households/import", for: importers, objects: .community) { signedIn in
      .page(HouseholdImportPages.choose(signedIn, .empty), signedIn)
    }
    routes.post(
      "/desk/households/import", for: importers, objects: .community, limits: [limit], bodyLimit: .upload
    ) { signedIn in try await check(signedIn) }
    routes.post(
      "/desk/households/import/store", for: importers, objects: .community, limits: [limit],
      bodyLimit: .upload
    ) { signedIn in try await store(signedIn) }
  }

  private func check(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { HouseholdImportPages.choose(signedIn, $0, alerts: $1) },
      work: {
        guard let file = form.file("file") else {
          throw Problem.invalid([FieldProblem("file", Phrase("请选一个文件。", "Please choose a file."))])
        }
        let table = try await table(file.bytes)
        let result = try await checkImport(table, in: signedIn.community.id)
        return .page(
          HouseholdImportPages.checked(
            signedIn, result, requestKey: Form.newKey,
            content: result.problems.isEmpty ? Base64URL.encode(file.bytes) : ""),
          signedIn)
      })
  }

  private func store(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { HouseholdImportPages.choose(signedIn, $0, alerts: $1) },
      work: {
        guard let bytes = try form["content"].flatMap({ Base64URL.decode($0) }), !bytes.isEmpty
        else {
          throw Problem.staleForm
        }
        let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .importHouseholds)
        let key = try IdempotencyKey(
          principal: signedIn.personID, operation: "POST /desk/households/import/store",
          key: try form["idempotency_key"] ?? "", body: bytes)
        try await storeImport(try await table(bytes), key: key, in: signedIn.community.id, by: actor)
        return .page(HouseholdImportPages.stored(signedIn), signedIn)
      })
  }

  private func table(_ bytes: [UInt8]) async throws -> HouseholdImport {
    let tables = try await sheets.read(bytes)
    guard let first = tables.first else {
      throw Problem.invalid([FieldProblem("file", Phrase("文件里没有表格。", "There is no table in the file."))])
    }
    return try HouseholdImport(first)
  }
}
