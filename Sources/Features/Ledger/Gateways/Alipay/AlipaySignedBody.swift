import Security
import Web

/// The body of an answer: one node whose text, byte for byte as it was sent, is what the signature beside it is over.
/// Source: field/reliability.md §3.9.
struct AlipaySignedBody: Sendable {
  /// The value of `…_response`, from its first brace to its last.
  let node: [UInt8]
  private let signature: [UInt8]

  /// - Parameter method: such as `alipay.trade.query`, after which the node is named.
  /// - Throws: `malformed`, `missing` when there is no signature, `badSignature` when it is not even base64.
  init(_ body: [UInt8], method: String) throws(GatewayRefusal) {
    // After this the scanner below need not fear anything: it is a JSON object, and no name comes twice.
    let document = try GatewayDocument(body, part: "body")
    let name = method.replacing(".", with: "_") + "_response"
    guard let sign = document.optionalText("sign") else { throw .missing("sign") }
    guard let bytes = Base64.decode(sign) else { throw .badSignature }
    var scanner = JSONMemberScanner(bytes: body)
    guard let node = scanner.value(of: name) ?? scanner.value(of: "error_response") else {
      throw .malformed(name)
    }
    self.node = node
    signature = bytes
  }

  /// - Throws: `badSignature`.
  func verify(by key: RSAVerifyingKey) throws(GatewayRefusal) {
    guard key.isValid(signature, of: node) else { throw .badSignature }
  }
}

/// Finds the text of a member of a JSON object that is known to be well formed.
struct JSONMemberScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The text of the value, without spaces around it; nil when no member is spelt like this.
  mutating func value(of name: String) -> [UInt8]? {
    position = 0
    skipSpace()
    position += 1
    while position < bytes.count {
      skip { $0.isSpace || $0 == UInt8(ascii: ",") }
      guard let found = string() else { return nil }
      skip { $0.isSpace || $0 == UInt8(ascii: ":") }
      let start = position
      skipValue()
      if found.elementsEqual(name.utf8) {
        return Array(bytes[start..<position].reversed().drop { $0.isSpace }.reversed())
      }
    }
    return nil
  }

  /// What stands between the quotes, escapes and all; nil where no string begins or it does not end.
  private mutating func string() -> ArraySlice<UInt8>? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    position = start
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[start..<(position - 1)]
  }

  /// To the comma or brace after the value.
  private mutating func skipValue() {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        if string() == nil { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return
      default: break
      }
      position += 1
    }
  }

  private mutating func skipSpace() {
    skip { $0.isSpace }
  }

  private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
    while position < bytes.count, isSkipped(bytes[position]) { position += 1 }
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 32 || self == 10 || self == 13 || self == 9 }
}
