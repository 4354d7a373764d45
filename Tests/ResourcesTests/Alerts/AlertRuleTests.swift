import Kernel
import People
import TestKit
import Testing

@testable import Resources

struct AlertRuleTests {
  private let now = Timestamp(microseconds: 1_800_000_000_000_000)

  private func report(_ state: ScamReport.State, id: Int64 = 1, into: Int64? = nil) -> ScamReport {
    ScamReport(
      id: ScamReportID(rawValue: id), kind: .call, state: state, revision: 0, reporter: nil,
      recordedBy: nil, reportedAt: now, details: .none, note: "", merchant: nil,
      mergedInto: into.map { ScamReportID(rawValue: $0) }, closedAt: nil, forgetAt: now)
  }

  @Test("Whatever is tried, a report goes through checking before anything is found")
  func states() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      var state = ScamReport.State.reported
      var wasChecked = false
      for _ in 0..<12 {
        let wanted = ScamReport.State.allCases.randomElement(using: &generator) ?? .reported
        guard ScamReportRules.refusal(toMove: report(state), to: wanted) == nil else { continue }
        if wanted == .verifying { wasChecked = true }
        if wanted.isClosed { #expect(wasChecked) }
        #expect(state != .verified && state != .unfounded)
        state = wanted
      }
    }
  }

  @Test("A report that goes with another is not moved, and nothing is merged with itself or a stranger")
  func merging() {
    #expect(ScamReportRules.refusal(toMove: report(.reported, into: 2), to: .verifying) == .reportMerged)
    let (one, two) = (report(.reported), report(.verifying, id: 2))
    #expect(ScamReportRules.refusal(toMerge: one, into: two, haveCommonTrace: true) == nil)
    #expect(ScamReportRules.refusal(toMerge: one, into: two, haveCommonTrace: false) == .reportsNotAlike)
    #expect(ScamReportRules.refusal(toMerge: one, into: one, haveCommonTrace: true) == .reportsNotAlike)
    let closed = report(.verified, id: 3)
    #expect(ScamReportRules.refusal(toMerge: one, into: closed, haveCommonTrace: true) == .reportNotPossible)
  }

  @Test("Texts of unfounded reports go after 30 days, others after 180")
  func keeping() {
    #expect(ScamReportRules.forgetting(.unfounded, at: now) == now + .days(30))
    #expect(ScamReportRules.forgetting(.verified, at: now) == now + .days(180))
    #expect(ScamReportRules.forgetting(.unclear, at: now) == now + .days(180))
    // Looking into it keeps nothing for longer.
    #expect(ScamReportRules.forgetting(.verifying, at: now) == nil)
  }

  @Test("A merchant is heard before anything is decided")
  func hearing() {
    func hearing(replied: Timestamp?, decision: Hearing.Decision? = nil) -> Hearing {
      Hearing(
        id: HearingID(rawValue: 1), report: ScamReportID(rawValue: 1), kind: .fakeGoods,
        merchant: MerchantID(rawValue: 1), words: "蜂蜜", product: nil, askedAt: now,
        askedBy: Actor(person: PersonID(rawValue: 1), role: .socialWorker),
        reply: replied.map { _ in "是真的" }, repliedAt: replied, decision: decision, reason: "",
        decidedAt: nil, revision: 0)
    }
    let (silent, heard) = (hearing(replied: nil), hearing(replied: now))
    for decision in [Hearing.Decision.upheld, .corrected] {
      let early = HearingRules.refusal(toDecide: silent, as: decision, at: now + .days(6))
      #expect(early == .hearingTooEarly)
      #expect(HearingRules.refusal(toDecide: silent, as: decision, at: now + .days(7)) == nil)
      #expect(HearingRules.refusal(toDecide: heard, as: decision, at: now) == nil)
    }
    // In their favour nobody has to wait.
    #expect(HearingRules.refusal(toDecide: silent, as: .dropped, at: now) == nil)
    #expect(HearingRules.refusal(toReplyTo: silent, at: now + .days(7)) == .hearingOver)
    let decided = hearing(replied: now, decision: .upheld)
    #expect(HearingRules.refusal(toDecide: decided, as: .dropped, at: now) == .hearingAnswered)
    // Nothing is held back for it.
    #expect(HearingRules.refusal(toLift: decided) == .hearingNothingHeld)
  }

  @Test("Numbers, pages and accounts are found again however they are written")
  func traces() {
    let phones = ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００"]
    #expect(Set(phones.map { ReportTrace.phone($0) }) == ["+8613800138000"])
    #expect(ReportTrace.phone("96110") == "96110")
    #expect(ReportTrace.phone("没有") == nil)
    let links = [
      "https://www.Shop.cn.example/a?b", "shop.cn.example", "http://x.test@shop.cn.example:80/",
      "shop。cn.example",
    ]
    #expect(Set(links.map { ReportTrace.host($0) }) == ["shop.cn.example"])
    #expect(ReportTrace.host("没有网址") == nil)
    #expect(ReportTrace.account("6222 0000-1111") == "622200001111")
  }

  @Test("A change is said to help only where chance does not explain it")
  func losses() {
    typealias Share = PickupLossFigures.Share
    func effect(_ before: Share?, _ since: Share?) -> PickupLossRules.Effect? {
      PickupLossRules.effect(before: before, since: since)
    }
    let (many, few) = (Share(astray: 60, handedOver: 1000), Share(astray: 10, handedOver: 1000))
    #expect(effect(many, few) == .fewer)
    #expect(effect(few, many) == .more)
    #expect(effect(many, Share(astray: 5, handedOver: 100)) == .unclear)
    #expect(effect(nil, few) == nil)
    #expect(few.words?.chinese == "1.0%（10/1000，大约 0.5%–1.8%）")
    #expect(Share(astray: 3, handedOver: 2).words == nil)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let one = Share(astray: .random(in: 0...50, using: &generator), handedOver: 500)
      let two = Share(astray: .random(in: 0...50, using: &generator), handedOver: 500)
      let (there, back) = (effect(one, two), effect(two, one))
      #expect((there == .fewer) == (back == .more))
      if there == .fewer { #expect(two.astray < one.astray) }
    }
  }

  @Test("What its time has taken is not worked on any more")
  func forgotten() {
    var report = report(.verifying)
    report.forgottenAt = now
    #expect(ScamReportRules.refusal(toMove: report, to: .verified) == .reportForgotten)
    #expect(ScamReportRules.refusal(toDescribe: report) == .reportClosed)
    #expect(HearingRules.refusal(toAskAbout: report) == .reportNotPossible)
    let other = self.report(.reported, id: 2)
    let merging = ScamReportRules.refusal(toMerge: other, into: report, haveCommonTrace: true)
    #expect(merging == .reportForgotten)
  }

  @Test("A warning for no building is for all, and those without a household see those alone")
  func buildings() {
    #expect(AlertRules.concerns([], "3") && AlertRules.concerns([], nil))
    #expect(AlertRules.concerns(["3"], "3"))
    #expect(!AlertRules.concerns(["3"], "5") && !AlertRules.concerns(["3"], nil))
  }
}
