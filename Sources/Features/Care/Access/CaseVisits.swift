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
  private func client(_ signedIn: SignedIn, _ reader: CaseReader) async throws -> PersonID {
    let id: CaseID = try signedIn.id("case")
    let community = signedIn.community.id
    return try await database.read { [desk] snapshot in
      try desk.doorkeeper.open(id, for: reader, in: community, snapshot).file.person
    }
  }

  /// Reads something of the case in the path. The look stands in the audit chain before anything is read; what is read
  /// and opened then keeps no writer waiting.
  /// - Throws: `not_found` alike for what is not there and what is not theirs.
  func look<T: Sendable>(
    _ signedIn: SignedIn, _ look: CaseReadings.Look = .file,
    _ read: @escaping @Sendable (OpenCase, CareOpener, Snapshot) throws -> T
  ) async throws -> T {
    let reader = try await reader(signedIn)
    let person = try await client(signedIn, reader)
    let community = signedIn.community.id
    let id: CaseID = try signedIn.id("case")
    let opener = try await keys.opening([person], in: community)
    try await database.write(in: community) { [desk] transaction in
      let open = try desk.doorkeeper.open(id, for: reader, in: community, transaction)
      try CaseReadings.note(open, look, in: transaction)
    }
    return try await database.read { [desk] snapshot in
      let open = try desk.doorkeeper.open(id, for: reader, in: community, snapshot)
      return try read(open, opener, snapshot)
    }
  }

  /// Changes the case in the path, once for each key of the form.
  /// - Throws: `not_found`, and what the change throws.
  func change(
    _ signedIn: SignedIn, _ form: Form,
    _ write: @escaping @Sendable (inout OpenCase, CareSeal, Transaction) throws -> Void
  ) async throws {
    let reader = try await reader(signedIn)
    let person = try await client(signedIn, reader)
    let community = signedIn.community.id
    let id: CaseID = try signedIn.id("case")
    let seal = try await keys.sealing(person, in: community)
    let key = try IdempotencyKey(
      principal: reader.person, operation: "POST /cases", key: form["idempotency_key"] ?? "",
      body: Array("\(signedIn.path)|\(form.digestText)".utf8))
    try await database.write(in: community) { [desk] transaction in
      var open = try desk.doorkeeper.open(id, for: reader, in: community, transaction)
      _ = try transaction.once(key) {
        try write(&open, seal, transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }
}

extension Form {
  /// All that was sent but the token, for telling one command from another.
  var digestText: String {
    fields.filter { $0.name != "form_token" }.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }
}
