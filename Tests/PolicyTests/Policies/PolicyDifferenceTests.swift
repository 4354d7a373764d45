import Kernel
import Security
import TestKit
import Testing
import Web

@testable import Policy

@Suite("Policy library: what changed")
struct PolicyDifferenceTests {
  private func lines(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<count).map { _ in ["身份证", "户口本", "银行卡", "照片", "表"].randomElement(using: &random) ?? "表" }
  }

  @Test("Both sides can be read back from it, and what both have in common stays", arguments: 0..<200)
  func readBack(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let before = lines(Int.random(in: 0...8, using: &random), &random)
    let after = lines(Int.random(in: 0...8, using: &random), &random)
    let changes = LineChange.between(before, after)
    #expect(changes.compactMap(\.before) == before)
    #expect(changes.compactMap(\.after) == after)
    let same = changes.count { if case .same = $0 { true } else { false } }
    #expect(same == Self.longestCommon(before, after))
    #expect(LineChange.between(before, before) == before.map { .same($0) })
    for change in changes {
      if case .changed(let from, let to) = change { #expect(from != to) }
    }
  }

  /// The length of the longest common subsequence, by the textbook table.
  private static func longestCommon(_ one: [String], _ other: [String]) -> Int {
    var row = [Int](repeating: 0, count: other.count + 1)
    for line in one {
      var next = row
      for (index, candidate) in other.enumerated() {
        next[index + 1] = line == candidate ? row[index] + 1 : max(row[index + 1], next[index])
      }
      row = next
    }
    return row[other.count]
  }

  @Test("A line in the place of another has changed; others are new or gone")
  func kinds() {
    #expect(
      LineChange.between(["身份证", "照片", "表"], ["身份证", "两张照片", "表", "银行卡"]) == [
        .same("身份证"), .changed(from: "照片", to: "两张照片"), .same("表"), .added("银行卡"),
      ])
    #expect(LineChange.between(["身份证", "表"], ["身份证"]) == [.same("身份证"), .removed("表")])
  }

  @Test("Only parts that differ are told, in the order in which readers meet them")
  func parts() {
    let before = LibraryFixture.content()
    #expect(PolicyDifference(from: before, to: before, titles: [:], Wording(.chinese)).entries.isEmpty)
    var after = before
    after.document.expires = LibraryFixture.day("2027-12-31")
    after.words.documents = ["身份证", "银行卡"]
    after.words.benefits = [
      PolicyBenefit(
        what: "高龄补贴", amount: PolicyBenefit.Amount(hundredths: 80_00, unit: .yuan), period: .month)
    ]
    after.whatChanged = "补贴涨到 80 元"
    let found = PolicyDifference(from: before, to: after, titles: [:], Wording(.chinese)).entries
    #expect(found.map(\.part) == [.benefits, .documents, .expires])
    #expect(found[0].lines == [.changed(from: "高龄补贴：每月 ¥60.00", to: "高龄补贴：每月 ¥80.00")])
    #expect(found[1].lines == [.same("身份证"), .removed("户口本"), .same("银行卡")])
    #expect(found[2].lines == [.added("2027年12月31日")])
  }

  @Test("Every part of a version shows when it alone is changed")
  func everyPart() {
    let before = LibraryFixture.content()
    let changes: [(PolicyPart, (inout PolicyContent) -> Void)] = [
      (.title, { $0.document.title = "老人补贴" }), (.englishTitle, { $0.english.title = "Old-age subsidy" }),
      (.summary, { $0.words.summary = "别的话" }), (.englishSummary, { $0.english.summary = "Other words" }),
      (.audience, { $0.words.audience = "别人" }), (.benefits, { $0.words.benefits = [] }),
      (.steps, { $0.words.steps = ["打电话"] }), (.englishSteps, { $0.english.steps = ["Call"] }),
      (.documents, { $0.words.documents = [] }), (.place, { $0.words.place = "二楼" }),
      (.hours, { $0.words.hours = "全天" }), (.phone, { $0.words.phone = "12345" }),
      (.issuer, { $0.document.issuer = "街道办" }), (.number, { $0.document.number = "" }),
      (.level, { $0.document.level = .city }), (.field, { $0.document.field = .health }),
      (.area, { $0.document.area = "全市" }),
      (.issued, { $0.document.issued = $0.document.issued.adding(days: 1) }),
      (.effective, { $0.document.effective = $0.document.effective.adding(days: 1) }),
      (.expires, { $0.document.expires = LibraryFixture.day("2030-01-01") }),
      (.replaces, { $0.document.replaces = PolicyID(rawValue: 9) }), (.source, { $0.document.source = "" }),
      (.file, { $0.document.file = .init(of: "原件") }),
    ]
    #expect(changes.map(\.0).count == PolicyPart.allCases.count)
    for (part, change) in changes {
      var after = before
      change(&after)
      let found = PolicyDifference(from: before, to: after, titles: [:], Wording(.english)).entries
      #expect(found.map(\.part) == [part])
    }
  }
}
