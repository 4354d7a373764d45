import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Care

/// One's own case in the path and somebody else's thing beside it: in the path, in the form, under another key. Nothing of
/// the other case is read or changed, and what is there answers as what is not.
@Suite struct SwappedIdentifierTests {
  private static let nowhere = "0000000000001"

  private struct Things: Sendable {
    let file: CaseID
    let plan: CarePlanID
    let closing: CaseClosingID
    let note: CaseNoteID
    let referral: ReferralID
    let task: CaseTaskID
  }

  /// A case with one thing of every kind in it.
  private static func furnished(
    _ station: CareStation, of client: PersonID, worker: PersonID
  ) async throws -> Things {
    let id = try await station.openCase(of: client, worker: worker)
    try await station.consent(client)
    try await station.move(id, as: worker)
    return try await station.in(id, as: worker) { [care = station.care] open, seal, transaction in
      let (desk, words) = (
        care.desk, CareDocument([.strengths: "好", .goals: "目标", .note: "一句话", .summary: "完"])
      )
      try desk.assess(words, risk: .low, &open, sealing: seal, in: transaction)
      try desk.move(
        .forward, words: CareDocument(), &open, seen: open.file.standing.events, sealing: seal,
        in: transaction)
      let plan = try desk.plan(
        words, reviewAt: transaction.now + .days(30), open, sealing: seal, in: transaction)
      let note = try desk.write(
        CaseDesk.NoteDraft(kind: .progress, sensitivity: .ordinary, words: words), open, sealing: seal,
        in: transaction)
      let closing = try desk.propose(
        .disengaged, words: words, open, sealing: seal, in: transaction)
      let referral = try care.referrals.write(
        to: .organisation, fields: [.name], words: words, open, sealing: seal, in: transaction)
      let task = try CaseTaskStore.open(of: [open.id], in: transaction.community, transaction).first
      return Things(
        file: open.id, plan: plan.id, closing: closing.id, note: note.id, referral: referral.id,
        task: try #require(task).id)
    }
  }

  @Test(arguments: TestEngine.available)
  func `another case's things cannot be reached through one's own`(engine: TestEngine) async throws {
    try await CareStation.with(engine) { station in
      let own = try await Self.furnished(station, of: station.wang, worker: station.xu)
      let other = try await Self.furnished(station, of: station.li, worker: station.lin)
      let before = try await station.written(other.file)
      let xu = try await station.browser(of: station.xu)
      let base = "/cases/\(own.file)"
      for referral in [other.referral.description, Self.nowhere] {
        #expect(try await xu.get("\(base)/referrals/\(referral)").status == 404)
      }
      let posts: [(String, KeyValuePairs<String, String>)] = [
        ("\(base)/plans/\(other.plan)/submission", [:]),
        ("\(base)/plans/\(other.plan)/answer", ["answer": "agreed", "method": "in_person"]),
        ("\(base)/tasks/\(other.task)", [:]),
        ("\(base)/referrals/\(other.referral)/send", [:]),
        ("\(base)/referrals/\(other.referral)/steps", ["state": "revoked"]),
        (
          "\(base)/note",
          ["kind": "progress", "sensitivity": "1", "note": "偷改", "mends": other.note.description]
        ),
        (
          "\(base)/note",
          ["kind": "progress", "sensitivity": "1", "note": "偷补", "adds_to": other.note.description]
        ),
      ]
      for (path, fields) in posts {
        #expect(try await station.post(xu, path, fields, from: base).status == 404, "\(path) \(fields)")
      }
      // The whole case of another, as its worker would ask.
      for end in ["assessment", "note", "plan", "closing", "consent", "move", "end"] {
        let answer = try await station.post(xu, "/cases/\(other.file)/\(end)", ["reason": "x"], from: base)
        #expect(answer.status == 404, "\(end)")
      }
      #expect(try await station.written(other.file) == before, "something was written in the other case")
    }
  }

  @Test func `supervisors decide their own cases' papers alone`() async throws {
    try await CareStation.with(.sqlite) { station in
      let own = try await Self.furnished(station, of: station.wang, worker: station.xu)
      let before = try await station.written(own.file)
      let gao = try await station.browser(of: station.gao)
      for path in ["plans/\(own.plan)", "closings/\(own.closing)"] {
        let answer = try await station.post(
          gao, "/cases/\(own.file)/\(path)/decision", ["decision": "approved"], from: "/cases")
        #expect(answer.status == 404)
      }
      // Nor a client somebody else's plan.
      let li = try await station.browser(of: station.li)
      let plan = try await station.post(
        li, "/my-care/plans/\(own.plan)/answer", ["answer": "agreed"], from: "/my-care")
      let told = try await station.post(
        li, "/my-care/\(own.file)/feedback",
        ["privacy": "no", "listening": "no", "choices": "no", "deciding": "no"], from: "/my-care")
      #expect(plan.status == 404 && told.status == 404)
      #expect(try await station.written(own.file) == before)
    }
  }
}

extension CareStation {
  /// Posts a form with the token of a page that was looked at before, and a key of its own.
  func post(
    _ browser: Browser, _ path: String, _ fields: KeyValuePairs<String, String>, from page: String
  ) async throws -> Browser.Answer {
    let shown = try await browser.get(page)
    var pairs = fields.map { ($0.key, $0.value) }
    pairs.append(("form_token", shown.hidden("form_token") ?? ""))
    pairs.append(("idempotency_key", "\(Int.random(in: 1_000_000_000_000_000...9_000_000_000_000_000))"))
    let body = pairs.map { "\(URLEncodedText.encode($0))=\(URLEncodedText.encode($1))" }
      .joined(separator: "&")
    return try await browser.send(
      .post, path,
      headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://\(Self.host)"],
      body: Array(body.utf8))
  }

  /// How many texts and events a case has.
  func written(_ id: CaseID) async throws -> [Int] {
    try await database.read { [community] snapshot in
      [
        try snapshot.value(
          "SELECT count(*) FROM care_text WHERE case_id = \(id) AND community_id = \(community)") ?? 0,
        try CaseStore.events(of: id, in: community, snapshot).count,
        try CarePlanStore.plans(of: id, in: community, snapshot).flatMap(\.events).count,
        try CaseClosingStore.closings(of: id, in: community, snapshot).count { $0.decision != nil },
        try ReferralStore.referrals(of: id, in: community, snapshot).flatMap(\.events).count,
        try CaseTaskStore.open(of: [id], in: community, snapshot).count,
        try FeedbackStore.feedback(of: [id], in: community, snapshot).count,
      ]
    }
  }
}
