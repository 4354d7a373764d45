import Kernel
import People
import Testing
import Web

@testable import Policy

@Suite("Proposals: the forms")
struct ProposalFormTests {
  private static let now = Timestamp(rfc3339: "2026-11-23T08:00:00Z") ?? Timestamp(seconds: 0)
  private static let offset = 28_800

  /// The fields that are wrong; nil where nothing is.
  private func wrong(_ read: () throws -> Void) -> Set<String>? {
    do {
      try read()
      return nil
    } catch let problem as Problem {
      return Set(problem.fields.map(\.field))
    } catch {
      return [String(describing: error)]
    }
  }

  @Test func `a proposal has a title and words, and may point at a policy`() throws {
    let draft = try ProposalForm.draft(
      Form(["title": " 装扶手 ", "text": "老人\n不方便", "named": "on", "policy": "", "meeting": "0000000000001"]))
    #expect(draft == ProposalDraft(title: "装扶手", text: "老人\n不方便", wishesName: true))
    let staff = try ProposalForm.draft(
      Form(["title": "装扶手", "text": "不方便", "meeting": "0000000000001"]), wishesMeeting: true)
    #expect(staff.meeting == ProposalMeetingID(rawValue: 1))
    #expect(wrong { _ = try ProposalForm.draft(Form([:])) } == ["title", "text"])
    let long = String(repeating: "长", count: 61)
    #expect(
      wrong { _ = try ProposalForm.draft(Form(["title": long, "text": "好", "policy": "x"])) } == [
        "title", "policy",
      ])
  }

  @Test func `a remark is short and says how it is meant`() throws {
    #expect(
      try ProposalForm.contribution(Form(["stance": "for", "text": "好"]))
        == ContributionDraft(stance: .supporting, text: "好"))
    let long = String(repeating: "长", count: 301)
    #expect(
      wrong { _ = try ProposalForm.contribution(Form(["stance": "loud", "text": long])) } == [
        "stance", "text",
      ])
  }

  @Test func `a decision needs its reason, and a merger its target`() throws {
    #expect(
      try ProposalForm.screening(Form(["decision": "accepted", "reason": "好"])).change
        == .accepted(reason: "好"))
    #expect(
      try ProposalForm.screening(
        Form(["decision": "not_taken_up", "reason": "管不着", "hides_title": "on"])
      ).change == .notTakenUp(reason: "管不着", hidesTitle: true))
    #expect(
      try ProposalForm.screening(
        Form(["decision": "merged", "reason": "一样", "target": "0000000000007"])
      ).change == .merged(into: ProposalID(rawValue: 7), reason: "一样"))
    #expect(wrong { _ = try ProposalForm.screening(Form(["decision": "merged"])) } == ["reason", "target"])
    #expect(wrong { _ = try ProposalForm.screening(Form([:])) } == ["decision", "reason"])
  }

  private func voting(_ fields: KeyValuePairs<String, String>) throws -> ProposalVoting {
    try BallotForm.voting(Form(fields), at: Self.now, offsetSeconds: Self.offset)
  }

  @Test func `a vote is announced whole`() throws {
    let read = try voting([
      "question": "options", "options": " 扶手 \r\n\r\n坡道\r\n", "opens": "2026-11-24T08:00",
      "closes": "2026-11-30T20:00", "majority": "two_thirds", "quorum": "33.5",
    ])
    #expect(read.options == ["扶手", "坡道"] && read.rule.majority == .twoThirds)
    #expect(read.rule.quorum.basisPoints == 3350)
    #expect(read.opensAt == Timestamp(rfc3339: "2026-11-24T00:00:00Z"))
    let plain = try voting([
      "question": "yes_no", "options": "不算", "opens": "2026-11-24T08:00", "closes": "2026-11-25T08:00",
      "majority": "simple", "quorum": "",
    ])
    #expect(plain.options.isEmpty && plain.rule.quorum == Rate.none)
  }

  @Test func `what is wrong with a vote is told at its fields`() {
    let times: KeyValuePairs<String, String> = [
      "question": "yes_no", "opens": "2026-11-23T08:00", "closes": "2026-11-23T09:00", "majority": "simple",
    ]
    #expect(wrong { _ = try voting(times) } == ["opens", "closes"])
    let far: KeyValuePairs<String, String> = [
      "question": "options", "options": "一个", "opens": "2026-11-24T08:00", "closes": "2027-11-24T08:00",
      "majority": "most", "quorum": "120",
    ]
    #expect(wrong { _ = try voting(far) } == ["options", "closes", "majority", "quorum"])
    let twice: KeyValuePairs<String, String> = [
      "question": "options", "options": "一个\n一个", "opens": "2026-11-24T08:00", "closes": "2026-11-26T08:00",
      "majority": "simple",
    ]
    #expect(wrong { _ = try voting(twice) } == ["options"])
    #expect(wrong { _ = try voting([:]) } == ["question", "opens", "closes", "majority"])
  }

  @Test func `a vote that is keyed in names a door, a way and a choice`() throws {
    let vote = ProposalVoting(
      options: [], opensAt: Self.now, closesAt: Self.now + .days(1),
      rule: DecisionRule(majority: .simple, quorum: Rate.none))
    let keyed = try BallotForm.keyed(
      Form(["building": "3号楼", "unit": "1单元", "room": "101室", "method": "paper", "choice": "2"]), of: vote)
    #expect(keyed.door.building == "3" && keyed.number == 2 && keyed.method == .paper)
    #expect(
      wrong { _ = try BallotForm.keyed(Form(["method": "own", "choice": "4"]), of: vote) } == [
        "building", "room", "method", "choice",
      ])
    #expect(wrong { _ = try BallotForm.choice(Form([:]), of: vote) } == ["choice"])
    #expect(wrong { _ = try BallotForm.choice(Form(["choice": "9"]), of: vote) } == ["choice"])
  }

  @Test func `an answer is due within a year, at the end of its day`() throws {
    func sending(_ fields: KeyValuePairs<String, String>) throws -> ProposalSending {
      try ResultForm.sending(Form(fields), at: Self.now, offsetSeconds: Self.offset)
    }
    let read = try sending(["addressee": "committee", "department": "多写的", "due": "2026-12-01"])
    #expect(read.addressee == .committee && read.dueAt == Timestamp(rfc3339: "2026-12-01T16:00:00Z"))
    #expect(try sending(["addressee": "committee", "due": "2026-11-23"]).dueAt > Self.now, "today is a day")
    #expect(
      wrong { _ = try sending(["addressee": "department", "due": "2026-11-22"]) } == ["department", "due"])
    #expect(wrong { _ = try sending(["addressee": "committee", "due": "2028-01-01"]) } == ["due"])
  }

  @Test func `how far a step is follows from its status where it must`() throws {
    func report(_ fields: KeyValuePairs<String, String>) throws -> ResultReport {
      try ResultForm.report(Form(fields), at: Self.now, offsetSeconds: Self.offset)
    }
    let done = try report(["status": "done", "progress": "7", "text": "好了", "day": "2026-11-23"])
    #expect(done.status == .done && done.progress == 100)
    #expect(
      try report(["status": "underway", "progress": "40", "text": "在办", "day": "2026-11-20"]).progress == 40)
    #expect(
      wrong { _ = try report(["status": "underway", "progress": "100", "text": "", "day": "2026-11-25"]) }
        == ["progress", "text", "day"])
    let step = try ResultForm.action(
      Form(["title": "量尺寸", "weight": "30", "from": "2026-12-01", "to": "2026-12-05"]),
      offsetSeconds: Self.offset)
    #expect(step.weight == 30 && step.startsAt != nil && step.endsAt != nil)
    #expect(
      wrong {
        _ = try ResultForm.action(
          Form(["title": "量", "weight": "0", "from": "2026-12-05", "to": "2026-12-01"]),
          offsetSeconds: Self.offset)
      } == ["weight", "to"])
  }
}
