import Database
import Kernel
import Synchronization
import Web

/// Keeps the table of hosts in memory, so that no request waits for it, and reads it again when it changes.
final class CommunityHosts: Sendable {
  private let database: Database
  private let table = Mutex(HostTable([]))

  init(_ database: Database) {
    self.database = database
  }

  func community(for host: String) -> CommunityCard? {
    table.withLock { $0.community(for: host) }
  }

  /// Whether a community is a practice shop.
  func isPractice(_ community: CommunityID) -> Bool {
    table.withLock { $0.card(of: community)?.isPractice ?? false }
  }

  func hosts(of community: CommunityID) -> [String] {
    table.withLock { $0.card(of: community)?.hosts ?? [] }
  }

  func reload() async throws {
    let communities = try await database.read { try $0.communities() }
    table.withLock { $0 = HostTable(communities) }
  }
}
