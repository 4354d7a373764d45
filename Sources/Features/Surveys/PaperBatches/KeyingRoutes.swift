import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors where sheets are keyed in, settled, and ended without an answer. Codes on the paper lead here.
struct KeyingDoors: Sendable {
  let staff: SurveyStaff
  let desk = PaperDesk()
  let leaving = PaperLeaving()

  func register(on routes: inout Routes) {
    let (readers, objects, writes) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let one = "\(PaperParts.base)/:serial"
    routes.get(PaperParts.base, for: readers, objects: objects) { try await find($0) }
    routes.get(one, for: readers, objects: objects) { try await show($0) }
    routes.post(one, for: readers, objects: objects, limits: writes) { try await key($0) }
    routes.post("\(one)/spoilt", for: readers, objects: objects, limits: writes) { try await spoil($0) }
    routes.post("\(one)/missing", for: readers, objects: objects, limits: writes) { try await miss($0) }
    DifferenceDoors(staff: staff).register(on: &routes)
  }

  // MARK: - Finding

  private func pages(_ signedIn: SignedIn) -> KeyingPages {
    KeyingPages(say: signedIn.say, token: signedIn.formToken)
  }

  /// - Throws: `not_found`.
  static func serial(_ signedIn: SignedIn) throws -> PaperSerial {
    guard let serial = PaperSerial(typed: try signedIn.visit.parameter("serial")) else {
      throw Problem.notFound
    }
    return serial
  }

  static func clock(_ signedIn: SignedIn) -> ExpressionClock {
    ExpressionClock(now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
  }

  /// The same sheet, sent twice from one page, is one step. What was keyed in is no part of the key: its digest would stay
  /// behind and could be held against the answers.
  /// - Throws: `idempotency.key`.
  static func onceKey(_ form: Form, _ operation: StaticString, _ signedIn: SignedIn) throws -> IdempotencyKey
  {
    try form.onceKey(operation, signedIn, telling: "")
  }

  private func find(_ signedIn: SignedIn) async throws -> Response {
    let typed = signedIn.query("serial") ?? ""
    if typed.isEmpty { return .page(pages(signedIn).finder(typed: "", nil), signedIn) }
    if let serial = PaperSerial(typed: typed) {
      let community = signedIn.community.id
      let isThere = try await staff.database.read { snapshot in
        try PaperBatchStore.find(number: serial.batch, in: community, snapshot).map {
          serial.sheet <= $0.sheets
        }
          ?? false
      }
      if isThere { return .redirect(to: PaperParts.path(serial)) }
    }
    return .page(pages(signedIn).finder(typed: typed, .paperUnknown), signedIn, status: .init(code: 422))
  }

  // MARK: - Keying in

  private struct Target: Sendable {
    let place: PaperDesk.Place
    let paper: PaperForm
    let keyers: [PersonID]

    var standing: PaperStanding { PaperStanding(place.sheet.state, entries: keyers.count) }

    func refusal(_ person: PersonID) -> Problem? {
      PaperRules.refusal(toKey: place.sheet, of: place.questionnaire, keyedBy: keyers, by: person)
    }
  }

  private func target(_ signedIn: SignedIn) async throws -> Target {
    let serial = try Self.serial(signedIn)
    let community = signedIn.community.id
    return try await staff.database.read { [desk] snapshot in
      let place = try desk.place(serial, in: community, snapshot)
      let keyers = try PaperEntryStore.keyers(of: serial.sheet, in: place.batch.id, community, snapshot)
      return Target(
        place: place, paper: try PaperForm(place.version, in: place.batch.language),
        keyers: keyers.map(\.person))
    }
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let target = try await target(signedIn)
    if let refusal = target.refusal(signedIn.personID) {
      // Whoever has the paper in hand can decide as well.
      if refusal == .paperKeyedTwice || (refusal == .paperKeyedByYou && target.standing == .differing) {
        return .redirect(to: "\(PaperParts.path(target.place.serial))/differences")
      }
      return .page(pages(signedIn).refused(target.place, target.standing, refusal), signedIn)
    }
    return .page(page(signedIn, target, .empty, [], [], key: Form.newKey), signedIn)
  }

  private func page(
    _ signedIn: SignedIn, _ target: Target, _ state: FormState, _ warnings: [PaperReview.Warning],
    _ alerts: [HTML], key: String
  ) -> Page {
    pages(signedIn).page(
      KeyingPages.Request(
        place: target.place, paper: target.paper, isSecond: !target.keyers.isEmpty, key: key, state: state,
        warnings: warnings, alerts: alerts))
  }

  private func key(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let sent = try await signedIn.form()
    let target = try await target(signedIn)
    let once = try Self.onceKey(sent, "POST /surveys/paper", signedIn)
    let clock = Self.clock(signedIn)
    return try await FormAgain.answer(
      signedIn, sent, page: { page(signedIn, target, $0, [], $1, key: once.key) },
      work: {
        let form = try KeyingForm(sent, target.paper, clock: clock)
        let respondent = try await RespondentSearch(staff: staff).respondent(
          sent, under: target.place.version.terms, in: signedIn.community.id)
        let warnings = form.review.warnings.filter(\.isContradiction)
        if !warnings.isEmpty, !form.isConfirmed {
          return .page(page(signedIn, target, FormState(sent), warnings, [], key: once.key), signedIn)
        }
        let outcome = try await keep(form.keyed, target, respondent, signedIn, by: actor, once)
        return .redirect(
          to: "\(PaperParts.batch(target.place.batch))?keyed=\(outcome)&after=\(target.place.sheet.number)")
      })
  }

  private func keep(
    _ keyed: KeyedSheet, _ target: Target, _ respondent: Respondent, _ signedIn: SignedIn, by actor: Actor,
    _ once: IdempotencyKey
  ) async throws -> String {
    let community = signedIn.community.id
    let cipher = try await staff.cipher(of: community)
    let (serial, offset) = (target.place.serial, signedIn.community.offsetSeconds)
    return try await staff.database.answer(in: community, once: once) { [desk] transaction in
      try desk.key(
        keyed, serial, respondent: respondent, by: actor, sealing: cipher, offsetSeconds: offset,
        in: transaction
      ).rawValue
    }
  }

  // MARK: - Ending without an answer

  private func spoil(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let serial = try Self.serial(signedIn)
    return try await FormAgain.answer(
      signedIn, form,
      page: { pages(signedIn).spoiling(serial, key: Form.newKey, $0, alerts: $1) },
      work: {
        let reason = try PaperBatchForm.reason(form)
        return try await end(form, serial, "POST /surveys/paper/spoilt", signedIn) { [leaving] in
          try leaving.spoil(serial, reason, by: $0, in: $1)
        }
      })
  }

  private func miss(_ signedIn: SignedIn) async throws -> Response {
    let serial = try Self.serial(signedIn)
    return try await end(try await signedIn.form(), serial, "POST /surveys/paper/missing", signedIn) {
      [leaving] in try leaving.miss(serial, by: $0, in: $1)
    }
  }

  private func end(
    _ form: Form, _ serial: PaperSerial, _ operation: StaticString, _ signedIn: SignedIn,
    _ work: @escaping @Sendable (Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let community = signedIn.community.id
    let batch = try await staff.database.read { [desk] in try desk.place(serial, in: community, $0).batch }
    try await staff.database.change(in: community, once: try Self.onceKey(form, operation, signedIn)) {
      try work(actor, $0)
    }
    return .redirect(to: "\(PaperParts.batch(batch))?saved=1&after=\(serial.sheet)")
  }
}
