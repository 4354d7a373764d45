import Database
import Kernel
import People
import TestKit
import Testing

@testable import Care

@Suite("Door visits: the desk")
struct VisitDeskTests {
  @Test(
    "A campaign is made, written anew, started and finished, and every step is kept",
    arguments: TestEngine.available)
  func steps(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let desk = fixture.desk
      let id = try await fixture.make()
      let made = try await fixture.campaign(id)
      #expect(made.state == .draft && made.terms == fixture.terms() && made.events == 1)
      let another = fixture.terms("冬天的防骗走访")
      try await fixture.arrange(id, as: fixture.asSupervisor) {
        try desk.write(another, &$0, seen: 1, in: $1)
      }
      let stale = await problemCode {
        try await fixture.arrange(id) { try desk.write(fixture.terms(), &$0, seen: 1, in: $1) }
      }
      #expect(stale == "visit.stale")
      let empty = await problemCode {
        try await fixture.arrange(id) { try desk.start(&$0, seen: 2, in: $1) }
      }
      #expect(empty == "visit.empty")
      try await fixture.arrange(id) { open, transaction in
        try desk.list([fixture.households[0]], .door, open, in: transaction)
        try desk.start(&open, seen: 2, in: transaction)
        try desk.finish(&open, seen: 3, in: transaction)
      }
      let finished = try await fixture.campaign(id)
      #expect(finished.state == .finished && finished.version == 2 && finished.terms == another)
      let steps: [@Sendable (inout OpenVisit, Transaction) throws -> Void] = [
        { try desk.start(&$0, seen: 4, in: $1) }, { try desk.finish(&$0, seen: 4, in: $1) },
        { try desk.write(fixture.terms(), &$0, seen: 4, in: $1) },
        { try desk.list([fixture.households[1]], .door, $0, in: $1) },
      ]
      for work in steps {
        let code = await problemCode { try await fixture.arrange(id, work) }
        #expect(code == "visit.not_possible")
      }
      let actions = try await fixture.database.read {
        try $0.values(
          "SELECT action FROM platform_audit WHERE action LIKE 'care.visit%' ORDER BY sequence",
          as: String.self)
      }
      #expect(
        actions == [
          "care.visit_make", "care.visit_write", "care.visit_list", "care.visit_start", "care.visit_finish",
        ])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Who runs and who supervises is checked", arguments: TestEngine.available)
  func people(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      func code(_ change: (inout VisitTerms) -> Void) async -> String? {
        var terms = fixture.terms()
        change(&terms)
        return await problemCode { [terms] in _ = try await fixture.make(terms) }
      }
      #expect(await code { $0.runner = fixture.colleague } == "visit.own_part")
      #expect(await code { $0.supervisor = fixture.colleague } == "assignment.not_a_supervisor")
      #expect(await code { $0.supervisor = fixture.visitor } == "assignment.not_a_supervisor")
      let both = await problemCode {
        _ = try await fixture.database.write(in: fixture.community) { transaction in
          var terms = fixture.terms()
          terms.runner = fixture.supervisor
          try fixture.desk.make(terms, by: fixture.asSupervisor, in: transaction)
        }
      }
      #expect(both == "visit.alone")
    }
  }

  @Test("No household stands on the list twice, whichever way it comes", arguments: TestEngine.available)
  func list(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let (desk, homes) = (fixture.desk, fixture.households)
      let id = try await fixture.make()
      let first = try await fixture.arrange(id) {
        try desk.list([homes[0], homes[1], homes[0]], .building, $0, in: $1)
      }
      #expect(first == VisitDesk.Listing(added: 2, left: 0))
      let second = try await fixture.arrange(id) {
        try desk.list([homes[1], homes[2]], .list, $0, in: $1)
      }
      #expect(second == VisitDesk.Listing(added: 1, left: 1))
      let door = try await fixture.door(1, id)
      #expect(door.source == .building, "what is on the list stays as it came")
      try await fixture.arrange(id) { try desk.remove(door.id, .asked, $0, in: $1) }
      let again = try await fixture.arrange(id) { try desk.list([homes[1]], .building, $0, in: $1) }
      #expect(
        again == VisitDesk.Listing(added: 0, left: 1), "a building passes over who asked not to be visited")
      let named = try await fixture.arrange(id) { try desk.list([homes[1]], .door, $0, in: $1) }
      #expect(named == VisitDesk.Listing(added: 1, left: 0))
      let back = try await fixture.door(1, id)
      #expect(back.id == door.id && back.isListed && back.source == .door && back.events == 3)
      let events = try await fixture.database.read {
        try VisitDoorStore.events(of: door.id, in: fixture.community, $0).map(\.what)
      }
      #expect(events == [.listed(.building), .removed(.asked), .listed(.door)])
      let strange = await problemCode {
        _ = try await fixture.arrange(id) { try desk.list([fixture.stranger], .door, $0, in: $1) }
      }
      #expect(strange == "not_found")
      #expect(try await fixture.count("SELECT count(*) FROM care_visit_door") == 3)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Doors are given by building, one by one, and what is left", arguments: TestEngine.available)
  func giving(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let desk = fixture.desk
      let id = try await fixture.make()
      try await fixture.arrange(id) { try desk.list(fixture.households, .list, $0, in: $1) }
      let unasked = await problemCode {
        _ = try await fixture.arrange(id) { try desk.give(.rest, to: fixture.visitor, $0, in: $1) }
      }
      #expect(unasked == "not_found")
      let given = try await fixture.arrange(id) { open, transaction in
        try desk.ask(fixture.visitor, open, in: transaction)
        try desk.ask(fixture.visitor, open, in: transaction)
        try desk.ask(fixture.otherVisitor, open, in: transaction)
        return try [
          desk.give(.building("3"), to: fixture.visitor, open, in: transaction),
          desk.give(.building("3"), to: fixture.visitor, open, in: transaction),
          desk.give(.rest, to: fixture.otherVisitor, open, in: transaction),
        ]
      }
      #expect(given == [2, 0, 3])
      let door = try await fixture.door(0, id)
      try await fixture.arrange(id) {
        try desk.give(.door(door.id), to: nil, $0, in: $1)
      }
      #expect(try await fixture.door(0, id).visitor == nil)
      #expect(try await fixture.door(1, id).visitor == fixture.visitor)
      let strange = await problemCode {
        _ = try await fixture.arrange(id) {
          try desk.give(.door(VisitDoorID(rawValue: 7)), to: nil, $0, in: $1)
        }
      }
      #expect(strange == "not_found")
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test(
    "Visitors are told once a day that doors wait, without a name or a door", arguments: TestEngine.available)
  func told(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      try await fixture.arrange(id) { open, transaction in
        try fixture.desk.give(.building("10"), to: fixture.visitor, open, in: transaction)
      }
      let texts = try await fixture.database.read {
        try $0.all("SELECT recipient_id, text_zh, path FROM messages_message ORDER BY id") { row in
          (to: try row[0] as PersonID, text: try row[1] as String, path: try row[2] as String)
        }
      }
      #expect(Set(texts.map(\.to)) == [fixture.visitor, fixture.otherVisitor] && texts.count == 2)
      #expect(texts.allSatisfy { $0.text == "有几户人家请您上门走访。" && $0.path == "/my-visits/\(id)" })
    }
  }

  @Test("The walk goes building by building, up on foot and down by lift", arguments: TestEngine.available)
  func walk(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      let doors = try await fixture.people.directory.doors(of: fixture.community)
      let reading = VisitReading(
        directory: fixture.people.directory, doors: doors, community: fixture.community)
      let view = try await fixture.database.read { snapshot in
        let open = try VisitDoorkeeper.open(id, for: fixture.asRunner, in: fixture.community, snapshot)
        return try reading.view(open, snapshot)
      }
      #expect(view.places.map(\.name) == ["李叔", "王阿姨", "孙奶奶", "周伯", "吴老师"])
      let parts = VisitRoute.byBuilding(view.places) { $0.building }
      #expect(parts.map(\.building) == ["3", "5", "10"] && parts.map(\.places.count) == [2, 2, 1])
      let own = try await fixture.own(fixture.asOtherVisitor, id)
      #expect(own.map(\.name) == ["孙奶奶", "周伯"])
    }
  }

  @Test("Checks name what was changed behind the program’s back", arguments: TestEngine.available)
  func invariants(_ engine: TestEngine) async throws {
    try await VisitFixture.with(engine) { fixture in
      let id = try await fixture.underWay()
      _ = try await fixture.report(.seen, at: 0, of: id, key: "invariants-key-001", note: "愿意来小组")
      #expect(try await fixture.breaches() == [])
      let refused = await problemCode {
        _ = try await fixture.database.write(in: fixture.community) {
          try $0.execute("UPDATE care_visit_outcome SET kind = 'declined' WHERE campaign_id = \(id)")
        }
      }
      #expect(refused?.contains("constraint") == true)
      let door = try await fixture.door(0, id)
      fixture.clock.advance(by: .minutes(1))
      try await fixture.database.write(in: fixture.community) { transaction in
        try transaction.liftAppendOnly(from: "care_visit_outcome")
        try transaction.execute("UPDATE care_visit_standing SET state = 'draft', starts_at = starts_at - 1")
        try transaction.execute("UPDATE care_visit_outcome SET visitor_id = \(fixture.otherVisitor)")
        try transaction.execute(
          "UPDATE care_visit_door SET visitor_id = \(fixture.colleague), events = 9 WHERE id = \(door.id)")
        var changed = fixture.terms()
        changed.questions = []
        var campaign = try #require(try VisitStore.find(id, in: fixture.community, transaction))
        try VisitStore.append(
          VisitEvent(
            .written(version: 2, changed), at: transaction.now,
            by: Actor(person: fixture.runner, role: .socialWorker)), to: &campaign, in: transaction)
        try transaction.execute("UPDATE care_visit_standing SET ends_at = ends_at + 1")
      }
      let found = try await fixture.breaches()
      for name in [
        "care.visit_standing_differs", "care.visit_terms_differ", "care.visit_questions_changed",
        "care.visit_door_differs",
        "care.visit_visitor_not_asked", "care.visit_outcome_of_stranger", "care.visit_text_misplaced",
      ] { #expect(found.contains { $0.contains(name) }, "\(name) in \(found)") }
    }
  }
}
