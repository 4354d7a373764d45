import Database
import Kernel
import Messages
import People

/// Lets the demo's households be told of their orders through the real event pump, at the time at which it happens; and
/// lets some of them choose how.
struct DemoMessageBuilder: Sendable {
  let builder: DemoBuilder
  let community: DemoCommunityIDs

  /// What lies longer back was told, read and thrown away.
  private static let memory = Duration.days(10)
  /// What lies so far back was read by everybody who reads.
  private static let readAfter = Duration.days(2)

  private var database: Database { builder.switchboard.database }
  private var messages: Messages { builder.switchboard.messages }

  /// Some neighbours have said how they want to be told: by text, by a call, on paper, and in English.
  func choose() async throws {
    let choices: [MessagePreference] = [
      MessagePreference(ways: [.call]), MessagePreference(ways: [.slip]),
      MessagePreference(ways: [.sms, .call], quietHours: QuietHours(from: 20 * 60, until: 9 * 60)),
      MessagePreference(ways: [.sms], language: .english, isUrgentAllowedAtNight: true),
      MessagePreference(ways: []),
    ]
    // Every nineteenth household, so that they live in different buildings.
    let persons = community.buyerIDs.enumerated().filter { $0.offset % 19 == 7 }.map(\.element)
    try await database.write(in: community.id) { transaction in
      for (person, choice) in zip(persons, choices) {
        try messages.prefer(choice, for: person, by: Actor(person: person, role: .resident), in: transaction)
      }
    }
  }

  /// Hands on what has happened up to now.
  func tell() async throws {
    guard builder.now - builder.clock.now < Self.memory else { return }
    try await builder.switchboard.eventPump().drain()
  }

  /// The office prints the slips that wait.
  func printSlips(by person: PersonID) async throws {
    guard builder.now - builder.clock.now < Self.memory else { return }
    try await database.write(in: community.id) { transaction in
      try messages.slipsPrinted(by: Actor(person: person, role: .socialWorker), in: transaction)
    }
  }

  /// Whoever reads has read what is older than a day or two.
  func read() async throws {
    let moment = builder.now - Self.readAfter
    for start in stride(from: 0, to: community.buyerIDs.count, by: 200) {
      let persons = community.buyerIDs[start..<min(start + 200, community.buyerIDs.count)]
      try await database.write(in: community.id) { transaction in
        for person in persons { try messages.read(until: moment, by: person, in: transaction) }
      }
    }
  }
}
