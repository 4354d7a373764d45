import Database
import Hummingbird
import Kernel
import Security
import Web

extension DataRights {
  /// The doors of those who take and answer requests.
  func addRequestDesk(_ routes: inout Routes) {
    let answerers = Access.Personal.roles(RoleRules.roles(for: .answerDataRequests))
    routes.get("/data-requests", for: answerers, objects: .community) { try await list($0) }
    routes.get("/data-requests/:request", for: answerers, objects: .community) { signedIn in
      .page(try await requestPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/data-requests/:request/answer", for: answerers, objects: .community) { signedIn in
      try await answer(signedIn)
    }
    routes.post("/data-requests/:request/copy", for: answerers, objects: .community) { signedIn in
      try await printCopy(signedIn)
    }
    routes.get("/desk/people/:person/data-requests", for: answerers, objects: .community) { signedIn in
      .page(try await takingPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/desk/people/:person/data-requests", for: answerers, objects: .community) { signedIn in
      try await take(signedIn)
    }
  }

  private func pages(_ signedIn: SignedIn) -> DataRequestPages {
    DataRequestPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private static let answeredLimit = 50

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community.id
    let (open, answered, names) = try await people.database.read { snapshot in
      let open = try DataRequestStore.open(in: community, snapshot)
      let answered = try DataRequestStore.answered(in: community, limit: Self.answeredLimit, snapshot)
      return (
        open, answered, try snapshot.displayNames(of: Set((open + answered).map(\.person)), in: community)
      )
    }
    return .page(
      pages(signedIn).list(
        open: open, answered: answered, names: names, isAssessor: RoleRules.may(signedIn.roles, .assessImpact)
      ), signedIn)
  }

  private func requestPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let id: DataRequestID = try signedIn.id("request")
    let community = signedIn.community.id
    let cipher = try await people.contactCipher(in: community)
    let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .answerDataRequests)
    let view = try await people.database.read { snapshot in
      guard let request = try DataRequestStore.find(id, in: community, snapshot) else {
        throw Problem.notFound
      }
      let named = [request.person, request.takenBy.person] + (request.end.map { [$0.by.person] } ?? [])
      let names = try snapshot.displayNames(of: Set(named), in: community)
      return DataRequestView(
        request: request,
        texts: try DataRequestStore.texts(of: [id], in: community, opening: cipher, snapshot)[id],
        name: names[request.person] ?? "—", names: names,
        obstacles: request.kind == .deletion && request.isOpen
          ? try obstacles(to: request.person, in: community, snapshot) : [],
        refusal: request.refusal(of: .done, by: actor, at: snapshot.now)
          ?? (RoleRules.may(signedIn.roles, .erase) ? nil : .erasureNeedsSupervisor))
    }
    return pages(signedIn).request(view, state, alerts: alerts)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let id: DataRequestID = try signedIn.id("request")
    let community = signedIn.community.id
    let form = try await signedIn.form()
    let request = try await people.database.read { try DataRequestStore.find(id, in: community, $0) }
    guard let request else { throw Problem.notFound }
    return try await FormAgain.answer(
      signedIn, form, page: { try await requestPage(signedIn, $0, $1) },
      work: {
        let (outcome, answer) = try DataRequestForm.answer(form, to: request.kind)
        let isDeletion = request.kind == .deletion && outcome == .done
        guard !isDeletion || RoleRules.may(signedIn.roles, .erase) else {
          throw Problem.erasureNeedsSupervisor
        }
        let actor = try RoleRules.actor(
          signedIn.personID, signedIn.roles, for: isDeletion ? .erase : .answerDataRequests)
        let cipher = try await people.contactCipher(in: community)
        try await people.database.write(in: community) { transaction in
          try end(id, outcome, answer: answer, by: actor, sealing: cipher, in: transaction)
        }
        // What is interrupted here is done by the background work.
        if isDeletion { try await finishErasures() }
        return .redirect(to: "/data-requests/\(id)")
      })
  }

  private func printCopy(_ signedIn: SignedIn) async throws -> Response {
    let id: DataRequestID = try signedIn.id("request")
    let community = signedIn.community.id
    let request = try await people.database.read { try DataRequestStore.find(id, in: community, $0) }
    guard let request, request.kind == .copy else { throw Problem.notFound }
    guard request.isOpen else { throw Problem.dataRequestEnded }
    guard request.person != signedIn.personID else { throw Problem.ownDataRequest }
    let copy = try await copy(
      of: request.person, isOwn: false, in: community,
      by: try RoleRules.actor(signedIn.personID, signedIn.roles, for: .answerDataRequests))
    return .page(DataCopyPages.page(copy, signedIn.say, back: "/data-requests/\(id)"), signedIn)
  }

  private func takingPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let id: PersonID = try signedIn.id("person")
    let person = try await people.database.read { try $0.person(id, in: signedIn.community.id) }
    guard let person else { throw Problem.notFound }
    return pages(signedIn).taking(person, key: Form.newKey, state, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    let person: PersonID = try signedIn.id("person")
    let community = signedIn.community
    let form = try await signedIn.form()
    let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .answerDataRequests)
    return try await FormAgain.answer(
      signedIn, form, page: { try await takingPage(signedIn, $0, $1) },
      work: {
        let asking = try DataRequestForm.asking(form, isOwn: false)
        let cipher = try await people.contactCipher(in: community.id)
        let key = try IdempotencyKey(
          principal: signedIn.personID, operation: "POST /desk/people/data-requests",
          key: form["idempotency_key"] ?? "", body: Array("\(person)|".utf8) + DataRequestForm.body(form))
        try await people.database.write(in: community.id) { transaction in
          try transaction.once(key) {
            try ask(
              asking, for: person, by: actor, offsetSeconds: community.offsetSeconds, sealing: cipher,
              in: transaction)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/data-requests")
      })
  }
}

extension Problem {
  static let erasureNeedsSupervisor = Problem(
    "erasure.needs_supervisor", status: 403,
    Phrase("注销由督导或居委会办理。", "A deletion is carried out by a supervisor or the committee."),
    advice: Phrase("您可以先把要办的事理清楚，再请他们来办。", "You can settle what is open and then ask them."))
}
