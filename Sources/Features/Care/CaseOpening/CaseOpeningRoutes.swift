import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors through which a case is opened.
struct CaseOpeningDoors: Sendable {
  private static let limits = [RateLimit("care.open", 30, per: .hours(1))]

  let visits: CaseVisits

  private var database: Database { visits.database }
  private var desk: CaseDesk { visits.desk }

  func register(on routes: inout Routes) {
    let readers = CaseForms.readers
    routes.get("/cases/new", for: readers, objects: .none) { signedIn in
      .page(try await newPage(signedIn, nil, .empty, []), signedIn)
    }
    routes.get("/cases/for/:person", for: readers, objects: .community) { signedIn in
      let person: PersonID = try signedIn.id("person")
      return .page(try await newPage(signedIn, person, .empty, []), signedIn)
    }
    routes.post("/cases", for: readers, objects: .community, limits: Self.limits) { try await create($0) }
  }

  private func newPage(
    _ signedIn: SignedIn, _ person: PersonID?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let reader = try await visits.reader(signedIn)
    let community = signedIn.community.id
    let (subject, staff) = try await database.read { [desk] snapshot in
      let name = try person.map { person in
        guard
          let name = try desk.directory.displayNames(of: [person], in: community, snapshot)[person]
        else { throw Problem.notFound }
        return CaseOpeningPages.Subject(id: person, name: name)
      }
      return (name, try StaffOptions(desk.directory, except: person, in: community, snapshot))
    }
    return CaseOpeningPages(say: signedIn.say, token: signedIn.formToken).new(
      subject, staff, mayWait: reader.roles.contains(.supervisor), key: Form.newKey,
      state, alerts: alerts)
  }

  private func create(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let reader = try await visits.reader(signedIn)
    let named = try form["person"].flatMap { PersonID($0) }
    return try await FormAgain.answer(
      signedIn, form, page: { try await newPage(signedIn, named, $0, $1) },
      work: {
        let filled = try CaseOpeningForm.read(form, mayWait: reader.roles.contains(.supervisor))
        let id = try await open(filled, form, reader, signedIn)
        return .redirect(to: "/cases/\(id)?saved=case")
      })
  }

  private func open(
    _ filled: CaseOpeningForm.Filled, _ form: Form, _ reader: CaseReader, _ signedIn: SignedIn
  ) async throws -> String {
    let community = signedIn.community.id
    let person = try await database.read { [desk] snapshot in
      if let person = filled.person { return person }
      guard
        let person = try desk.directory.person(
          withPhone: filled.phone, in: community, snapshot)
      else { throw Problem.casePersonUnknown }
      return person
    }
    if person == reader.person { throw Problem.caseOwn }
    let seal = try await visits.keys.sealing(person, in: community)
    let role: Role = reader.roles.contains(.socialWorker) ? .socialWorker : .supervisor
    let draft = CaseDesk.Draft(
      person: person, field: filled.field, source: filled.source, words: filled.words,
      assignment: filled.assignment)
    let key = try form.onceKey("POST /cases", signedIn)
    return try await database.make(in: community, once: key) { [desk] transaction in
      let actor = Actor(person: reader.person, role: role)
      return try desk.open(draft, sealing: seal, by: actor, in: transaction).id
    }
  }
}

extension Problem {
  static let casePersonUnknown = Problem.invalid([
    FieldProblem(
      "phone",
      Phrase(
        "没有登记这个电话的人。请先在“邻居”里登记。", "Nobody is entered with this number. Please add them under “People” first.")
    )
  ])
}
