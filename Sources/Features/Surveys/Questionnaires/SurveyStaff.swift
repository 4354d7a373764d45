import Database
import Hummingbird
import Kernel
import People
import Security
import Web

/// Who works on questionnaires, and what all their doors share.
struct SurveyStaff: Sendable {
  static let roles: Set<Role> = [.socialWorker, .supervisor]
  static let readers = Access.Personal.roles(roles)
  static let objects = Objects.community
  static let writes = [RateLimit("surveys.write", 600, per: .hours(1))]

  let database: Database
  let directory: Directory
  let vault: Vault
  let keys: CollectorKeys

  /// What opens the answers of a community.
  func cipher(of community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .survey))
  }

  /// The number that a form says its author saw.
  /// - Throws: `form.stale`.
  static func seen(_ form: Form) throws -> Int64 {
    guard let text = try form["seen"], let seen = Int64(text) else { throw Problem.staleForm }
    return seen
  }
}

extension SurveyStaff {
  typealias Work = @Sendable (Transaction) throws -> Void

  /// Does what a form of the station asks, once for each of its keys, and shows its page again where it cannot be done.
  ///
  /// - Parameters:
  ///   - path: where it leads once it is done.
  ///   - read: reads what is to be done out of the form.
  func change(
    _ signedIn: SignedIn, _ operation: StaticString, leadingTo path: String,
    page: (FormState, [HTML]) async throws -> Page,
    _ read: (Form, Actor) async throws -> Work
  ) async throws -> Response {
    let actor = try signedIn.actor(of: Self.roles)
    let form = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, form, page: page,
      work: {
        let work = try await read(form, actor)
        try await database.change(
          in: signedIn.community.id, once: try form.onceKey(operation, signedIn), work)
        return .redirect(to: path)
      })
  }
}
