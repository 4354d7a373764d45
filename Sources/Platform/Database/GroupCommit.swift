import Foundation
import Kernel
import Synchronization

/// Lets writes that wait together share one commit, each in a savepoint of its own: a failing one undoes only itself.
///
/// One disk flush then serves all of them (DESIGN §4.1: 4,700 commits a second one by one, 22,400 together).
/// Reference: group commit as in DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984.
final class GroupCommit: Sendable {
  /// A write that waits for its turn. Its closures are called on a writer thread.
  struct Pending: Sendable {
    let community: CommunityID
    /// Does the work and returns what tells the caller of success once it is committed. May be called again.
    let run: @Sendable (Transaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  /// So many writes share a commit at most; beyond it the first ones would wait for no gain.
  private static let batchLimit = 256
  private static let attempts = 6

  private struct State {
    var waiting: [Pending] = []
    var busy: Set<CommunityID> = []
  }

  private let engine: any Engine
  private let clock: Clock
  private let lanes: Lanes
  private let revisions: Revisions
  private let identifiers: IdentifierSource
  private let state = Mutex(State())

  init(engine: any Engine, clock: Clock, revisions: Revisions, identifiers: IdentifierSource) {
    self.identifiers = identifiers
    self.engine = engine
    self.clock = clock
    self.revisions = revisions
    lanes = Lanes("db-write", count: engine.writers)
  }

  func add(_ pending: Pending) {
    state.withLock { $0.waiting.append(pending) }
    if !lanes.add({ self.serve() }) {
      let left = state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      for pending in left { pending.fail(DatabaseError.closed) }
    }
  }

  /// Whether nothing is under way and nothing waits.
  var isResting: Bool { state.withLock { $0.waiting.isEmpty && $0.busy.isEmpty } }

  func close() {
    lanes.close()
  }

  /// Takes the waiting writes of one community that no other thread is serving, and commits them together.
  private func serve() {
    guard let batch = take() else { return }
    commit(batch, attemptsLeft: Self.attempts)
    let more = state.withLock { state in
      state.busy.remove(batch[0].community)
      return state.waiting.contains { $0.community == batch[0].community }
    }
    if more, !lanes.add({ self.serve() }) { serve() }
  }

  private func take() -> [Pending]? {
    state.withLock { state in
      guard let community = state.waiting.first(where: { !state.busy.contains($0.community) })?.community
      else { return nil }
      state.busy.insert(community)
      var batch: [Pending] = []
      var rest: [Pending] = []
      for pending in state.waiting {
        if pending.community == community && batch.count < Self.batchLimit {
          batch.append(pending)
        } else {
          rest.append(pending)
        }
      }
      state.waiting = rest
      return batch
    }
  }

  private func commit(_ batch: [Pending], attemptsLeft: Int) {
    var done: [@Sendable () -> Void] = []
    var failed: [(Pending, any Error)] = []
    var touched: Set<Topic> = []
    do {
      try engine.write(in: batch[0].community) { connection in
        for pending in batch {
          let transaction = Transaction(
            connection, now: clock.now(), community: pending.community, identifiers: identifiers)
          // One alone needs no savepoint: undoing it undoes the whole. A savepoint keeps a copy of every page changed.
          if batch.count > 1 { try connection.execute("SAVEPOINT write") }
          do {
            let deliver = try pending.run(transaction)
            if batch.count > 1 { try connection.execute("RELEASE SAVEPOINT write") }
            done.append(deliver)
            touched.formUnion(transaction.touched)
          } catch let error where batch.count > 1 && !Self.endsBatch(error) {
            do {
              try connection.execute("ROLLBACK TO SAVEPOINT write")
              try connection.execute("RELEASE SAVEPOINT write")
            } catch _ as DatabaseError { throw error }
            failed.append((pending, error))
          }
        }
      }
    } catch DatabaseError.retry where attemptsLeft > 1 {
      again(batch, attemptsLeft: attemptsLeft - 1)
      return
    } catch {
      for pending in batch { pending.fail(error) }
      return
    }
    revisions.advance(touched)
    for deliver in done { deliver() }
    for (pending, error) in failed { pending.fail(error) }
  }

  /// After two refusals the writes go one by one, so that one that always collides cannot hold up the others.
  private func again(_ batch: [Pending], attemptsLeft: Int) {
    usleepBeforeRetry(Self.attempts - attemptsLeft)
    if attemptsLeft > Self.attempts - 2 || batch.count == 1 {
      commit(batch, attemptsLeft: attemptsLeft)
    } else {
      for pending in batch { commit([pending], attemptsLeft: attemptsLeft) }
    }
  }

  private func usleepBeforeRetry(_ attempt: Int) {
    let limit = 1000 << min(attempt, 6)
    Lanes.pause(microseconds: UInt32.random(in: 500...UInt32(limit)))
  }

  /// Errors after which the whole transaction is to be given up, not only the savepoint. Where the engine itself has
  /// given it up, the savepoint is gone, and rolling back to it fails.
  private static func endsBatch(_ error: any Error) -> Bool {
    switch error as? DatabaseError {
    case .retry, .full, .busy, .connectionLost, .outcomeUnknown, .closed: true
    default: false
    }
  }
}

extension Lanes {
  /// Blocks this thread; only ever called on a lane.
  static func pause(microseconds: UInt32) {
    usleep(microseconds)
  }
}
