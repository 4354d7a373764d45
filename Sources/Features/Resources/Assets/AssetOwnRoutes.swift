import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension AssetMap {
  private static let listLength = 50

  /// What a resident offers.
  func addOwnPages(_ routes: inout Routes) {
    let own = Objects.own("assets")
    routes.get("/assets/mine", for: .signedIn, objects: own) { signedIn in
      .page(try await minePage(signedIn, AssetForm.suggestion, []), signedIn)
    }
    routes.post("/assets/mine", for: .signedIn, objects: own, limits: Self.ownWrites) { try await offer($0) }
    routes.post("/assets/mine/:asset/confirm", for: .signedIn, objects: own, limits: Self.ownWrites) {
      signedIn in
      try await changeOwn(signedIn, "POST /assets/mine/confirm") { [desk] id, seen, _, transaction in
        try desk.confirm(id, seen: seen, by: signedIn.personID, in: transaction)
      }
    }
    routes.get("/assets/mine/:asset/change", for: .signedIn, objects: own) { signedIn in
      .page(try await changePage(signedIn, nil, []), signedIn)
    }
    routes.post("/assets/mine/:asset/change", for: .signedIn, objects: own, limits: Self.ownWrites) {
      try await rewrite($0)
    }
    routes.post("/assets/mine/:asset/show", for: .signedIn, objects: own, limits: Self.ownWrites) {
      signedIn in
      try await changeOwn(signedIn, "POST /assets/mine/show") { [desk] id, seen, form, transaction in
        try desk.show(
          id, seen: seen, agrees: AssetForm.agrees(form), by: signedIn.personID, in: transaction)
      }
    }
    routes.post("/assets/mine/:asset/withdraw", for: .signedIn, objects: own, limits: Self.ownWrites) {
      signedIn in
      try await changeOwn(signedIn, "POST /assets/mine/withdraw") { [desk] id, seen, _, transaction in
        try desk.withdraw(id, seen: seen, by: signedIn.personID, in: transaction)
      }
    }
  }

  private func pages(_ signedIn: SignedIn) -> AssetOwnPages {
    AssetOwnPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func minePage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let view = try await ground.database.read { [desk, merchants = ground.ports.merchants] snapshot in
      AssetOwnPages.View(
        assets: try desk.parties(of: person, in: community, snapshot).flatMap {
          try AssetStore.held(by: $0, limit: Self.listLength, in: community, snapshot)
        },
        merchants: try merchants.represented(person, community, snapshot),
        isAgreed: try !gate.agreed([person], in: community, snapshot).isEmpty,
        notice: try Consents.newestNotice(GiftConsent.notice, in: community, snapshot)?.content)
    }
    return pages(signedIn).mine(
      view, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func offer(_ signedIn: SignedIn) async throws -> Response {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    return try await ground.answer(
      signedIn, backTo: "/assets/mine?saved=asset", page: { try await minePage(signedIn, $0, $1) }
    ) { form in
      let filled = try AssetForm.terms(form, isOwn: true)
      let agrees = AssetForm.agrees(form)
      let cipher = try await ground.cipher(community)
      try await ground.change(signedIn, form, "POST /assets/mine") { [desk] transaction in
        _ = try desk.offer(
          filled.terms, description: filled.description, agrees: agrees, sealing: cipher, by: person,
          in: transaction)
      }
    }
  }

  /// What is the person's, or of a merchant for whom they act.
  private func own(
    _ id: AssetID, of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Asset {
    guard let asset = try AssetStore.find(id, in: community, snapshot), asset.withdrawnAt == nil,
      let holder = asset.terms.holder,
      try desk.parties(of: person, in: community, snapshot).contains(holder)
    else { throw Problem.notFound }
    return asset
  }

  private func changePage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let id: AssetID = try signedIn.id("asset")
    let cipher = try await ground.cipher(community)
    let (asset, words) = try await ground.database.read { snapshot in
      let asset = try own(id, of: person, in: community, snapshot)
      return (asset, try AssetStore.description(of: id, opening: cipher, in: community, snapshot))
    }
    let stored = AssetForm.state(asset.terms, description: words)
    return pages(signedIn).change(asset, key: Form.newKey, state ?? stored, alerts: alerts)
  }

  private func rewrite(_ signedIn: SignedIn) async throws -> Response {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let id: AssetID = try signedIn.id("asset")
    let kind = try await ground.database.read { try own(id, of: person, in: community, $0).terms.kind }
    return try await ground.answer(
      signedIn, backTo: "/assets/mine?saved=asset", page: { try await changePage(signedIn, $0, $1) }
    ) { form in
      let filled = try AssetForm.terms(form, isOwn: true, of: kind)
      let seen = try ResourceForm.seen(form)
      let cipher = try await ground.cipher(community)
      try await ground.change(signedIn, form, "POST /assets/mine/change") { [desk] transaction in
        try desk.rewrite(
          filled.terms, description: filled.description, of: id, seen: seen, sealing: cipher, by: person,
          in: transaction)
      }
    }
  }

  private func changeOwn(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ work: @escaping @Sendable (AssetID, Int64, Form, Transaction) throws -> Void
  ) async throws -> Response {
    let id: AssetID = try signedIn.id("asset")
    return try await ground.answer(
      signedIn, backTo: "/assets/mine?saved=step", page: { try await minePage(signedIn, $0, $1) }
    ) { form in
      let seen = try ResourceForm.seen(form)
      try await ground.change(signedIn, form, operation) { try work(id, seen, form, $0) }
    }
  }

  // MARK: - Questions

  /// What was asked, for those who asked, for holders and for the station.
  func addQuestions(_ routes: inout Routes) {
    let own = Objects.own("questions about assets")
    let (staff, limits) = (ResourceStaff.access, ResourceStaff.writes)
    routes.get("/asset-questions", for: .signedIn, objects: own) { signedIn in
      .page(try await questionPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/asset-questions/:question/answer", for: .signedIn, objects: own, limits: Self.ownWrites) {
      try await answer($0, asStation: false)
    }
    routes.get("/asset-desk/questions", for: staff, objects: .community) { signedIn in
      .page(try await stationPage(signedIn, .empty, []), signedIn)
    }
    routes.post("/asset-desk/questions/:question/answer", for: staff, objects: .community, limits: limits) {
      try await answer($0, asStation: true)
    }
  }

  /// With what each is about called; what is gone, or hidden from whoever reads it, has no name.
  private static func named(_ questions: [AssetQuestion], _ seen: [Asset]) -> [AssetOwnPages.Entry] {
    let names = Dictionary(seen.map { ($0.id, $0.terms.name) }) { first, _ in first }
    return questions.map {
      AssetOwnPages.Entry(
        question: $0, name: names[$0.asset] ?? Phrase("已经不在图上的一条", "Something no longer shown"))
    }
  }

  private func questionPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (community, person) = (signedIn.community.id, signedIn.personID)
    let cipher = try await ground.cipher(community)
    let (asked, received) = try await ground.database.read { [questions] snapshot in
      let asked = try AssetQuestionStore.asked(
        by: person, limit: Self.listLength, opening: cipher, in: community, snapshot)
      let received = try questions.received(
        by: person, limit: Self.listLength, opening: cipher, in: community, snapshot)
      // Whoever asked sees what every neighbour sees; holders see what is theirs.
      let shown = try AssetStore.shown(Set(asked.map(\.asset)), to: .residents, in: community, snapshot)
      let own = try AssetStore.find(Set(received.map(\.asset)), in: community, snapshot)
      return (
        Self.named(asked, try gate.shown(shown, in: community, snapshot)), Self.named(received, own)
      )
    }
    return pages(signedIn).questions(
      asked: asked, received: received, key: Form.newKey, state, notices: signedIn.savedNotice,
      alerts: alerts)
  }

  private func stationPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let received = try await ground.database.read { snapshot in
      let found = try AssetQuestionStore.received(
        by: nil, limit: Self.listLength, opening: cipher, in: community, snapshot)
      let assets = try AssetStore.find(Set(found.map(\.asset)), in: community, snapshot)
      return Self.named(found, try gate.shown(assets, to: .station, in: community, snapshot))
    }
    return pages(signedIn).station(
      received, key: Form.newKey, state, notices: signedIn.savedNotice, alerts: alerts)
  }

  private func answer(_ signedIn: SignedIn, asStation: Bool) async throws -> Response {
    let id: AssetQuestionID = try signedIn.id("question")
    let path = asStation ? "/asset-desk/questions" : "/asset-questions"
    return try await ground.answer(
      signedIn, backTo: "\(path)?saved=answer",
      page: { state, alerts in
        asStation
          ? try await stationPage(signedIn, state, alerts) : try await questionPage(signedIn, state, alerts)
      }
    ) { form in
      let actor =
        asStation
        ? try signedIn.actor(of: ResourceStaff.roles) : Actor(person: signedIn.personID, role: .resident)
      let text = try AssetForm.text(form)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /asset-questions/answer") { [questions] transaction in
        try questions.answer(
          id, text, sealing: cipher, by: actor, asStation: asStation, in: transaction)
      }
    }
  }
}
