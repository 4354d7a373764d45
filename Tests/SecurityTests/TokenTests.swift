import Kernel
import Testing

@testable import Security

struct TokenTests {
  @Test func `bytes survive each text form at every length`() throws {
    for length in 0..<70 {
      let bytes = RandomBytes.make(length)
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
      #expect(Base32.decode(Base32.encode(bytes)) == bytes)
      #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
    }
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ])
  func `base32 gives the vectors of RFC 4648`(text: String, encoded: String) {
    #expect(Base32.encode(Array(text.utf8)) == encoded)
    #expect(Base32.decode(encoded.lowercased()) == Array(text.utf8))
  }

  @Test func `no other last character reads as the same bytes`() throws {
    for length in 1..<50 where length % 3 != 0 {
      let bytes = RandomBytes.make(length)
      let text = Base64URL.encode(bytes)
      let last = try #require(text.last)
      let others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .filter { $0 != last && Base64URL.decode(text.dropLast() + String($0)) == bytes }
      #expect(others.isEmpty)
    }
  }

  @Test(arguments: ["A", "AB", "AAA=", "AA A", "AA/A", "好"])
  func `base64url has one spelling for each value`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test func `a token is read back from its text, and only at its strength`() throws {
    let token = SecretToken.make(.bits256)
    #expect(token.text.utf8.count == 43)
    #expect(SecretToken(token.text, .bits256) == token)
    #expect(SecretToken(token.text, .bits128) == nil)
    #expect(SecretToken.make(.bits128).text.utf8.count == 22)
    #expect(Set((0..<1000).map { _ in SecretToken.make(.bits128) }).count == 1000)
  }

  @Test func `equal means every byte`() {
    let bytes = RandomBytes.make(32)
    #expect(ConstantTime.equal(bytes, bytes))
    for position in bytes.indices {
      var other = bytes
      other[position] ^= 1 << Int.random(in: 0..<8)
      #expect(!ConstantTime.equal(bytes, other))
    }
    #expect(!ConstantTime.equal(bytes, bytes.dropLast()))
  }

  @Test func `a digest is SHA-256 and keeps fields apart`() {
    #expect(
      Digest(of: "abc").description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let joined = Digest(domain: 1, fields: [Array("ab".utf8), Array("c".utf8)])
    #expect(joined != Digest(domain: 1, fields: [Array("a".utf8), Array("bc".utf8)]))
    #expect(joined != Digest(domain: 2, fields: [Array("ab".utf8), Array("c".utf8)]))
    #expect(Digest(stored: joined.bytes) == joined)
    #expect(Digest(stored: Array(joined.bytes.dropLast())) == nil)
  }

  @Test func `a message key keeps fields apart and refuses a changed code`() {
    let key = MessageKey(bytes: RandomBytes.make(32))
    let code = key.code(for: [[1, 2], [3]])
    #expect(key.isValid(code, for: [[1, 2], [3]]))
    #expect(!key.isValid(code, for: [[1], [2, 3]]))
    #expect(!key.isValid(Array(code.dropLast()), for: [[1, 2], [3]]))
    #expect(!MessageKey(bytes: RandomBytes.make(32)).isValid(code, for: [[1, 2], [3]]))
  }
}

struct TimeBasedCodeTests {
  private let rfc = TimeBasedCode(secret: Array("12345678901234567890".utf8))

  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ])
  func `codes are those of RFC 6238`(seconds: Int64, code: String) {
    let moment = Timestamp(seconds: seconds)
    #expect(rfc.code(step: TimeBasedCode.step(at: moment), digits: 8) == code)
    #expect(rfc.code(at: moment) == String(code.suffix(6)))
  }

  @Test func `one step early or late is accepted, two are not`() {
    let now = Timestamp(seconds: 1_800_000_015)
    let step = TimeBasedCode.step(at: now)
    for offset in -3...3 as ClosedRange<Int64> {
      let typed = rfc.code(step: step + offset, digits: 6)
      let expected = abs(offset) <= 1 ? step + offset : nil
      #expect(rfc.acceptedStep(for: typed, at: now, after: nil) == expected)
    }
  }

  @Test func `a code works once, and no older one works after it`() throws {
    let now = Timestamp(seconds: 1_800_000_015)
    let typed = rfc.code(at: now)
    let step = try #require(rfc.acceptedStep(for: typed, at: now, after: nil))
    #expect(rfc.acceptedStep(for: typed, at: now, after: step) == nil)
    #expect(rfc.acceptedStep(for: rfc.code(at: now - .seconds(30)), at: now, after: step) == nil)
    #expect(rfc.acceptedStep(for: rfc.code(at: now + .seconds(30)), at: now, after: step) == step + 1)
  }

  @Test func `spaces and full-width digits are understood, letters are not`() {
    let now = Timestamp(seconds: 59)
    #expect(rfc.acceptedStep(for: "287 082", at: now, after: nil) == 1)
    #expect(rfc.acceptedStep(for: "２８７０８２", at: now, after: nil) == 1)
    #expect(rfc.acceptedStep(for: "28708a", at: now, after: nil) == nil)
    #expect(rfc.acceptedStep(for: "", at: now, after: nil) == nil)
  }

  @Test func `the address for the authenticator holds secret and names`() {
    #expect(
      rfc.address(issuer: "暖邻", account: "wang@building 3")
        == "otpauth://totp/%E6%9A%96%E9%82%BB:wang%40building%203?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        + "&issuer=%E6%9A%96%E9%82%BB&algorithm=SHA1&digits=6&period=30")
    #expect(TimeBasedCode.makeSecret().count == 20)
  }
}

struct PickupCodeTests {
  private enum Order {}
  private let codes = PickupCode(key: DerivedKeys(root: RandomBytes.make(32)).messageKey(.pickupCode))
  private let mine = Identifier<Order>(rawValue: 42)

  @Test func `digits open their own order in their own generation and nothing else`() {
    var others = 0
    for generation in Int64(1)...200 {
      let digits = codes.digits(for: mine, generation: generation)
      #expect(digits.utf8.count == 6)
      #expect(codes.matches(digits: digits, for: mine, generation: generation))
      let spaced = "\(digits.prefix(3)) \(digits.suffix(3))"
      #expect(codes.matches(digits: spaced, for: mine, generation: generation))
      #expect(!codes.matches(digits: digits + "1", for: mine, generation: generation))
      #expect(!codes.matches(digits: "", for: mine, generation: generation))
      if codes.matches(digits: digits, for: Identifier<Order>(rawValue: 43), generation: generation) {
        others += 1
      }
      if codes.matches(digits: digits, for: mine, generation: generation + 1) { others += 1 }
    }
    #expect(others <= 1)
  }

  @Test func `a token opens its order in its generation and is no six-digit code`() {
    let token = codes.token(for: mine, generation: 1)
    #expect(token.utf8.count == 22)
    #expect(codes.matches(token: token, for: mine, generation: 1))
    #expect(!codes.matches(token: token, for: Identifier<Order>(rawValue: 43), generation: 1))
    #expect(!codes.matches(token: token, for: mine, generation: 2))
    #expect(!codes.matches(token: codes.digits(for: mine, generation: 1), for: mine, generation: 1))
    #expect(!codes.matches(token: "", for: mine, generation: 1))
  }

  @Test func `another key makes other codes, and all first digits come up, zero included`() {
    let other = PickupCode(key: DerivedKeys(root: RandomBytes.make(32)).messageKey(.pickupCode))
    #expect(codes.token(for: mine, generation: 1) != other.token(for: mine, generation: 1))
    let firsts = Set((1...Int64(500)).compactMap { codes.digits(for: mine, generation: $0).first })
    #expect(firsts.count == 10)
  }
}

struct PhoneNumberTests {
  @Test(arguments: [
    ("13800138000", "+8613800138000"), ("138 0013 8000", "+8613800138000"),
    ("+86 138-0013-8000", "+8613800138000"),
    ("008613800138000", "+8613800138000"), ("8613800138000", "+8613800138000"),
    ("１３８００１３８０００", "+8613800138000"),
    ("＋８６　１３８００１３８０００", "+8613800138000"), ("010-8888 6666", "+861088886666"),
    ("（0571）87654321", "+8657187654321"), ("(0431) 8765432", "+864318765432"),
    ("+86 10 8888 6666", "+861088886666"),
    ("+86 (0)21 6666 8888", "+862166668888"), ("400-810-1234", "+864008101234"),
    ("+852 2345 6789", "+85223456789"),
    ("+1 (212) 555-0100", "+12125550100"),
  ])
  func `people's spellings become one number`(typed: String, e164: String) {
    #expect(PhoneNumber(typed: typed)?.e164 == e164)
    #expect(PhoneNumber(typed: e164)?.e164 == e164)
    #expect(PhoneNumber(e164: e164)?.e164 == e164)
  }

  @Test(arguments: [
    "", "1380013800", "138001380000", "12800138000", "3812345678", "87654321", "010-12345678",
    "01388881234567",
    "138O0138000", "+", "+86", "+0123456789", "13800138000 转 8", "1+3800138000", "电话",
  ])
  func `what is no number is refused`(typed: String) {
    #expect(PhoneNumber(typed: typed) == nil)
  }

  @Test func `a masked number shows no more than seven digits`() throws {
    let number = try #require(PhoneNumber(typed: "13800138000"))
    #expect(number.masked == "138****8000")
    #expect(number.lastFour == "8000")
    #expect(number.display == "138 0013 8000")
  }
}
