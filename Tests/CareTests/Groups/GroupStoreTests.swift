import Database
import Kernel
import People
import Security
import TestKit
import Testing

@testable import Care

/// Groups as they are kept, on both engines.
@Suite struct GroupStoreTests {
  @Test(arguments: TestEngine.available)
  func `a group goes from the first idea to the report that ends it`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      let tooFew = await problemCode { try await station.move(id, to: .formation) }
      #expect(tooFew == "group.too_few")
      let li = try await station.join(station.li, id)
      station.clock.advance(by: .hours(1))
      try await station.move(id, to: .formation)
      station.clock.advance(by: .hours(4))
      try await station.meet(
        id,
        [
          .init(wang, .present, participation: 3, words: CareDocument([.note: "教了别人"])),
          .init(li, .excused),
        ])
      try await station.score([wang: 12, li: 20], .shoppingEfficacy, .baseline, id)
      for stage in [GroupStage.transition, .maturity, .ending] { try await station.move(id, to: stage) }
      try await station.meet(
        id, [.init(wang, .late, participation: 1), .init(li, .present, participation: 0)])
      try await station.score([wang: 18, li: 20], .shoppingEfficacy, .end, id)
      let report = try await station.report(id)
      try await station.decide(report, id)

      let view = try await station.view(id)
      #expect(view.group.label == "X-0001" && view.group.standing.isClosed)
      #expect(view.group.standing.startedAt == CareStation.start + .hours(1))
      #expect(view.sessions.map(\.number) == [1, 2])
      #expect(view.sessions.compactMap { $0.newest?.stage } == [.formation, .formation])
      #expect(view.sessions[0].newest?.techniques == [.opening, .modelling])
      #expect(view.words(view.sessions[0].newest?.text)?[.process] == "大家互相介绍")
      #expect(view.words(view.sessions[0].newest?.attendance.first?.text)?[.note] == "教了别人")
      let figures = view.figures(asOf: station.clock.now)
      #expect(figures.changes[0].up == 1 && figures.changes[0].same == 1)
      #expect(figures.members.map(\.there) == [2, 1])
      #expect(view.reports.first?.decision?.isApproved == true)
      #expect(view.words(view.reportedTerms[report])?[.theory] == "社会学习")
      #expect(try await station.groupBreaches() == [])
      let late = await problemCode { try await station.meet(id, []) }
      #expect(late == "group.closed")
    }
  }

  @Test(arguments: TestEngine.available)
  func `places, stages and the person's own yes decide who is a member`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup(CareStation.terms(minimum: 2, maximum: 3))
      let neighbours = try await station.residents(6)
      var members: [GroupMemberID] = []
      for person in neighbours[..<3] { members.append(try await station.join(person, id)) }
      let fourth = try await station.propose(neighbours[3], id)
      let unscreened = await problemCode {
        try await station.step(fourth, id, to: .joined, answer: CareStation.yes)
      }
      #expect(unscreened == "group.member_not_there")
      try await station.step(fourth, id, to: .accepted, CareDocument([.screening: "可以"]))
      let silent = await problemCode { try await station.step(fourth, id, to: .joined) }
      #expect(silent == "group.answer_needed")
      let full = await problemCode {
        try await station.step(fourth, id, to: .joined, answer: CareStation.yes)
      }
      #expect(full == "group.full")
      let silently = await problemCode { try await station.step(members[0], id, to: .left) }
      #expect(silently == "form.invalid")
      try await station.step(members[0], id, to: .left, CareDocument([.reason: "搬走了"]))
      try await station.step(fourth, id, to: .joined, answer: CareStation.yes)
      let again = try await station.propose(neighbours[0], id)
      let twice = await problemCode { _ = try await station.propose(neighbours[0], id) }
      #expect(twice == "group.member_twice")
      try await station.step(again, id, to: .referred, CareDocument([.reason: "更需要个案"]))
      let waiting = try await station.propose(neighbours[4], id)
      try await station.step(waiting, id, to: .accepted, CareDocument([.screening: "可以"]))
      try await station.step(members[1], id, to: .left, CareDocument([.reason: "没时间"]))
      try await station.move(id, to: .formation)
      try await station.move(id, to: .transition)
      let closed = await problemCode {
        try await station.step(waiting, id, to: .joined, answer: CareStation.yes)
      }
      let nobody = await problemCode { _ = try await station.propose(neighbours[5], id) }
      #expect(closed == "group.takes_nobody" && nobody == "group.takes_nobody")
      let stranger = await problemCode { _ = try await station.propose(PersonID(rawValue: 5), id) }
      #expect(stranger == "group.takes_nobody" || stranger == "not_found")
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `nobody leads and is a member, and only those named see the group`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let member = await problemCode { _ = try await station.propose(station.xu, id) }
      #expect(member == "group.staff_is_member")
      // 林社工 comes as a neighbour.
      try await station.join(station.lin, id)
      let leads = await problemCode { try await station.assign([station.xu, station.lin], id) }
      #expect(leads == "group.staff_is_member")
      let notYours = await problemCode {
        _ = try await station.openGroup(leaders: [station.lin], as: station.xu)
      }
      #expect(notYours == "group.not_yours")
      for person in [station.lin, station.gao, station.committee, station.wang] {
        let code = await problemCode { _ = try await station.view(id, as: person) }
        #expect(code == "not_found", "\(person)")
      }
      let other = try await station.openGroup(as: station.zheng)
      try await station.assign([station.lin], other)
      let gone = await problemCode { _ = try await station.view(other) }
      #expect(gone == "not_found")
      #expect(try await station.view(other, as: station.lin).open.access.mayWrite)
      let writes = await problemCode { try await station.move(other, to: .formation, as: station.zheng) }
      #expect(writes == "group.forbidden")
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `what is written lies sealed, and what is about one member goes with their key`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      let li = try await station.join(station.li, id)
      let session = try await station.meet(
        id,
        [
          .init(wang, .present, participation: 2, words: CareDocument([.note: "手抖"])),
          .init(li, .present, participation: 1, words: CareDocument([.note: "耳背"])),
        ])
      try await station.read([wang: "12345678"], session, id)
      let sealed: [[UInt8]] = try await station.database.read {
        try $0.values("SELECT sealed FROM care_text ORDER BY id")
      }
      let words = ["会自己下一单", "想学，有点怕手机", "大家互相介绍", "手抖", "12345678"]
      for word in words {
        #expect(!sealed.contains { $0.contains(Array(word.utf8)) }, "\(word)")
      }
      let texts = try await station.database.read { [community = station.community] snapshot in
        try snapshot.all(
          """
          SELECT held.member_id, member.person_id, text.person_id FROM care_group_text AS held
          JOIN care_text AS text ON text.id = held.text_id
          LEFT JOIN care_group_member AS member ON member.id = held.member_id
          WHERE held.community_id = \(community)
          """
        ) { row -> (GroupMemberID?, PersonID?, PersonID?) in (try row[0], try row[1], try row[2]) }
      }
      #expect(texts.count >= 7)
      #expect(texts.allSatisfy { $0.1 == $0.2 }, "each under its own key")
      // Who reads without 王阿姨's key reads nothing of her, and all the rest.
      let view = try await station.view(id)
      #expect(view.words(view.practices.first?.code)?[.learnerCode] == "12345678")
      let opener = try await station.care.keys.opening([station.li, nil], in: station.community)
      let open = view.open
      let documents = try await station.database.read { [community = station.community] in
        try opener.open(CareTextStore.texts(TextScope(open), in: community, $0))
      }
      let attendance = view.sessions.first?.newest?.attendance
      #expect(documents[try #require(attendance?.first { $0.member == li }?.text)]?[.note] == "耳背")
      #expect(documents[try #require(attendance?.first { $0.member == wang }?.text)] == nil)
      #expect(documents[view.group.terms.text] != nil)
    }
  }

  @Test(arguments: TestEngine.available)
  func `a record is mended for three days and added to afterwards; versions stay`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup(leaders: [station.xu, station.lin])
      let wang = try await station.join(station.wang, id)
      let session = try await station.meet(id, [.init(wang, .absent)], process: "写错了")
      let other = await problemCode { try await station.mend(session, "别人的", id, as: station.lin) }
      #expect(other == "note.of_another")
      station.clock.advance(by: .days(2))
      try await station.mend(session, "改好了", id, entries: [.init(wang, .late, participation: 2)])
      station.clock.advance(by: .days(1))
      let late = await problemCode { try await station.mend(session, "太晚", id) }
      #expect(late == "note.locked")
      try await station.in(id, as: station.lin) { desk, open, seal, transaction in
        try desk.add(CareDocument([.note: "补一句"]), to: session, open, sealing: seal, in: transaction)
      }
      let view = try await station.view(id)
      let kept = try #require(view.sessions.first)
      #expect(kept.versions.map { view.words($0.text)?[.process] } == ["写错了", "改好了"])
      #expect(kept.versions.map { $0.attendance.first?.presence } == [.absent, .late])
      #expect(kept.addenda.map { view.words($0.text)?[.note] } == ["补一句"])
      let ahead = await problemCode { try await station.meet(id, [], ago: .seconds(-1)) }
      let stranger = await problemCode {
        try await station.meet(id, [.init(GroupMemberID(rawValue: 9), .absent)])
      }
      #expect(ahead == "form.invalid" && stranger == "group.attendance_of_stranger")
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `scores keep to their ranges, in the desk and in the tables`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      for measure in GroupScore.measures {
        for value in [measure.range.lowerBound, measure.range.upperBound] {
          try await station.score([wang: value], measure, .baseline, id)
        }
        for value in [measure.range.lowerBound - 1, measure.range.upperBound + 1] {
          let code = await problemCode { try await station.score([wang: value], measure, .baseline, id) }
          #expect(code == "form.invalid", "\(measure) \(value)")
          await #expect(throws: DatabaseError.self) {
            try await station.database.write(in: station.community) { transaction in
              let score = GroupScore(measure, .end, value, of: wang, at: transaction.now, by: station.xu)
              try GroupScoreStore.insert(score, of: id, in: transaction)
            }
          }
        }
      }
      let goal = await problemCode { try await station.score([wang: 1], .goalAttainment, .baseline, id) }
      #expect(goal == "form.invalid")
      #expect(try await station.view(id).scores.count == 6)
    }
  }

  @Test(arguments: TestEngine.available)
  func `what a practice shop saw is asked of it and kept as counts`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      let li = try await station.join(station.li, id)
      let session = try await station.meet(id, [.init(wang, .present, participation: 2), .init(li, .absent)])
      let none = await problemCode {
        try await station.read([wang: "12345678"], session, id, practice: .none)
      }
      #expect(none == "group.no_practice_shop")
      let unknown = await problemCode { try await station.read([wang: "99999999"], session, id) }
      #expect(unknown == "form.invalid")
      let absent = await problemCode { try await station.read([li: "12345678"], session, id) }
      #expect(absent == "group.attendance_of_stranger")
      try await station.read([wang: "12345678"], session, id, hours: 1)
      try await station.read([wang: "12345678"], session, id, hours: 2)
      let other = try await station.meet(id, [.init(wang, .present, participation: 2)], commerce: .none)
      let outside = await problemCode { try await station.read([wang: "12345678"], other, id) }
      #expect(outside == "group.not_in_shop")
      let view = try await station.view(id)
      #expect(view.practices.map(\.deeds.steps) == [3, 4])
      let practice = view.figures(asOf: station.clock.now).practice
      #expect(practice.learners == 1)
      #expect(
        practice.deeds == PracticeDeeds(steps: 4, trapsMet: 2, trapsSeenThrough: 1, orders: 3),
        "one that was read anew counts once")
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a report waits, is sent back, comes again, and its approval ends the group`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup(leaders: [station.xu, station.lin])
      let wang = try await station.join(station.wang, id)
      let early = await problemCode { _ = try await station.report(id) }
      #expect(early == "form.invalid")
      let first = try await station.report(id, reason: "人不够")
      let second = await problemCode { _ = try await station.report(id, reason: "人不够") }
      #expect(second == "group.report_waiting")
      let own = await problemCode { try await station.decide(first, id, as: station.lin) }
      #expect(own == "group.forbidden")
      try await station.decide(first, id, isApproved: false)
      let again = await problemCode { try await station.decide(first, id) }
      #expect(again == "closing.decided")
      let last = try await station.report(id, reason: "人不够", as: station.lin)
      try await station.decide(last, id)
      let view = try await station.view(id)
      #expect(view.reports.map { $0.decision?.isApproved } == [true, false])
      #expect(view.events.last?.what == .closed(at: .preparation, last))
      try await station.score([wang: 4], .satisfaction, .followUp, id)
      let over = await problemCode { try await station.score([wang: 4], .satisfaction, .end, id) }
      #expect(over == "group.closed")
      let goals = view.reports.first?.goals.map(\.result)
      #expect(goals == [.reached, .partly])
      let told: [String] = try await station.database.read {
        try $0.values("SELECT kind FROM messages_message ORDER BY id")
      }
      #expect(told.count { $0 == "care.group_report_waiting" } == 2)
      #expect(told.count { $0 == "care.group_report_decided" } == 4)
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `a member reads what the group is called, its stage and dates`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      try await station.join(station.li, id)
      _ = try await station.propose(station.outsider, id)
      try await station.move(id, to: .formation)
      station.clock.advance(by: .days(1))
      try await station.step(wang, id, to: .left, CareDocument([.reason: "搬走了"]))
      func groups(_ person: PersonID) async throws -> [GroupOfMember] {
        try await station.database.read {
          try GroupStore.groups(ofMember: person, in: station.community, $0)
        }
      }
      let left = try #require(try await groups(station.wang).first)
      #expect(left.name == "一起学买菜" && left.stage == .formation)
      #expect(left.joinedAt == CareStation.start && left.leftAt == CareStation.start + .days(1))
      #expect(try await groups(station.li).first?.leftAt == nil)
      #expect(try await groups(station.outsider).isEmpty, "proposed is not joined")
    }
  }

  @Test(arguments: TestEngine.available)
  func `plans are revised by version, never below the members that are there, and stale forms are refused`(
    engine: TestEngine
  ) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      for person in try await station.residents(3) { try await station.join(person, id) }
      let small = await problemCode { try await station.revise(CareStation.terms(maximum: 2), id) }
      #expect(small == "form.invalid")
      try await station.revise(CareStation.terms(name: "学买菜", maximum: 9, goals: "一个目标"), id)
      let stale = await problemCode { try await station.revise(CareStation.terms(), id, seen: 2) }
      #expect(stale == "group.stale")
      let view = try await station.view(id)
      #expect(view.group.terms.version == 2 && view.group.terms.name == "学买菜")
      #expect(view.group.terms.goals == 1)
      #expect(try await station.groupBreaches() == [])
    }
  }

  @Test(arguments: TestEngine.available)
  func `history is only added to, and a meddled standing is found`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let id = try await station.openGroup()
      let wang = try await station.join(station.wang, id)
      try await station.meet(id, [.init(wang, .present, participation: 1)])
      for query: Query in [
        "UPDATE care_group_event SET kind = 'moved'", "DELETE FROM care_group_member_event",
        "UPDATE care_group_attendance SET participation = 3", "DELETE FROM care_group_session_version",
        "UPDATE care_group_terms SET maximum = 60",
      ] {
        await #expect(throws: DatabaseError.self, "\(query.text)") {
          try await station.database.write(in: station.community) { _ = try $0.execute(query) }
        }
      }
      try await station.database.write(in: station.community) { transaction in
        try transaction.execute(
          "UPDATE care_group_standing SET stage = 'maturity', leader_id = \(station.wang)")
        try transaction.execute("UPDATE care_group_member SET state = 'proposed'")
      }
      let names = Set(try await station.groupBreaches().map { "\($0.name)" })
      #expect(names.contains("care.group_stage_differs"))
      #expect(names.contains("care.group_staff_is_member"))
      #expect(names.contains("care.group_member_differs"))
    }
  }
}
