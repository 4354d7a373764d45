import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Household cards")
struct CardTests {
  private static let clerk = Actor(person: PersonID(rawValue: 1), role: .leader)

  private static func card(_ place: Neighbourhood) async throws -> (PersonID, CardSecrets, HouseholdCardID) {
    let draft = try PersonDraft(displayName: "王奶奶", household: try await place.household())
    let person = try #require(await place.people.createPersons([draft], in: place.community).first)
    let secrets = CardSecrets()
    let id = try await place.people.issueCard(secrets, to: person, in: place.community, by: clerk)
    return (person, secrets, id)
  }

  private static func enter(_ card: EnteredCard, _ pin: String, _ place: Neighbourhood) async -> String? {
    await problemCode {
      _ = try await place.people.signIn(card: card, pin: pin, userAgent: "", in: place.community)
    }
  }

  @Test("Card and PIN begin a short session as a resident, typed or scanned", arguments: TestEngine.available)
  func signIn(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let (person, secrets, _) = try await Self.card(place)
      for entered in [EnteredCard.number(secrets.number), .token(secrets.token)] {
        let begun = try await place.people.signIn(
          card: entered, pin: secrets.pin, userAgent: "", in: place.community)
        #expect(begun.session.personID == person)
        #expect(begun.session.roles == [.resident])
        #expect(begun.session.isCardSession)
        #expect(begun.session.terms == .card)
      }
      #expect(try await place.breaches() == [])
    }
  }

  @Test(
    "PINs cannot be guessed: after five failures even the right one waits, and typing and scanning share the count",
    arguments: TestEngine.available)
  func throttle(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let (_, secrets, _) = try await Self.card(place)
      let wrong = secrets.pin == "471902" ? "471903" : "471902"
      for attempt in 0..<5 {
        let entered: EnteredCard = attempt % 2 == 0 ? .number(secrets.number) : .token(secrets.token)
        #expect(await Self.enter(entered, wrong, place) == "card.failed")
      }
      #expect(await Self.enter(.number(secrets.number), secrets.pin, place) == "rate.limited")
      #expect(await Self.enter(.token(secrets.token), secrets.pin, place) == "rate.limited")
      place.clock.advanceSeconds(1)
      #expect(await Self.enter(.token(secrets.token), secrets.pin, place) == nil)
      for _ in 0..<5 { #expect(await Self.enter(.number("00000000"), wrong, place) == "card.failed") }
      #expect(await Self.enter(.number("00000000"), wrong, place) == "rate.limited")
    }
  }

  @Test("A cancelled card opens nothing, and its sessions end", arguments: TestEngine.available)
  func revoked(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let (person, secrets, id) = try await Self.card(place)
      let begun = try await place.people.signIn(
        card: .number(secrets.number), pin: secrets.pin, userAgent: "", in: place.community)
      #expect(
        await problemCode {
          try await place.people.issueCard(CardSecrets(), to: person, in: place.community, by: Self.clerk)
        } == "card.issued_already")
      try await place.people.revokeCard(id, in: place.community, by: Self.clerk)
      #expect(try await place.find(begun.session) == nil)
      #expect(await Self.enter(.number(secrets.number), secrets.pin, place) == "card.failed")
      #expect(await Self.enter(.token(secrets.token), secrets.pin, place) == "card.failed")
      try await place.people.issueCard(CardSecrets(), to: person, in: place.community, by: Self.clerk)
    }
  }

  @Test("Of many cards issued at once to one person, one is", arguments: TestEngine.available)
  func raced(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let draft = try PersonDraft(displayName: "王奶奶", household: try await place.household())
      let person = try #require(await place.people.createPersons([draft], in: place.community).first)
      let codes = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<10 {
          group.addTask {
            await problemCode {
              try await place.people.issueCard(CardSecrets(), to: person, in: place.community, by: Self.clerk)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes.count { $0 == nil } == 1)
      #expect(codes.count { $0 == "card.issued_already" } == 9)
    }
  }

  @Test("A card of one community is no card in another", arguments: TestEngine.available)
  func communities(engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let (person, secrets, id) = try await Self.card(place)
      let other = try await place.otherCommunity()
      for entered in [EnteredCard.number(secrets.number), .token(secrets.token)] {
        #expect(
          await problemCode {
            _ = try await place.people.signIn(card: entered, pin: secrets.pin, userAgent: "", in: other)
          } == "card.failed")
      }
      #expect(
        await problemCode { try await place.people.revokeCard(id, in: other, by: Self.clerk) } == "not_found")
      #expect(
        await problemCode {
          try await place.people.issueCard(CardSecrets(), to: person, in: other, by: Self.clerk)
        } == "not_found")
    }
  }
}
