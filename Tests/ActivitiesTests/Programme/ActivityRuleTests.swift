import Kernel
import People
import TestKit
import Testing
import Web

@testable import Activities

@Suite("Activities: the rules")
struct ActivityRuleTests {
  private static let now = ActivityFixture.start
  private static let person = PersonID(rawValue: 1)

  private func terms(_ change: (inout ActivityTerms) -> Void = { _ in }) -> ActivityTerms {
    var terms = ActivityTerms(
      kind: .meeting, title: "楼道怎么改", description: "来说说", agenda: [], organiser: Self.person,
      partner: "", place: "活动室", startsAt: ActivityFixture.begins, endsAt: ActivityFixture.ends,
      signUpClosesAt: ActivityFixture.begins, capacity: 10, expense: .zero, subject: nil)
    change(&terms)
    return terms
  }

  private func activity(_ state: Activity.State, confirmed: Int64 = 0) -> Activity {
    Activity(
      id: ActivityID(rawValue: 1), terms: terms(), state: state, revision: 0, confirmed: confirmed,
      cancelReason: state == .cancelled ? "下雨" : nil, createdAt: Self.now,
      createdBy: Actor(person: Self.person, role: .committee),
      publishedAt: state == .draft ? nil : Self.now, changedAt: Self.now)
  }

  @Test("Steps go one way")
  func steps() {
    let late = ActivityFixture.begins
    for state in Activity.State.allCases {
      let activity = activity(state)
      let isDraft = state == .draft
      #expect((ActivityRules.refusal(toPublish: activity, at: Self.now) == nil) == isDraft)
      #expect(
        (ActivityRules.refusal(toCancel: activity, present: 0) == nil) == (isDraft || state == .published))
      #expect(
        (ActivityRules.refusal(toClose: activity, at: late) == nil)
          == (state == .published || state == .held))
      #expect(
        (ActivityRules.refusal(toWrite: terms(), to: activity, at: Self.now) == nil)
          == (isDraft || state == .published))
    }
    #expect(
      ActivityRules.refusal(toCancel: activity(.published), present: 1)?.code == "activities.people_came")
    #expect(
      ActivityRules.refusal(toClose: activity(.published), at: late - .seconds(1))?.code
        == "activities.not_begun")
    #expect(
      ActivityRules.refusal(toPublish: activity(.draft), at: late)?.code == "activities.in_the_past")
  }

  @Test("What was published is changed until it begins, and never to fewer places than are taken")
  func changes() {
    let full = activity(.published, confirmed: 8)
    func refusal(_ at: Timestamp, _ change: (inout ActivityTerms) -> Void) -> String? {
      ActivityRules.refusal(toWrite: terms(change), to: full, at: at)?.code
    }
    #expect(refusal(Self.now) { $0.capacity = 8 } == nil)
    #expect(refusal(Self.now) { $0.capacity = nil } == nil)
    #expect(refusal(Self.now) { $0.capacity = 7 } == "form.invalid")
    #expect(refusal(Self.now) { $0.startsAt = Self.now } == "activities.in_the_past")
    #expect(refusal(ActivityFixture.begins) { $0.place = "别处" } == "activities.has_begun")
  }

  @Test("People sign up by themselves until sign-up closes, the station until it begins")
  func closing() {
    var activity = activity(.published)
    activity = Activity(
      id: activity.id, terms: terms { $0.signUpClosesAt = ActivityFixture.begins - .hours(1) },
      state: .published, revision: 0, confirmed: 0, cancelReason: nil, createdAt: Self.now,
      createdBy: activity.createdBy, publishedAt: Self.now, changedAt: Self.now)
    func isOpen(_ byStation: Bool, _ moment: Timestamp) -> Bool {
      SignUpRules.refusal(toSignUpFor: activity, byStation: byStation, turns: 0, at: moment) == nil
    }
    let closes = ActivityFixture.begins - .hours(1)
    #expect(isOpen(false, closes - .seconds(1)) && !isOpen(false, closes))
    #expect(isOpen(true, closes) && !isOpen(true, ActivityFixture.begins))
    for state in [Activity.State.draft, .held, .cancelled] {
      let other = self.activity(state)
      let refusal = SignUpRules.refusal(toSignUpFor: other, byStation: true, turns: 0, at: Self.now)
      #expect(refusal?.code == "activities.sign_up_closed")
    }
    let many = SignUpRules.refusal(
      toSignUpFor: activity, byStation: true, turns: SignUpRules.limit, at: Self.now)
    #expect(many?.code == "activities.sign_up_too_many")
  }

  @Test("A form is read into terms, and every wrong field is named")
  func form() throws {
    let pairs: KeyValuePairs<String, String> = [
      "kind": "meeting", "title": "楼道怎么改", "description": "来说说", "agenda": "一\n\n 二 \n三",
      "organiser": Self.person.description, "place": "活动室", "starts_at": "2026-11-25T16:00",
      "ends_at": "2026-11-25T18:00", "capacity": "10", "expense": "120.5",
      "subject": ActivityFixture.policy.description,
    ]
    let read = try ActivityForm.terms(Form(pairs), offsetSeconds: 28_800)
    #expect(read.startsAt == ActivityFixture.begins && read.endsAt == ActivityFixture.ends)
    #expect(read.signUpClosesAt == read.startsAt, "sign-up closes when it begins unless it is said")
    #expect(read.agenda == ["一", "二", "三"] && read.capacity == 10 && read.expense == .fen(12_050))
    #expect(read.subject == ActivityFixture.policy)
    let again = ActivityForm.state(read, offsetSeconds: 28_800)
    #expect(again.value("starts_at") == "2026-11-25T16:00" && again.value("expense") == "120.50")
    let wrong = Form([
      "kind": "party", "title": "", "description": "来", "organiser": "我", "place": "活动室",
      "starts_at": "2026-11-25T16:00", "ends_at": "2026-11-25T15:00", "capacity": "0", "subject": "policy",
    ])
    do {
      _ = try ActivityForm.terms(wrong, offsetSeconds: 28_800)
      Issue.record("taken")
    } catch let problem as Problem {
      #expect(
        Set(problem.fields.map(\.field)) == ["kind", "title", "organiser", "ends_at", "capacity", "subject"])
    }
  }

  @Test("A subject is written and read as the same, and nothing else is one")
  func subjects() {
    for id in [0, 1, 77, Int64.max] {
      let subject = ActivitySubject(kind: "policy_item", id: id)
      #expect(ActivitySubject(subject.description) == subject)
    }
    for text in ["", "policy", "policy:", ":0000000000001", "Policy:0000000000001", "a:b:c", "policy:77"] {
      #expect(ActivitySubject(text) == nil, "\(text)")
    }
  }
}
