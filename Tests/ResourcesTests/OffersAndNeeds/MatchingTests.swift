import Kernel
import TestKit
import Testing

@testable import Resources

@Suite("Offers and needs: the rules")
struct MatchingTests {
  private static let now = TestStation.start

  private static func posting(_ id: Int64, _ kind: Posting.Kind, of party: Int64, days: Int64) -> Posting {
    let terms = PostingTerms(
      category: .errands, text: "买菜", units: nil, from: now, to: now + .days(days))
    return Posting(
      id: PostingID(rawValue: id), kind: kind, party: Party(kind: .person, id: party), terms: terms,
      state: .open, revision: 0, createdAt: now, createdBy: nil, createdAs: .resident, expiresAt: terms.to)
  }

  @Test("The order of what is given changes nothing, and nobody is matched with themselves")
  func permutations() {
    var random = SeededGenerator(seed: 7)
    let need = Self.posting(1, .need, of: 1, days: 10)
    let offers = (2..<30).map { number in
      MatchSource(Self.posting(number, .offer, of: number % 5, days: 1 + number % 4))
    }
    let expected = Matching.candidates(for: need, among: offers)
    for _ in 0..<50 {
      let found = Matching.candidates(for: need, among: offers.shuffled(using: &random))
      #expect(found == expected)
    }
    let isOther = expected.allSatisfy { $0.party != need.party && (40...100).contains($0.total) }
    #expect(isOther && !expected.isEmpty)
  }

  @Test("Both sides have to agree before either is disclosed")
  func states() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      var (state, agreedBy) = (Match.State.proposed, Match.Side?.none)
      var yes: Set<Match.Side> = []
      for _ in 0..<8 {
        let step = MatchStep.allCases.randomElement(using: &random) ?? .agree
        let side = Match.Side.allCases.randomElement(using: &random) ?? .need
        let next = MatchRules.next(state, step, by: side, agreedBy: agreedBy, mode: .credit)
        guard let next else { continue }
        if step == .agree { (agreedBy, yes) = (agreedBy ?? side, yes.union([side])) }
        #expect(!state.isOver)
        state = next
        #expect(!state.isDisclosed || yes.count == 2)
      }
    }
  }

  @Test("No more is shared out than there is")
  func shares() {
    var random = SeededGenerator(seed: 13)
    for _ in 0..<500 {
      let units = Bool.random(using: &random) ? Int64.random(in: 1...9, using: &random) : nil
      var taken: [Int64] = []
      for _ in 0..<12 {
        let wanted = Int64.random(in: 1...5, using: &random)
        let share = PostingRules.share(need: wanted, takenOfNeed: [], offer: units, takenOfOffer: taken)
        if share > 0 { taken.append(share) }
      }
      let sum = taken.reduce(0, +)
      #expect(units.map { sum <= $0 } ?? (taken.count == 1))
    }
  }

  @Test("Hours that were promised never lead beyond the limits")
  func credits() {
    var random = SeededGenerator(seed: 17)
    var balances: [Int64] = [0, 0, 0, 0]
    let limits = CreditLimits.standard
    for _ in 0..<2000 {
      let (from, to) = (Int.random(in: 0..<4, using: &random), Int.random(in: 0..<4, using: &random))
      let minutes = Int64.random(in: MatchRules.minutes, using: &random)
      let standings = balances.map { CreditStanding(balance: $0, owing: 0, coming: 0) }
      let refusal = CreditRules.refusal(
        toMove: minutes, from: standings[from], to: standings[to], within: limits)
      if from == to || refusal != nil { continue }
      balances[from] -= minutes
      balances[to] += minutes
    }
    let isWithin = balances.allSatisfy(limits.contains)
    #expect(isWithin && balances.reduce(0, +) == 0)
  }

  @Test("Telephone numbers are found in whatever way they are written")
  func numbers() {
    #expect(PostingRules.hasNumber("打 138 0013-8001"))
    #expect(!PostingRules.hasNumber("要 3 次，每次 20 分钟"))
  }
}
