import Database
import Kernel
import Security
import TestKit
import Testing
import Web

@testable import Shop

@Suite("A search that finds nothing")
struct NeedNoteTests {
  @Test("counts a household once, however many of it look at once", arguments: TestEngine.available)
  func races(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      let outcomes = try await withThrowingTaskGroup(of: NeedNotes.Outcome.self) { group in
        for turn in 0..<40 {
          let household = needs.households[turn % 4]
          group.addTask { try await needs.note("鸵鸟蛋", household) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == .counted } == 4)
      #expect(outcomes.count { $0 == .known } == 36)
      #expect(try await needs.marks() == Array(repeating: "鸵鸟蛋", count: 4))
      #expect(try await needs.allowances() == [1, 1, 1, 1])
      #expect(try await needs.breaches() == [])
    }
  }

  @Test("counts fifty words of a household in a month and no more", arguments: TestEngine.available)
  func allowance(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      let letters = Array("abcdefghij")
      let words = letters.flatMap { one in letters.map { "tea \(one)\($0)" } }
      for word in words.prefix(50) {
        #expect(try await needs.note(word, needs.households[0]) == .counted)
      }
      #expect(try await needs.note(words[50], needs.households[0]) == .enough)
      #expect(try await needs.note(words[0], needs.households[0]) == .known)
      #expect(try await needs.note(words[50], needs.households[1]) == .counted)
      let allowances = try await needs.allowances()
      #expect(allowances == [1, 50])
      needs.market.clock.move(to: NeedMarket.release)
      #expect(try await needs.note(words[50], needs.households[0]) == .counted, "a new month")
      #expect(try await needs.breaches() == [])
    }
  }

  @Test("leaves marks that join to nothing: no month, no other word, no other community")
  func keys() throws {
    let keys = NeedKeys(DerivedKeys(root: [UInt8](repeating: 7, count: 32)))
    let months = [NeedMarket.november, NeedMarket.november.next]
    let households = (1...20).map { HouseholdID(rawValue: $0) }
    let terms = try ["鸡蛋", "豆浆"].map { try #require(NeedTerm($0)) }
    var marks: Set<[UInt8]> = []
    for community in [CommunityID(rawValue: 1), CommunityID(rawValue: 2)] {
      for month in months {
        let key = keys.key(of: month, in: community)
        for household in households {
          marks.insert(key.allowance(of: household))
          for term in terms {
            #expect(key.mark(of: household, for: term) == key.mark(of: household, for: term))
            marks.insert(key.mark(of: household, for: term))
          }
        }
      }
    }
    #expect(marks.count == 2 * 2 * 20 * 3, "every mark is another")
    #expect(marks.allSatisfy { $0.count == 16 })
    let other = NeedKeys(DerivedKeys(root: [UInt8](repeating: 8, count: 32)))
    #expect(
      other.key(of: months[0], in: CommunityID(rawValue: 1)).mark(of: households[0], for: terms[0])
        != keys.key(of: months[0], in: CommunityID(rawValue: 1)).mark(of: households[0], for: terms[0]))
  }

  @Test("is counted by the page, for members of households alone", arguments: TestEngine.available)
  func page(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      let (market, path) = (needs.market, "/search?q=\(URLEncodedText.encode("鸵鸟 蛋"))")
      let stranger = try await market.browser().get(path)
      #expect(stranger.status == 200 && !stranger.text.contains("/search/wish"))
      #expect(try await !market.browser(of: market.newcomer).get(path).text.contains("/search/wish"))
      #expect(try await needs.marks() == [])
      let wang = try await market.browser(of: market.wang)
      #expect(try await wang.get(path).text.contains("/search/wish"))
      #expect(try await market.browser(of: market.wangSon).get(path).status == 200)
      #expect(try await needs.marks() == ["鸵鸟蛋"], "one household")
      _ = try await market.browser(of: market.li).get(path)
      #expect(try await needs.marks() == ["鸵鸟蛋", "鸵鸟蛋"])
      // What was found, and what looks like somebody, is not counted.
      _ = try await wang.get("/search?q=\(URLEncodedText.encode("青菜"))")
      let person = try await wang.get("/search?q=\(URLEncodedText.encode("王阿姨"))")
      #expect(person.status == 200 && !person.text.contains("/search/wish"))
      #expect(try await needs.marks().count == 2)
    }
  }

  @Test("can be said aloud, once", arguments: TestEngine.available)
  func wish(_ engine: TestEngine) async throws {
    try await NeedMarket.with(engine) { needs in
      let li = try await needs.market.browser(of: needs.market.li)
      _ = try await li.get("/search?q=\(URLEncodedText.encode("鸵鸟蛋"))")
      for _ in 0..<2 {
        let answer = try await li.post("/search/wish", ["term": "鸵鸟蛋"])
        #expect(answer.status == 303)
        #expect(try await li.get(answer.location ?? "").text.contains("记下了"))
      }
      #expect(try await needs.marks() == ["鸵鸟蛋"])
      #expect(try await li.post("/search/wish", ["term": "13800138000"]).status == 422)
      let newcomer = try await needs.market.browser(of: needs.market.newcomer)
      _ = try await newcomer.get("/basket")
      let refused = try await newcomer.post("/search/wish", ["term": "鸵鸟蛋"])
      #expect(refused.status == 403 && refused.text.contains("还没有登记到住户"))
      #expect(try await needs.marks() == ["鸵鸟蛋"])
    }
  }
}
