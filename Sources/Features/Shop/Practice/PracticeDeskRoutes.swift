import Database
import HTTPTypes
import Hummingbird
import Interop
import Kernel
import People
import Web

extension PracticeDoors {
  func registerDesk(on routes: inout Routes) {
    let teachers = Access.Personal.roles(Self.teachers)
    routes.get("/desk/practice", for: teachers, objects: .community) { signedIn in
      try await list(signedIn, form: nil, problem: nil)
    }
    routes.post("/desk/practice", for: .roles([.operator]), objects: .community) { try await make($0) }
    routes.post("/desk/practice/learners", for: teachers, objects: .community) { signedIn in
      let learner = try await desk.handOut(besides: signedIn.community.id, by: try Self.actor(signedIn))
      return .redirect(to: "/desk/practice/learners/\(learner.person)")
    }
    routes.get("/desk/practice/call", for: teachers, objects: .none) { signedIn in
      .page(PracticeDeskPages(say: signedIn.say, token: signedIn.formToken).call(), signedIn)
    }
    routes.get("/desk/practice/steps.csv", for: teachers, objects: .community) { try await export($0) }
    routes.get("/desk/practice/learners/:learner", for: teachers, objects: .community) { signedIn in
      let (entry, _) = try await learner(signedIn)
      let page = PracticeDeskPages(say: signedIn.say, token: signedIn.formToken)
        .learner(entry, isDone: signedIn.query("done") != nil)
      return .page(page, signedIn)
    }
    routes.get("/desk/practice/learners/:learner/slip", for: teachers, objects: .community) {
      try await slip($0)
    }
    routes.post("/desk/practice/learners/:learner/steps", for: teachers, objects: .community) {
      try await note($0)
    }
  }

  private static func actor(_ signedIn: SignedIn) throws -> Actor {
    guard let role = teachers.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    return Actor(person: signedIn.personID, role: role)
  }

  private func list(_ signedIn: SignedIn, form: Form?, problem: Problem?) async throws -> Response {
    let pages = PracticeDeskPages(say: signedIn.say, token: signedIn.formToken)
    let status: HTTPResponse.Status = problem.map { .init(code: $0.status) } ?? .ok
    let found = try await database.read { snapshot -> (PracticeShop, [PracticeLearnerEntry])? in
      guard let shop = try PracticeStore.shop(besides: signedIn.community.id, snapshot) else { return nil }
      return (shop, try PracticeStore.learners(in: shop.community, snapshot))
    }
    guard let (shop, learners) = found else {
      let state = if let form, let problem { FormState(form, problem) } else { FormState.empty }
      return .page(
        pages.missing(mayMake: signedIn.roles.contains(.operator), state: state), signedIn, status: status)
    }
    return .page(
      pages.list(learners, host: desk.people.hostNames(of: shop.community).first), signedIn, status: status)
  }

  private func make(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    do {
      var reader = FormReader(form)
      let host = reader.text("host", length: 3...200)
      try reader.finish()
      let name = signedIn.community.name
      do {
        _ = try await desk.make(
          besides: signedIn.community.id,
          name: Phrase("\(name.chinese)练习店", "\(name.english) practice shop"),
          phoneNumber: signedIn.community.phoneNumber, host: host ?? "",
          offsetSeconds: signedIn.community.offsetSeconds)
      } catch let problem as Problem
        where problem.code == "community.host_taken"
        || problem.fields.contains(where: { $0.field == "hosts" })
      {
        throw Problem.invalid([FieldProblem("host", problem.fields.first?.message ?? problem.title)])
      }
      return .redirect(to: "/desk/practice")
    } catch let problem as Problem where problem.status == 409 || problem.status == 422 {
      return try await list(signedIn, form: form, problem: problem)
    }
  }

  /// - Throws: `not_found` for whoever learns elsewhere.
  private func learner(_ signedIn: SignedIn) async throws -> (PracticeLearnerEntry, PracticeShop) {
    let person: PersonID = try signedIn.id("learner")
    let found = try await database.read { snapshot -> (PracticeLearnerEntry, PracticeShop)? in
      guard let shop = try PracticeStore.shop(besides: signedIn.community.id, snapshot),
        let entry = try PracticeStore.learner(person, in: shop.community, snapshot)
      else { return nil }
      return (entry, shop)
    }
    guard let found else { throw Problem.notFound }
    return found
  }

  private func slip(_ signedIn: SignedIn) async throws -> Response {
    let (entry, shop) = try await learner(signedIn)
    let scheme = signedIn.site.isSecure ? "https" : "http"
    let host = desk.people.hostNames(of: shop.community).first ?? signedIn.visit.host
    let page = try PracticeDeskPages(say: signedIn.say, token: signedIn.formToken)
      .slip(entry, address: "\(scheme)://\(host)/practice-sign-in?code=\(entry.code)")
    return .page(page, signedIn)
  }

  private func note(_ signedIn: SignedIn) async throws -> Response {
    let (entry, _) = try await learner(signedIn)
    var reader = FormReader(try await signedIn.form())
    var levels: [PracticeStep: PracticeLevel] = [:]
    for step in PracticeStep.allCases {
      levels[step] = reader.choice(step.rawValue, of: PracticeLevel.self, isRequired: false)
    }
    try reader.finish()
    try await desk.note(
      levels, of: entry.person, besides: signedIn.community.id, by: try Self.actor(signedIn))
    return .redirect(to: "/desk/practice/learners/\(entry.person)?done=1")
  }

  /// One line for each step of each code, for the skill group.
  private func export(_ signedIn: SignedIn) async throws -> Response {
    let learners = try await database.read { snapshot -> [PracticeLearnerEntry] in
      guard let shop = try PracticeStore.shop(besides: signedIn.community.id, snapshot) else { return [] }
      return try PracticeStore.learners(in: shop.community, snapshot)
    }
    let say = signedIn.say
    var rows: [[SheetTable.Cell]] = []
    for entry in learners {
      for step in PracticeStep.allCases {
        if let level = entry.levels[step] {
          let seen = entry.seen[step].map { say.dateTime($0) } ?? ""
          rows.append([.text(entry.code), .text(say(step.name)), .text(say(level.name)), .text(seen)])
        }
      }
    }
    let writer = CSVWriter()
    let table = SheetTable(
      headings: [
        say("练习码", "Code"), say("步骤", "Step"), say("怎么做到的", "How"), say("练习店看到的时间", "Seen by the shop"),
      ], rows: rows)
    return .file(
      try writer.write(table), name: "\(say("练习步骤", "practice-steps")).csv", type: writer.mediaType)
  }
}
