import Kernel
import TestKit
import Testing

@testable import People

/// Random histories of wishes, against a plain model that keeps for each term what counts and what waits.
@Suite("Mandates against a model")
struct MandateModelTests {
  private typealias Rules = MandateRuleTests

  /// One term: its value and what waits.
  private struct Term<Value: Equatable> {
    var current: Value
    var waiting: (value: Value, from: Timestamp)?

    mutating func advance(to now: Timestamp) {
      guard let waiting, waiting.from <= now else { return }
      current = waiting.value
      self.waiting = nil
    }

    mutating func ask(_ wish: Value, at now: Timestamp, narrowest: Value) {
      advance(to: now)
      if wish == current { return }
      let isWaitedFor = narrowest == current && waiting?.value == wish
      if isWaitedFor { return }
      current = narrowest
      waiting = narrowest == wish ? nil : (wish, now + .hours(24))
    }
  }

  private struct Model {
    var cap: Term<Money>
    var matters: Term<Set<MandateMatter>>
    var expires: Term<Timestamp>
    var familyKey: Term<PersonID?>
    var alertPerson: Term<PersonID?>

    init(_ terms: MandateTerms) {
      cap = Term(current: terms.perOrder)
      matters = Term(current: terms.matters)
      expires = Term(current: terms.expires)
      familyKey = Term(current: terms.familyKey)
      alertPerson = Term(current: terms.alertPerson)
    }

    mutating func advance(to now: Timestamp) {
      cap.advance(to: now)
      matters.advance(to: now)
      expires.advance(to: now)
      familyKey.advance(to: now)
      alertPerson.advance(to: now)
    }

    mutating func ask(_ wish: MandateTerms, at now: Timestamp) {
      advance(to: now)
      cap.ask(wish.perOrder, at: now, narrowest: min(cap.current, wish.perOrder))
      matters.ask(wish.matters, at: now, narrowest: matters.current.intersection(wish.matters))
      expires.ask(wish.expires, at: now, narrowest: min(expires.current, wish.expires))
      familyKey.ask(
        wish.familyKey, at: now, narrowest: familyKey.current == wish.familyKey ? wish.familyKey : nil)
      alertPerson.ask(wish.alertPerson, at: now, narrowest: alertPerson.current ?? wish.alertPerson)
    }

    func agrees(with terms: MandateTerms) -> Bool {
      terms.perOrder == cap.current && terms.matters == matters.current && terms.expires == expires.current
        && terms.familyKey == familyKey.current && terms.alertPerson == alertPerson.current
    }
  }

  private static func wish(_ random: inout SeededGenerator, from terms: MandateTerms) -> MandateTerms {
    var wish = terms
    if Bool.random(using: &random) { wish.perOrder = .fen(Int64.random(in: 1...9, using: &random) * 1_000) }
    if Bool.random(using: &random) {
      wish.matters = Set(MandateMatter.allCases.filter { _ in Bool.random(using: &random) })
    }
    if Bool.random(using: &random) {
      wish.expires = Rules.start + .days(Int64.random(in: 100...300, using: &random))
    }
    let people: [PersonID?] = [nil, PersonID(rawValue: 21), PersonID(rawValue: 22)]
    if Bool.random(using: &random) { wish.familyKey = people.randomElement(using: &random) ?? nil }
    if Bool.random(using: &random) { wish.alertPerson = people.randomElement(using: &random) ?? nil }
    return wish
  }

  @Test(
    "Whatever is asked in whatever order, terms are the model's, now and looked back at",
    arguments: [UInt64](1...60))
  func model(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var mandate = Rules.mandate(Rules.terms())
    var model = Model(Rules.terms())
    var now = Rules.start
    var asked: [(at: Timestamp, terms: MandateTerms)] = [(Rules.start - .days(2), Rules.terms())]
    var seen: [(at: Timestamp, terms: MandateTerms)] = []
    for _ in 0..<40 {
      now = now + .hours(Int64.random(in: 1...30, using: &random))
      model.advance(to: now)
      if Bool.random(using: &random) {
        let wish = Self.wish(&random, from: mandate.terms(at: now))
        model.ask(wish, at: now)
        mandate = Rules.asking(mandate, for: wish, at: now)
        asked.append((now, wish))
        let terms = mandate.terms(at: now)
        #expect(
          terms.perOrder <= wish.perOrder && terms.matters.isSubset(of: wish.matters), "narrowing waits")
        #expect(terms.expires <= wish.expires)
      }
      let terms = mandate.terms(at: now)
      #expect(model.agrees(with: terms), "seed \(seed) at \(now)")
      let agedWishes = asked.filter { $0.at + .hours(24) <= now }.map(\.terms)
      #expect(agedWishes.contains { $0.perOrder >= terms.perOrder }, "wider than what was asked a day ago")
      #expect(terms.matters.isSubset(of: agedWishes.reduce([]) { $0.union($1.matters) }))
      seen.append((now + .seconds(1), mandate.terms(at: now + .seconds(1))))
    }
    for (moment, terms) in seen where !asked.contains(where: { $0.at == moment }) {
      #expect(mandate.terms(at: moment) == terms, "history was rewritten, seed \(seed)")
    }
  }

  @Test(
    "Narrower terms refuse what wider ones refuse, and what asks more is refused as well",
    arguments: [UInt64](1...40))
  func monotone(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let wide = Self.wish(&random, from: Rules.terms())
      let other = Self.wish(&random, from: Rules.terms())
      let narrow = Rules.asking(Rules.mandate(wide), for: other, at: Rules.start)
      let use = Rules.use(
        total: Int64.random(in: 0...9_000, using: &random),
        today: Int64.random(in: 0...9_000, using: &random),
        matters: [MandateMatter.allCases.randomElement(using: &random) ?? .groceries])
      if Rules.mandate(wide).refusal(of: use) != nil {
        #expect(narrow.refusal(of: use) != nil, "seed \(seed)")
      }
      let more = Rules.use(
        total: use.total.minorUnits + 500, today: use.spentToday.minorUnits + 1,
        matters: use.matters.union([.services]))
      if narrow.refusal(of: use) != nil { #expect(narrow.refusal(of: more) != nil, "seed \(seed)") }
    }
  }

  @Test("The lists of merchants meet as sets do", arguments: [UInt64](1...20))
  func merchants(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let all = (1...6).map { MerchantID(rawValue: $0) }
    func list() -> MandateMerchants {
      let some = Set(all.filter { _ in Bool.random(using: &random) })
      return [.any, .only(some), .except(some)].randomElement(using: &random) ?? .any
    }
    for _ in 0..<30 {
      let (one, two) = (list(), list())
      for merchant in all {
        #expect(one.meet(two).admits(merchant) == (one.admits(merchant) && two.admits(merchant)))
      }
    }
  }
}
