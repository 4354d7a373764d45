import Database
import Hummingbird
import Kernel
import Security
import Web

extension DataRights {
  /// The doors of a person's own data. A shared tablet has none of it.
  func addOwnRequests(_ routes: inout Routes) {
    let own = Objects.own("data about the person")
    routes.get("/account/data", for: .signedIn, objects: own) { signedIn in
      if signedIn.session.isCardSession { return .page(ownPages(signedIn).elsewhere, signedIn) }
      return .page(try await ownPage(signedIn, .empty, .empty, []), signedIn)
    }
    routes.post("/account/data/copy", for: .signedIn, objects: own, limits: People.signInLimits) { signedIn in
      try await ownCopy(signedIn)
    }
    routes.post(
      "/account/data/requests", for: .signedIn, objects: own,
      limits: [RateLimit("people.data_request", 10, per: .hours(1))]
    ) { signedIn in try await ask(signedIn) }
    routes.post("/account/data/requests/:request/withdraw", for: .signedIn, objects: own) { signedIn in
      try await withdraw(signedIn)
    }
  }

  private func ownPages(_ signedIn: SignedIn) -> OwnDataPages {
    OwnDataPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, key: Form.newKey)
  }

  private func refuseCard(_ signedIn: SignedIn) throws {
    if signedIn.session.isCardSession { throw Problem.dataNeedsAccount }
  }

  private func ownPage(
    _ signedIn: SignedIn, _ copy: FormState, _ asking: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    try refuseCard(signedIn)
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let cipher = try await people.contactCipher(in: community)
    let view = try await people.database.read { snapshot in
      let requests = try DataRequestStore.requests(of: person, in: community, snapshot)
      let wantsDeletion = requests.contains { $0.kind == .deletion && $0.isOpen }
      return OwnDataView(
        parts: records.filter { !$0.tables.isEmpty }.map(\.name), requests: requests,
        texts: try DataRequestStore.texts(of: requests.map(\.id), in: community, opening: cipher, snapshot),
        obstacles: wantsDeletion ? try obstacles(to: person, in: community, snapshot) : [])
    }
    return ownPages(signedIn).page(
      view, isSaved: signedIn.query("saved") != nil, copy, asking, alerts: alerts)
  }

  private enum CopyForm: String, CaseIterable {
    case page
    case file
  }

  private func ownCopy(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await ownPage(signedIn, $0, .empty, $1) },
      work: {
        var reader = FormReader(form)
        let password = reader.password("password")
        let kind = reader.choice("as", of: CopyForm.self)
        try reader.finish()
        guard let password, let kind else { throw Problem.staleForm }
        _ = try await people.verifyOwnPassword(of: signedIn.session, password)
        let copy = try await copy(
          of: signedIn.personID, isOwn: true, in: signedIn.community.id,
          by: Actor(person: signedIn.personID, role: .resident))
        switch kind {
        case .page: return .page(DataCopyPages.page(copy, signedIn.say, back: "/account/data"), signedIn)
        case .file:
          return .file(DataCopyPages.file(copy), name: "nuanlin-my-data.json", type: "application/json")
        }
      })
  }

  private func ask(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await ownPage(signedIn, .empty, $0, $1) },
      work: {
        let asking = try DataRequestForm.asking(form, isOwn: true)
        let (person, community) = (signedIn.personID, signedIn.community)
        let cipher = try await people.contactCipher(in: community.id)
        let key = try IdempotencyKey(
          principal: person, operation: "POST /account/data/requests", key: form["idempotency_key"] ?? "",
          body: DataRequestForm.body(form))
        try await people.database.write(in: community.id) { transaction in
          try transaction.once(key) {
            try ask(
              asking, for: person, by: Actor(person: person, role: .resident),
              offsetSeconds: community.offsetSeconds, sealing: cipher, in: transaction)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/account/data?saved=1")
      })
  }

  private func withdraw(_ signedIn: SignedIn) async throws -> Response {
    try refuseCard(signedIn)
    let id: DataRequestID = try signedIn.id("request")
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let cipher = try await people.contactCipher(in: community)
    try await people.database.write(in: community) { transaction in
      guard let request = try DataRequestStore.find(id, in: community, transaction), request.person == person
      else { throw Problem.notFound }
      // Pressed twice, it is taken back once.
      if request.end?.outcome == .withdrawn { return }
      try end(
        id, .withdrawn, answer: nil, by: Actor(person: person, role: .resident), sealing: cipher,
        in: transaction)
    }
    return .redirect(to: "/account/data")
  }
}

extension Problem {
  static let dataNeedsAccount = Problem(
    "data.needs_account", status: 403,
    Phrase("这一页只能用自己的手机和密码打开。", "This page opens with your own telephone and password alone."),
    advice: Phrase("也可以请社工或居委会打印给您。", "A social worker or the committee can print it for you too."))
}
