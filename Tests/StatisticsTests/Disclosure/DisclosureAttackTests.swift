import TestKit
import Testing

@testable import Statistics

/// What the reference makes of what one reader has in hands.
struct Attack: Decodable {
  /// By hidden figure: the least and the largest value that it can have.
  let ranges: [[Int]]

  static func answers(_ attacked: [some Encodable]) async throws -> [Attack] {
    try await PythonReference("Tests/StatisticsTests/disclosure_reference.py").answer(attacked)
  }
}

/// An attacker who knows the background of everybody and all that was ever published recovers nothing that is
/// hidden.
@Suite(.serialized) struct DisclosureAttackTests {
  @Test(.enabled(if: PythonReference.isAvailable))
  func `no hidden cell of a thousand random releases can be computed back`() async throws {
    let releases = try RandomReleases.many(1000, .small) + RandomReleases.many(20, .large)
    let attacked = releases.flatMap { $0.attacked(filtered: 10) }
    let answers = try await Attack.answers(attacked)
    try #require(answers.count == attacked.count && attacked.count > 1000)
    for (one, answer) in zip(attacked, answers) {
      let exposed = one.exposed { answer.ranges[$0] }
      #expect(exposed.isEmpty, "\(exposed.map(\.description)) of \(one.cuts)")
    }
    // A gate that hides everything would pass as well.
    let shown = attacked.reduce(0) { $0 + $1.shown.count }
    #expect(shown > 10 * attacked.count)
    // Numbers below every threshold: those of open categories, which the attackers used.
    #expect(attacked.reduce(0) { $0 + $1.shown.count { $0.truth < 3 } } > 100)
  }

  @Test func `whoever counts up all tables finds none in which a hidden cell is sure`() throws {
    let attacked = try RandomReleases.many(150, .tiny).flatMap { $0.attacked(filtered: 10) }
    try #require(attacked.count > 100)
    for one in attacked {
      let ranges = Enumeration(of: one).ranges
      let exposed = one.exposed { ranges[$0] }
      #expect(exposed.isEmpty, "\(exposed.map(\.description)) of \(one.cuts)")
    }
  }

  @Test(.enabled(if: PythonReference.isAvailable), arguments: FaultyGate.allCases)
  func `the attackers see through a gate with a fault`(_ gate: FaultyGate) async throws {
    let attacked = try RandomReleases.many(40, .small, through: gate.release).flatMap {
      $0.attacked(filtered: 0)
    }
    let answers = try await Attack.answers(attacked)
    let seen = zip(attacked, answers).count { one, answer in !one.exposed { answer.ranges[$0] }.isEmpty }
    #expect(seen > 6)
    let tiny = try RandomReleases.many(40, .tiny, through: gate.release).flatMap { $0.attacked(filtered: 0) }
    #expect(
      tiny.count { one in
        let ranges = Enumeration(of: one).ranges
        return !one.exposed { ranges[$0] }.isEmpty
      } > 2)
  }
}

/// Gates that leave out one of the rules.
enum FaultyGate: CaseIterable {
  case hidesSmallNumbersAlone
  case forgetsWhatWasPublished
  case showsNoughts

  var release: Gate {
    { cut, dataset, ledger, k throws(DisclosureRefusal) in
      let table = try CutTable(cut.canonical(in: dataset), of: dataset, k: k)
      switch self {
      case .hidesSmallNumbersAlone: return table.release
      case .forgetsWhatWasPublished:
        return try DisclosureGate.release(cut, of: dataset, after: [], k: k)
      case .showsNoughts:
        let release = try DisclosureGate.release(cut, of: dataset, after: ledger, k: k)
        let all = try CutTable(cut.canonical(in: dataset), of: dataset, k: 0).release.figures
        return ReleasedCut(
          cut: release.cut, k: k, shape: release.shape,
          figures: zip(release.figures, all).map { $0 ?? ($1 == 0 ? 0 : nil) })
      }
    }
  }
}
