import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The station's doors of codings, up to the moment when both coders are done; `ComparisonDoors` has what follows.
struct CodingDoors: Sendable {
  let staff: SurveyStaff
  let texts: SurveyTexts
  var desk: CodingDesk { CodingDesk(directory: staff.directory) }
  static let all = "\(StudyPages.base)/:study/codings"

  func register(on routes: inout Routes) {
    let (readers, objects, limits) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let one = "\(Self.all)/:coding"
    routes.get(Self.all, for: readers, objects: objects) { try await list($0) }
    routes.get("\(Self.all)/new", for: readers, objects: objects) { signedIn in
      .page(try await beginPage(signedIn, .empty, []), signedIn)
    }
    routes.post(Self.all, for: readers, objects: objects, limits: limits) { try await begin($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/units/:unit", for: readers, objects: objects) { signedIn in
      .page(try await unitPage(signedIn, []), signedIn)
    }
    routes.post("\(one)/units/:unit", for: readers, objects: objects, limits: limits) { try await give($0) }
    routes.post("\(one)/done", for: readers, objects: objects) { signedIn in
      try await step(signedIn) { [desk] in try desk.finish($0.coding, in: $0.study, by: $1, $2) }
    }
    ComparisonDoors(coding: self).register(on: &routes)
  }

  struct Place: Sendable {
    let study: StudyID
    let coding: CodingID

    init(_ signedIn: SignedIn) throws {
      study = try signedIn.id("study")
      coding = try signedIn.id("coding")
    }

    var path: String { "\(StudyPages.path(study))/codings/\(coding)" }

    func find(in community: CommunityID, _ snapshot: Snapshot) throws -> Coding {
      guard let found = try CodingStore.find(coding, in: community, snapshot), found.study == study else {
        throw Problem.notFound
      }
      return found
    }
  }

  /// The number of a passage in the path.
  /// - Throws: `not_found`.
  static func unit(_ signedIn: SignedIn) throws -> Int64 {
    guard let number = Int64(try signedIn.parameter("unit")) else { throw Problem.notFound }
    return number
  }

  private func pages(_ signedIn: SignedIn) throws -> CodingPages {
    CodingPages(say: signedIn.say, token: signedIn.formToken, study: try signedIn.id("study"))
  }

  // MARK: - All

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (study, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let (title, codings, names) = try await staff.database.read { [directory = staff.directory] snapshot in
      guard let found = try StudyStore.find(study, in: community, snapshot),
        let version = try StudyStore.version(found.version, of: study, in: community, snapshot)
      else { throw Problem.notFound }
      let codings = try CodingStore.all(of: study, in: community, snapshot)
      let people = Set(codings.flatMap { [$0.first, $0.second] })
      return (
        version.terms.title, codings, try directory.displayNames(of: people, in: community, snapshot)
      )
    }
    return .page(try pages(signedIn).list(title, codings, names: names), signedIn)
  }

  private func beginPage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (study, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let items = try await texts.items(community)
    let people = try await staff.database.read { [directory = staff.directory] snapshot in
      guard try StudyStore.find(study, in: community, snapshot) != nil else { throw Problem.notFound }
      let ids = Set(
        try SurveyStaff.roles.flatMap { try directory.persons(holding: $0, in: community, snapshot) })
      let names = try directory.displayNames(of: ids, in: community, snapshot)
      return ids.sorted().map { (id: $0, name: names[$0] ?? "—") }
    }
    return try pages(signedIn).begin(
      CodingPages.Choices(items: items, staff: people), key: Form.newKey, state, alerts: alerts)
  }

  private func begin(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let (study, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await beginPage(signedIn, $0, $1) },
      work: {
        let draft = try CodingForm.draft(form, among: try await texts.items(community))
        var answers: [SurveyTexts.Text] = []
        if case .answers(let questionnaire, let item) = draft.source {
          answers = try await texts.texts(questionnaire, item, community)
        }
        let cipher = try await staff.cipher(of: community)
        let id = try await staff.database.make(
          in: community, once: try form.onceKey("POST /studies/codings", signedIn)
        ) { [desk, answers] transaction in
          try desk.begin(
            draft, of: study, answers: answers, opening: cipher, by: actor, in: transaction)
        }
        return .redirect(to: "\(StudyPages.path(study))/codings/\(id)")
      })
  }

  // MARK: - One

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      let coding = try place.find(in: community, snapshot)
      return CodingPages.View(
        coding: coding,
        names: try directory.displayNames(of: [coding.first, coding.second], in: community, snapshot),
        own: coding.isCoder(reader)
          ? try CodingMarkStore.own(of: reader, in: coding.id, community, snapshot) : nil,
        isDone: coding.isCoder(reader) && coding.doneAt(reader) != nil)
    }
    let key = Form.newKey
    let comparison: HTML =
      view.coding.areBothDone
      ? try await ComparisonDoors(coding: self).comparison(signedIn, key: key) : .empty
    return try pages(signedIn).one(view, key: key, comparison: comparison, alerts: alerts)
  }

  private func unitPage(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let number = try Self.unit(signedIn)
    let (coding, codes, given) = try await staff.database.read { snapshot in
      let coding = try place.find(in: community, snapshot)
      guard coding.isCoder(reader) else { throw Problem.codingNotCoder }
      guard coding.doneAt(reader) == nil else { throw Problem.codingDone }
      let own = try CodingMarkStore.own(of: reader, in: coding.id, community, snapshot)
      let codes = try ThemeCodeStore.all(of: place.study, in: community, snapshot).filter(\.isActive)
      return (coding, codes, own[number])
    }
    return try pages(signedIn).unit(
      number, of: coding, words: try await words(of: number, in: coding, community), codes: codes,
      given: given, key: Form.newKey, alerts: alerts)
  }

  /// What a passage says; nil where its words are gone.
  /// - Throws: `not_found`.
  func words(of number: Int64, in coding: Coding, _ community: CommunityID) async throws -> String? {
    let cipher = try await staff.cipher(of: community)
    let (text, words) = try await staff.database.read { snapshot -> (CodableText, String?) in
      guard let unit = try CodingStore.unit(number, of: coding.id, in: community, snapshot) else {
        throw Problem.notFound
      }
      guard case .passage(let record, let passage) = unit.text else { return (unit.text, nil) }
      let passages = try FieldRecordStore.passages(
        of: record, opening: cipher, in: community, snapshot)
      return (unit.text, passages.first { $0.number == passage }?.words)
    }
    guard case .answer(let answer) = text, case .answers(let questionnaire, let item) = coding.source else {
      return words
    }
    return try await texts.texts(questionnaire, item, community).first { $0.number == answer }?.words
  }

  private func give(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let number = try Self.unit(signedIn)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await unitPage(signedIn, $1) },
      work: {
        let codes = try CodingForm.codes(form)
        try await staff.database.change(
          in: community, once: try form.onceKey("POST /studies/codings/units", signedIn)
        ) { [desk] in try desk.give(codes, to: number, of: place.coding, in: place.study, by: actor, $0) }
        let next = try await staff.database.read { snapshot in
          let coding = try place.find(in: community, snapshot)
          let own = try CodingMarkStore.own(of: reader, in: coding.id, community, snapshot)
          return (1...max(1, coding.units)).first { $0 > number && own[$0] == nil }
        }
        return .redirect(to: next.map { "\(place.path)/units/\($0)" } ?? "\(place.path)?saved=unit")
      })
  }

  private func step(
    _ signedIn: SignedIn, _ work: @escaping @Sendable (Place, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let place = try Place(signedIn)
    return try await staff.change(
      signedIn, "POST /studies/codings/step", leadingTo: "\(place.path)?saved=step",
      page: { try await page(signedIn, $1) }
    ) { _, actor in { try work(place, actor, $0) } }
  }
}
