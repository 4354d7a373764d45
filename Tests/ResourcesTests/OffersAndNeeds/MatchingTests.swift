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

  private static let places = (1...6).map { PlaceID(rawValue: $0) }
  private static let distances = PlaceDistances { from, to in
    // The last place is nowhere on the plan.
    [from, to].contains(PlaceID(rawValue: 6)) ? nil : abs(from.rawValue - to.rawValue) * 400
  }

  private static func varied(
    _ id: Int64, _ kind: Posting.Kind, _ random: inout SeededGenerator
  ) -> Posting {
    var terms = PostingTerms(category: .errands, text: "买菜", units: nil, from: now, to: now + .days(10))
    terms.category = [.errands, .errands, .errands, .repair].randomElement(using: &random) ?? .errands
    terms.from = now + .days(Int64.random(in: 0...6, using: &random))
    terms.to = terms.from + .days(Int64.random(in: 1...6, using: &random))
    terms.place = Bool.random(using: &random) ? places.randomElement(using: &random) : nil
    terms.radius = Bool.random(using: &random) ? Int64.random(in: 200...2000, using: &random) : nil
    terms.tongues = Set(Posting.Tongue.allCases.filter { _ in Bool.random(using: &random) })
    return Posting(
      id: PostingID(rawValue: id), kind: kind,
      party: Party(kind: .person, id: Int64.random(in: 1...8, using: &random)), terms: terms, state: .open,
      revision: 0, createdAt: now, createdBy: nil, createdAs: .resident, expiresAt: terms.to)
  }

  /// Whether these two could help each other at all, asked in another way than the rule does.
  private static func fits(_ need: Posting, _ offer: Posting) -> Bool {
    guard need.party != offer.party, need.terms.category == offer.terms.category else { return false }
    guard need.terms.from < offer.expiresAt, offer.terms.from < need.expiresAt else { return false }
    guard let here = need.terms.place, let there = offer.terms.place, here != there,
      let metres = distances.metres(here, there)
    else { return true }
    return [need.terms.radius, offer.terms.radius].compactMap(\.self).allSatisfy { metres <= $0 }
  }

  @Test("Who fits is found, each for reasons that add up, the best first, in whatever order they are given")
  func varied() {
    var random = SeededGenerator(seed: 19)
    var (found, left) = (0, 0)
    for round in 0..<200 {
      let need = Self.varied(1, .need, &random)
      let offers = (2..<22).map { Self.varied($0, .offer, &random) }
      let history: [Party: Int64] = [Party(kind: .person, id: Int64(round % 8)): 3]
      func candidates(_ offers: [Posting]) -> [MatchScore] {
        Matching.candidates(
          for: need, among: offers.map(MatchSource.init), places: Self.distances, history: history)
      }
      let scores = candidates(offers)
      #expect(candidates(offers.shuffled(using: &random)) == scores)
      let expected = Set(offers.filter { Self.fits(need, $0) }.map(\.id))
      #expect(Set(scores.compactMap(\.source.offer)) == expected)
      (found, left) = (found + scores.count, left + offers.count - scores.count)
      for score in scores {
        #expect(score.parts.map(\.most).reduce(0, +) == 100)
        let isWithin = score.parts.allSatisfy { (0...$0.most).contains($0.points) }
        let isSaid = score.parts.allSatisfy { !$0.reason.chinese.isEmpty && !$0.reason.english.isEmpty }
        #expect(isWithin && isSaid)
      }
      let isSorted = zip(scores, scores.dropFirst()).allSatisfy { $0.total >= $1.total }
      #expect(isSorted)
    }
    #expect(found > 200 && left > 200)
  }

  @Test("What was asked for by name stands first, however well others fit")
  func askedFor() {
    let asset = AssetID(rawValue: 5)
    var need = Self.posting(1, .need, of: 1, days: 10)
    var terms = need.terms
    terms.asset = asset
    need = Posting(
      id: need.id, kind: .need, party: need.party, terms: terms, state: .open, revision: 0,
      createdAt: Self.now, createdBy: nil, createdAs: .resident, expiresAt: terms.to)
    let other = MatchSource(Self.posting(2, .offer, of: 2, days: 10))
    let asked = MatchSource(
      asset: asset, party: Party(kind: .merchant, id: 3), category: .errands, place: nil, from: Self.now,
      to: Self.now + .days(1))
    for sources in [[other, asked], [asked, other]] {
      let found = Matching.candidates(for: need, among: sources)
      #expect(found.map(\.source) == [.asset(asset), .offer(PostingID(rawValue: 2))])
      #expect(found[0].total < found[1].total, "the other one fits better")
    }
  }

  @Test("Lessons are lessons for money too, and what is paid is trade")
  func ties() {
    for category in ResourceCategory.allCases {
      let kinds = [false, true].map { MatchRules.tieKind(category, isPaid: $0) }
      let expected: [Tie.Kind] =
        switch category {
        case .teaching: [.taught, .taught]
        case .marketInformation: [.referred, .referred]
        default: [.helped, .traded]
        }
      #expect(kinds == expected, "\(category)")
    }
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
    for text in ["138.0013.8001", "１３８００１３８００１", "一三八零零一三八零零一", "021－5555 0123"] {
      #expect(PostingRules.hasNumber(text), "\(text)")
    }
    for text in ["要 3 次，每次 20 分钟", "12月1日 9:00 到 11:00", "五号楼三楼，两袋米"] {
      #expect(!PostingRules.hasNumber(text), "\(text)")
    }
  }
}
