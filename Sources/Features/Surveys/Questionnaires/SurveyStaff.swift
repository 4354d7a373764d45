import Database
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

  /// The person in the least powerful of their roles that allows it.
  /// - Throws: `forbidden`.
  static func actor(_ signedIn: SignedIn) throws -> Actor {
    guard let role = roles.intersection(signedIn.roles).min() else { throw Problem.forbidden }
    return Actor(person: signedIn.personID, role: role)
  }

  static var key: String { SecretToken.make(.bits128).text }

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

  static func saved(_ signedIn: SignedIn) -> [HTML] {
    signedIn.query("saved") == nil ? [] : [PageParts.notice(signedIn.say("已保存。", "Saved."), .good)]
  }
}
