package import Kernel

/// What every page says about its community.
///
/// A class, though it never changes, so that each request carries one reference and not its words.
package final class CommunityCard: Sendable {
  package let id: CommunityID
  package let name: Phrase
  /// The telephone of a human being, on every page.
  package let phoneNumber: String
  /// The `Host` values this community answers to, lower case, with a port where it is not the scheme's own.
  package let hosts: [String]
  /// Distance from UTC in seconds; 28,800 in China.
  package let offsetSeconds: Int
  /// A practice shop: same pages, nothing leaves.
  package let isPractice: Bool

  package init(
    id: CommunityID, name: Phrase, phoneNumber: String, hosts: [String], offsetSeconds: Int = 28_800,
    isPractice: Bool = false
  ) {
    self.id = id
    self.name = name
    self.phoneNumber = phoneNumber
    self.hosts = hosts
    self.offsetSeconds = offsetSeconds
    self.isPractice = isPractice
  }

  /// Stands where a machine asks for what belongs to no community, under whatever name it reaches the server.
  static let none = CommunityCard(
    id: CommunityID(rawValue: 0), name: Phrase("暖邻", "Nuanlin"), phoneNumber: "", hosts: [])
}
