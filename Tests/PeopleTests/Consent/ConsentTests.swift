import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Consent")
struct ConsentTests {
  private static func notice(_ code: String, _ people: MandatePeople) async throws -> Notice {
    let notices = try await people.place.database.read {
      try ConsentStore.newestNotices(in: people.place.community, $0)
    }
    return try #require(notices.first { $0.content.code == code })
  }

  private static func give(
    _ code: String, _ people: MandatePeople, isGiven: Bool = true, recipient: PersonID? = nil,
    evidence: ConsentEvidence? = nil, by actor: Actor? = nil, days: Int64 = 90
  ) async throws -> Consent {
    let notice = try await notice(code, people)
    let draft = Consents.Draft(
      subject: people.elder, notice: notice.id, recipient: recipient,
      expires: people.place.clock.now + .days(days), evidence: evidence ?? .electronic(people.elder))
    return try await people.place.database.write(in: people.place.community) {
      try Consents.record(draft, isGiven: isGiven, by: actor ?? people.own.actor, in: $0)
    }
  }

  private static func found(_ consent: Consent, _ people: MandatePeople) async throws -> Consent {
    let found = try await people.place.database.read {
      try ConsentStore.find(consent.id, in: people.place.community, $0)
    }
    return try #require(found)
  }

  private static func allows(
    _ use: ConsentUse, _ category: DataCategory, _ recipient: ConsentRecipient, _ people: MandatePeople,
    of subject: PersonID? = nil, in community: CommunityID? = nil, after: Duration = .zero
  ) async throws -> Bool {
    let now = people.place.clock.now + after
    return try await people.place.database.read {
      try people.place.people.directory.consent.allows(
        subject ?? people.elder, use, category, to: recipient, at: now,
        in: community ?? people.place.community, $0)
    }
  }

  @Test("A yes counts for exactly what it says, and a withdrawal at once", arguments: TestEngine.available)
  func gate(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people))
      let given = try await Self.give("wellbeing-check", people)
      #expect(try await Self.allows(.wellbeing, .wellbeing, .volunteers, people))
      #expect(try await Self.allows(.wellbeing, .door, .station, people))
      for (use, category, recipient) in [
        (ConsentUse.wellbeing, DataCategory.orders, ConsentRecipient.volunteers),
        (.wellbeing, .wellbeing, .everyone), (.wellbeing, .wellbeing, .relative),
        (.publishing, .wellbeing, .volunteers), (.statistics, .wellbeing, .station),
        (.sharing(with: people.daughter), .wellbeing, .relative),
        (.sharing(with: people.daughter), .wellbeing, .volunteers),
      ] {
        #expect(try await !Self.allows(use, category, recipient, people), "\(use) \(category) \(recipient)")
      }
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people, of: people.daughter))
      let other = try await people.place.otherCommunity()
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people, in: other))
      #expect(
        try await Self.allows(.wellbeing, .wellbeing, .volunteers, people, after: .days(90) - .seconds(1)))
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people, after: .days(90)))
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people, after: .seconds(-1)))
      let isLeft = try await people.place.database.write(in: people.place.community) { transaction in
        try Consents.withdraw(given.id, by: people.own.actor, in: transaction)
        return try people.place.people.directory.consent.allows(
          people.elder, .wellbeing, .wellbeing, to: .volunteers, at: transaction.now,
          in: transaction.community, transaction)
      }
      #expect(!isLeft, "taken back in the same transaction")
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people, after: .seconds(-1)))
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("Sharing is with the one relative who was named", arguments: TestEngine.available)
  func sharing(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      #expect(
        await problemCode { _ = try await Self.give("relative-sharing", people) } == "consent.relative_needed"
      )
      _ = try await Self.give("relative-sharing", people, recipient: people.daughter)
      #expect(try await Self.allows(.sharing(with: people.daughter), .orders, .relative, people))
      #expect(try await !Self.allows(.sharing(with: people.worker), .orders, .relative, people))
      #expect(try await !Self.allows(.sharing(with: people.daughter), .story, .relative, people))
      let many = try await people.place.database.read {
        try people.place.people.directory.consent.allowed(
          [people.elder, people.worker, people.colleague], .sharing(with: people.daughter), .wellbeing,
          to: .relative, at: people.place.clock.now, in: people.place.community, $0)
      }
      #expect(many == [people.elder])
    }
  }

  @Test("Only the relative named last is told", arguments: TestEngine.available)
  func anotherRelative(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let son = try await people.place.resident("儿子", phone: "13700137009")
      let first = try await Self.give("relative-sharing", people, recipient: people.daughter)
      _ = try await Self.give("relative-sharing", people, recipient: son)
      #expect(try await Self.allows(.sharing(with: son), .orders, .relative, people))
      #expect(try await !Self.allows(.sharing(with: people.daughter), .orders, .relative, people))
      #expect(try await Self.found(first, people).events.map(\.kind) == [.requested, .given, .renewed])
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test(
    "A no takes back what was agreed to before, and needs no relative, whoever enters it",
    arguments: TestEngine.available)
  func refusing(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let shared = try await Self.give("relative-sharing", people, recipient: people.daughter)
      let photos = try await Self.give("photos", people)
      let no = try await Self.give("relative-sharing", people, isGiven: false)
      #expect(no.terms.recipient == nil && no.events.map(\.kind) == [.requested, .refused])
      #expect(try await !Self.allows(.sharing(with: people.daughter), .orders, .relative, people))
      #expect(try await Self.found(shared, people).events.map(\.kind) == [.requested, .given, .withdrawn])
      let trail = try await people.place.database.read {
        try $0.auditTrail(of: shared.id.rawValue, in: people.place.community, limit: 9)
      }
      #expect(trail.map(\.entry.action) == ["people.consent_withdraw", "people.consent_give"])
      #expect(try await Self.allows(.photos, .likeness, .everyone, people), "another question")
      let paper = ConsentEvidence(givenBy: .subject, giver: people.elder, method: .written)
      _ = try await Self.give(
        "photos", people, isGiven: false, recipient: people.colleague, evidence: paper,
        by: people.paper.actor)
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      #expect(try await Self.found(photos, people).events.last?.kind == .withdrawn)
      let short = try await Self.give("photos", people, days: 1)
      people.place.clock.advanceSeconds(90_000)
      _ = try await Self.give("photos", people, isGiven: false)
      #expect(try await Self.found(short, people).events.map(\.kind) == [.requested, .given, .expired])
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("A no, a renewal, an end: events follow their order and no other", arguments: TestEngine.available)
  func states(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (place, community) = (people.place, people.place.community)
      let refused = try await Self.give("photos", people, isGiven: false)
      #expect(refused.events.map(\.kind) == [.requested, .refused])
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      func withdraw(_ consent: Consent, by actor: Actor? = nil) async -> String? {
        await problemCode {
          try await place.database.write(in: community) {
            try Consents.withdraw(consent.id, by: actor ?? people.own.actor, in: $0)
          }
        }
      }
      #expect(await withdraw(refused) == "consent.not_open")
      let first = try await Self.give("photos", people)
      let second = try await Self.give("photos", people)
      let shown = try await place.database.read { try ConsentStore.find(first.id, in: community, $0) }
      #expect(shown?.events.map(\.kind) == [.requested, .given, .renewed])
      #expect(await withdraw(first) == "consent.not_open")
      #expect(try await Self.allows(.photos, .likeness, .everyone, people))
      #expect(await withdraw(second, by: Actor(person: people.daughter, role: .resident)) == "forbidden")
      #expect(await withdraw(second, by: people.paper.actor) == nil)
      #expect(await withdraw(second) == nil, "a second time changes nothing")
      let third = try await Self.give("photos", people, days: 1)
      place.clock.advanceSeconds(90_000)
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      try await place.database.write(in: community) { try Consents.expire(in: $0) }
      try await place.database.write(in: community) { try Consents.expire(in: $0) }
      let ended = try await place.database.read { try ConsentStore.find(third.id, in: community, $0) }
      #expect(ended?.events.map(\.kind) == [.requested, .given, .expired])
      let fourth = try await Self.give("photos", people)
      let byWorker = await problemCode {
        try await place.database.write(in: community) {
          try Consents.invalidate(fourth.id, by: Actor(person: people.worker, role: .socialWorker), in: $0)
        }
      }
      #expect(byWorker == "forbidden")
      try await place.database.write(in: community) {
        try Consents.invalidate(fourth.id, by: people.paper.actor, in: $0)
      }
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      let trail = try await place.database.read {
        try $0.auditTrail(of: second.id.rawValue, in: community, limit: 9)
      }
      #expect(trail.map(\.entry.action) == ["people.consent_withdraw", "people.consent_give"])
      #expect(trail.allSatisfy { $0.entry.onBehalfOf == people.elder })
      #expect(try await place.breaches() == [])
    }
  }

  @Test("Who speaks for whom needs its evidence")
  func evidence() {
    let (subject, worker, child, other) = (
      PersonID(rawValue: 1), PersonID(rawValue: 2), PersonID(rawValue: 3), PersonID(rawValue: 4)
    )
    func code(
      _ givenBy: ConsentEvidence.Giver, _ giver: PersonID, _ method: ConsentEvidence.Method,
      _ witness: PersonID? = nil, by actor: PersonID = worker, _ role: Role = .socialWorker,
      recipient: PersonID? = nil
    ) -> String? {
      ConsentRules.refusal(
        of: ConsentEvidence(givenBy: givenBy, giver: giver, method: method, witness: witness), for: subject,
        recipient: recipient, by: Actor(person: actor, role: role))?.code
    }
    #expect(code(.subject, subject, .electronic, by: subject, .resident) == nil)
    #expect(code(.subject, subject, .electronic) == "consent.giver")
    #expect(code(.subject, child, .written) == "consent.giver")
    #expect(code(.subject, subject, .written) == nil)
    #expect(code(.subject, subject, .written, by: other, .leader) == "forbidden")
    #expect(code(.subject, subject, .written, recipient: worker) == "forbidden")
    #expect(code(.subject, subject, .spokenWithWitness) == "consent.witness_needed")
    #expect(code(.subject, subject, .spokenWithWitness, worker) == "consent.witness_needed")
    #expect(code(.subject, subject, .spokenWithWitness, other) == nil)
    #expect(code(.subject, subject, .spokenWithWitness, child, recipient: child) == "consent.witness_needed")
    #expect(code(.guardian, child, .written) == nil)
    #expect(code(.guardian, child, .spokenWithWitness, other) == "consent.paper_needed")
    #expect(code(.attorney, child, .written, recipient: child) == "consent.giver")
    #expect(code(.scribe, child, .written) == "consent.witness_needed")
    #expect(code(.scribe, child, .written, other) == nil)
    #expect(code(.scribe, subject, .written, other) == "consent.giver")
  }

  @Test("Terms stay within the notice, and separate consents are separate")
  func terms() {
    for content in NoticeTexts.all {
      let notice = Notice(id: NoticeID(rawValue: 9), content: content, digest: content.digest)
      let start = MandateRuleTests.start
      func code(
        purposes: Set<ConsentPurpose>? = nil, categories: Set<DataCategory>? = nil, digest: Digest? = nil,
        expires: Timestamp = start + .days(10)
      ) -> String? {
        ConsentRules.refusal(
          of: ConsentTerms(
            subject: PersonID(rawValue: 1), notice: notice.id, noticeDigest: digest ?? notice.digest,
            purposes: purposes ?? content.purposes, categories: categories ?? content.categories,
            recipients: content.recipients,
            recipient: content.recipients.contains(.relative) ? PersonID(rawValue: 3) : nil,
            matter: content.isForOneMatter ? 5 : nil,
            evidence: .electronic(PersonID(rawValue: 1)), expires: expires), to: notice, askedAt: start)?.code
      }
      #expect(code() == nil)
      #expect(content.purposes.count == 1 || content.separateFor == .none)
      #expect(code(purposes: Set(ConsentPurpose.allCases)) == "consent.beyond_notice")
      #expect(code(purposes: []) == "consent.beyond_notice")
      #expect(code(categories: Set(DataCategory.allCases)) == "consent.beyond_notice")
      #expect(code(digest: Digest(of: "other words")) == "consent.beyond_notice")
      #expect(code(expires: start) == "consent.term")
      #expect(code(expires: start + .days(367)) == "consent.term")
    }
    #expect(Set(NoticeTexts.all.map(\.digest)).count == NoticeTexts.all.count)
  }

  @Test("Changed words of a notice shut the gate and show", arguments: TestEngine.available)
  func changedNotice(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (place, community) = (people.place, people.place.community)
      _ = try await Self.give("photos", people)
      #expect(try await Self.allows(.photos, .likeness, .everyone, people))
      await #expect(throws: DatabaseError.self) {
        try await place.database.write(in: community) { try $0.execute("DELETE FROM people_consent") }
      }
      try await place.database.write(in: community) { transaction in
        try transaction.liftAppendOnly(from: "people_notice")
        try transaction.execute(
          "UPDATE people_notice SET body_zh = 'x' WHERE code = 'photos' AND community_id = \(community)"
        )
      }
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      #expect(try await place.breaches().map(\.name) == ["people.notice_digest_differs"])
    }
  }

  @Test(
    "A consent that goes beyond its notice, or came about in no order, shows", arguments: TestEngine.available
  )
  func breaches(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (place, community) = (people.place, people.place.community)
      let one = try await Self.give("photos", people)
      let two = try await Self.give("wellbeing-check", people)
      try await place.database.write(in: community) { transaction in
        try transaction.liftAppendOnly(from: "people_consent")
        try transaction.liftAppendOnly(from: "people_consent_event")
        try transaction.execute(
          "UPDATE people_consent SET categories = 'likeness,orders' WHERE id = \(one.id)")
        try transaction.execute(
          "UPDATE people_consent_event SET kind = 'withdrawn' WHERE consent_id = \(two.id) AND sequence = 2")
      }
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people))
      #expect(
        Set(try await place.breaches().map(\.name)) == [
          "people.consent_beyond_notice", "people.consent_events_out_of_order",
        ])
      try await place.database.write(in: community) { transaction in
        try transaction.execute("UPDATE people_consent SET categories = 'everything' WHERE id = \(one.id)")
      }
      #expect(try await !Self.allows(.photos, .likeness, .everyone, people), "what cannot be read says no")
    }
  }

  @Test("Reading consents walks no table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let queries = [
        ConsentStore.list(
          where: "community_id = \(people.place.community) AND subject_id IN \(list: [people.elder])"),
        ConsentStore.events(of: [ConsentID(rawValue: 1)]),
      ]
      for query in queries {
        let plan = try await people.place.database.read { try $0.plan(query) }
        #expect(engine == .postgres || plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)")
      }
    }
  }

  @Test("Given and taken back on the pages, in both languages", arguments: ["zh", "en"])
  func pages(language: String) async throws {
    try await MandatePeople.with(.sqlite) { people in
      let browser = try await people.place.browser(of: people.elder, level: .card, language: language)
      let notice = try await Self.notice("wellbeing-check", people)
      let list = try await browser.get("/account/consents")
      #expect(list.text.contains("/account/notices/\(notice.id)"))
      let page = try await browser.get("/account/notices/\(notice.id)")
      #expect(page.text.contains(language == "zh" ? "您同意吗" : "Do you agree"))
      let key = try #require(page.hidden("idempotency_key"))
      let missing = try await browser.post(
        "/account/notices/\(notice.id)", ["idempotency_key": key, "answer": "given"])
      #expect(missing.status == 422)
      for _ in 0..<2 {
        let given = try await browser.post(
          "/account/notices/\(notice.id)", ["idempotency_key": key, "answer": "given", "span": "half"])
        #expect(given.location == "/account/consents")
      }
      let consents = try await people.place.database.read {
        try ConsentStore.consents(of: people.elder, in: people.place.community, $0)
      }
      #expect(consents.count == 1, "sent twice is given once")
      let id = try #require(consents.first?.id)
      let receipt = try await browser.get("/api/v1/consents/\(id)/receipt")
      #expect(try JSON(receipt.bytes)["state"] == .string("given"))
      let stranger = try await people.place.browser(of: people.daughter, level: .password)
      #expect(try await stranger.get("/api/v1/consents/\(id)/receipt").status == 404)
      _ = try await stranger.get("/account/consents")
      #expect(try await stranger.post("/account/consents/\(id)/withdraw").status == 404)
      _ = try await browser.get("/account/consents")
      #expect(try await browser.post("/account/consents/\(id)/withdraw").location == "/account/consents")
      #expect(try await !Self.allows(.wellbeing, .wellbeing, .volunteers, people))
    }
  }
  @Test("Another answer under the same key is told apart, and a no is taken with nothing else chosen")
  func chosen() async throws {
    try await MandatePeople.with(.sqlite) { people in
      let son = try await people.place.resident("儿子", phone: "13700137009")
      let browser = try await people.place.browser(of: people.elder, level: .card)
      let path = "/account/notices/\(try await Self.notice("relative-sharing", people).id)"
      let key = try #require(try await browser.get(path).hidden("idempotency_key"))
      func answer(_ person: PersonID, _ span: String) async throws -> Int {
        try await browser.post(
          path,
          ["idempotency_key": key, "answer": "given", "span": span, "recipient": person.description]
        ).status
      }
      #expect(try await answer(people.daughter, "half") == 303)
      #expect(try await answer(people.daughter, "half") == 303)
      #expect(try await answer(son, "half") == 422)
      #expect(try await answer(people.daughter, "year") == 422)
      #expect(try await Self.allows(.sharing(with: people.daughter), .orders, .relative, people))
      let other = try #require(try await browser.get(path).hidden("idempotency_key"))
      let no = try await browser.post(
        path, ["idempotency_key": other, "answer": "refused", "recipient": ChosenPerson.byPhone])
      #expect(no.location == "/account/consents")
      #expect(try await !Self.allows(.sharing(with: people.daughter), .orders, .relative, people))
    }
  }
}
