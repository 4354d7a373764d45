import Kernel
import People
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Policy library: the rules")
struct PolicyRulesTests {
  private let today = LibraryFixture.today

  private func standing(
    from: Int64, to: Int64?, retired: Bool = false, replaced: Int64? = nil
  ) -> PolicyStanding {
    let content = LibraryFixture.content(
      effective: today.adding(days: from), expires: to.map { today.adding(days: $0) })
    return PolicyRules.standing(
      of: content.document, isRetired: retired, replacedFrom: replaced.map { today.adding(days: $0) },
      on: today)
  }

  @Test("A policy is in force from its first day to the end of its last")
  func days() {
    #expect(standing(from: 1, to: nil) == .notYet)
    #expect(standing(from: 0, to: nil) == .inForce && standing(from: -400, to: nil) == .inForce)
    #expect(standing(from: -1, to: 0) == .inForce && standing(from: 0, to: 0) == .inForce)
    #expect(standing(from: -2, to: -1) == .expired)
  }

  @Test("What is out of use or replaced is not in force, whatever its dates say")
  func over() {
    #expect(standing(from: -1, to: nil, retired: true) == .retired)
    #expect(standing(from: -1, to: nil, replaced: 0) == .replaced)
    #expect(standing(from: -1, to: nil, replaced: 1) == .inForce)
    #expect(standing(from: 1, to: nil, retired: true, replaced: 0) == .retired)
  }

  @Test("The day is the one that clocks in the community show")
  func clock() throws {
    let evening = try #require(Timestamp(rfc3339: "2026-11-23T15:59:59Z"))
    #expect(PolicyDay(evening, offsetSeconds: LibraryFixture.offset).iso == "2026-11-23")
    #expect(PolicyDay(evening + .seconds(1), offsetSeconds: LibraryFixture.offset).iso == "2026-11-24")
    #expect(PolicyDay(iso: "2026-02-30") == nil && PolicyDay(iso: "2026-11-23T10:00") == nil)
    let day = LibraryFixture.day("2026-01-31")
    #expect(day.words(Wording(.chinese)) == "2026年1月31日" && day.words(Wording(.english)) == "31 Jan 2026")
  }

  @Test("Whoever wrote at a draft does not publish it, and something has to be different")
  func publishing() {
    let (writer, other) = (PersonID(rawValue: 1), PersonID(rawValue: 2))
    func draft(_ content: PolicyContent) -> PolicyDraft {
      PolicyDraft(
        id: PolicyDraftID(rawValue: 1), policy: PolicyID(rawValue: 1), revision: 2, content: content,
        origin: nil, writtenAt: LibraryFixture.start,
        writtenBy: Actor(person: PersonID(rawValue: 3), role: .socialWorker),
        writers: [writer, PersonID(rawValue: 3)])
    }
    func refusal(
      _ content: PolicyContent, after newest: PolicyContent? = nil, by person: PersonID,
      as role: Role = .supervisor
    ) -> String? {
      let version = newest.map {
        PolicyVersion(
          policy: PolicyID(rawValue: 1), number: 1, content: $0, origin: nil,
          writtenBy: Actor(person: writer, role: .socialWorker), publishedAt: LibraryFixture.start,
          publishedBy: Actor(person: other, role: .supervisor))
      }
      return PolicyRules.refusal(
        toPublish: draft(content), after: version, by: Actor(person: person, role: role))?.code
    }
    let (first, said) = (LibraryFixture.content(), LibraryFixture.content(changed: "补贴涨了"))
    #expect(refusal(first, by: other) == nil && refusal(first, by: other, as: .committee) == nil)
    #expect(refusal(first, by: other, as: .socialWorker) == "forbidden")
    // Not the last one who wrote, but one who did.
    #expect(refusal(first, by: writer) == "policy.own_draft")
    #expect(refusal(first, after: first, by: other) == "policy.change_unsaid")
    #expect(refusal(said, after: first, by: other) == "policy.unchanged")
    var changed = said
    changed.words.hours = "周一到周六 9:00–11:30"
    #expect(refusal(changed, after: first, by: other) == nil)
  }

  @Test("A receipt keeps that there were questions")
  func receipts() {
    func receipt(_ isClear: Bool, _ hadQuestions: Bool) -> PolicyReceipt {
      PolicyReceipt(
        policy: PolicyID(rawValue: 1), version: 1, person: PersonID(rawValue: 1), source: .read,
        isClear: isClear, hadQuestions: hadQuestions, recordedAt: LibraryFixture.start, recordedBy: nil)
    }
    let later = receipt(true, false).after(receipt(false, true))
    #expect(later.isClear && later.hadQuestions)
    #expect(receipt(true, false).after(receipt(true, false)).hadQuestions == false)
    #expect(PolicyReceiptCounts(reached: 4, withQuestions: 0).reached == .few)
    #expect(PolicyReceiptCounts(reached: 5, withQuestions: 0).withQuestions == .exactly(0))
  }

  @Test("What is followed is read as it was written, and nothing else is")
  func following() {
    for what in [PolicyFollowing.policy(PolicyID(rawValue: 77)), .field(.elders), .field(.other)] {
      #expect(PolicyFollowing(text: what.text) == what)
    }
    for text in ["", "policy:", "policy:77", "field:nothing", "elders", "policy:field:elders"] {
      #expect(PolicyFollowing(text: text) == nil, "\(text)")
    }
  }

  @Test("Amounts are written without zeros that say nothing")
  func amounts() {
    func words(_ hundredths: Int64, _ unit: PolicyBenefit.Unit, _ language: Language) -> String? {
      PolicyWords(say: Wording(language)).amount(
        PolicyBenefit(
          what: "补贴", amount: PolicyBenefit.Amount(hundredths: hundredths, unit: unit), period: .month))
    }
    #expect(words(600_00, .yuan, .chinese) == "每月 ¥600.00")
    #expect(words(12_50, .percent, .english) == "12.5% a month")
    #expect(words(300, .hours, .chinese) == "每月 3 小时")
    let free = PolicyBenefit(what: "免费体检", amount: nil, period: .year)
    #expect(PolicyWords(say: Wording(.chinese)).amount(free) == nil)
  }
}
