import Database
import Kernel
import Security

/// How a person and the WeChat account that writes to them come together: they open a page of ours in WeChat, which sends
/// them through WeChat and back with a code, and they say on our page that this is so.
struct WeChatBinding: Sendable {
  let key: MessageKey
  /// For how long the way through WeChat may take.
  static let lifetime = Duration.minutes(10)

  /// Proves on the way back that this person was sent, and when: `SECONDS-CODE`, as WeChat takes letters and digits only.
  func state(for person: PersonID, in community: CommunityID, at now: Timestamp) -> String {
    "\(now.seconds)x\(Hexadecimal.encode(code(person, community, now.seconds)))"
  }

  /// Whether this came back for the person that was sent, in time.
  func accepts(
    _ state: String, for person: PersonID, in community: CommunityID, at now: Timestamp
  ) -> Bool {
    let parts = state.split(separator: "x", maxSplits: 1)
    guard parts.count == 2, let seconds = Int64(parts[0]), let sent = Hexadecimal.decode(String(parts[1]))
    else { return false }
    let began = Timestamp(seconds: seconds)
    guard began <= now + .minutes(1), now <= began + Self.lifetime else { return false }
    return key.isValid(sent, for: fields(person, community, seconds))
  }

  private func code(_ person: PersonID, _ community: CommunityID, _ seconds: Int64) -> [UInt8] {
    key.code(for: fields(person, community, seconds))
  }

  private func fields(_ person: PersonID, _ community: CommunityID, _ seconds: Int64) -> [[UInt8]] {
    [Array(person.description.utf8), Array(community.description.utf8), Array(String(seconds).utf8)]
  }

  /// What opens the names that WeChat has for persons.
  static func cipher(_ vault: Vault, _ community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }
}
