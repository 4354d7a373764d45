import Kernel
import TestKit
import Testing

@testable import Messages

@Suite("By which way a person is told")
struct RecipientTests {
  private func recipient(
    _ ways: [MessageWay]? = nil, phone: Bool = true, weChat: Bool = false
  ) -> Recipient {
    Recipient(
      preference: ways.map { MessagePreference(ways: $0) }, hasPhone: phone, hasWeChat: weChat,
      pageLanguage: nil)
  }

  @Test("who has chosen nothing is written to; rung only where no service could; paper without a telephone")
  func defaults() {
    let both: Set<MessageWay> = [.sms, .wechat]
    #expect(recipient().ways(for: Station.placed, services: both) == [.sms])
    #expect(recipient().ways(for: Station.arrived, services: both) == [.sms, .call])
    #expect(recipient(weChat: true).ways(for: Station.arrived, services: both) == [.wechat, .sms, .call])
    #expect(recipient(weChat: true).ways(for: Station.arrived, services: [.sms]) == [.sms, .call])
    #expect(recipient(phone: false).ways(for: Station.placed, services: both) == [.slip])
  }

  @Test("without a service nobody has to ring four hundred households")
  func noService() {
    #expect(recipient().ways(for: Station.arrived, services: []) == [])
  }

  @Test("a person's own order stands, without what cannot reach them")
  func property() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      let ways = MessageWay.allCases.shuffled(using: &random)
        .prefix(.random(in: 0...4, using: &random))
      let services = Set(
        [MessageWay.sms, .wechat].filter { _ in Bool.random(using: &random) })
      let person = recipient(
        Array(ways), phone: .random(using: &random), weChat: .random(using: &random))
      let kind = Bool.random(using: &random) ? Station.placed : Station.arrived
      let found = person.ways(for: kind, services: services)
      #expect(found == ways.filter { found.contains($0) }, "the order is the person's")
      #expect(!found.contains(.sms) || (person.hasPhone && services.contains(.sms)))
      #expect(!found.contains(.wechat) || (person.hasWeChat && services.contains(.wechat)))
      for way in ways where !way.isElectronic { #expect(found.contains(way)) }
      // Every way is tried once, in that order, and then no more.
      var tried: [MessageWay] = []
      while let next = Deliveries.next(found, after: tried) { tried.append(next) }
      #expect(tried == found)
    }
  }

  @Test("quiet hours hold for what rings; what is urgent comes through only where the person agreed")
  func quiet() throws {
    let night = try #require(CivilDateTime(iso: "2026-11-26T22:30")).timestamp(offsetSeconds: 28_800)
    let morning = try #require(CivilDateTime(iso: "2026-11-27T08:00")).timestamp(offsetSeconds: 28_800)
    func earliest(_ way: MessageWay, _ kind: MessageKind, agreed: Bool) -> Timestamp {
      Recipient(
        preference: MessagePreference(ways: [.sms], isUrgentAllowedAtNight: agreed), hasPhone: true,
        hasWeChat: true, pageLanguage: nil
      ).earliest(way, kind, from: night, offsetSeconds: 28_800)
    }
    for way in [MessageWay.sms, .wechat, .call] {
      #expect(earliest(way, Station.arrived, agreed: false) == morning)
      #expect(earliest(way, Station.arrived, agreed: true) == night)
      #expect(earliest(way, Station.placed, agreed: true) == morning)
    }
    #expect(earliest(.slip, Station.placed, agreed: false) == night)
    #expect(recipient().earliest(.sms, Station.arrived, from: night, offsetSeconds: 28_800) == morning)
  }
}
