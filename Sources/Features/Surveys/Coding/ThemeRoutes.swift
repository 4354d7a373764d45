import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of themes.
struct ThemeDoors: Sendable {
  let staff: SurveyStaff
  let desk = ThemeDesk()
  private static let listed = 20

  func register(on routes: inout Routes) {
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    let base = "\(StudyPages.base)/:study/themes"
    routes.get(base, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, signedIn.savedNotice), signedIn)
    }
    routes.post(base, for: readers, objects: objects, limits: SurveyStaff.writes) { try await publish($0) }
    routes.get("\(base)/:table", for: readers, objects: objects) { try await table($0) }
  }

  private func pages(_ signedIn: SignedIn) throws -> ThemePages {
    ThemePages(say: signedIn.say, token: signedIn.formToken, study: try signedIn.id("study"))
  }

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let (title, counts, tables) = try await staff.database.read { [desk] snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return (
        version.terms.title, try desk.counts(of: id, in: community, snapshot),
        try ThemeStore.newest(of: id, limit: Self.listed, in: community, snapshot)
      )
    }
    return try pages(signedIn).overview(title, counts, tables, key: Form.newKey, alerts: alerts)
  }

  private func table(_ signedIn: SignedIn) async throws -> Response {
    let (study, id): (StudyID, ThemeTableID) = (try signedIn.id("study"), try signedIn.id("table"))
    let community = signedIn.community.id
    let table = try await staff.database.read { try ThemeStore.find(id, in: community, $0) }
    guard let table, table.study == study else { throw Problem.notFound }
    return .page(try pages(signedIn).table(table), signedIn)
  }

  private func publish(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let study: StudyID = try signedIn.id("study")
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $1) },
      work: {
        _ = try await staff.database.make(
          in: signedIn.community.id, once: try form.onceKey("POST /studies/themes", signedIn)
        ) { [desk] in try desk.publish(study, by: actor, in: $0) }
        return .redirect(to: "\(StudyPages.path(study))/themes?saved=table")
      })
  }
}
