import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The station's doors of quotes.
struct QuoteDoors: Sendable {
  let staff: SurveyStaff
  private var desk: QuoteDesk { QuoteDesk(directory: staff.directory) }

  func register(on routes: inout Routes) {
    let (readers, objects, limits) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let record = "\(StudyPages.base)/:study/records/:record/quotes"
    let all = "\(StudyPages.base)/:study/quotes"
    routes.get(all, for: readers, objects: objects) { try await list($0) }
    routes.get("\(record)/new", for: readers, objects: objects) { signedIn in
      // Without a passage there is nothing to quote: it is chosen on the page of the record.
      guard let passage = signedIn.query("passage") else {
        return .redirect(to: String(signedIn.path.dropLast("/quotes/new".count)))
      }
      return .page(try await makePage(signedIn, passage, .empty, []), signedIn)
    }
    routes.post(record, for: readers, objects: objects, limits: limits) { try await make($0) }
    routes.get("\(all)/:quote", for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, nil, signedIn.savedNotice), signedIn)
    }
    routes.post("\(all)/:quote/words", for: readers, objects: objects, limits: limits) { signedIn in
      try await change(signedIn) { [desk] form, cipher in
        let (words, seen) = (try QuoteForm.words(form), try SurveyStaff.seen(form))
        return { place, actor, transaction in
          try desk.reword(
            words, place.quote, of: place.study, seen: seen, by: actor, sealing: cipher, in: transaction)
        }
      }
    }
    addAgreements("\(all)/:quote", on: &routes)
  }

  private func addAgreements(_ one: String, on routes: inout Routes) {
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.post("\(one)/agreements", for: readers, objects: objects) { signedIn in
      try await change(signedIn) { [desk] form, cipher in
        let (witness, seen) = (try QuoteForm.witness(form), try SurveyStaff.seen(form))
        return { place, actor, transaction in
          try desk.agree(
            place.quote, of: place.study, seen: seen, witness: witness, by: actor, opening: cipher,
            in: transaction)
        }
      }
    }
    routes.post("\(one)/take-back", for: readers, objects: objects) { signedIn in
      try await change(signedIn) { [desk] _, cipher in
        { try desk.takeBack($0.quote, of: $0.study, by: $1, opening: cipher, in: $2) }
      }
    }
    routes.post("\(one)/delete", for: readers, objects: objects) { try await delete($0) }
  }

  private struct Place: Sendable {
    let study: StudyID
    let quote: QuoteID

    init(_ signedIn: SignedIn) throws {
      study = try signedIn.id("study")
      quote = try signedIn.id("quote")
    }

    var path: String { "\(StudyPages.path(study))/quotes/\(quote)" }
  }

  private func pages(_ signedIn: SignedIn) throws -> QuotePages {
    QuotePages(say: signedIn.say, token: signedIn.formToken, study: try signedIn.id("study"))
  }

  private func reading(_ signedIn: SignedIn) async throws -> QuoteReading {
    let community = signedIn.community.id
    return QuoteReading(
      directory: staff.directory, community: community, cipher: try await staff.cipher(of: community))
  }

  // MARK: - Looking

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let reading = try await reading(signedIn)
    let (title, quotes) = try await staff.database.read { snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      let quotes = try QuoteStore.all(of: id, opening: reading.cipher, in: community, snapshot)
      let standings = try reading.standings(of: quotes, snapshot)
      return (
        version.terms.title,
        quotes.map { (quote: $0, standing: standings[$0.id] ?? .needsAgreement) }
      )
    }
    return .page(try pages(signedIn).list(title, quotes), signedIn)
  }

  private func page(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    let (place, community, reader) = (try Place(signedIn), signedIn.community.id, signedIn.personID)
    let reading = try await reading(signedIn)
    let view = try await staff.database.read { [directory = staff.directory] snapshot in
      guard
        let quote = try QuoteStore.find(place.quote, opening: reading.cipher, in: community, snapshot),
        quote.study == place.study
      else { throw Problem.notFound }
      let agreements = try QuoteStore.agreements(to: [quote.id], in: community, snapshot)[quote.id] ?? []
      let colleagues = Set(
        try SurveyStaff.roles.flatMap { try directory.persons(holding: $0, in: community, snapshot) }
      ).subtracting([reader])
      let told = colleagues.union(agreements.map(\.actor.person)).union(agreements.compactMap(\.witness))
      let names = try directory.displayNames(of: told, in: community, snapshot)
      return QuotePages.View(
        quote: quote, standing: try reading.standings(of: [quote], snapshot)[quote.id] ?? .needsAgreement,
        agreements: agreements, names: names,
        witnesses: colleagues.sorted().map { (id: $0, name: names[$0] ?? "—") })
    }
    return try pages(signedIn).one(view, key: Form.newKey, state, alerts: alerts)
  }

  private func makePage(
    _ signedIn: SignedIn, _ passage: String?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (study, id): (StudyID, FieldRecordID) = (try signedIn.id("study"), try signedIn.id("record"))
    let community = signedIn.community.id
    let cipher = try await staff.cipher(of: community)
    let number = passage.flatMap { Int64($0) }
    let (record, found) = try await staff.database.read { snapshot in
      guard let record = try FieldRecordStore.find(id, in: community, snapshot), record.study == study,
        let found = try FieldRecordStore.passages(
          of: id, opening: cipher, in: community, snapshot
        ).first(where: { $0.number == number })
      else { throw Problem.notFound }
      return (record, found)
    }
    return try pages(signedIn).make(found, of: record, key: Form.newKey, state, alerts: alerts)
  }

  // MARK: - Changing

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let (study, record): (StudyID, FieldRecordID) = (try signedIn.id("study"), try signedIn.id("record"))
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await makePage(signedIn, $0.value("passage"), $0, $1) },
      work: {
        let draft = try QuoteForm.draft(form)
        let cipher = try await staff.cipher(of: signedIn.community.id)
        let id = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /studies/records/quotes", signedIn)
        ) { [desk] in try desk.make(draft, of: record, in: study, by: actor, sealing: cipher, $0) }
        return .redirect(to: "\(StudyPages.path(study))/quotes/\(id)?saved=quote")
      })
  }

  private typealias Change = @Sendable (Place, Actor, Transaction) throws -> Void

  private func change(
    _ signedIn: SignedIn, _ read: (Form, FieldCipher) throws -> Change
  ) async throws -> Response {
    let place = try Place(signedIn)
    let cipher = try await staff.cipher(of: signedIn.community.id)
    return try await staff.change(
      signedIn, "POST /studies/quotes", leadingTo: "\(place.path)?saved=quote",
      page: { try await page(signedIn, $0.contains("words") ? $0 : nil, $1) }
    ) { form, actor in
      let work = try read(form, cipher)
      return { try work(place, actor, $0) }
    }
  }

  private func delete(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let place = try Place(signedIn)
    let form = try await signedIn.form()
    let cipher = try await staff.cipher(of: signedIn.community.id)
    try await staff.database.change(
      in: signedIn.community.id, once: try form.onceKey("POST /studies/quotes/delete", signedIn)
    ) { [desk] in try desk.delete(place.quote, of: place.study, by: actor, opening: cipher, in: $0) }
    return .redirect(to: "\(StudyPages.path(place.study))/quotes?saved=deleted")
  }
}
