import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of code books.
struct CodeBookDoors: Sendable {
  let staff: SurveyStaff
  let desk = CodeBookDesk()

  func register(on routes: inout Routes) {
    let (readers, objects, limits) = (SurveyStaff.readers, SurveyStaff.objects, SurveyStaff.writes)
    let all = "\(StudyPages.base)/:study/codes"
    let one = "\(all)/:code"
    routes.get(all, for: readers, objects: objects) { signedIn in
      let (_, title, codes) = try await book(signedIn)
      return .page(try pages(signedIn).book(title, codes), signedIn)
    }
    routes.get("\(all)/new", for: readers, objects: objects) { signedIn in
      .page(try await form(signedIn, of: nil, .empty, []), signedIn)
    }
    routes.post(all, for: readers, objects: objects, limits: limits) { try await add($0) }
    routes.get(one, for: readers, objects: objects) { signedIn in
      .page(try await page(signedIn, .empty, signedIn.savedNotice), signedIn)
    }
    routes.get("\(one)/edit", for: readers, objects: objects) { signedIn in
      .page(try await form(signedIn, of: try signedIn.id("code"), nil, []), signedIn)
    }
    routes.post(one, for: readers, objects: objects, limits: limits) { try await write($0) }
    routes.post("\(one)/retire", for: readers, objects: objects) { try await retire($0) }
  }

  private func pages(_ signedIn: SignedIn) throws -> CodeBookPages {
    CodeBookPages(say: signedIn.say, token: signedIn.formToken, study: try signedIn.id("study"))
  }

  private func path(_ signedIn: SignedIn) throws -> String {
    "\(StudyPages.path(try signedIn.id("study")))/codes"
  }

  // MARK: - Looking

  private func book(
    _ signedIn: SignedIn
  ) async throws -> (study: StudyID, title: String, codes: [ThemeCode]) {
    let (id, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    return try await staff.database.read { snapshot in
      guard let study = try StudyStore.find(id, in: community, snapshot),
        let version = try StudyStore.version(study.version, of: id, in: community, snapshot)
      else { throw Problem.notFound }
      return (id, version.terms.title, try ThemeCodeStore.all(of: id, in: community, snapshot))
    }
  }

  /// - Parameter state: nil for what is stored.
  private func form(
    _ signedIn: SignedIn, of id: ThemeCodeID?, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let (_, _, codes) = try await book(signedIn)
    let code = codes.first { $0.id == id }
    if id != nil {
      guard let code else { throw Problem.notFound }
      guard code.isActive else { throw Problem.codeRetired }
    }
    return try pages(signedIn).form(
      code, among: codes, key: Form.newKey,
      state ?? code.map { ThemeCodeForm.state(of: $0.content) } ?? .empty, alerts: alerts)
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let (study, community): (StudyID, CommunityID) = (try signedIn.id("study"), signedIn.community.id)
    let id: ThemeCodeID = try signedIn.id("code")
    let (versions, names) = try await staff.database.read { [directory = staff.directory] snapshot in
      let versions = try ThemeCodeStore.versions(of: id, in: community, snapshot)
      guard versions.first?.code.study == study else { throw Problem.notFound }
      return (
        versions,
        try directory.displayNames(of: Set(versions.map(\.writtenBy.person)), in: community, snapshot)
      )
    }
    return try pages(signedIn).one(versions, names: names, key: Form.newKey, state, alerts: alerts)
  }

  // MARK: - Changing

  private func add(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let study: StudyID = try signedIn.id("study")
    let sent = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, sent, page: { try await form(signedIn, of: nil, $0, $1) },
      work: {
        let content = try ThemeCodeForm.content(sent)
        _ = try await staff.database.make(
          in: signedIn.community.id, once: try sent.onceKey("POST /studies/codes", signedIn)
        ) { [desk] in try desk.add(content, to: study, by: actor, in: $0) }
        return .redirect(to: try path(signedIn))
      })
  }

  private func write(_ signedIn: SignedIn) async throws -> Response {
    let (study, id): (StudyID, ThemeCodeID) = (try signedIn.id("study"), try signedIn.id("code"))
    return try await staff.change(
      signedIn, "POST /studies/codes/write", leadingTo: "\(try path(signedIn))/\(id)?saved=code",
      page: { try await form(signedIn, of: id, $0, $1) }
    ) { sent, actor in
      let (content, seen) = (try ThemeCodeForm.content(sent), try SurveyStaff.seen(sent))
      return { [desk] in try desk.write(content, id, of: study, seen: seen, by: actor, in: $0) }
    }
  }

  private func retire(_ signedIn: SignedIn) async throws -> Response {
    let (study, id): (StudyID, ThemeCodeID) = (try signedIn.id("study"), try signedIn.id("code"))
    return try await staff.change(
      signedIn, "POST /studies/codes/retire", leadingTo: "\(try path(signedIn))/\(id)?saved=code",
      page: { try await page(signedIn, $0, $1) }
    ) { sent, actor in
      let (reason, seen) = (try ThemeCodeForm.reason(sent), try SurveyStaff.seen(sent))
      return { [desk] in try desk.retire(id, of: study, seen: seen, for: reason, by: actor, in: $0) }
    }
  }
}
