import Database
import Hummingbird
import Interop
import Kernel
import Messages
import People
import Security
import Web

/// What every room of Resources stands on.
struct ResourceGround: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let messenger: Messenger
  let pictures: PictureReencoder
  let ports: ResourcePorts

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

  /// What opens and seals what is written of people here.
  /// - Throws: `vault.wrong_key`, and what the storage of keys throws.
  func cipher(_ community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }
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

/// Who works for the neighbourhood's resources: the station and the committee.
enum ResourceStaff {
  static let roles: Set<Role> = [.socialWorker, .supervisor, .committee]
  static let access = Access.Personal.roles(roles)
  /// Many at a desk share one address.
  static let writes = [RateLimit("resources.write", 300, per: .minutes(10))]
}
