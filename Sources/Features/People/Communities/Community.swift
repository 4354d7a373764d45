package import Kernel
import Web

/// What a new community starts with.
package struct CommunityDraft: Sendable {
  package let name: Phrase
  /// The telephone of a human being, shown on every page; not personal data.
  package let phoneNumber: String
  /// The `Host` values it answers to, with a port where that is not the scheme's own.
  package let hosts: [String]
  package let offsetSeconds: Int
  package let isPractice: Bool

  /// - Throws: `form.invalid` naming `name`, `phone` or `hosts`.
  package init(
    name: Phrase, phoneNumber: String, hosts: [String] = [], offsetSeconds: Int = 28_800,
    isPractice: Bool = false
  ) throws {
    self.name = name
    self.phoneNumber = phoneNumber
    self.hosts = hosts.map { $0.lowercased() }
    self.offsetSeconds = offsetSeconds
    self.isPractice = isPractice
    var problems = Problems()
    if name.chinese.isEmpty || name.english.isEmpty {
      problems.add("name", Phrase("请写小区的中文名和英文名。", "Please give the community's name in both languages."))
    }
    if phoneNumber.isEmpty {
      problems.add("phone", Phrase("请写一个有人接听的电话。", "Please give a telephone number that a person answers."))
    }
    for host in self.hosts where !Self.isHost(host) {
      problems.add("hosts", Phrase("这个网址写得不对：\(host)", "This host name is not understood: \(host)"))
    }
    try problems.throwIfAny()
  }

  /// Letters, digits, dots and hyphens, and a port at most.
  private static func isHost(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (48...58).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 46
      }
  }
}

/// Which community answers to a `Host`: a value, so that each request asks it without waiting.
struct HostTable: Sendable {
  private let byHost: [String: CommunityCard]
  private let byID: [CommunityID: CommunityCard]
  private let first: CommunityCard?

  /// - Parameter communities: in the order of their creation.
  init(_ communities: [CommunityCard]) {
    var byHost: [String: CommunityCard] = [:]
    for community in communities {
      for host in community.hosts { byHost[host] = community }
    }
    self.byHost = byHost
    byID = Dictionary(communities.map { ($0.id, $0) }) { first, _ in first }
    first = communities.first
  }

  /// The community with this host. The machine's own names lead to the first community, so that a new installation can
  /// be looked at before it has a name; anything else unknown is nil.
  func community(for host: String) -> CommunityCard? {
    if let community = byHost[host] { return community }
    if let name = Self.localName(host) {
      return byHost.first { Self.localName($0.key) == name }?.value
    }
    return Self.isLoopback(host) ? first : nil
  }

  func card(of community: CommunityID) -> CommunityCard? { byID[community] }

  /// `practice.localhost` of `practice.localhost:8080`: such names are always this machine (RFC 6761), whatever its port.
  private static func localName(_ host: String) -> Substring? {
    let name = host.prefix { $0 != ":" }
    return name.utf8.count > 10 && name.hasSuffix(".localhost") ? name : nil
  }

  private static let loopbackNames = ["127.0.0.1", "localhost", "[::1]"]

  static func isLoopback(_ host: String) -> Bool {
    for name in loopbackNames where host.utf8.starts(with: name.utf8) {
      let rest = host.utf8.dropFirst(name.utf8.count)
      if rest.isEmpty { return true }
      if rest.first == UInt8(ascii: ":"), (1...5).contains(rest.count - 1),
        rest.dropFirst().allSatisfy({ (48...57).contains($0) })
      {
        return true
      }
    }
    return false
  }
}
