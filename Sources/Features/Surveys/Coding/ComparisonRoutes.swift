import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors where two coders compare and settle.
struct ComparisonDoors: Sendable {
  let coding: CodingDoors
  private var staff: SurveyStaff { coding.staff }

  func register(on routes: inout Routes) {
    let one = "\(CodingDoors.all)/:coding/differences/:unit"
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, []), signedIn)
    }
    routes.post(one, for: readers, objects: objects, limits: SurveyStaff.writes) { try await decide($0) }
    routes.post("\(CodingDoors.all)/:coding/settle", for: readers, objects: objects) {
      try await settle($0)
    }
  }

  private func pages(_ signedIn: SignedIn) throws -> ComparisonPages {
    ComparisonPages(say: signedIn.say, token: signedIn.formToken, study: try signedIn.id("study"))
  }

  /// - Throws: `not_found`; `coding.blind` before both are done.
  private func view(_ signedIn: SignedIn) async throws -> (ComparisonPages.View, [ThemeCode]) {
    let (place, community) = (try CodingDoors.Place(signedIn), signedIn.community.id)
    let (reader, roles) = (signedIn.personID, signedIn.roles)
    return try await staff.database.read { snapshot in
      let coding = try place.find(in: community, snapshot)
      let pairs = try CodingMarkStore.pairs(of: coding.id, in: community, snapshot)
      let codes = try ThemeCodeStore.all(of: place.study, in: community, snapshot)
      let used = pairs.reduce(into: Set<ThemeCodeID>()) { $0.formUnion($1.first.union($1.second)) }
      let reported = CodeBookRules.ordered(codes).map(\.code).filter { $0.isActive || used.contains($0.id) }
      let view = ComparisonPages.View(
        coding: coding, pairs: pairs,
        agreement: CodingAgreement(pairs, codes: reported.map(\.id), scheme: coding.scheme),
        consensus: try CodingMarkStore.consensus(of: coding.id, in: community, snapshot),
        codes: Dictionary(codes.map { ($0.id, $0.content.name) }, uniquingKeysWith: { first, _ in first }),
        maySettle: coding.isCoder(reader) || roles.contains(.supervisor))
      return (view, codes)
    }
  }

  func comparison(_ signedIn: SignedIn, key: String) async throws -> HTML {
    try pages(signedIn).comparison(try await view(signedIn).0, key: key)
  }

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (view, codes) = try await view(signedIn)
    let number = try CodingDoors.unit(signedIn)
    guard let pair = view.pairs.first(where: { $0.unit == number && !$0.agrees }) else {
      throw Problem.notFound
    }
    let choices = codes.filter { $0.isActive || pair.first.contains($0.id) || pair.second.contains($0.id) }
    let words = try await coding.words(of: number, in: view.coding, signedIn.community.id)
    return try pages(signedIn).difference(
      pair, of: view, words: words, choices: choices, key: Form.newKey, alerts: alerts)
  }

  private func decide(_ signedIn: SignedIn) async throws -> Response {
    let place = try CodingDoors.Place(signedIn)
    let actor = try await decider(signedIn, place)
    let number = try CodingDoors.unit(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $1) },
      work: {
        let codes = try CodingForm.codes(form)
        try await staff.database.change(
          in: signedIn.community.id, once: try form.onceKey("POST /studies/codings/differences", signedIn)
        ) { [desk = coding.desk] in
          try desk.decide(codes, on: number, of: place.coding, in: place.study, by: actor, $0)
        }
        return .redirect(to: "\(place.path)?saved=decision")
      })
  }

  private func settle(_ signedIn: SignedIn) async throws -> Response {
    let place = try CodingDoors.Place(signedIn)
    let actor = try await decider(signedIn, place)
    let form = try await signedIn.form()
    try await staff.database.change(
      in: signedIn.community.id, once: try form.onceKey("POST /studies/codings/settle", signedIn)
    ) { [desk = coding.desk] in try desk.settle(place.coding, in: place.study, by: actor, $0) }
    return .redirect(to: "\(place.path)?saved=settled")
  }

  /// A coder decides in the least powerful of their roles; anybody else as a supervisor.
  /// - Throws: `not_found`, `coding.not_coder`.
  private func decider(_ signedIn: SignedIn, _ place: CodingDoors.Place) async throws -> Actor {
    let community = signedIn.community.id
    let found = try await staff.database.read { try place.find(in: community, $0) }
    if found.isCoder(signedIn.personID) { return try signedIn.actor(of: SurveyStaff.roles) }
    guard signedIn.roles.contains(.supervisor) else { throw Problem.codingNotCoder }
    return Actor(person: signedIn.personID, role: .supervisor)
  }
}
