import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// The station's doors where answers are locked.
struct LockDoors: Sendable {
  /// After so many seconds the page of the progress is fetched anew.
  private static let refreshSeconds = 3

  let staff: SurveyStaff
  let desk = LockDesk()
  private var reader: AnalysisReader { AnalysisReader(staff: staff) }

  func register(on routes: inout Routes) {
    let path = "\(QuestionnairePages.base)/:questionnaire/analysis/lock"
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.get(path, for: readers, objects: objects) { try await show($0) }
    routes.post(path, for: readers, objects: objects, limits: SurveyStaff.writes) { try await request($0) }
  }

  /// What stands of a questionnaire.
  private struct Standing: Sendable {
    let questionnaire: Questionnaire
    let title: String
    let items: [SurveyItem]
    let answers: Int64
    let request: LockRequest?
    let lock: AnswerLock?
    let lockedBy: String
    /// Sheets of paper that are not done with.
    let openSheets: [PaperStanding: Int]
  }

  private func standing(_ signedIn: SignedIn) async throws -> Standing {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    return try await staff.database.read { [directory = staff.directory] snapshot in
      guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot) else {
        throw Problem.notFound
      }
      let versions = try LockStore.versions(of: questionnaire, in: community, snapshot)
      guard let newest = versions.last else { throw Problem.lockNotClosed }
      let lock = try LockStore.find(id, in: community, snapshot)
      let names = try directory.displayNames(
        of: Set([lock?.lockedBy.person].compactMap(\.self)), in: community, snapshot)
      return Standing(
        questionnaire: questionnaire, title: newest.terms.title,
        items: SurveyDataBuilder(versions).finish().items,
        answers: try ResponseStore.count(of: id, in: community, snapshot),
        request: try LockStore.request(id, in: community, snapshot), lock: lock,
        lockedBy: lock.flatMap { names[$0.lockedBy.person] } ?? "—",
        openSheets: try PaperLeaving().open(of: id, in: community, snapshot))
    }
  }

  private func pages(_ signedIn: SignedIn, _ standing: Standing) -> LockPages {
    LockPages(
      say: signedIn.say, token: signedIn.formToken, questionnaire: standing.questionnaire.id,
      title: standing.title)
  }

  private func show(_ signedIn: SignedIn) async throws -> Response {
    let standing = try await standing(signedIn)
    let pages = pages(signedIn, standing)
    if let lock = standing.lock {
      let isWhole =
        signedIn.query("verify") == nil
        ? nil : try await reader.verify(lock, in: signedIn.community.id)
      return .page(
        pages.locked(lock, items: standing.items, by: standing.lockedBy, isWhole: isWhole), signedIn)
    }
    if let request = standing.request, request.failure == nil {
      var response = Response.page(pages.progress(request), signedIn)
      if let refresh = HTTPField.Name("refresh") {
        response.headers[refresh] = "\(Self.refreshSeconds); url=\(LockPages.path(request.questionnaire))"
      }
      return response
    }
    guard standing.questionnaire.state == .closed else { throw Problem.lockNotClosed }
    return .page(form(signedIn, standing, .empty, []), signedIn)
  }

  private func form(_ signedIn: SignedIn, _ standing: Standing, _ state: FormState, _ alerts: [HTML]) -> Page
  {
    var alerts = alerts
    if standing.request?.failure != nil {
      alerts += FormAgain.notices(.lockChanged, signedIn.say)
    }
    if !standing.openSheets.isEmpty {
      alerts.append(
        PaperParts(say: signedIn.say).open(
          standing.openSheets, of: standing.questionnaire.id, token: signedIn.formToken, key: Form.newKey)
      )
    }
    return pages(signedIn, standing).form(
      standing.items, answers: standing.answers, seen: standing.questionnaire.events, key: Form.newKey,
      state, alerts: alerts)
  }

  private func request(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let sent = try await signedIn.form()
    let standing = try await standing(signedIn)
    let id = standing.questionnaire.id
    return try await FormAgain.answer(
      signedIn, sent, page: { form(signedIn, standing, $0, $1) },
      work: {
        let spec = try LockForm.spec(sent, standing.items)
        let seen = try SurveyStaff.seen(sent)
        try await staff.database.change(
          in: signedIn.community.id, once: try sent.onceKey("POST /surveys/analysis/lock", signedIn)
        ) { [desk] in try desk.request(id, spec, seen: seen, by: actor, in: $0) }
        return .redirect(to: LockPages.path(id))
      })
  }
}
