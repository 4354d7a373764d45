import Database
import Kernel
import People
import Web

/// Requests about one case: looked at and changed by those who may, each look noted before anything is shown.
struct CaseVisits: Sendable {
  /// A case lies open on a screen no longer than this when nobody touches it (field/reliability.md §3.2).
  private static let idle: Duration = .minutes(15)

  let database: Database
  let desk: CaseDesk
  let keys: CareKeys
  /// Where what people would share goes with their yes.
  var gifts = GiftProposals.none

  /// Who asks.
  ///
  /// - Throws: `sign_in.needed` after a quarter of an hour without a sign of them: the session is then over.
  func reader(_ signedIn: SignedIn) async throws -> CaseReader {
    let session = signedIn.session
    guard signedIn.now < session.lastSeenAt + Self.idle else {
      try await signedIn.site.sessions.end(session.hash, session.communityID)
      throw Problem.signInNeeded
    }
    return CaseReader(person: signedIn.personID, roles: signedIn.roles)
  }

  /// The case in the path, for whoever may see it.
  private func matter(_ signedIn: SignedIn) async throws -> CheckedMatter<OpenCase> {
    let reader = try await reader(signedIn)
    let (id, community): (CaseID, CommunityID) = (try signedIn.id("case"), signedIn.community.id)
    return CheckedMatter(database: database, community: community) { [desk] snapshot in
      try desk.doorkeeper.open(id, for: reader, in: community, snapshot)
    }
  }

  /// Reads something of the case in the path.
  /// - Throws: `not_found` alike for what is not there and what is not theirs.
  func look<T: Sendable>(
    _ signedIn: SignedIn, _ look: CaseReadings.Look = .file,
    _ read: @escaping @Sendable (OpenCase, CareOpener, Snapshot) throws -> T
  ) async throws -> T {
    let matter = try await matter(signedIn)
    let client = try await matter.learn { open, _ in open.file.person }
    let opener = try await keys.opening([client], in: matter.community)
    return try await matter.look(noting: { try CaseReadings.note($0, look, in: $1) }) { open, snapshot in
      try read(open, opener, snapshot)
    }
  }

  /// Changes the case in the path, once for each key of the form.
  /// - Throws: `not_found`, and what the change throws.
  func change(_ signedIn: SignedIn, _ form: Form, _ write: @escaping Filled) async throws {
    let matter = try await matter(signedIn)
    let client = try await matter.learn { open, _ in open.file.person }
    let seal = try await keys.sealing(client, in: matter.community)
    try await matter.change(once: try form.onceKey("POST /cases", signedIn)) { open, transaction in
      try write(&open, seal, transaction)
    }
  }
}
