import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The station's doors of records.
struct FieldRecordDoors: Sendable {
  let staff: SurveyStaff
  private var desk: FieldRecordDesk { FieldRecordDesk(directory: staff.directory) }

  func register(on routes: inout Routes) {
    let (readers, objects, limits) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let all = "\(StudyPages.base)/:study/records"
    let one = "\(all)/:record"
    routes.get("\(all)/new", for: readers, objects: objects) { signedIn in
      .page(try await takePage(signedIn, .empty, []), signedIn)
    }
    routes.post(all, for: readers, objects: objects, limits: limits) { try await take($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, .empty, signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/edit", for: readers, objects: objects) { signedIn in
      .page(try await correctPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(one)/notes", for: readers, objects: objects, limits: limits) { try await correct($0) }
    routes.post("\(one)/lock", for: readers, objects: objects) { signedIn in
      try await change(signedIn) { [desk] in try desk.lock($0.record, of: $0.study, by: $1, in: $2) }
    }
    routes.post("\(one)/addenda", for: readers, objects: objects, limits: limits) { try await add($0) }
    routes.post("\(one)/withdraw", for: readers, objects: objects) { signedIn in
      try await change(signedIn) { [desk] in try desk.withdraw($0.record, of: $0.study, by: $1, in: $2) }
    }
  }

  private struct Place: Sendable {
    let study: StudyID
    let record: FieldRecordID

    init(_ signedIn: SignedIn) throws {
      study = try signedIn.id("study")
      record = try signedIn.id("record")
    }

    var path: String { "\(StudyPages.path(study))/records/\(record)" }
  }

  private func pages(_ signedIn: SignedIn) -> FieldRecordPages {
    FieldRecordPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  // MARK: - Taking

  private func takePage(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let version = try await staff.database.read { snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return version
    }
    return pages(signedIn).take(version, key: Form.newKey, state, alerts: alerts)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let study: StudyID = try signedIn.id("study")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await takePage(signedIn, $0, $1) },
      work: {
        let draft = try FieldRecordForm.draft(
          form, now: signedIn.now, offsetSeconds: signedIn.community.offsetSeconds)
        let cipher = try await staff.cipher(of: signedIn.community.id)
        let key = try FieldRecordForm.onceKey(form, to: signedIn.path, by: signedIn.personID)
        let id = try await staff.database.make(in: signedIn.community.id, once: key) {
          [desk] in try desk.take(draft, of: study, by: actor, sealing: cipher, in: $0).id
        }
        return .redirect(to: "\(StudyPages.path(study))/records/\(id)?saved=record")
      })
  }

  // MARK: - Looking

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let cipher = try await staff.cipher(of: community)
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      let (record, terms) = try Self.find(place, in: community, snapshot)
      let texts = try FieldRecordStore.texts(of: record.id, opening: cipher, in: community, snapshot)
      let people = Set(texts.map(\.writtenBy.person) + [record.recordedBy.person])
        .union([record.facts.speaker].compactMap(\.self))
      return FieldRecordPages.View(
        record: record, terms: terms, texts: texts,
        names: try directory.displayNames(of: people, in: community, snapshot),
        mayCorrect: FieldRecordRules.mayCorrect(record, reader, at: snapshot.now))
    }
    return pages(signedIn).one(view, key: Form.newKey, state, alerts: alerts)
  }

  private static func find(
    _ place: Place, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> (FieldRecord, StudyTerms) {
    guard let record = try FieldRecordStore.find(place.record, in: community, snapshot),
      record.study == place.study,
      let version = try StudyStore.version(record.version, of: place.study, in: community, snapshot)
    else { throw Problem.notFound }
    return (record, version.terms)
  }

  private func correctPage(
    _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let cipher = try await staff.cipher(of: community)
    let (record, terms, text) = try await staff.database.read { snapshot in
      let (record, terms) = try Self.find(place, in: community, snapshot)
      guard record.recordedBy.person == reader else { throw Problem.recordNotOwn }
      guard FieldRecordRules.mayCorrect(record, reader, at: snapshot.now),
        let text = try FieldRecordStore.texts(of: record.id, opening: cipher, in: community, snapshot).first
      else { throw Problem.recordLocked }
      return (record, terms, text)
    }
    return pages(signedIn).correct(
      record, terms, seen: text.revision, key: Form.newKey,
      state ?? FieldRecordForm.state(of: text.notes), alerts: alerts)
  }

  // MARK: - Changing

  private func correct(_ signedIn: SignedIn) async throws -> Response {
    let place = try Place(signedIn)
    return try await staff.change(
      signedIn, "POST /studies/records/notes", leadingTo: "\(place.path)?saved=notes",
      page: { try await correctPage(signedIn, $0, $1) }
    ) { form, actor in
      let (notes, seen) = (try FieldRecordForm.notes(form), try SurveyStaff.seen(form))
      let cipher = try await staff.cipher(of: signedIn.community.id)
      return { [desk] transaction in
        try desk.correct(
          notes, place.record, of: place.study, seen: seen, by: actor, sealing: cipher, in: transaction)
      }
    }
  }

  private func add(_ signedIn: SignedIn) async throws -> Response {
    let place = try Place(signedIn)
    return try await staff.change(
      signedIn, "POST /studies/records/addenda", leadingTo: "\(place.path)?saved=addendum",
      page: { try await page(signedIn, $0, $1) }
    ) { form, actor in
      let notes = try FieldRecordForm.addendum(form)
      let cipher = try await staff.cipher(of: signedIn.community.id)
      return { [desk] transaction in
        try desk.add(notes, to: place.record, of: place.study, by: actor, sealing: cipher, in: transaction)
      }
    }
  }

  private func change(
    _ signedIn: SignedIn, _ work: @escaping @Sendable (Place, Actor, Transaction) throws -> Void
  ) async throws -> Response {
    let place = try Place(signedIn)
    return try await staff.change(
      signedIn, "POST /studies/records/step", leadingTo: "\(place.path)?saved=step",
      page: { try await page(signedIn, $0, $1) }
    ) { _, actor in { try work(place, actor, $0) } }
  }
}
