import Kernel
import TestKit
import Testing

@Suite struct LargestRemainderTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `shares sum to the total and each lies within one of the exact share`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let total = random.anyInteger()
      let small = Bool.random(using: &random)
      let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        small ? Int64.random(in: 0...4, using: &random) : max(0, random.anyInteger())
      }
      let shares = LargestRemainder.split(total, by: weights)
      #expect(shares.count == weights.count)
      #expect(shares.reduce(Int128(0)) { $0 + Int128($1) } == Int128(total))
      let whole = weights.reduce(Int128(0)) { $0 + Int128($1) }
      guard whole > 0 else { continue }
      for (share, weight) in zip(shares, weights) {
        // |share − total·weight/whole| < 1, without dividing; the floor keeps every product inside 128 bits.
        let exact = Int128(total) * Int128(weight)
        let floor = exact / whole
        #expect((Int128(share) - floor).magnitude <= 1, "\(total) over \(weights): \(shares)")
        #expect(Int128(share) == floor || exact % whole != 0, "\(total) over \(weights): \(shares)")
        #expect(weight > 0 || share == 0)
        #expect(share == 0 || (share < 0) == (total < 0))
      }
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `whoever gets a missing unit has no smaller remainder, and no later place at an equal one`(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      let total = Int64.random(in: 0...200, using: &random)
      let weights = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Int64.random(in: 0...6, using: &random)
      }
      let whole = weights.reduce(0, +)
      guard whole > 0 else { continue }
      let shares = LargestRemainder.split(total, by: weights)
      let given = weights.indices.filter { shares[$0] > total * weights[$0] / whole }
      let left = weights.indices.filter { !given.contains($0) }
      for winner in given {
        for other in left {
          let (won, lost) = (total * weights[winner] % whole, total * weights[other] % whole)
          #expect(won > lost || (won == lost && winner < other), "\(total) over \(weights): \(shares)")
        }
      }
    }
  }

  @Test func `a larger weight never gets less`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<1_000 {
      let weights = (0..<6).map { _ in Int64.random(in: 0...50, using: &random) }.sorted()
      let shares = LargestRemainder.split(.random(in: 0...1_000, using: &random), by: weights)
      for position in 1..<6 where weights[position] > weights[position - 1] {
        #expect(shares[position] >= shares[position - 1])
      }
    }
  }

  @Test func `a negative total is split like its magnitude`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let total = Int64.random(in: 0...10_000, using: &random)
      let weights = (0..<5).map { _ in Int64.random(in: 0...9, using: &random) }
      #expect(
        LargestRemainder.split(-total, by: weights) == LargestRemainder.split(total, by: weights).map { -$0 })
    }
  }

  @Test(
    arguments: [
      (10, [1, 1, 1], [4, 3, 3]), (2, [1, 1, 1], [1, 1, 0]), (-2, [1, 1, 1], [-1, -1, 0]),
      (7, [0, 0, 0], [3, 2, 2]), (-7, [0, 0], [-4, -3]), (0, [3, 4], [0, 0]), (5, [0, 2, 0], [0, 5, 0]),
      (0, [], []), (100, [3, 3, 1], [43, 43, 14]),
      (Int64.min, [1], [Int64.min]), (Int64.min, [5, 0], [Int64.min, 0]),
      (
        Int64.max, [Int64.max, Int64.max, Int64.max],
        [3_074_457_345_618_258_603, 3_074_457_345_618_258_602, 3_074_457_345_618_258_602]
      ),
    ] as [(Int64, [Int64], [Int64])])
  func `ties go to the lowest place, and the largest numbers are split too`(
    total: Int64, weights: [Int64], shares: [Int64]
  ) {
    #expect(LargestRemainder.split(total, by: weights) == shares)
  }
}
