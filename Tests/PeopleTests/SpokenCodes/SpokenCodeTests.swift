import Database
import Kernel
import TestKit
import Testing
import Web

@testable import People

@Suite("Codes to say on the telephone")
struct SpokenCodeTests {
  private static func print(_ people: MandatePeople, by actor: Actor? = nil) async throws -> Int64 {
    try await people.place.people.printSpokenSheet(
      of: people.elder, in: people.place.community, by: actor ?? people.paper.actor
    ).generation
  }

  private static func say(
    _ code: String, _ number: Int64, _ people: MandatePeople, to helper: PersonID? = nil
  ) async -> String? {
    let (place, directory) = (people.place, people.place.people.directory)
    let actor = Actor(person: helper ?? people.worker, role: .socialWorker)
    return await problemCode {
      try await place.database.write(in: place.community) {
        try directory.countSpokenCodeTry(of: people.elder, in: $0)
      }
      try await place.database.write(in: place.community) {
        try directory.checkSpokenCode(code, number: number, of: people.elder, by: actor, in: $0)
      }
    }
  }

  private static func code(_ people: MandatePeople, _ generation: Int64, _ number: Int64) -> String {
    people.place.people.directory.spokenCodes.digits(of: people.elder, generation: generation, number: number)
  }

  @Test(
    "Each code is good once, and a new sheet makes the old one worthless", arguments: TestEngine.available)
  func use(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      #expect(await Self.say("0000", 1, people) == "spoken_code.no_sheet")
      people.place.clock.advanceSeconds(2)
      #expect(try await Self.print(people) == 1)
      #expect(await Self.say(Self.code(people, 1, 1), 1, people) == nil)
      #expect(await Self.say(Self.code(people, 1, 1), 1, people) == "spoken_code.wrong")
      let spaced = Self.code(people, 1, 2).map { "\($0) " }.joined()
      #expect(await Self.say(spaced, 2, people) == nil)
      #expect(await Self.say(Self.code(people, 1, 3), 21, people) == "spoken_code.wrong")
      let sheet = try await people.place.database.read {
        try people.place.people.directory.spokenSheet(of: people.elder, in: people.place.community, $0)
      }
      #expect(sheet?.used == [1, 2] && sheet?.next == 3 && sheet?.left == 18)
      #expect(try await Self.print(people) == 2)
      if Self.code(people, 1, 3) != Self.code(people, 2, 3) {
        #expect(await Self.say(Self.code(people, 1, 3), 3, people) == "spoken_code.wrong")
      }
      #expect(await Self.say(Self.code(people, 2, 3), 3, people) == nil)
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("Guessing is slowed and then shut, until a new sheet is printed", arguments: TestEngine.available)
  func guessing(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      _ = try await Self.print(people)
      let right = Self.code(people, 1, 1)
      let wrong = right == "1234" ? "4321" : "1234"
      for _ in 0..<5 { #expect(await Self.say(wrong, 1, people) == "spoken_code.wrong") }
      #expect(await Self.say(right, 1, people) == "rate.limited")
      for _ in 0..<5 {
        people.place.clock.advanceSeconds(300)
        #expect(await Self.say(wrong, 1, people) == "spoken_code.wrong")
      }
      people.place.clock.advanceSeconds(300)
      #expect(await Self.say(right, 1, people) == "spoken_code.blocked")
      _ = try await Self.print(people)
      #expect(await Self.say(Self.code(people, 2, 1), 1, people) == nil)
    }
  }

  @Test("Whoever helps a person does not print their codes", arguments: TestEngine.available)
  func printer(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let worker = Actor(person: people.worker, role: .socialWorker)
      _ = try await Self.print(people, by: worker)
      _ = try await people.give()
      #expect(await problemCode { _ = try await Self.print(people, by: worker) } == "spoken_code.by_helper")
      let code = Self.code(people, 1, 1)
      #expect(await Self.say(code, 1, people) == "spoken_code.by_helper", "printed before being named")
      let sheet = try #require(
        try await people.place.database.read {
          try people.place.people.directory.spokenSheet(of: people.elder, in: people.place.community, $0)
        })
      #expect(sheet.next(for: people.worker) == nil && sheet.next(for: people.colleague) == 1)
      #expect(await Self.say(code, 1, people, to: people.colleague) == nil)
      #expect(try await Self.print(people) == 2)
      #expect(await Self.say(Self.code(people, 2, 1), 1, people) == nil)
    }
  }

  @Test("Of ten who say the same code at once, one is heard", arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      _ = try await Self.print(people)
      let (place, directory, code) = (people.place, people.place.people.directory, Self.code(people, 1, 1))
      let codes = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<10 {
          group.addTask {
            await problemCode {
              try await place.database.write(in: place.community) {
                try directory.checkSpokenCode(
                  code, number: 1, of: people.elder, by: Actor(person: people.worker, role: .socialWorker),
                  in: $0)
              }
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1 && codes.count { $0 == "spoken_code.wrong" } == 9)
    }
  }

  @Test(
    "A PIN says yes without a session, and guesses share the count of the card",
    arguments: TestEngine.available)
  func pin(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let secrets = CardSecrets()
      let place = people.place
      #expect(
        await problemCode {
          try await place.people.checkPIN(of: people.elder, pin: "258036", in: place.community)
        } == "card.failed")
      try await place.people.issueCard(secrets, to: people.elder, in: place.community, by: people.paper.actor)
      try await place.people.checkPIN(
        of: people.elder, pin: secrets.pin, in: place.community,
        by: Actor(person: people.worker, role: .socialWorker))
      let sessions = try await place.database.read { try $0.sessions(of: people.elder, in: place.community) }
      #expect(sessions.isEmpty)
      for _ in 0..<5 {
        #expect(
          await problemCode {
            try await place.people.checkPIN(
              of: people.elder, pin: secrets.pin == "471902" ? "471903" : "471902", in: place.community)
          } == "card.failed")
      }
      #expect(
        await problemCode {
          _ = try await place.people.signIn(
            card: .number(secrets.number), pin: secrets.pin, userAgent: "", in: place.community)
        } == "rate.limited")
    }
  }

  @Test(
    "Whoever helps somebody neither issues their card nor asks for the PIN of one that they issued",
    arguments: TestEngine.available)
  func issuer(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (place, community) = (people.place, people.place.community)
      let (worker, colleague) = (Actor(person: people.worker, role: .socialWorker), people.paper.actor)
      func issue(to person: PersonID, by actor: Actor) async -> (String?, CardSecrets) {
        let secrets = CardSecrets()
        return (
          await problemCode {
            try await place.people.issueCard(secrets, to: person, in: community, by: actor)
          },
          secrets
        )
      }
      func ask(_ secrets: CardSecrets) async -> String? {
        await problemCode {
          try await place.people.checkPIN(of: people.elder, pin: secrets.pin, in: community, by: worker)
        }
      }
      let (before, early) = await issue(to: people.elder, by: worker)
      #expect(before == nil)
      _ = try await people.give()
      #expect(await ask(early) == "card.by_helper", "issued before being named")
      let card = try #require(
        try await place.database.read { try $0.cards(of: people.elder, in: community).first })
      try await place.people.revokeCard(card.id, in: community, by: worker)
      #expect(await issue(to: people.elder, by: worker).0 == "card.by_helper")
      let household = try await place.database.read { try $0.household(of: people.elder, in: community) }
      let lodger = try await place.resident("同住", phone: "13700137008", household: household)
      #expect(await issue(to: lodger, by: worker).0 == "card.by_helper", "of the same household")
      let (after, secrets) = await issue(to: people.elder, by: colleague)
      #expect(after == nil)
      #expect(await ask(secrets) == nil)
    }
  }
}
