import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of the third look.
struct DifferenceDoors: Sendable {
  let staff: SurveyStaff
  let desk = PaperDesk()

  func register(on routes: inout Routes) {
    let path = "\(PaperParts.base)/:serial/differences"
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.get(path, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.post(path, for: readers, objects: objects, limits: SurveyStaff.writes) { try await settle($0) }
  }

  private struct Target: Sendable {
    let place: PaperDesk.Place
    let paper: PaperForm
    let list: DifferenceList
    let names: [PersonID: String]
    let hasAnswered: Bool
  }

  /// - Throws: `not_found`, `paper.locked`, `paper.settled`, `paper.not_compared`.
  private func target(_ signedIn: SignedIn) async throws -> Target {
    let serial = try KeyingDoors.serial(signedIn)
    let (community, clock) = (signedIn.community.id, KeyingDoors.clock(signedIn))
    let cipher = try await staff.cipher(of: community)
    return try await staff.database.read { [desk, directory = staff.directory] snapshot in
      let place = try desk.place(serial, in: community, snapshot)
      guard PaperRules.takesEntries(place.questionnaire) else { throw Problem.paperLocked }
      let paper = try PaperForm(place.version, in: place.batch.language)
      let list = try desk.list(place, paper, opening: cipher, clock: clock, snapshot, in: community)
      let persons = [list.first, list.second].compactMap { entry -> PersonID? in
        if case .person(let person, _) = entry.respondent { person } else { nil }
      }
      return Target(
        place: place, paper: paper, list: list,
        names: try directory.displayNames(of: Set(persons), in: community, snapshot),
        hasAnswered: try desk.hasAnswered(list.first.respondent, place, community, snapshot))
    }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let target = try await target(signedIn)
    let fields = Set(state.allProblems.map(\.field))
    let further = target.paper.questions.filter { name in
      fields.contains(DifferenceForm.choice(name)) || fields.contains(QuestionParts.field(name))
    }
    let conditioning = further.flatMap { target.paper.conditioning($0) }
    return DifferencePages(say: signedIn.say, token: signedIn.formToken).page(
      DifferencePages.Request(
        place: target.place, paper: target.paper, list: target.list, further: Set(further + conditioning),
        names: target.names, hasAnswered: target.hasAnswered, key: Form.newKey, state: state,
        alerts: alerts))
  }

  private func settle(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let sent = try await signedIn.form()
    let once = try KeyingDoors.onceKey(sent, "POST /surveys/paper/differences", signedIn)
    let (community, offset) = (signedIn.community.id, signedIn.community.offsetSeconds)
    let serial = try KeyingDoors.serial(signedIn)
    let isDone = try await staff.database.read { try $0.storedAnswer(for: once, in: community) != nil }
    let batch = try await staff.database.read { [desk] in try desk.place(serial, in: community, $0).batch }
    let path = "\(PaperParts.batch(batch))?saved=1&after=\(serial.sheet)"
    if isDone { return .redirect(to: path) }
    let target = try await target(signedIn)
    let cipher = try await staff.cipher(of: community)
    return try await FormAgain.answer(
      signedIn, sent, page: { try await page(signedIn, $0, $1) },
      work: {
        let decision = try await decision(sent, target, signedIn)
        try await staff.database.change(in: community, once: once) { [desk] transaction in
          try desk.settle(
            decision, serial, by: actor, sealing: cipher, offsetSeconds: offset, in: transaction)
        }
        return .redirect(to: path)
      })
  }

  private func decision(
    _ sent: Form, _ target: Target, _ signedIn: SignedIn
  ) async throws -> PaperDesk.Decision {
    let form = try DifferenceForm(
      sent, target.paper, target.list, offsetSeconds: signedIn.community.offsetSeconds)
    let seen = (try sent["seen"] ?? "").split(separator: " ").compactMap { PaperEntryID(String($0)) }
    let named =
      form.who == .other
      ? try await RespondentSearch(staff: staff).respondent(
        sent, under: target.place.version.terms, in: signedIn.community.id) : nil
    return PaperDesk.Decision(seen: seen, form: form, named: named)
  }
}
