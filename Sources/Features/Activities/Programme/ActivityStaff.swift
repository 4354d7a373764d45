import Database
import Hummingbird
import Kernel
import People
import Web

/// Who runs activities: the station and the committee.
enum ActivityStaff {
  static let roles: Set<Role> = [.socialWorker, .supervisor, .committee]
  static let access = Access.Personal.roles(roles)
  /// Many at a desk share one address, and one of them writes a lot on the day.
  static let writes = [RateLimit("activities.write", 300, per: .minutes(10))]
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
  /// Does what a form asks in one transaction, once for each of its keys.
  func change(
    _ signedIn: SignedIn, _ form: Form, _ operation: StaticString,
    _ work: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    try await database.change(
      in: signedIn.community.id, once: try form.onceKey(operation, signedIn), work)
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
