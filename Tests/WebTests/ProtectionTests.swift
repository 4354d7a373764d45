import HTTPTypes
import Kernel
import Security
import TestKit
import Testing

@testable import Web

@Suite struct `Rate limits` {
  private static let start = Timestamp(seconds: 1_900_000_000)

  @Test func `The limiter permits exactly what a simple count of each budget permits`() {
    var random = SeededGenerator(seed: 8)
    for round in 0..<50 {
      let limit = RateLimit("r\(round)", Int.random(in: 1...8, using: &random), per: .seconds(60))
      let limiter = RateLimiter(capacity: 1000)
      let interval = 60_000_000 / Int64(limit.count)
      var budgets: [String: (left: Int64, at: Int64)] = [:]
      var now = Self.start
      for _ in 0..<300 {
        now = now + .microseconds(Int64.random(in: 0...20_000_000, using: &random))
        let caller = ["a", "b", "c"].randomElement(using: &random) ?? "a"
        // The model: a bucket of microseconds that fills with time, from which each event takes one interval.
        let full = interval * Int64(limit.count)
        let known = budgets[caller] ?? (full, now.microseconds)
        let left = min(full, known.left + now.microseconds - known.at)
        let wait = limiter.spend(limit, by: .address(caller), at: now)
        if left >= interval {
          #expect(wait == nil)
          budgets[caller] = (left - interval, now.microseconds)
        } else {
          #expect(wait == .microseconds(interval - left))
          budgets[caller] = (left, now.microseconds)
        }
      }
    }
  }

  @Test func `Memory stays bounded however many callers come`() {
    let limiter = RateLimiter(capacity: 100)
    let limit = RateLimit("many", 2, per: .minutes(1))
    for caller in 0..<10_000 {
      _ = limiter.spend(limit, by: .address(String(caller)), at: Self.start)
      #expect(limiter.count <= 100)
    }
  }

  @Test func `A refused caller hears how many seconds to wait`() {
    let limiter = RateLimiter(capacity: 10)
    let limit = RateLimit("sign-in", 1, per: .seconds(30))
    #expect(throws: Never.self) { try limiter.require(limit, by: .address("a"), at: Self.start) }
    #expect(throws: Problem.tooManyAttempts(.seconds(30))) {
      try limiter.require(limit, by: .address("a"), at: Self.start)
    }
  }
}

@Suite struct `Where a request comes from` {
  @Test(arguments: [
    ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("192.168.1.128/25", "192.168.1.127", false),
    ("192.168.1.128/25", "192.168.1.200", true), ("fd00::/8", "fdab::1", true),
    ("fd00::/8", "fe80::1", false),
    ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "::ffff:127.0.0.1", true), ("0.0.0.0/0", "8.8.8.8", true),
    ("0.0.0.0/0", "::1", false),
  ])
  func `A block holds its addresses and no others`(_ block: String, _ address: String, _ isInside: Bool) {
    #expect(AddressBlock(block)?.contains(address) == isInside)
  }

  @Test(arguments: ["", "10.0.0.0/33", "10.0.0/8", "x", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8"])
  func `What is no block is none`(_ text: String) {
    #expect(AddressBlock(text) == nil)
  }

  @Test(arguments: [
    ("203.0.113.9", "1.1.1.1", "203.0.113.9"), ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
    ("10.0.0.1", "6.6.6.6, 198.51.100.7", "198.51.100.7"),
    ("10.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"), ("10.0.0.1", "forged", "10.0.0.1"),
    ("10.0.0.1", "forged, 10.0.0.2", "10.0.0.2"), ("10.0.0.1", "", "10.0.0.1"),
  ])
  func `Only configured proxies are believed, and only as far as they reach`(
    _ peer: String, _ forwarded: String, _ expected: String
  ) throws {
    let name = try #require(HTTPField.Name("X-Forwarded-For"))
    let proxies = [try #require(AddressBlock("10.0.0.0/8"))]
    #expect(ClientAddress.of(peer: peer, [name: forwarded], trusting: proxies) == expected)
  }
}

@Suite struct `Forged requests` {
  @Test(arguments: [
    ("same-origin", nil, nil, true), ("same-site", nil, nil, false), ("cross-site", nil, nil, false),
    ("none", nil, nil, false), ("cross-site", "https://here.test", nil, false),
    (nil, "https://here.test", nil, true), (nil, "https://there.test", nil, false),
    (nil, "http://here.test", nil, false), (nil, "null", nil, false),
    (nil, nil, "https://here.test/basket", true), (nil, nil, "https://here.test.evil/", false),
    (nil, nil, "https://there.test/?https://here.test/", false),
    (nil, "https://there.test", "https://here.test/", false),
    (nil, nil, nil, false),
  ])
  func `The origin must be ours`(_ fetchSite: String?, _ origin: String?, _ referer: String?, _ passes: Bool)
    throws
  {
    var fields = HTTPFields()
    fields[try #require(HTTPField.Name("Sec-Fetch-Site"))] = fetchSite
    fields[.origin] = origin
    fields[.referer] = referer
    #expect(OriginCheck.accepts(fields, origin: "https://here.test") == passes)
  }

  @Test func `A token is good for its own session alone, and any changed bit spoils it`() {
    let tokens = FormTokens(secret: [UInt8](repeating: 1, count: 32))
    let mine = [UInt8](repeating: 5, count: 32)
    let token = tokens.make(for: mine)
    #expect(tokens.isValid(token, for: mine))
    #expect(tokens.make(for: mine) != token)
    #expect(!tokens.isValid(token, for: [UInt8](repeating: 6, count: 32)))
    #expect(!tokens.isValid(token, for: []))
    #expect(!FormTokens(secret: [UInt8](repeating: 2, count: 32)).isValid(token, for: mine))
    var bytes = Base64URL.decode(token) ?? []
    for place in bytes.indices {
      bytes[place] ^= 1
      #expect(!tokens.isValid(Base64URL.encode(bytes), for: mine))
      bytes[place] ^= 1
    }
  }

  @Test(arguments: [
    ("/orders", true), ("/", true), ("/a?b=c%20d", true), ("//evil.test", false), ("/\\evil.test", false),
    ("https://evil.test", false), ("", false), ("/a\nb", false), ("javascript:alert(1)", false),
    ("/\tx", false),
  ])
  func `Only paths on this site are followed`(_ path: String, _ isLocal: Bool) {
    #expect(LocalPath.checked(path) == (isLocal ? path : "/"))
  }
}
