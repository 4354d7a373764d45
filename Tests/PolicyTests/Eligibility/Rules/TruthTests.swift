import Testing

@testable import Policy

@Suite("Eligibility: three-valued logic")
struct TruthTests {
  private static let pairs = Truth.allCases.flatMap { one in Truth.allCases.map { (one, $0) } }

  /// How much is true: no below open below yes.
  private func rank(_ truth: Truth) -> Int {
    switch truth {
    case .no: 0
    case .open: 1
    case .yes: 2
    }
  }

  @Test func `not, and, or are Kleene's tables`() {
    #expect(Truth.allCases.map { !$0 } == [.no, .yes, .open])
    for (one, other) in Self.pairs {
      #expect(rank(.all([one, other])) == min(rank(one), rank(other)), "\(one) and \(other)")
      #expect(rank(.any([one, other])) == max(rank(one), rank(other)), "\(one) or \(other)")
    }
  }

  @Test func `what is not known stays open, even against its own opposite`() {
    #expect(Truth.any([.open, !.open]) == .open)
    #expect(Truth.all([.open, !.open]) == .open)
  }

  @Test func `De Morgan, commutativity, associativity, absorption and double negation hold`() {
    for (one, other) in Self.pairs {
      #expect(!Truth.all([one, other]) == .any([!one, !other]))
      #expect(!Truth.any([one, other]) == .all([!one, !other]))
      #expect(Truth.all([one, other]) == .all([other, one]))
      #expect(Truth.any([one, .all([one, other])]) == one)
      #expect(Truth.all([one, .any([one, other])]) == one)
      for third in Truth.allCases {
        #expect(Truth.all([one, other, third]) == .all([.all([one, other]), third]))
        #expect(Truth.any([one, other, third]) == .any([.any([one, other]), third]))
        #expect(Truth.all([one, .any([other, third])]) == .any([.all([one, other]), .all([one, third])]))
      }
    }
    for truth in Truth.allCases { #expect(!(!truth) == truth) }
  }

  @Test func `nothing at all holds, and holds nowhere`() {
    #expect(Truth.all([]) == .yes)
    #expect(Truth.any([]) == .no)
    #expect(Truth.atLeast(0, of: [.no]) == .yes)
    #expect(Truth.atLeast(2, of: [.yes]) == .no)
  }

  @Test func `at least so many is the rank of the middle one`() {
    for (one, other) in Self.pairs {
      for third in Truth.allCases {
        let sorted = [one, other, third].map(rank).sorted(by: >)
        for least in 1...3 {
          #expect(
            rank(.atLeast(least, of: [one, other, third])) == sorted[least - 1],
            "\(least) of \(one), \(other), \(third)")
        }
      }
    }
  }
}
