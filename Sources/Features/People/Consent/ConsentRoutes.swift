import Database
import Hummingbird
import Interop
import Kernel
import Security
import Web

extension People {
  /// The subject's own doors.
  func addOwnConsents(_ routes: inout Routes) {
    let own = Objects.own("consents that the person gave")
    routes.get("/account/consents", for: .signedIn, objects: own) { try await consents($0, at: .own($0)) }
    routes.get("/account/notices/:notice", for: .signedIn, objects: own) { signedIn in
      try await notice(signedIn, at: .own(signedIn))
    }
    routes.post("/account/notices/:notice", for: .signedIn, objects: own, limits: Self.wishLimits) {
      signedIn in
      try await answer(signedIn, at: .own(signedIn))
    }
    routes.post("/account/consents/:consent/withdraw", for: .signedIn, objects: own) { signedIn in
      try await withdraw(signedIn, at: .own(signedIn))
    }
    routes.get(
      "/api/v1/consents/:consent/receipt", for: .signedIn, objects: own, operation: ConsentOperations.receipt
    ) { try await receipt($0) }
  }

  /// The doors of those who record consent.
  func addDeskConsents(_ routes: inout Routes) {
    let keepers = Access.Personal.roles(RoleRules.roles(for: .keepWishes))
    let base = "/desk/people/:person"
    routes.get("\(base)/consents", for: keepers, objects: .community) { signedIn in
      try await consents(signedIn, at: .desk(signedIn))
    }
    routes.get("\(base)/notices/:notice", for: keepers, objects: .community) { signedIn in
      try await notice(signedIn, at: .desk(signedIn))
    }
    routes.post(
      "\(base)/notices/:notice", for: keepers, objects: .community, limits: Self.wishLimits,
      bodyLimit: .upload
    ) { try await answer($0, at: .desk($0)) }
    routes.get("\(base)/notices/:notice/print", for: keepers, objects: .community) { signedIn in
      try await printedNotice(signedIn)
    }
    routes.post("\(base)/consents/:consent/withdraw", for: keepers, objects: .community) { signedIn in
      try await withdraw(signedIn, at: .desk(signedIn))
    }
    routes.post(
      "\(base)/consents/:consent/invalidate", for: .roles(ConsentRules.invalidators), objects: .community
    ) { try await invalidate($0) }
    routes.get("\(base)/consents/:consent/evidence", for: keepers, objects: .community) { signedIn in
      try await evidence(signedIn)
    }
  }

  // MARK: - Reading

  private func consents(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let (person, view) = try await database.read { snapshot in
      let person = try self.subject(place, in: signedIn.community.id, snapshot)
      return (person, try self.consentView(of: person, self.sight(signedIn, place), snapshot))
    }
    return .page(consentPages(signedIn, place, person).list(view), signedIn)
  }

  private func notice(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    .page(try await noticePage(signedIn, place, ConsentForm.suggestion, []), signedIn)
  }

  private func noticePage(
    _ signedIn: SignedIn, _ place: WishPlace, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (person, found, view, choices) = try await database.read { snapshot in
      let person = try self.subject(place, in: signedIn.community.id, snapshot)
      return (
        person, try self.noticeInPath(signedIn, place, snapshot),
        try self.consentView(of: person, self.sight(signedIn, place), snapshot),
        try self.choices(for: person, snapshot)
      )
    }
    return consentPages(signedIn, place, person).notice(
      found, view, choices, key: Form.newKey, state, alerts: alerts)
  }

  private func printedNotice(_ signedIn: SignedIn) async throws -> Response {
    let place = try WishPlace.desk(signedIn)
    let (person, notice) = try await database.read { snapshot in
      (
        try self.subject(place, in: signedIn.community.id, snapshot),
        try self.noticeInPath(signedIn, place, snapshot)
      )
    }
    return .page(consentPages(signedIn, place, person).print(notice, signedIn.community), signedIn)
  }

  private func consentView(
    of person: Person, _ sight: ConsentSight, _ snapshot: Snapshot
  ) throws -> ConsentView {
    let consents = try ConsentStore.consents(of: person.id, in: person.community, snapshot).filter {
      sight.shows($0.terms)
    }
    let agreed = try ConsentStore.notices(
      Set(consents.map(\.terms.notice)), in: person.community, snapshot)
    let answered = Set(agreed.values.map(\.content.code))
    let named = consents.flatMap { [$0.terms.recipient, $0.terms.evidence.witness, $0.terms.evidence.giver] }
    return ConsentView(
      notices: try ConsentStore.newestNotices(in: person.community, snapshot).filter {
        sight.shows($0.content, isAnswered: answered.contains($0.content.code))
      }, consents: consents, agreed: agreed,
      names: try snapshot.displayNames(of: Set(named.compactMap(\.self)), in: person.community),
      pictured: try ConsentStore.pictured(consents.map(\.id), in: person.community, snapshot))
  }

  private func receipt(_ signedIn: SignedIn) async throws -> Response {
    let id: ConsentID = try signedIn.id("consent")
    let community = signedIn.community.id
    let found = try await database.read { snapshot -> (Consent, Notice)? in
      guard let consent = try ConsentStore.find(id, in: community, snapshot) else { return nil }
      let isOwn = consent.terms.subject == signedIn.personID
      guard isOwn || RoleRules.may(signedIn.roles, .keepWishes),
        ConsentSight(signedIn.session, isOwn: isOwn).shows(consent.terms)
      else { return nil }
      return try ConsentStore.notice(consent.terms.notice, in: community, snapshot).map { (consent, $0) }
    }
    guard let (consent, notice) = found else { throw Problem.notFound }
    return .json(ConsentJSON.receipt(consent, notice, at: signedIn.now))
  }

  private func evidence(_ signedIn: SignedIn) async throws -> Response {
    let place = try WishPlace.desk(signedIn)
    let community = signedIn.community.id
    let cipher = try await contactCipher(in: community)
    let picture = try await database.write(in: community) { transaction in
      let consent = try self.consentInPath(signedIn, place, transaction)
      guard let sealed = try ConsentStore.picture(of: consent.id, in: community, transaction) else {
        throw Problem.notFound
      }
      try transaction.audit(
        "people.consent_evidence_read", by: place.actor, of: consent.id.rawValue, onBehalfOf: place.principal)
      return try cipher.openBytes(sealed, at: .consentPicture(consent.id, in: community))
    }
    return .picture(picture, type: Self.paperType, isPrivate: true)
  }

  // MARK: - Writing

  private func answer(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    let asked = try await database.read { try noticeInPath(signedIn, place, $0) }
    // What is for one matter alone is asked where the matter is known.
    guard !asked.content.isForOneMatter else { throw Problem.notFound }
    let form = try await signedIn.form()
    let community = signedIn.community.id
    return try await FormAgain.answer(
      signedIn, form, page: { try await noticePage(signedIn, place, $0, $1) },
      work: {
        let filled = try ConsentForm.answer(form, isOwn: place.isOwn)
        let picture = place.isOwn ? nil : try await consentPicture(form, in: community)
        let key = try IdempotencyKey(
          principal: place.actor.person, operation: "POST /notices", key: form["idempotency_key"] ?? "",
          body: Array("\(place.principal)|\(asked.id)|\(filled.chosen)|".utf8)
            + (form.file("picture").map { Digest(of: $0.bytes).bytes } ?? []))
        try await database.write(in: community) { transaction in
          try transaction.once(key) {
            try Consents.record(
              try self.draft(filled, asked.id, place.principal, transaction), isGiven: filled.isGiven,
              by: place.actor, picture: picture, in: transaction)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "\(place.home)/consents")
      })
  }

  private func draft(
    _ filled: ConsentForm.Filled, _ notice: NoticeID, _ subject: PersonID, _ transaction: Transaction
  ) throws -> Consents.Draft {
    let community = transaction.community
    let giver = try person(filled.giver, "giver_phone", in: community, transaction)
    return Consents.Draft(
      subject: subject, notice: notice,
      recipient: try person(filled.recipient, "recipient_phone", in: community, transaction),
      expires: transaction.now + .days(filled.span.days),
      evidence: ConsentEvidence(
        givenBy: filled.givenBy, giver: filled.givenBy == .subject ? subject : giver ?? subject,
        method: filled.method, witness: filled.witness, place: filled.place))
  }

  /// What seals the photo in the form for the consent that it belongs to; nil where none was chosen.
  private func consentPicture(
    _ form: Form, in community: CommunityID
  ) async throws -> (@Sendable (ConsentID) throws -> [UInt8])? {
    guard let file = form.file("picture") else { return nil }
    guard let made = try await papers.reencode(file.bytes).last else { throw Problem.internalFault }
    let cipher = try await contactCipher(in: community)
    return { try cipher.seal(bytes: made.bytes, at: .consentPicture($0, in: community)) }
  }

  private func withdraw(_ signedIn: SignedIn, at place: WishPlace) async throws -> Response {
    try await database.write(in: signedIn.community.id) { transaction in
      let consent = try self.consentInPath(signedIn, place, transaction)
      try Consents.withdraw(consent.id, by: place.actor, in: transaction)
    }
    return .redirect(to: "\(place.home)/consents")
  }

  private func invalidate(_ signedIn: SignedIn) async throws -> Response {
    let place = try WishPlace.desk(signedIn)
    guard let role = ConsentRules.invalidators.intersection(signedIn.roles).min() else {
      throw Problem.actionForbidden
    }
    try await database.write(in: signedIn.community.id) { transaction in
      let consent = try self.consentInPath(signedIn, place, transaction)
      try Consents.invalidate(
        consent.id, by: Actor(person: signedIn.personID, role: role), in: transaction)
    }
    return .redirect(to: "\(place.home)/consents")
  }

  // MARK: - Parts

  private func sight(_ signedIn: SignedIn, _ place: WishPlace) -> ConsentSight {
    ConsentSight(signedIn.session, isOwn: place.isOwn)
  }

  /// - Throws: `not_found` for what is not shown here.
  private func noticeInPath(
    _ signedIn: SignedIn, _ place: WishPlace, _ snapshot: Snapshot
  ) throws -> Notice {
    let community = signedIn.community.id
    guard let found = try ConsentStore.notice(try signedIn.id("notice"), in: community, snapshot) else {
      throw Problem.notFound
    }
    let answers = try ConsentStore.consents(
      of: place.principal, code: found.content.code, in: community, snapshot)
    guard sight(signedIn, place).shows(found.content, isAnswered: !answers.isEmpty) else {
      throw Problem.notFound
    }
    return found
  }

  /// - Throws: `not_found` for those of other persons, and for what is not shown here.
  private func consentInPath(
    _ signedIn: SignedIn, _ place: WishPlace, _ snapshot: Snapshot
  ) throws -> Consent {
    let found = try ConsentStore.find(try signedIn.id("consent"), in: signedIn.community.id, snapshot)
    guard let found, found.terms.subject == place.principal, sight(signedIn, place).shows(found.terms) else {
      throw Problem.notFound
    }
    return found
  }

  private func subject(_ place: WishPlace, in community: CommunityID, _ snapshot: Snapshot) throws -> Person {
    guard let person = try snapshot.person(place.principal, in: community) else { throw Problem.notFound }
    return person
  }

  private func consentPages(_ signedIn: SignedIn, _ place: WishPlace, _ person: Person) -> ConsentPages {
    ConsentPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, base: place.home,
      person: place.isOwn ? nil : person.displayName,
      mayInvalidate: !place.isOwn && !signedIn.roles.isDisjoint(with: ConsentRules.invalidators))
  }
}
