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
    let silent = hearing(replied: nil)
    #expect(HearingRules.refusal(toDecide: silent, at: now + .days(6)) == .hearingTooEarly)
    #expect(HearingRules.refusal(toDecide: silent, at: now + .days(7)) == nil)
    #expect(HearingRules.refusal(toReplyTo: silent, at: now + .days(7)) == .hearingOver)
    #expect(HearingRules.refusal(toDecide: hearing(replied: now), at: now) == nil)
    let decided = hearing(replied: now, decision: .upheld)
    #expect(HearingRules.refusal(toDecide: decided, at: now) == .hearingAnswered)
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

  @Test("A warning for no building is for all, and those without a household see those alone")
  func buildings() {
    #expect(AlertRules.concerns([], "3") && AlertRules.concerns([], nil))
    #expect(AlertRules.concerns(["3"], "3"))
    #expect(!AlertRules.concerns(["3"], "5") && !AlertRules.concerns(["3"], nil))
  }
}
