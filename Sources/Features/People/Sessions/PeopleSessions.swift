import Database
import Kernel
import Web

/// Sessions as the web server asks for them: from memory where nothing has changed.
struct PeopleSessions: Sendable {
  private struct Absent: Error {}

  private let database: Database
  private let cache: Cache<[UInt8], Session>

  init(_ database: Database) {
    self.database = database
    cache = Cache(database, capacity: 10_000) { hash in [.session(hash)] }
  }

  var directory: SessionDirectory {
    SessionDirectory(
      find: { hash, community in try await find(hash, community) },
      touch: { session, moment in
        try await database.write(in: session.communityID) { try $0.noteUse(of: session.hash, at: moment) }
      },
      end: { hash, community in try await database.write(in: community) { try $0.endSession(hash) } })
  }

  /// Unknown tokens are not remembered, so that a flood of them cannot push real sessions out.
  private func find(_ hash: [UInt8], _ community: CommunityID) async throws -> Session? {
    do {
      let session = try await cache.value(for: hash) {
        guard let session = try await database.read({ try $0.session(hash, in: community) }) else {
          throw Absent()
        }
        return session
      }
      return session.communityID == community ? session : nil
    } catch is Absent {
      return nil
    }
  }
}
