import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import People

@Suite("Confidential consent")
struct ConfidentialConsentTests {
  private static let service = "casework-service"
  private static let referral = "casework-referral"

  @Test("A referral counts for its one matter and for what was chosen", arguments: TestEngine.available)
  func gate(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      #expect(try await !people.allows(.referral(of: 1), .name, .partner))
      let given = try await people.answer(Self.referral, categories: [.name, .phone], matter: 1)
      #expect(given.terms.categories == [.name, .phone] && given.terms.matter == 1)
      #expect(try await people.allows(.referral(of: 1), .name, .partner))
      #expect(try await people.allows(.referral(of: 1), .phone, .partner))
      for (use, category, recipient) in [
        (ConsentUse.referral(of: 1), DataCategory.health, ConsentRecipient.partner),
        (.referral(of: 1), .door, .partner), (.referral(of: 1), .circumstances, .partner),
        (.referral(of: 2), .name, .partner), (.referral(of: 0), .name, .partner),
        (.referral(of: 1), .name, .station), (.referral(of: 1), .name, .everyone),
        (.referral(of: 1), .name, .relative), (.casework, .name, .partner), (.casework, .name, .station),
        (.sharing(with: people.daughter), .name, .partner), (.publishing, .name, .partner),
      ] {
        #expect(try await !people.allows(use, category, recipient), "\(use) \(category) \(recipient)")
      }
      _ = try await people.answer(Self.service)
      for category in [DataCategory.name, .door, .phone, .circumstances, .health] {
        #expect(try await people.allows(.casework, category, .station))
        #expect(try await !people.allows(.casework, category, .partner))
        #expect(try await !people.allows(.casework, category, .volunteers))
      }
      #expect(try await !people.allows(.casework, .orders, .station))
      #expect(try await !people.allows(.referral(of: 1), .health, .partner), "the service passes nothing on")
      #expect(try await !people.allows(.wellbeing, .name, .station))
      #expect(try await people.allows(.referral(of: 1), .name, .partner), "another question")
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("Each matter is answered, renewed and taken back alone", arguments: TestEngine.available)
  func matters(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let first = try await people.answer(Self.referral, categories: [.name], matter: 1)
      let second = try await people.answer(Self.referral, categories: [.name, .door], matter: 2)
      let third = try await people.answer(Self.referral, matter: Int64.max)
      let service = try await people.answer(Self.service)
      func kinds() async throws -> [[ConsentState]] {
        let found = try await people.answers(Self.referral)
        return [first, second, third].map { one in
          found.first { $0.0.id == one.id }?.0.events.map(\.kind) ?? []
        }
      }
      #expect(try await people.answers(Self.referral).map(\.0) == [third, second, first], "newest first")
      #expect(try await people.answers(Self.service).map(\.0) == [service])
      #expect(
        try await people.answers(Self.referral).allSatisfy {
          $0.1.id == $0.0.terms.notice && $0.1.content.code == Self.referral
        })
      try await people.place.database.write(in: people.place.community) {
        try Consents.withdraw(first.id, by: people.own.actor, in: $0)
      }
      #expect(try await !people.allows(.referral(of: 1), .name, .partner))
      #expect(try await people.allows(.referral(of: 2), .name, .partner))
      let again = try await people.answer(Self.referral, categories: [.phone], matter: 2)
      #expect(
        try await kinds() == [
          [.requested, .given, .withdrawn], [.requested, .given, .renewed], [.requested, .given],
        ])
      #expect(try await people.allows(.referral(of: 2), .phone, .partner))
      #expect(try await !people.allows(.referral(of: 2), .name, .partner), "chosen anew")
      let no = try await people.answer(Self.referral, isGiven: false, categories: [], matter: .max)
      #expect(no.events.map(\.kind) == [.requested, .refused])
      #expect(try await kinds().last == [.requested, .given, .withdrawn])
      #expect(try await !people.allows(.referral(of: .max), .name, .partner))
      #expect(try await people.allows(.referral(of: 2), .phone, .partner))
      #expect(try await people.allows(.casework, .health, .station))
      #expect(try await people.answers(Self.referral).map(\.0.id).prefix(2) == [no.id, again.id])
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("What was not asked cannot be agreed to", arguments: TestEngine.available)
  func refused(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      func code(
        _ notice: String, isGiven: Bool = true, _ categories: Set<DataCategory>? = nil, _ matter: Int64? = nil
      ) async -> String? {
        await problemCode {
          _ = try await people.answer(notice, isGiven: isGiven, categories: categories, matter: matter)
        }
      }
      #expect(await code(Self.referral, [.name, .orders], 1) == "consent.beyond_notice")
      #expect(await code(Self.referral, [], 1) == "consent.beyond_notice")
      #expect(await code(Self.referral, [.name]) == "consent.beyond_notice", "a referral has its matter")
      #expect(await code(Self.referral, isGiven: false) == "consent.beyond_notice")
      #expect(await code(Self.service, [.name], 1) == "consent.beyond_notice", "the service has none")
      #expect(await code("photos", nil, 1) == "consent.beyond_notice")
      let answers = try await people.place.database.read {
        try ConsentStore.consents(of: people.elder, in: people.place.community, $0)
      }
      #expect(answers == [])
    }
  }

  @Test("A referral that lost its matter says yes to nothing, and shows", arguments: TestEngine.available)
  func lostMatter(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let given = try await people.answer(Self.referral, matter: 1)
      try await people.place.database.write(in: people.place.community) { transaction in
        try transaction.liftAppendOnly(from: "people_consent")
        try transaction.execute("UPDATE people_consent SET matter_id = NULL WHERE id = \(given.id)")
      }
      #expect(try await !people.allows(.referral(of: 1), .name, .partner))
      #expect(try await people.place.breaches().map(\.name) == ["people.consent_beyond_notice"])
    }
  }

  @Test("The desk knows nothing of it, whoever sits there", arguments: TestEngine.available)
  func desk(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let given = [
        try await people.answer(Self.service, by: people.paper.actor, hasPicture: true),
        try await people.answer(Self.referral, matter: 1, by: people.paper.actor, hasPicture: true),
      ]
      let open = try await people.answer("photos", by: people.paper.actor, hasPicture: true)
      let base = "/desk/people/\(people.elder)"
      for role in [Role.committee, .socialWorker, .supervisor, .operator] {
        let keeper = try await people.place.resident("同事", phone: people.phone(of: role), roles: [role])
        let browser = try await people.place.browser(of: keeper)
        let list = try await browser.get("\(base)/consents").text
        #expect(list.contains("给您拍照、用您的照片") && list.contains(open.id.description))
        #expect(try await browser.get("\(base)/consents/\(open.id)/evidence").status == 200)
        #expect(try await browser.get("\(base)/notices/\(open.terms.notice)/print").status == 200)
        for consent in given {
          let notice = try await people.notice(consent)
          for text in [notice.content.title.chinese, notice.id.description, consent.id.description] {
            #expect(!list.contains(text), "\(role): \(text)")
          }
          try await Self.expectNoDoors(base, consent, to: browser, mayInvalidate: role)
        }
        let english = try await people.place.browser(of: keeper, language: "en")
        let pages = [
          try await english.get("\(base)/consents").text, try await english.get(base).text,
          try await browser.get(base).text,
          try await browser.get("\(base)/notices/\(open.terms.notice)").text,
        ]
        for word in ["social worker’s help", "one organisation", "请社工帮忙", "转告一家机构"] {
          #expect(pages.allSatisfy { !$0.contains(word) }, "\(role): \(word)")
        }
      }
      for consent in given {
        #expect(try await people.found(consent).events.map(\.kind) == [.requested, .given])
      }
      #expect(try await people.answers(Self.service).count == 1)
    }
  }

  /// Every door of the desk, and the receipt, answers as if there were nothing.
  private static func expectNoDoors(
    _ base: String, _ consent: Consent, to browser: Browser, mayInvalidate role: Role
  ) async throws {
    let notice = "\(base)/notices/\(consent.terms.notice)"
    for path in [
      notice, "\(notice)/print", "\(base)/consents/\(consent.id)/evidence",
      "/api/v1/consents/\(consent.id)/receipt",
    ] { #expect(try await browser.get(path).status == 404, "\(role): \(path)") }
    let answer: KeyValuePairs = [
      "idempotency_key": "0123456789abcdef-\(role)", "answer": "given", "span": "half", "given_by": "self",
      "method": "written", "place": "home",
    ]
    #expect(try await browser.post(notice, answer).status == 404, "\(role)")
    #expect(try await browser.post(notice, ["answer": "perhaps"]).status == 404, "\(role)")
    let path = "\(base)/consents/\(consent.id)"
    #expect(try await browser.post("\(path)/withdraw").status == 404, "\(role)")
    let invalidated = try await browser.post("\(path)/invalidate").status
    #expect(invalidated == (ConsentRules.invalidators.contains(role) ? 404 : 403), "\(role)")
  }

  @Test("Its subject reads it and takes it back", arguments: TestEngine.available, ["zh", "en"])
  func own(engine: TestEngine, language: String) async throws {
    try await MandatePeople.with(engine) { people in
      let browser = try await people.place.browser(of: people.elder, level: .password, language: language)
      let notices = try await [people.newest(Self.service), people.newest(Self.referral)]
      func title(_ notice: Notice) -> String {
        language == "zh" ? notice.content.title.chinese : notice.content.title.english
      }
      let answer: KeyValuePairs = ["idempotency_key": "0123456789abcdef", "answer": "given", "span": "half"]
      let before = try await browser.get("/account/consents").text
      for notice in notices {
        #expect(!before.contains(title(notice)) && !before.contains(notice.id.description))
        #expect(try await browser.get("/account/notices/\(notice.id)").status == 404)
        #expect(try await browser.post("/account/notices/\(notice.id)", answer).status == 404)
      }
      let service = try await people.answer(Self.service, isGiven: false)
      let first = try await people.answer(Self.referral, categories: [.name, .phone], matter: 1)
      _ = try await people.answer(Self.referral, categories: [.health], matter: 2)
      let list = try await browser.get("/account/consents").text
      for text in notices.map(title) + [language == "zh" ? "电话号码" : "Your telephone number"] {
        #expect(list.contains(text), "\(text)")
      }
      let receipt = try JSON(try await browser.get("/api/v1/consents/\(first.id)/receipt").bytes)
      #expect(receipt["matter_id"] == .string("0000000000001"))
      let page = try await browser.get("/account/notices/\(first.terms.notice)").text
      #expect(page.contains("/account/consents/\(first.id)/withdraw") && !page.contains("name=\"answer\""))
      #expect(try await browser.post("/account/notices/\(first.terms.notice)", answer).status == 404)
      let taken = try await browser.post("/account/consents/\(first.id)/withdraw")
      #expect(taken.location == "/account/consents")
      #expect(try await !people.allows(.referral(of: 1), .name, .partner))
      #expect(try await people.allows(.referral(of: 2), .health, .partner))
      #expect(
        try await browser.get("/account/notices/\(service.terms.notice)").text.contains("name=\"answer\""))
      let given = try await browser.post("/account/notices/\(service.terms.notice)", answer)
      #expect(given.location == "/account/consents")
      #expect(
        try await people.allows(.casework, .health, .station), "asked before, so it may be answered anew")
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test(
    "A tablet that is shared shows nothing of it, to its subject neither", arguments: TestEngine.available)
  func card(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let browser = try await people.place.browser(of: people.elder, level: .card)
      let open = try await people.answer("photos")
      for consent in [
        try await people.answer(Self.service), try await people.answer(Self.referral, matter: 1),
      ] {
        let notice = try await people.notice(consent)
        let list = try await browser.get("/account/consents").text
        #expect(list.contains(open.id.description))
        for text in [notice.content.title.chinese, notice.id.description, consent.id.description] {
          #expect(!list.contains(text), "\(text)")
        }
        let path = "/account/notices/\(notice.id)"
        #expect(try await browser.get(path).status == 404)
        let answer: KeyValuePairs = ["idempotency_key": "0123456789abcdef", "answer": "refused"]
        #expect(try await browser.post(path, answer).status == 404)
        #expect(try await browser.get("/api/v1/consents/\(consent.id)/receipt").status == 404)
        #expect(try await browser.post("/account/consents/\(consent.id)/withdraw").status == 404)
        #expect(try await people.found(consent).events.map(\.kind) == [.requested, .given])
      }
      #expect(try await browser.get("/api/v1/consents/\(open.id)/receipt").status == 200)
    }
  }

  @Test("The receipt is for the subject alone", arguments: TestEngine.available)
  func receipt(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let open = try await people.answer("photos")
      let given = try await people.answer(Self.service)
      let path = "/api/v1/consents/\(given.id)/receipt"
      for person in [people.worker, people.colleague, people.daughter] {
        #expect(try await people.place.browser(of: person).get(path).status == 404)
      }
      let worker = try await people.place.browser(of: people.worker)
      #expect(try await worker.get("/api/v1/consents/\(open.id)/receipt").status == 200)
      let elder = try await people.place.browser(of: people.elder, level: .password)
      let receipt = try JSON(try await elder.get(path).bytes)
      #expect(receipt["state"] == .string("given") && receipt["matter_id"] == .null)
      let theirs = try await people.answer(Self.service, of: people.worker)
      #expect(
        try await worker.get("/api/v1/consents/\(theirs.id)/receipt").status == 200, "staff have a life")
    }
  }

  @Test("A community that was there before is given the notices, once", arguments: TestEngine.available)
  func olderCommunity(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (place, community) = (people.place, people.place.community)
      func versions() async throws -> Int64? {
        try await place.database.read {
          try $0.value("SELECT count(*) FROM people_notice WHERE code IN (\(Self.service), \(Self.referral))")
        }
      }
      try await place.database.write(in: community) { transaction in
        try transaction.liftAppendOnly(from: "people_notice")
        try transaction.execute("DELETE FROM people_notice WHERE code IN (\(Self.service), \(Self.referral))")
      }
      let missing = try await place.database.read {
        try Consents.newestNotice(Self.service, in: community, $0)
      }
      #expect(missing == nil)
      for _ in 0..<2 {
        place.clock.advanceSeconds(86_400)
        #expect(try await JobRunner(place.database, handlers: place.people.jobs).runDue() == 1)
        #expect(try await versions() == 2)
      }
      #expect(try await people.newest(Self.referral).content.recipients == [.partner])
      _ = try await people.answer(Self.service)
      #expect(try await people.allows(.casework, .health, .station))
      #expect(try await place.breaches() == [])
    }
  }

  @Test("No notice is confidential by half, and what is confidential is asked on its own")
  func texts() {
    for content in NoticeTexts.all where content.isConfidential {
      #expect(content.purposes.allSatisfy { $0.isConfidential } && content.separateFor != .none)
    }
    #expect(Set(NoticeTexts.all.filter(\.isConfidential).map(\.code)) == [Self.service, Self.referral])
    #expect(NoticeTexts.all.filter(\.isForOneMatter).map(\.code) == [Self.referral])
  }

  @Test("Reading the answers to one notice walks no table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let query = ConsentStore.list(
        where: ConsentStore.answers(of: people.elder, code: Self.service, in: people.place.community))
      let plan = try await people.place.database.read { try $0.plan(query) }
      #expect(engine == .postgres || plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)")
    }
  }
}

extension MandatePeople {
  /// Keeps an answer: of the subject in their own session, or on paper where somebody else records it.
  fileprivate func answer(
    _ code: String, of subject: PersonID? = nil, isGiven: Bool = true, categories: Set<DataCategory>? = nil,
    matter: Int64? = nil, by recorder: Actor? = nil, hasPicture: Bool = false
  ) async throws -> Consent {
    let subject = subject ?? elder
    let evidence: ConsentEvidence =
      recorder == nil
      ? .electronic(subject)
      : ConsentEvidence(givenBy: .subject, giver: subject, method: .written, place: .home)
    let draft = Consents.Draft(
      subject: subject, notice: try await newest(code).id, categories: categories, matter: matter,
      expires: place.clock.now + .days(90), evidence: evidence)
    let cipher = try await place.people.contactCipher(in: place.community)
    let picture: @Sendable (ConsentID) throws -> [UInt8] = {
      try cipher.seal(bytes: [1, 2, 3], at: .consentPicture($0, in: place.community))
    }
    return try await place.database.write(in: place.community) {
      try Consents.record(
        draft, isGiven: isGiven, by: recorder ?? Actor(person: subject, role: .resident),
        picture: hasPicture ? picture : nil, in: $0)
    }
  }

  fileprivate func newest(_ code: String) async throws -> Notice {
    let found = try await place.database.read {
      try Consents.newestNotice(code, in: place.community, $0)
    }
    return try #require(found)
  }

  fileprivate func notice(_ consent: Consent) async throws -> Notice {
    let found = try await place.database.read {
      try ConsentStore.notice(consent.terms.notice, in: place.community, $0)
    }
    return try #require(found)
  }

  fileprivate func found(_ consent: Consent) async throws -> Consent {
    let found = try await place.database.read {
      try ConsentStore.find(consent.id, in: place.community, $0)
    }
    return try #require(found)
  }

  fileprivate func answers(_ code: String) async throws -> [(Consent, Notice)] {
    try await place.database.read {
      try place.people.directory.consents(of: elder, code: code, in: place.community, $0)
    }
  }

  fileprivate func allows(
    _ use: ConsentUse, _ category: DataCategory, _ recipient: ConsentRecipient
  ) async throws -> Bool {
    try await place.database.read {
      try place.people.directory.consent.allows(
        elder, use, category, to: recipient, at: place.clock.now, in: place.community, $0)
    }
  }

  /// A telephone number that is nobody else's in the test.
  fileprivate func phone(of role: Role) -> String {
    "1360013600\((Role.allCases.firstIndex(of: role) ?? 0))"
  }
}
