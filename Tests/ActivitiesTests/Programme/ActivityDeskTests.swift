import Database
import Kernel
import People
import TestKit
import Testing

@testable import Activities

@Suite("Activities: the desk")
struct ActivityDeskTests {
  @Test(
    "One is made, published, changed and closed, and every step is kept", arguments: TestEngine.available)
  func steps(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let (desk, actor) = (fixture.programme.desk, fixture.actor)
      let id = try await fixture.make(fixture.terms(), publish: false)
      let draft = try await fixture.activity(id)
      #expect(draft.state == .draft && draft.terms == fixture.terms() && draft.publishedAt == nil)
      try await fixture.write { try desk.publish(id, seen: 0, by: actor, in: $0) }
      var terms = fixture.terms(capacity: 30)
      terms.subject = ActivityFixture.policy
      let changed = terms
      try await fixture.write { try desk.write(changed, to: id, seen: 1, by: actor, in: $0) }
      #expect(
        await ActivityFixture.code {
          try await fixture.write { try desk.write(fixture.terms(), to: id, seen: 1, by: actor, in: $0) }
        } == "activities.stale")
      let published = try await fixture.activity(id)
      #expect(published.terms == changed && published.revision == 2 && published.state == .published)
      fixture.clock.move(to: ActivityFixture.ends)
      let cipher = try await fixture.programme.cipher(fixture.community)
      let counts = ActivitySatisfaction(veryGood: 9, good: 4, fair: 1, poor: 0)
      for leads in ["王阿姨想要防骗卡", "李叔也想要"] {
        let seen = try await fixture.activity(id).revision
        try await fixture.write {
          try desk.close(
            id, counts, leads: leads, expense: .fen(9_900), seen: seen, sealing: cipher, by: actor, in: $0)
        }
      }
      let closing = try await fixture.database.read {
        try ActivityClosingStore.find(id, opening: cipher, in: fixture.community, $0)
      }
      #expect(closing?.satisfaction == counts && closing?.leads == "李叔也想要")
      let held = try await fixture.activity(id)
      #expect(held.state == .held && held.terms.expense == .fen(9_900))
      let actions = try await fixture.database.read {
        try $0.values(
          "SELECT action FROM platform_audit WHERE action LIKE 'activities.%' ORDER BY sequence",
          as: String.self)
      }
      #expect(
        actions == [
          "activities.make", "activities.publish", "activities.change", "activities.close",
          "activities.close",
        ])
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Organiser and subject have to be there", arguments: TestEngine.available)
  func parts(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      func fields(_ change: (inout ActivityTerms) -> Void) async -> [String] {
        var terms = fixture.terms()
        change(&terms)
        do {
          _ = try await fixture.make(terms)
          return []
        } catch {
          return (error as? Problem)?.fields.map(\.field) ?? ["\(error)"]
        }
      }
      #expect(await fields { $0.organiser = fixture.committee } == [])
      #expect(await fields { $0.organiser = fixture.neighbours[0] } == ["organiser"])
      #expect(await fields { $0.subject = ActivityFixture.policy } == [])
      #expect(await fields { $0.subject = ActivitySubject(kind: "policy", id: 78) } == ["subject"])
    }
  }

  @Test("Whoever signed up is told of another time or place, and of the end", arguments: TestEngine.available)
  func notices(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let (desk, actor) = (fixture.programme.desk, fixture.actor)
      let id = try await fixture.make(capacity: 2)
      for person in fixture.neighbours.prefix(3) { try await fixture.take(person, id) }
      try await fixture.cancel(fixture.neighbours[0], id)
      var terms = fixture.terms(capacity: 2)
      terms.description = "换个说法"
      for change in 0...1 {
        if change == 1 { terms.place = "5号楼大厅" }
        let (changed, seen) = (terms, try await fixture.activity(id).revision)
        try await fixture.write { try desk.write(changed, to: id, seen: seen, by: actor, in: $0) }
        #expect(try await fixture.messages(ActivityNotices.changed) == 2 * change)
      }
      #expect(try await fixture.messages(ActivityNotices.changed, to: fixture.neighbours[0]) == 0)
      let seen = try await fixture.activity(id).revision
      try await fixture.write { try desk.cancel(id, because: "下大雪", seen: seen, by: actor, in: $0) }
      #expect(try await fixture.messages(ActivityNotices.cancelled) == 2)
      let cancelled = try await fixture.activity(id)
      #expect(cancelled.state == .cancelled && cancelled.cancelReason == "下大雪")
      #expect(cancelled.revision == seen + 1)
      #expect(await ActivityFixture.code { try await fixture.take(fixture.neighbours[4], id) } != nil)
      #expect(try await fixture.breaches() == [])
    }
  }

  @Test("Other features learn cards and counts, and nothing of drafts", arguments: TestEngine.available)
  func directory(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      var meeting = fixture.terms()
      meeting.kind = .meeting
      let draft = try await fixture.make(meeting, publish: false)
      let id = try await fixture.make(meeting)
      let talk = try await fixture.make(fixture.terms())
      try await fixture.take(fixture.neighbours[0], id)
      try await fixture.take(fixture.neighbours[1], id)
      fixture.clock.move(to: ActivityFixture.begins)
      try await fixture.write(id) { activity, transaction in
        try fixture.programme.checkIns.arrive(fixture.neighbours[0], at: activity, in: transaction)
      }
      let cipher = try await fixture.programme.cipher(fixture.community)
      let counts = ActivitySatisfaction(veryGood: 1, good: 0, fair: 0, poor: 0)
      try await fixture.write {
        try fixture.programme.desk.close(
          id, counts, leads: "", expense: .zero, seen: 1, sealing: cipher, by: fixture.actor, in: $0)
      }
      let directory = ActivityDirectory()
      let (meetings, figures, cards, foreign) = try await fixture.database.read { snapshot in
        (
          try directory.residentsMeetings(limit: 10, in: fixture.community, snapshot),
          try directory.figures(
            from: ActivityFixture.start, until: ActivityFixture.ends, in: fixture.community, snapshot),
          try directory.cards(of: [draft, id, talk], in: fixture.community, snapshot),
          try directory.cards(of: [id], in: fixture.other, snapshot)
        )
      }
      #expect(meetings.map(\.id) == [id] && meetings[0].path == "/activities/\(id)")
      #expect(Set(cards.keys) == [id, talk] && foreign.isEmpty)
      #expect(figures.map(\.card.id) == [id] && figures[0].satisfaction == counts)
      #expect(
        figures[0].attendance == ActivityAttendance(signedUp: 2, came: 1, walkIns: 0, waiting: 0))
      #expect(figures[0].attendance.absent == 1)
    }
  }

  @Test("Lists go on where a page ended", arguments: TestEngine.available)
  func pages(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      var made: [ActivityID] = []
      for number in 0..<7 {
        var terms = fixture.terms()
        // Two of them begin at the same moment.
        terms.startsAt = ActivityFixture.begins + .hours(Int64(number / 2))
        terms.endsAt = terms.startsAt + .hours(1)
        terms.signUpClosesAt = terms.startsAt
        made.append(try await fixture.make(terms, publish: number != 3))
      }
      func walk(_ scope: ActivityScope) async throws -> [ActivityID] {
        var (found, cursor): ([ActivityID], ActivityCursor?) = ([], nil)
        while true {
          let page = try await fixture.database.read { [cursor] in
            try ActivityStore.list(scope, after: cursor, limit: 2, in: fixture.community, $0)
          }
          guard let last = page.last else { return found }
          found += page.map(\.id)
          cursor = ActivityCursor(ActivityCursor(last).text)
        }
      }
      let seen = made.enumerated().filter { $0.offset != 3 }.map(\.element)
      #expect(try await walk(.coming) == seen)
      #expect(try await walk(.deskComing) == made)
      #expect(try await walk(.past) == [])
      fixture.clock.move(to: ActivityFixture.begins + .days(1))
      #expect(try await walk(.coming) == [])
      #expect(try await walk(.past) == seen.reversed())
      #expect(try await walk(.deskPast) == made.reversed())
      for scope in [ActivityScope.coming, .deskPast] {
        let plan = try await fixture.database.read {
          try $0.plan(
            ActivityStore.page(
              scope, after: nil, limit: 20, in: fixture.community, at: ActivityFixture.begins))
        }
        #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
      }
    }
  }
}
