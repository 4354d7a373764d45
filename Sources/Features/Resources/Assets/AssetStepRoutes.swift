import Database
import Hummingbird
import Kernel
import People
import Web

extension AssetMap {
  /// Making sure of an entry, taking it down, and asking its person.
  func addDeskSteps(_ routes: inout Routes) {
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.post("/asset-desk/:asset/verify", for: staff, objects: .community, limits: limits) { signedIn in
      try await step(signedIn, "POST /asset-desk/verify") { [desk] id, seen, actor, transaction in
        try desk.verify(id, seen: seen, by: actor, in: transaction)
      }
    }
    routes.post("/asset-desk/:asset/withdraw", for: staff, objects: .community, limits: limits) { signedIn in
      try await step(signedIn, "POST /asset-desk/withdraw") { [desk] id, seen, actor, transaction in
        try desk.withdraw(id, seen: seen, by: actor, in: transaction)
      }
    }
    routes.get("/asset-desk/:asset/consent", for: staff, objects: .community) { signedIn in
      .page(try await consentPage(signedIn, ConsentQuestion.suggestion, []), signedIn)
    }
    routes.post("/asset-desk/:asset/consent", for: staff, objects: .community, limits: limits) {
      try await consent($0)
    }
  }

  private func step(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ work: @escaping @Sendable (AssetID, Int64, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let id: AssetID = try signedIn.id("asset")
    return try await ground.answer(
      signedIn, backTo: "\(AssetDeskPages.base(id))?saved=step",
      page: { try await deskPage(signedIn, $1) }
    ) { form in
      let (seen, actor) = (try ResourceForm.seen(form), try signedIn.actor(of: ResourceStaff.roles))
      try await ground.change(signedIn, form, operation) { try work(id, seen, actor, $0) }
    }
  }

  /// The person whose entry it is.
  /// - Throws: `not_found` for what is no person's.
  private func person(_ signedIn: SignedIn, _ snapshot: Snapshot) throws -> PersonID {
    guard let person = try asset(signedIn, snapshot).terms.holder?.person else { throw Problem.notFound }
    return person
  }

  private func consentPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let id: AssetID = try signedIn.id("asset")
    let question = try await ground.database.read { snapshot in
      try ground.directory.consentQuestion(
        GiftConsent.notice, of: try person(signedIn, snapshot), in: signedIn.community.id, snapshot)
    }
    let asking = question.asking(
      to: "\(AssetDeskPages.base(id))/consent", token: signedIn.formToken, key: Form.newKey, signedIn.say,
      state)
    return AssetDeskPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).consent(
      id, question: asking, alerts: alerts)
  }

  private func consent(_ signedIn: SignedIn) async throws -> Response {
    let id: AssetID = try signedIn.id("asset")
    return try await ground.answer(
      signedIn, backTo: "\(AssetDeskPages.base(id))?saved=consent",
      page: { try await consentPage(signedIn, $0, $1) }
    ) { form in
      let actor = try signedIn.actor(of: ResourceStaff.roles)
      let answer = try ConsentAnswer(form)
      try await ground.change(signedIn, form, "POST /asset-desk/consent") { transaction in
        let person = try person(signedIn, transaction)
        try ground.directory.record(
          answer, to: GiftConsent.notice, of: person, by: actor, in: transaction)
      }
    }
  }
}
