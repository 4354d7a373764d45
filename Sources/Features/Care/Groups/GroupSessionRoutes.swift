import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of a group's meetings.
struct GroupSessionDoors: Sendable {
  let visits: GroupVisits

  func register(on routes: inout Routes) {
    let (readers, own) = (Groups.readers, Groups.own)
    let one = "/groups/:group/sessions/:session"
    routes.get(one, for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, .empty, []), signedIn)
    }
    routes.get("\(one)/mend", for: readers, objects: own) { signedIn in
      .page(try await mendingPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(one)/mend", for: readers, objects: own, limits: Groups.limits) { signedIn in
      try await answer(
        signedIn, page: { try await mendingPage(signedIn, $0, $1) },
        read: { try GroupSessionForm.mending($0, $1, visits.desk, signedIn.community.offsetSeconds) })
    }
    routes.post("\(one)/addenda", for: readers, objects: own, limits: Groups.limits) { signedIn in
      try await answer(
        signedIn, page: { try await page(signedIn, $0, $1) },
        read: { try GroupSessionForm.addendum($0, $1, visits.desk) })
    }
    routes.get("\(one)/practice", for: readers, objects: own) { signedIn in
      .page(try await codesPage(signedIn, nil, []), signedIn)
    }
    routes.post("\(one)/practice", for: readers, objects: own, limits: Groups.limits) { signedIn in
      try await answer(
        signedIn, page: { try await codesPage(signedIn, $0, $1) },
        read: { try GroupSessionForm.codes($0, $1, visits.desk, signedIn.community.offsetSeconds) })
    }
  }

  /// The meeting in the path, of the group in the path.
  private func draw(
    _ signedIn: SignedIn, needsWriting: Bool = false,
    _ page: (GroupSessionPages, GroupSession, GroupSession.Version) throws -> Page
  ) async throws -> Page {
    let id: GroupSessionID = try signedIn.id("session")
    let community = signedIn.community.id
    let check: @Sendable (OpenGroup, Snapshot) throws -> Void = { open, snapshot in
      if needsWriting { try open.requireWriting() }
      let sessions = try GroupSessionStore.sessions(of: open.id, in: community, snapshot)
      if !sessions.contains(where: { $0.id == id }) { throw Problem.notFound }
    }
    let (view, session, version) = try await visits.look(signedIn, .session, if: check) { view, _ in
      guard let session = view.sessions.first(where: { $0.id == id }), let version = session.newest else {
        throw Problem.notFound
      }
      return (view, session, version)
    }
    let pages = GroupSessionPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, view: view,
      key: Form.newKey)
    return try page(pages, session, version)
  }

  private func page(_ signedIn: SignedIn, _ typed: FormState, _ alerts: [HTML]) async throws -> Page {
    try await draw(signedIn) { pages, session, version in
      pages.page(
        session, version, typed: typed, saved: signedIn.query("saved") != nil, alerts: alerts)
    }
  }

  private func mendingPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    try await draw(signedIn, needsWriting: true) { pages, session, version in
      let actor = pages.view.open.actor.person
      if state == nil, let refusal = session.refusalToMend(by: actor, at: signedIn.now) { throw refusal }
      return pages.mending(session, version, state, alerts: alerts)
    }
  }

  private func codesPage(_ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]) async throws -> Page {
    try await draw(signedIn, needsWriting: true) { pages, session, version in
      guard version.commerce.isInPracticeShop else { throw Problem.groupNotInShop }
      return pages.codes(session, version, state, alerts: alerts)
    }
  }

  private func answer(
    _ signedIn: SignedIn, page: (FormState, [HTML]) async throws -> Page,
    read: (Form, GroupSessionID) throws -> GroupFormDoor.Filled
  ) async throws -> Response {
    let session: GroupSessionID = try signedIn.id("session")
    return try await visits.answer(
      signedIn, page: page, saved: "/sessions/\(session)?saved=1", read: { try read($0, session) })
  }
}
