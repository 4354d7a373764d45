import TestKit
import Testing

@testable import Security

struct CommittedDrawTests {
  private static func order(_ count: Int, _ seed: String) -> [Int] {
    CommittedDraw.order(1...count, seed: seed) { String($0) }
  }

  @Test func `a seed is 32 hexadecimal digits, new each time, and reads back as itself`() throws {
    var seen: Set<CommittedDraw.Seed> = []
    for _ in 0..<100 {
      let seed = CommittedDraw.Seed.make()
      #expect(seed.text.utf8.count == 32)
      #expect(CommittedDraw.Seed(seed.text) == seed)
      #expect(seen.insert(seed).inserted)
    }
  }

  @Test(arguments: [
    "", "0", "00112233445566778899aabbccddeef", "00112233445566778899AABBCCDDEEFF",
    "00112233445566778899aabbccddeeff00", "g0112233445566778899aabbccddeeff",
  ])
  func `nothing else is a seed`(text: String) {
    #expect(CommittedDraw.Seed(text) == nil)
  }

  @Test func `a derived seed is the same for one draw and another for the next and for another key`() {
    let key = MessageKey(bytes: [UInt8](repeating: 1, count: 32))
    let other = MessageKey(bytes: [UInt8](repeating: 2, count: 32))
    let seed = CommittedDraw.Seed.derived(from: key, for: [[1], [2]])
    #expect(CommittedDraw.Seed.derived(from: key, for: [[1], [2]]) == seed)
    #expect(CommittedDraw.Seed.derived(from: key, for: [[1, 2]]) != seed)
    #expect(CommittedDraw.Seed.derived(from: other, for: [[1], [2]]) != seed)
    #expect(CommittedDraw.Seed(seed.text) == seed)
  }

  // sha256sum of coreutils gave these.
  @Test func `commitment and ticket are what sha256sum says`() throws {
    let seed = try #require(CommittedDraw.Seed("00112233445566778899aabbccddeeff"))
    #expect(
      seed.commitment.description == "5947d7c33d783f94b3b4c1a96ebc8991ed28f1b069b71e03376cba8caa98a720")
    #expect(
      CommittedDraw.ticket(of: "17", seed: seed.text).description
        == "cebb6468d6c9b7ee24d1c22036b59139629859e75007189305db58b5fcc46370")
  }

  // for n in $(seq 12); do printf '%s' "SEED|$n" | sha256sum | sed "s/-/$n/"; done | sort
  @Test func `the order is what the tools of any machine give`() {
    #expect(Self.order(12, "00112233445566778899aabbccddeeff") == [4, 2, 7, 6, 12, 9, 3, 11, 10, 8, 5, 1])
  }

  @Test func `another seed does not open a commitment`() throws {
    let seed = CommittedDraw.Seed.make()
    #expect(seed.opens(seed.commitment))
    #expect(!CommittedDraw.Seed.make().opens(seed.commitment))
  }

  @Test func `anyone who sorts the digests gets the same order, however the takers are given`() {
    var random = SeededGenerator(seed: 3)
    for round in 0..<40 {
      let seed = "暖邻-\(round)"
      let names = (1...Int.random(in: 1...60, using: &random)).map { "名字 \($0)" }
      let replayed = names.sorted { one, other in
        let digests = [one, other].map { Digest(of: "\(seed)|\($0)").description }
        return digests[0] < digests[1]
      }
      #expect(
        CommittedDraw.order(names.shuffled(using: &random), seed: seed) { $0 } == replayed)
    }
  }

  @Test func `the order holds everyone once`() {
    for count in [0, 1, 2, 300] {
      let takers = Array(0..<count)
      let order = CommittedDraw.order(takers, seed: "seed") { String($0) }
      #expect(order.sorted() == takers)
    }
  }

  /// How often each of ten takers stands at each of ten places, over 4,000 seeds. Every place is taken once a round, so it is
  /// nine tenths of Pearson's sum that follows χ² with 81 degrees of freedom; its critical value for p = 0.001 is 126.08.
  @Test func `every place is as likely for every number`() {
    let (takers, rounds) = (10, 4000)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: takers), count: takers)
    for round in 0..<rounds {
      for (place, taker) in Self.order(takers, "seed \(round)").enumerated() { counts[taker - 1][place] += 1 }
    }
    let expected = Double(rounds) / Double(takers)
    let sum = counts.joined().reduce(0.0) { sum, count in
      let difference = Double(count) - expected
      return sum + difference * difference / expected
    }
    #expect(sum * 0.9 < 126.08, "χ² is \(sum * 0.9)")
    #expect(sum * 0.9 > 46, "χ² is \(sum * 0.9): too even to be chance")
  }

  @Test func `who is drawn first says nothing of who is second`() {
    let rounds = 5000
    var counts: [[Int]: Int] = [:]
    for round in 0..<rounds { counts[Array(Self.order(5, "pair \(round)").prefix(2)), default: 0] += 1 }
    // Twenty ordered pairs, each 250 times on average; 19 degrees of freedom, p = 0.001.
    #expect(counts.count == 20)
    let sum = counts.values.reduce(0.0) { sum, count in
      let difference = Double(count) - 250
      return sum + difference * difference / 250
    }
    #expect(sum < 43.82, "χ² is \(sum)")
  }
}
