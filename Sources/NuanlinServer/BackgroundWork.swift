import Care
import Database
import Kernel
import Ledger
import Logging
import Messages
import People
import Resources
import ServiceLifecycle
import Surveys

/// Does the jobs that are due and hands on events, until the program is asked to stop.
///
/// It sleeps until a commit says that there is something new, or the next job is due, or a few seconds have passed
/// (another program on the same database may have left something).
package struct BackgroundWork: Service {
  /// Longest sleep: what another program schedules is seen within it.
  private static let longestPause: Duration = .seconds(5)
  /// What follows a commit within this time is done with it, so that a rush wakes it fifty times a second at most.
  private static let gathering: Duration = .milliseconds(20)
  private static let paymentPause: Duration = .seconds(2)
  /// Bills are ready once a day, so a minute is soon enough.
  private static let billPause: Duration = .seconds(60)
  private static let expiryPause: Duration = .seconds(60)
  /// Keys are followed by others once a year, so an hour is soon enough.
  private static let rotationPause: Duration = .seconds(3600)
  /// Whoever deletes somebody finishes it themselves; only what was interrupted is left.
  private static let erasurePause: Duration = .seconds(60)

  let database: Database
  let jobs: JobRunner
  let events: EventPump
  let people: People
  let gateways: GatewayDesk
  let bills: ServiceBills
  let deliveries: Deliveries
  let keyRotation: CareKeyRotation
  let rights: DataRights
  let surveyLocks: LockWork
  let networks: NetworkWork
  let logger: Logger

  package func run() async throws {
    await cancelWhenGracefulShutdown {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await repeatedly(after: .jobs) { try await jobs.runDue() } }
        group.addTask { await repeatedly(after: .events) { try await events.drain() } }
        group.addTask { await repeatedly(after: .surveyLocks) { try await surveyLocks.round() } }
        group.addTask { await repeatedly(after: .networkReports) { try await networks.round() } }
        group.addTask { await repeatedly(after: .messageDeliveries) { try await deliveries.round() } }
        group.addTask {
          await steadily(every: Self.expiryPause, "Deliveries") { try await deliveries.giveUpExpired() }
        }
        group.addTask {
          await steadily(every: Self.rotationPause, "Keys") { try await keyRotation.round() }
        }
        group.addTask {
          await steadily(every: Self.erasurePause, "Erasures") { try await rights.finishErasures() }
        }
        group.addTask { await people.keepHostsCurrent() }
        if gateways.isSetUp {
          group.addTask {
            await steadily(every: Self.paymentPause, "Payments") { try await gateways.round() }
          }
          group.addTask { await steadily(every: Self.billPause, "Bills") { try await bills.round() } }
        }
      }
    }
  }

  /// What is done when it is its time: a commit moves the time and wakes nobody.
  private func steadily(
    every pause: Duration, _ name: StaticString, _ work: @Sendable () async throws -> Int
  ) async {
    while !Task.isCancelled {
      do {
        _ = try await work()
      } catch is CancellationError {
        return
      } catch {
        logger.error("Background work failed; it is tried again", metadata: ["work": "\(name)"])
      }
      try? await Task.sleep(for: pause)
    }
  }

  private func repeatedly(after topic: Topic, _ work: @Sendable () async throws -> Int) async {
    while !Task.isCancelled {
      do {
        _ = try await work()
      } catch is CancellationError {
        return
      } catch {
        logger.error("Background work failed; it is tried again", metadata: ["topic": "\(topic.name)"])
      }
      await pause(until: topic)
    }
  }

  private func pause(until topic: Topic) async {
    let next = topic == .jobs ? (try? await jobs.nextDue()) ?? nil : nil
    let untilNext = next.map { max(.milliseconds(10), $0 - database.clock.now()) }
    let pause = min(Self.longestPause, untilNext ?? Self.longestPause)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await Task.sleep(for: pause) }
      group.addTask {
        for await _ in database.changes(of: topic) {
          try? await Task.sleep(for: Self.gathering)
          return
        }
      }
      await group.next()
      group.cancelAll()
    }
  }
}
