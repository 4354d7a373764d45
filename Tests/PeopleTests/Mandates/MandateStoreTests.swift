import Database
import Kernel
import TestKit
import Testing
import Web

@testable import People

/// An elder with a card, a worker who helps, a colleague who records, and a daughter with an account.
struct MandatePeople: Sendable {
  let place: Neighbourhood
  let elder: PersonID
  let worker: PersonID
  let colleague: PersonID
  let daughter: PersonID

  static func with<T>(_ engine: TestEngine, _ body: (MandatePeople) async throws -> T) async throws -> T {
    try await Neighbourhood.with(engine) { place in
      let draft = try PersonDraft(displayName: "王奶奶", household: try await place.household())
      return try await body(
        MandatePeople(
          place: place,
          elder: try #require(await place.people.createPersons([draft], in: place.community).first),
          worker: try await place.resident("小许", phone: "13700137001", roles: [.socialWorker]),
          colleague: try await place.resident("郑督导", phone: "13700137002", roles: [.supervisor]),
          daughter: try await place.resident("女儿", phone: "13700137003")))
    }
  }

  var terms: MandateTerms { MandateRuleTests.terms().ending(place.clock.now + .days(180)) }
  var own: MandateAsking { MandateAsking(by: Actor(person: elder, role: .resident), .electronic) }
  var paper: MandateAsking {
    MandateAsking(
      by: Actor(person: colleague, role: .supervisor),
      MandateEvidence(.signedPaper, witness: daughter, place: .home))
  }

  func give(_ terms: MandateTerms? = nil, asking: MandateAsking? = nil, to helper: PersonID? = nil)
    async throws
    -> Mandate
  {
    let (terms, asking) = (terms ?? self.terms, asking ?? paper)
    return try await place.database.write(in: place.community) {
      try Mandates.give(terms, by: elder, to: helper ?? worker, asking: asking, in: $0)
    }
  }

  func change(_ mandate: Mandate, to terms: MandateTerms, asking: MandateAsking? = nil) async throws
    -> Mandate
  {
    let asking = asking ?? own
    return try await place.database.write(in: place.community) {
      try Mandates.change(mandate.id, to: terms, asking: asking, in: $0)
    }
  }

  func revoke(_ mandate: Mandate, by actor: Actor) async throws {
    try await place.database.write(in: place.community) { try Mandates.revoke(mandate.id, by: actor, in: $0) }
  }

  func find(_ mandate: Mandate) async throws -> Mandate? {
    try await place.database.read { try place.people.directory.mandate(mandate.id, in: place.community, $0) }
  }
}

extension MandateTerms {
  func ending(_ moment: Timestamp) -> MandateTerms {
    var terms = self
    terms.expires = moment
    return terms
  }
}

@Suite("Mandates as they are kept")
struct MandateStoreTests {
  @Test(
    "A mandate is given, lowered, raised and ended, and reads as it was written",
    arguments: TestEngine.available)
  func life(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      var terms = people.terms
      terms.merchants = .except([MerchantID(rawValue: 77), MerchantID(rawValue: 78)])
      terms.confirmations = Set(ConfirmationWay.allCases)
      (terms.familyKey, terms.alertPerson, terms.statementCopy) = (
        people.daughter, people.daughter, people.daughter
      )
      let given = try await people.give(terms)
      #expect(try await people.find(given) == given)
      people.place.clock.advanceSeconds(60)
      var wish = terms
      (wish.perOrder, wish.familyKey, wish.confirmations) = (.fen(4_000), nil, [.pin])
      wish.perDay = .fen(20_000)
      let changed = try await people.change(given, to: wish)
      #expect(try await people.find(given) == changed)
      let now = people.place.clock.now
      #expect(changed.terms(at: now).perOrder == .fen(4_000) && changed.terms(at: now).familyKey == nil)
      #expect(changed.terms(at: now).perDay == .fen(12_000))
      #expect(changed.terms(at: now + .days(1)) == wish)
      #expect(try await people.change(changed, to: wish) == changed, "asked twice is asked once")
      let back = try await people.place.database.write(in: people.place.community) {
        try Mandates.takeBackPending(given.id, by: people.own.actor, in: $0)
      }
      #expect(back.terms(at: now + .days(2)).perDay == .fen(12_000))
      try await people.revoke(given, by: Actor(person: people.worker, role: .socialWorker))
      try await people.revoke(given, by: people.own.actor)
      #expect(try await people.find(given)?.revokedAt == now)
      #expect(await problemCode { _ = try await people.change(given, to: terms) } == "mandate.revoked")
      let trail = try await people.place.database.read {
        try $0.auditTrail(of: given.id.rawValue, in: people.place.community, limit: 9)
      }
      #expect(
        trail.map(\.entry.action) == [
          "people.mandate_end", "people.mandate_change", "people.mandate_change", "people.mandate_give",
        ])
      #expect(trail.allSatisfy { $0.entry.onBehalfOf == people.elder })
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("The store refuses what the rules refuse", arguments: TestEngine.available)
  func refused(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let other = try await people.place.otherCommunity()
      let stranger = try await people.place.resident("别处", phone: "13700137009", in: other)
      let lodger = try await people.place.resident(
        "同住", phone: "13700137008",
        household: try await people.place.database.read {
          try $0.household(of: people.elder, in: people.place.community)
        })
      var trusting = people.terms
      trusting.alertPerson = people.worker
      var unreachable = people.terms
      let silent = try await people.place.people.createPersons(
        [PersonDraft(displayName: "没有账号")], in: people.place.community)
      unreachable.alertPerson = silent.first
      let helping = MandateAsking(
        by: Actor(person: people.worker, role: .socialWorker), MandateEvidence(.signedPaper))
      #expect(await problemCode { _ = try await people.give(asking: helping) } == "mandate.by_helper")
      #expect(await problemCode { _ = try await people.give(to: stranger) } == "not_found")
      #expect(await problemCode { _ = try await people.give(to: lodger) } == "mandate.not_needed")
      #expect(await problemCode { _ = try await people.give(to: people.elder) } == "mandate.to_oneself")
      #expect(await problemCode { _ = try await people.give(trusting) } == "mandate.trusted_person")
      #expect(
        await problemCode { _ = try await people.give(unreachable) } == "mandate.trusted_without_account")
      let given = try await people.give()
      #expect(await problemCode { _ = try await people.give() } == "mandate.given_already")
      var more = people.terms
      more.perMonth = .fen(90_000)
      #expect(
        await problemCode { _ = try await people.change(given, to: more, asking: helping) }
          == "mandate.by_helper")
      let spoken = MandateAsking(
        by: people.paper.actor, MandateEvidence(.spokenWithWitness, witness: people.daughter))
      #expect(
        await problemCode { _ = try await people.change(given, to: more, asking: spoken) }
          == "mandate.not_by_principal")
      var less = people.terms
      less.perMonth = .fen(20_000)
      #expect(
        try await people.change(given, to: less, asking: spoken).terms(at: people.place.clock.now) == less)
      #expect(
        await problemCode {
          try await people.revoke(given, by: Actor(person: people.daughter, role: .resident))
        } == "forbidden")
      #expect(
        try await people.place.database.read {
          try people.place.people.directory.mandate(given.id, in: other, $0)
        } == nil)
    }
  }

  @Test(
    "A helper on the staff changes nothing of their own mandate, and may end it",
    arguments: TestEngine.available)
  func helperOnStaff(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      var terms = people.terms
      (terms.alertPerson, terms.statementCopy) = (people.daughter, people.daughter)
      let given = try await people.give(terms)
      var more = terms
      more.perMonth = .fen(90_000)
      _ = try await people.change(given, to: more)
      let actor = Actor(person: people.worker, role: .socialWorker)
      let asking = MandateAsking(by: actor, MandateEvidence(.signedPaper, place: .home))
      var unwatched = more
      unwatched.statementCopy = nil
      var lower = more
      lower.perOrder = .fen(100)
      for wish in [unwatched, lower] {
        #expect(
          await problemCode { _ = try await people.change(given, to: wish, asking: asking) }
            == "mandate.by_helper")
      }
      #expect(
        await problemCode {
          try await people.place.database.write(in: people.place.community) {
            _ = try Mandates.takeBackPending(given.id, by: actor, in: $0)
          }
        } == "mandate.by_helper")
      let now = people.place.clock.now
      let found = try #require(try await people.find(given))
      #expect(found.terms(at: now) == terms && found.promisedTerms == more)
      try await people.revoke(given, by: actor)
      #expect(try await people.find(given)?.revokedAt == now)
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test(
    "What has run out and waits for an extension is kept from counting again by the principal's word",
    arguments: TestEngine.available)
  func dormant(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      func write(_ body: @escaping @Sendable (Transaction) throws -> Void) async -> String? {
        await problemCode {
          try await people.place.database.write(in: people.place.community) { try body($0) }
        }
      }
      let own = people.own.actor
      let start = people.place.clock.now
      let short = people.terms.ending(start + .hours(12))
      let given = try await people.give(short)
      people.place.clock.advanceSeconds(8 * 3_600)
      _ = try await people.change(given, to: people.terms.ending(start + .days(90)))
      people.place.clock.advanceSeconds(5 * 3_600)
      let now = people.place.clock.now
      let waiting = try #require(try await people.find(given))
      #expect(!waiting.isAlive(at: now) && waiting.mayCountYet(at: now))
      #expect(waiting.countsAgain(from: now) == start + .hours(32))
      #expect(await problemCode { _ = try await people.give() } == "mandate.given_already")
      #expect(await problemCode { _ = try await people.change(given, to: short) } == "mandate.expired")
      #expect(await write { _ = try Mandates.takeBackPending(given.id, by: own, in: $0) } == nil)
      let over = try #require(try await people.find(given))
      #expect(!over.mayCountYet(at: now) && !over.isAlive(at: start + .hours(33)))
      #expect(
        await write { _ = try Mandates.takeBackPending(given.id, by: own, in: $0) } == "mandate.expired")
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test("What is given anew within a day is no wider than what was ended", arguments: TestEngine.available)
  func anew(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let first = try await people.give()
      try await people.revoke(first, by: people.own.actor)
      var more = people.terms
      (more.perOrder, more.perDay) = (.fen(10_000), .fen(20_000))
      let second = try await people.give(more)
      let now = people.place.clock.now
      #expect(second.terms(at: now).perOrder == .fen(6_000))
      #expect(second.terms(at: now + .days(1)) == more)
      try await people.revoke(second, by: people.own.actor)
      people.place.clock.advanceSeconds(90_000)
      #expect(try await people.give(more).terms(at: people.place.clock.now) == more)
      let held = try await people.place.database.read {
        try people.place.people.directory.mandates(for: people.worker, in: people.place.community, $0)
      }
      #expect(held.count == 3 && held[2].id == first.id)
      #expect(try await people.place.breaches() == [])
    }
  }

  @Test(
    "Of a use and a revocation at once, the one that comes second sees the first",
    arguments: TestEngine.available)
  func race(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let given = try await people.give()
      let (database, community) = (people.place.database, people.place.community)
      let outcomes = await withTaskGroup(of: String.self) { group in
        for number in 0..<12 {
          group.addTask {
            if number == 6 {
              try? await people.revoke(given, by: people.own.actor)
              return "revoked"
            }
            let use = MandateUse(
              helper: people.worker, principal: people.elder, at: people.place.clock.now,
              matters: [.groceries], merchants: [], total: .fen(100), spentToday: .zero,
              spentThisMonth: .zero,
              payWay: .cash, confirmation: .pin)
            return await problemCode {
              try await database.write(in: community) { transaction in
                let found = try people.place.people.directory.mandate(given.id, in: community, transaction)
                if let refusal = found?.refusal(of: use) { throw refusal }
                try transaction.audit("test.use", by: people.paper.actor, of: given.id.rawValue)
              }
            } ?? "used"
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.allSatisfy { ["used", "revoked", "mandate.revoked"].contains($0) })
      let trail = try await database.read {
        try $0.auditTrail(of: given.id.rawValue, in: community, limit: 20)
      }
      let actions = Array(trail.map(\.entry.action).reversed())
      let end = try #require(actions.firstIndex(of: "people.mandate_end"))
      #expect(!actions[end...].contains("test.use"), "used after it was revoked")
      #expect(outcomes.count { $0 == "used" } == actions.count { $0 == "test.use" })
    }
  }

  @Test(
    "Rows of mandates are never changed, and what breaks the rules shows", arguments: TestEngine.available)
  func appendOnly(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let given = try await people.give()
      let (database, community) = (people.place.database, people.place.community)
      await #expect(throws: DatabaseError.self) {
        try await database.write(in: community) { transaction in
          try transaction.execute("UPDATE people_mandate_revision SET per_order = 999999")
        }
      }
      try await database.write(in: community) { transaction in
        try transaction.liftAppendOnly(from: "people_mandate_revision")
        try transaction.execute(
          "UPDATE people_mandate_revision SET asked_by_id = \(people.worker) WHERE mandate_id = \(given.id)")
      }
      #expect(try await people.place.breaches().map(\.name) == ["people.mandate_by_helper"])
    }
  }

  @Test("Reading mandates walks no table", arguments: TestEngine.available)
  func plans(engine: TestEngine) async throws {
    try await MandatePeople.with(engine) { people in
      let (community, person) = (people.place.community, people.elder)
      let queries = [
        MandateStore.head(where: "mandate.community_id = \(community) AND mandate.principal_id = \(person)"),
        MandateStore.head(where: "mandate.community_id = \(community) AND mandate.helper_id = \(person)"),
        MandateStore.head(
          where: "mandate.id = \(MandateID(rawValue: 1)) AND mandate.community_id = \(community)"),
        MandateStore.revisions(of: [MandateID(rawValue: 1)]),
      ]
      for query in queries {
        let plan = try await people.place.database.read { try $0.plan(query) }
        #expect(engine == .postgres || plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(plan)")
      }
    }
  }
}
