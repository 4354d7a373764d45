import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

/// Referrals: exactly what the client agreed to, answered by the other side, and gone when the client takes it back.
@Suite struct ReferralTests {
  @Test func `what was not agreed to is not in what is shared`() {
    var random = SeededGenerator(seed: 3)
    let written = CareDocument([
      .organisation: "家政", .purpose: "打扫", .sharedName: "name", .sharedPhone: "phone", .sharedDoor: "door",
      .sharedCircumstances: "circumstances", .sharedHealth: "health",
    ])
    for _ in 0..<200 {
      let agreed = Set(Referral.offered.filter { _ in Bool.random(using: &random) })
      let shared = Referral.shared(written, agreed: agreed)
      for (category, field) in ReferralForm.places {
        #expect(shared[field].isEmpty != agreed.contains(category))
      }
    }
  }

  @Test func `states lead where they may and nowhere else`() {
    for state in ReferralState.allCases {
      #expect(!state.next.contains(state) && !state.next.contains(.asking))
      #expect(state.isOpen == !state.next.isEmpty)
    }
    #expect(ReferralState.asking.next == [.sent, .refused, .revoked])
  }

  private static func consent(
    _ station: CareStation, _ referral: ReferralID, _ categories: Set<DataCategory>, isGiven: Bool = true
  ) async throws -> ConsentID {
    let (xu, committee, wang) = (station.xu, station.committee, station.wang)
    return try await station.database.write(in: station.community) { transaction in
      let notice = try #require(try Consents.notice(CareNotices.referral, in: transaction))
      return try Consents.record(
        Consents.Draft(
          subject: wang, notice: notice, categories: categories, matter: referral.rawValue,
          expires: transaction.now + .days(90),
          evidence: ConsentEvidence(
            givenBy: .subject, giver: wang, method: .spokenWithWitness, witness: committee, place: .home)),
        isGiven: isGiven, by: Actor(person: xu, role: .socialWorker), in: transaction
      ).id
    }
  }

  private static func write(_ station: CareStation, _ id: CaseID) async throws -> ReferralID {
    try await station.in(id, as: station.xu) { [desk = station.care.referrals] open, seal, transaction in
      try desk.write(
        to: .committee, fields: [.name, .health, .door],
        words: CareDocument([
          .purpose: "请帮忙装扶手", .sharedName: "王阿姨", .sharedHealth: "膝盖不好", .sharedDoor: "3号楼",
        ]), open, sealing: seal, in: transaction
      ).id
    }
  }

  private static func send(_ station: CareStation, _ id: CaseID, _ referral: ReferralID) async throws {
    try await station.in(id, as: station.xu) { [desk = station.care.referrals] open, seal, transaction in
      try desk.send(
        referral,
        words: CareDocument([
          .purpose: "请帮忙装扶手", .sharedName: "王阿姨", .sharedHealth: "膝盖不好", .sharedDoor: "3号楼",
        ]), open, sealing: seal, in: transaction)
    }
  }

  @Test(arguments: TestEngine.available)
  func `nothing is sent without a yes, and only what was agreed to is read`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openCase()
      let referral = try await Self.write(station, id)
      #expect(await problemCode { try await Self.send(station, id, referral) } == "referral.no_consent")
      let committee = try await station.browser(of: station.committee)
      #expect(try await committee.get("/referrals/\(referral)").status == 404)
      let consent = try await Self.consent(station, referral, [.name, .door])
      try await Self.send(station, id, referral)
      let shown = try await committee.get("/referrals/\(referral)")
      #expect(shown.status == 200 && shown.text.contains("请帮忙装扶手") && shown.text.contains("王阿姨"))
      #expect(!shown.text.contains("膝盖不好") && !shown.text.contains("一个人住"))
      // Nothing else of the case is there for the committee, by whatever door.
      for path in ["/cases", "/cases/\(id)", "/cases/\(id)/referrals/\(referral)"] {
        #expect(try await committee.get(path).status == 403)
      }
      let own = try await station.browser(of: station.wang).get("/my-care")
      #expect(own.text.contains("居委会，只看转介单"))
      try await station.withdraw(consent)
      #expect(try await committee.get("/referrals/\(referral)").status == 404)
      #expect(try await !committee.get("/referrals").text.contains("请帮忙装扶手"))
      #expect(try await station.breaches() == [])
    }
  }

  @Test func `the committee answers, and the case can go on`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let referral = try await Self.write(station, id)
      _ = try await Self.consent(station, referral, [.name])
      try await Self.send(station, id, referral)
      let committee = try await station.browser(of: station.committee)
      let page = try await committee.get("/referrals/\(referral)")
      let bare = try await committee.post(
        "/referrals/\(referral)/answer",
        ["state": "rejected", "idempotency_key": page.hidden("idempotency_key") ?? ""])
      #expect(bare.status == 422)
      let again = try await committee.get("/referrals/\(referral)")
      let answered = try await committee.post(
        "/referrals/\(referral)/answer",
        [
          "state": "rejected", "reply": "今年没有经费", "idempotency_key": again.hidden("idempotency_key") ?? "",
        ])
      #expect(answered.status == 303, "\(answered.text)")
      #expect(try await committee.get("/referrals/\(referral)").status == 404)
      let xu = try await station.browser(of: station.xu)
      let shown = try await xu.get("/cases/\(id)/referrals/\(referral)")
      #expect(shown.text.contains("今年没有经费") && shown.text.contains("对方没接"))
    }
  }

  @Test func `a no is kept, and the referral is over`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let xu = try await station.browser(of: station.xu)
      let referral = try await Self.write(station, id)
      let path = "/cases/\(id)/referrals/\(referral)"
      let page = try await xu.get(path)
      #expect(page.status == 200 && page.text.contains("可以告诉对方哪些"))
      let refused = try await xu.post(
        "\(path)/consent",
        [
          "answer": "refused", "given_by": "self", "giver": "", "method": "spoken_with_witness",
          "witness": station.committee.description, "place": "home",
          "idempotency_key": page.hidden("idempotency_key") ?? "",
        ])
      #expect(refused.status == 303, "\(refused.text)")
      #expect(try await xu.get(path).text.contains("本人不同意"))
      #expect(await problemCode { try await Self.send(station, id, referral) } == "referral.no_consent")
    }
  }

  @Test func `what nobody answers is over after thirty days`() async throws {
    try await CareStation.with(.sqlite) { station in
      let id = try await station.openCase()
      let referral = try await Self.write(station, id)
      _ = try await Self.consent(station, referral, [.name])
      try await Self.send(station, id, referral)
      station.clock.advance(by: .days(31))
      try await JobRunner(station.database, handlers: station.care.jobs + station.people.jobs).runDue()
      let found = try await station.database.read { [community = station.community] in
        try ReferralStore.find(referral, in: community, $0)
      }
      #expect(found?.state == .expired)
    }
  }
}
