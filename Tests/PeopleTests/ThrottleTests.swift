import Kernel
import TestKit
import Testing

@testable import People

@Suite("How guessing is slowed")
struct ThrottleTests {
  @Test("Four failures cost nothing, then the pause doubles from one second to five minutes")
  func pauses() {
    var throttle = Throttle()
    let now = Timestamp(seconds: 1_900_000_000)
    var pauses: [Duration?] = []
    for _ in 0..<16 {
      throttle = throttle.failed(at: now)
      pauses.append(throttle.wait(at: now))
    }
    let seconds: [Int64] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    #expect(pauses == [nil, nil, nil, nil] + seconds.map { .seconds($0) })
  }

  @Test(
    "However long somebody guesses, they get few tries, and never wait longer than five minutes",
    arguments: 1...20)
  func budget(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var throttle = Throttle()
    var now = Timestamp(seconds: 1_900_000_000)
    var tries = 0
    let end = now + .days(1)
    while now < end {
      if let wait = throttle.wait(at: now) {
        #expect(wait <= .seconds(300))
        now = now + (Bool.random(using: &random) ? wait : .seconds(Int64.random(in: 1...400, using: &random)))
      } else {
        tries += 1
        throttle = throttle.failed(at: now)
      }
    }
    // 13 tries until the longest pause, then one each five minutes: against 2^20 PINs that is nothing.
    #expect(tries <= 13 + 288)
  }

  @Test("Buckets of different kinds and subjects never share a budget")
  func buckets() {
    let subject: [UInt8] = [1, 2, 3]
    let all: [ThrottleBucket] = [
      .password(phoneIndex: subject), .password(phoneIndex: [1, 2, 4]), .device(subject, phoneIndex: subject),
      .device([1, 2], phoneIndex: [3] + subject), .card("12345678"), .card("12345679"),
      .secondFactor(PersonID(rawValue: 1)), .confirmation(PersonID(rawValue: 1)),
    ]
    #expect(Set(all).count == all.count)
  }
}
