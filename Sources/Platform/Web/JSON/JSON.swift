import Kernel

/// A JSON value read strictly from bytes (RFC 8259): no duplicate names, no invalid UTF-8, depth at most 64.
package enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number without fraction or exponent that fits 64 bits; never a floating-point number.
  case integer(Int64)
  /// Any other number, as it was written.
  case decimal(String)
  case string(String)
  case array([JSON])
  /// Members in the order in which they were sent.
  case object([Member])

  package struct Member: Sendable, Equatable {
    package let name: String
    package let value: JSON
  }

  package static let maximumDepth = 64

  /// - Throws: `json.malformed` (400), naming the byte at which reading stopped.
  package init(_ bytes: some Collection<UInt8>) throws {
    func read(_ buffer: UnsafeBufferPointer<UInt8>) throws -> JSON {
      var parser = JSONParser(bytes: buffer)
      return try parser.document()
    }
    self =
      try bytes.withContiguousStorageIfAvailable { try read($0) }
      ?? Array(bytes).withUnsafeBufferPointer { try read($0) }
  }

  /// The member of an object; nil for other values and unknown names.
  package subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// - Throws: `json.malformed` (400) when this is no object.
  package func object(at path: String = "") throws -> JSONObject {
    guard case .object(let members) = self else {
      throw Problem.malformedJSON(Phrase("请求内容应是一个 JSON 对象。", "The body should be a JSON object."))
    }
    return JSONObject(members: members, path: path)
  }
}

extension Problem {
  static func malformedJSON(_ title: Phrase) -> Problem {
    Problem(
      "json.malformed", status: 400, title,
      advice: Phrase("请检查请求内容后再发送。", "Please check the body and send it again."))
  }
}

/// The names of one object, to find a repeated one: compared one by one while they are few, which is nearly always, and
/// by their hashes beyond that, so that a large object costs no more than its length.
private struct JSONNames {
  private static let few = 16
  private var many: Set<String> = []

  /// - Returns: false when the name is among those of `members`.
  mutating func insert(_ name: String, after members: [JSON.Member]) -> Bool {
    if members.count < Self.few { return !members.contains { $0.name == name } }
    if many.isEmpty { many = Set(members.map(\.name)) }
    return many.insert(name).inserted
  }
}

/// A recursive descent over a buffer that outlives it.
private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func document() throws -> JSON {
    skipSpace()
    let value = try value(depth: 1)
    skipSpace()
    guard position == bytes.count else {
      throw fault(Phrase("JSON 结束后还有多余内容", "there is more after the end"))
    }
    return value
  }

  private mutating func value(depth: Int) throws -> JSON {
    guard depth <= JSON.maximumDepth else { throw fault(Phrase("嵌套太深", "it is nested too deeply")) }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    default: throw fault(Phrase("这里应有一个值", "a value was expected"))
    }
  }

  private mutating func object(depth: Int) throws -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var names = JSONNames()
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    members.reserveCapacity(4)
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault(Phrase("这里应有字段名", "a name was expected")) }
      let name = try string()
      // Compared as text, so that two spellings of one character cannot be two names either.
      guard names.insert(name, after: members) else { throw fault(Phrase("字段名重复", "a name is repeated")) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault(Phrase("这里应有冒号", "a colon was expected")) }
      skipSpace()
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw fault(Phrase("这里应有逗号", "a comma was expected")) }
    }
  }

  private mutating func array(depth: Int) throws -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw fault(Phrase("这里应有逗号", "a comma was expected")) }
    }
  }

  private mutating func number() throws -> JSON {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) {
      guard digits() > 0 else { throw fault(Phrase("数字不完整", "the number is not complete")) }
    }
    var isInteger = true
    if take(UInt8(ascii: ".")) {
      isInteger = false
      guard digits() > 0 else { throw fault(Phrase("数字不完整", "the number is not complete")) }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isInteger = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard digits() > 0 else { throw fault(Phrase("数字不完整", "the number is not complete")) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int64(text) { return .integer(integer) }
    guard text.utf8.count <= 64 else { throw fault(Phrase("数字太长", "the number is too long")) }
    return .decimal(text)
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = peek, (48...57).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws -> String {
    position += 1
    var content: [UInt8] = []
    var start = position
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        let rest = UnsafeBufferPointer(rebasing: bytes[start..<position])
        position += 1
        // What has no escape, which is nearly every text, is read where it stands.
        if content.isEmpty { return try valid(rest) }
        content.append(contentsOf: rest)
        return try valid(content)
      case UInt8(ascii: "\\"):
        content.append(contentsOf: bytes[start..<position])
        position += 1
        try escape(into: &content)
        start = position
      case 0..<32: throw fault(Phrase("文字里有控制字符", "there is a control character in the text"))
      default: position += 1
      }
    }
    throw fault(Phrase("文字没有结束", "the text does not end"))
  }

  private func valid(_ content: some Collection<UInt8>) throws -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault(Phrase("文字不是有效的 UTF-8", "the text is not valid UTF-8"))
    }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws {
    guard let byte = peek else { throw fault(Phrase("文字没有结束", "the text does not end")) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(8)
    case UInt8(ascii: "f"): content.append(12)
    case UInt8(ascii: "n"): content.append(10)
    case UInt8(ascii: "r"): content.append(13)
    case UInt8(ascii: "t"): content.append(9)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw invalidEscape }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw invalidEscape }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw invalidEscape
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw invalidEscape }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      switch byte {
      case 48...57: code = code << 4 | UInt32(byte - 48)
      case 65...70: code = code << 4 | UInt32(byte - 55)
      case 97...102: code = code << 4 | UInt32(byte - 87)
      default: throw invalidEscape
      }
    }
    position += 4
    return code
  }

  private mutating func word(_ text: StaticString) throws {
    let matches = text.withUTF8Buffer { expected in
      position + expected.count <= bytes.count
        && bytes[position..<position + expected.count].elementsEqual(expected)
    }
    guard matches else { throw fault(Phrase("这里应有一个值", "a value was expected")) }
    position += text.utf8CodeUnitCount
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
  }

  private var invalidEscape: Problem { fault(Phrase("转义写法无效", "an escape is not valid")) }

  private func fault(_ reason: Phrase) -> Problem {
    .malformedJSON(
      Phrase(
        "JSON 第 \(position) 字节：\(reason.chinese)。",
        "JSON at byte \(position): \(reason.english)."))
  }
}
