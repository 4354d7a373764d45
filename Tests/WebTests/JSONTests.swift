import Kernel
import TestKit
import Testing

@testable import Web

@Suite struct `Strict JSON` {
  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "01", "1.", ".5", "+1", "1e", "nul", "tru", "\"a",
    "\"\\x\"",
    "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "[1] 2", "{\"a\":1,\"a\":2}", "\"\u{1}\"", "NaN",
    "[1 2]",
    "{\"a\" 1}", "--1", "{\"\\u0061\":1,\"a\":2}", "{\"é\":1,\"e\\u0301\":2}",
  ])
  func `What no reader should accept is refused`(_ text: String) {
    #expect(throws: Problem.self) { try JSON(text.utf8) }
  }

  @Test func `Invalid UTF-8 is refused`() {
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE9, 0xB8]] as [[UInt8]] {
      #expect(throws: Problem.self) { try JSON([34] + bytes + [34]) }
    }
  }

  @Test func `Depth is bounded and numbers are exact`() throws {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSON(deep.utf8) }
    #expect(throws: Problem.self) { try JSON(("[" + deep + "]").utf8) }
    #expect(throws: Problem.self) { try JSON(String(repeating: "[", count: 100_000).utf8) }
    #expect(try JSON("9007199254740993".utf8) == .integer(9_007_199_254_740_993))
    #expect(try JSON("-9223372036854775808".utf8) == .integer(.min))
    #expect(try JSON("9223372036854775808".utf8) == .decimal("9223372036854775808"))
    #expect(try JSON("1.0".utf8) == .decimal("1.0"))
    #expect(try JSON("1e3".utf8) == .decimal("1e3"))
  }

  @Test func `What is written reads back as it was`() throws {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<1000 {
      let value = Self.anyValue(&random, depth: 0)
      var writer = JSONWriter()
      Self.write(value, to: &writer)
      #expect(try JSON(writer.bytes) == value)
    }
  }

  @Test func `Damaged documents are refused or read, and never anything else`() {
    var random = SeededGenerator(seed: 3)
    var refused = 0
    for _ in 0..<5000 {
      var writer = JSONWriter()
      Self.write(Self.anyValue(&random, depth: 0), to: &writer)
      var bytes = writer.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(8), at: place)
        }
      }
      do { _ = try JSON(bytes) } catch is Problem { refused += 1 } catch { Issue.record(error) }
    }
    #expect(refused > 1000)
  }

  @Test func `JSON inside a page cannot end its script element`() {
    var writer = JSONWriter()
    writer.object { $0.field("name", "</script>") }
    #expect(!writer.text.contains("<"))
  }

  private static func anyValue(_ random: inout SeededGenerator, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth > 4 ? 4 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(.random(in: .min ... .max, using: &random))
    case 3: return .string(random.text(upTo: 20))
    case 4:
      return .array(
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in anyValue(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &random)).map { index in
          JSON.Member(name: "\(index)\(random.text(upTo: 5))", value: anyValue(&random, depth: depth + 1))
        })
    }
  }

  private static func write(_ value: JSON, to json: inout JSONWriter) {
    switch value {
    case .null: json.value(String?.none)
    case .bool(let flag): json.value(flag)
    case .integer(let number): json.value(number)
    case .decimal(let text): json.value(text)
    case .string(let text): json.value(text)
    case .array(let elements): json.array(elements) { write($1, to: &$0) }
    case .object(let members): json.object { Self.write(members, to: &$0) }
    }
  }

  private static func write(_ members: [JSON.Member], to json: inout JSONWriter) {
    for member in members { json.member(named: member.name) { write(member.value, to: &$0) } }
  }
}

@Suite struct `Reading an object of the API` {
  @Test func `Every wrong, missing and unknown field is named with its path`() throws {
    let text = """
      {"name":"","count":11,"lines":[{"item":"bad","extra":1},{"item":"0000000000001"}],"role":"admin","more":true}
      """
    var body = try JSON(text.utf8).object()
    let name = body.string("name")
    let count = body.integer("count", in: 1...10)
    let missing = body.timestamp("opens")
    let role = body.choice("role", of: Role.self)
    let lines = body.objects("lines", count: 1...5) { line in
      line.identifier("item", of: CommunityKind.self)
    }
    #expect(name == nil && count == nil && missing == nil && role == nil && lines == nil)
    do {
      try body.finish()
      Issue.record("finish did not throw")
    } catch let problem as Problem {
      #expect(problem.status == 422)
      #expect(
        Set(problem.fields.map(\.field))
          == ["name", "count", "opens", "role", "lines[0].item", "lines[0].extra", "more"])
    }
  }

  @Test func `A good object reads whole`() throws {
    let text = """
      {"name":"鸡蛋","price":{"amount":1250,"currency":"CNY"},"opens":"2026-11-23T08:05:00+08:00","note":null}
      """
    var body = try JSON(text.utf8).object()
    #expect(body.string("name") == "鸡蛋")
    #expect(body.money("price") == .fen(1250))
    #expect(body.timestamp("opens")?.description == "2026-11-23T00:05:00Z")
    #expect(body.string("note", isRequired: false) == nil)
    #expect(throws: Never.self) { try body.finish() }
  }
}
