import Kernel
import Synchronization
import TestKit
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `the text of an identifier reads back, and sorts as the number does`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var identifiers = (0..<1_000).map { _ in PersonID(rawValue: max(0, random.anyInteger())) }
    for identifier in identifiers {
      #expect(PersonID(identifier.description) == identifier)
      #expect(identifier.description.utf8.count == 13)
    }
    identifiers.sort()
    #expect(identifiers.map(\.rawValue) == identifiers.map(\.rawValue).sorted())
    #expect(identifiers.map(\.description) == identifiers.map(\.description).sorted())
  }

  @Test func `only one text names an identifier`() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<5_000 {
      let text = random.text(of: "0123456789abcdefghjkmnpqrstvwxyziloABÀ７-\u{0}", longest: 14)
      if let identifier = PersonID(text) { #expect(identifier.description == text) }
    }
  }

  @Test(arguments: [
    "", "0", "000000000000", "00000000000000", "8000000000000", "z000000000000", "000000000000i",
    "000000000000l",
    "000000000000o", "000000000000u", "000000000000A", "00000000000-0", "00000000000 0", "000000000000\u{0}",
    "00000000000é",
    "-000000000001", "０００００",
  ])
  func `other texts are no identifiers`(text: String) {
    #expect(PersonID(text) == nil)
  }

  @Test func `the smallest and the largest identifier have the expected texts`() {
    #expect(PersonID(rawValue: 0).description == "0000000000000")
    #expect(PersonID(rawValue: 31).description == "000000000000z")
    #expect(PersonID(rawValue: .max).description == "7zzzzzzzzzzzz")
    #expect(CommunityID.machine.rawValue == 0)
  }
}

@Suite struct IdentifierSourceTests {
  @Test func `identifiers made at once by many tasks never repeat`() async {
    let source = IdentifierSource(node: 7, clock: .system)
    let made = await withTaskGroup(of: [PersonID].self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<5_000).map { _ in source.next() } }
      }
      return await group.reduce(into: [[PersonID]]()) { $0.append($1) }
    }
    #expect(Set(made.joined()).count == 80_000)
    for one in made { #expect(zip(one, one.dropFirst()).allSatisfy(<)) }
  }

  @Test func `a clock that stands, jumps ahead or goes back never makes one twice or out of order`() {
    var random = SeededGenerator(seed: 12)
    let clock = MovableClock(CivilDateTime(year: 2026, month: 11, day: 23).timestamp(offsetSeconds: 0))
    let source = IdentifierSource(node: 1023, clock: clock.clock)
    var last = PersonID(rawValue: -1)
    for _ in 0..<60_000 {
      switch Int.random(in: 0..<1_000, using: &random) {
      case 0: clock.advance(by: .seconds(-.random(in: 0...100_000, using: &random)))
      case 1: clock.advance(by: .seconds(.random(in: 0...100_000, using: &random)))
      case 2..<20: clock.advance(by: .milliseconds(.random(in: 0...3, using: &random)))
      default: break
      }
      let next: PersonID = source.next()
      guard next > last else {
        Issue.record("\(next) came after \(last)")
        return
      }
      last = next
    }
  }

  @Test func `programs with different nodes never meet, even in the same millisecond`() {
    let clock = MovableClock(CivilDateTime(year: 2093, month: 1, day: 1).timestamp(offsetSeconds: 0))
    var all: Set<HouseholdID> = []
    for node in [0, 1, 512, 1023] {
      let source = IdentifierSource(node: node, clock: clock.clock)
      for _ in 0..<10_000 { all.insert(source.next()) }
    }
    #expect(all.count == 40_000)
    #expect(all.allSatisfy { $0.rawValue > 0 && HouseholdID($0.description) == $0 })
  }

  @Test func `a clock before 2024 still makes identifiers that can be read back`() {
    let source = IdentifierSource(node: 3, clock: Clock { Timestamp(seconds: 0) })
    let made: [PersonID] = (0..<10).map { _ in source.next() }
    #expect(Set(made).count == 10)
    #expect(made.allSatisfy { PersonID($0.description) == $0 })
  }
}
