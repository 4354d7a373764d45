import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// Who runs activities: the station and the committee.
enum ActivityStaff {
  static let roles: Set<Role> = [.socialWorker, .supervisor, .committee]
  static let access = Access.Personal.roles(roles)
  /// Many at a desk share one address, and one of them writes a lot on the day.
  static let writes = [RateLimit("activities.write", 300, per: .minutes(10))]

  /// - Throws: `forbidden` for everybody else.
  static func actor(_ signedIn: SignedIn) throws -> Actor {
    guard let role = signedIn.roles.intersection(roles).min() else { throw Problem.forbidden }
    return Actor(person: signedIn.personID, role: role)
  }
}

extension Actor {
  /// Somebody who does something for themselves.
  static func resident(_ person: PersonID) -> Actor { Actor(person: person, role: .resident) }

  /// Somebody of whom nothing is known.
  static let stranger = Actor.resident(PersonID(rawValue: 0))
}

extension Transaction {
  /// Appends one entry to the audit chain of this community.
  func note(
    _ action: StaticString, by actor: Actor, of object: Int64, onBehalfOf person: PersonID? = nil,
    purpose: String = ""
  ) throws {
    try audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: person, action: action, object: object,
        purpose: purpose))
  }
}

extension ActivityProgramme {
  /// For one form.
  static var newKey: String { SecretToken.make(.bits128).text }

  /// The key under which what a form asks for is done once, however often it is sent.
  /// - Throws: `idempotency.key`.
  static func once(
    _ operation: StaticString, _ form: Form, by person: PersonID, path: String
  ) throws -> IdempotencyKey {
    let fields = form.fields.filter { $0.name != "form_token" }.map { "\($0.name)=\($0.value)" }
    let files = form.files.map { "\($0.field)=\(Digest(of: $0.bytes))" }
    return try IdempotencyKey(
      principal: person, operation: operation, key: form["idempotency_key"] ?? "",
      body: Array("\(path)|\((fields + files).joined(separator: "&"))".utf8))
  }

  /// Does what a form asks in one transaction, once for each of its keys.
  func change(
    _ signedIn: SignedIn, _ form: Form, _ operation: StaticString,
    _ work: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    let key = try Self.once(operation, form, by: signedIn.personID, path: signedIn.path)
    try await database.write(in: signedIn.community.id) { transaction in
      _ = try transaction.once(key) {
        try work(transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }

  /// The same for what makes something new.
  /// - Returns: the identifier of the new thing in words, the same whenever the form is sent again.
  func make<Kind>(
    _ signedIn: SignedIn, _ form: Form, _ operation: StaticString,
    _ work: @escaping @Sendable (Transaction) throws -> Identifier<Kind>
  ) async throws -> String {
    let key = try Self.once(operation, form, by: signedIn.personID, path: signedIn.path)
    let answer = try await database.write(in: signedIn.community.id) { transaction in
      try transaction.once(key) {
        StoredAnswer(status: 303, body: Array(try work(transaction).description.utf8))
      }
    }
    return String(decoding: answer.body, as: UTF8.self)
  }

  /// Does what a form of a page asks, and shows the page again where it cannot be done.
  func answer(
    _ signedIn: SignedIn, backTo path: String,
    page: (FormState, [HTML]) async throws -> Page, _ work: (Form) async throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: page,
      work: {
        try await work(form)
        return .redirect(to: path)
      })
  }
}

extension SignedIn {
  /// The notice on a page to which a form has led that did what it should.
  var savedNotice: [HTML] {
    query("saved").map { _ in [PageParts.notice(say("已保存。", "Saved."), .good)] } ?? []
  }
}
