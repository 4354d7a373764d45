import HTTPTypes
import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `Sessions` {
  private static let start = Timestamp(seconds: 1_900_000_000)

  @Test(arguments: [
    ([Role.resident], SignInLevel.password, Duration.days(30), Duration.days(180)),
    ([.resident, .leader], .password, .hours(12), .days(7)),
    ([.merchant], .password, .hours(12), .days(7)),
    ([.courier], .password, .hours(12), .days(7)),
    ([.resident, .leader, .socialWorker], .secondFactor, .minutes(30), .hours(10)),
    ([.operator], .secondFactor, .minutes(30), .hours(10)),
    ([.resident], .card, .minutes(3), .hours(1)),
  ])
  func `A session ends when it is idle or old, by the strictest of its roles`(
    _ roles: [Role], _ level: SignInLevel, _ idle: Duration, _ absolute: Duration
  ) {
    let instant = Duration.microseconds(1)
    let fresh = Self.session(Set(roles), level, seen: Self.start)
    #expect(fresh.isAlive(at: Self.start))
    #expect(fresh.isAlive(at: Self.start + idle - instant))
    #expect(!fresh.isAlive(at: Self.start + idle))
    let used = Self.session(Set(roles), level, seen: Self.start + absolute - instant)
    #expect(used.isAlive(at: Self.start + absolute - instant))
    #expect(!used.isAlive(at: Self.start + absolute))
  }

  @Test func `A session from the future does not count`() {
    #expect(!Self.session([.resident], .password, seen: Self.start).isAlive(at: Self.start - .hours(1)))
  }

  @Test func `At a shared tablet an idle minute is noted soon enough for three of them to count`() {
    #expect(SessionTerms.card.touchInterval * 8 <= SessionTerms.card.idle)
    #expect(SessionTerms.resident.touchInterval == .seconds(60))
  }

  @Test func `A token survives its text, and nothing else is a token`() {
    var seen: Set<String> = []
    for _ in 0..<200 {
      let token = SessionToken()
      #expect(SessionToken(token.text) == token)
      #expect(seen.insert(token.text).inserted)
      #expect(token.hash.count == 32)
    }
    for text in ["", "a", String(repeating: "A", count: 42), String(repeating: "B", count: 43), "=", "é"] {
      #expect(SessionToken(text) == nil)
    }
  }

  @Test func `Cookies are read by their whole name`() {
    var fields = HTTPFields()
    fields.append(HTTPField(name: .cookie, value: "xsid=1; sid=2"))
    fields.append(HTTPField(name: .cookie, value: "other=3;lang=en"))
    #expect(Cookies.value("sid", in: fields) == "2")
    #expect(Cookies.value("lang", in: fields) == "en")
    #expect(Cookies.value("si", in: fields) == nil)
  }

  private static func session(_ roles: Set<Role>, _ level: SignInLevel, seen: Timestamp) -> Session {
    Session(
      hash: [1], personID: PersonID(rawValue: 1), householdID: nil, communityID: CommunityID(rawValue: 1),
      roles: roles, displayName: "", level: level, createdAt: start, lastSeenAt: seen)
  }
}
