import Kernel
import Web

/// A value of the documents that directories elsewhere read; positions on the earth need numbers with a fraction.
indirect enum HSDSValue: Sendable, Equatable {
  case text(String)
  case integer(Int)
  case flag(Bool)
  case decimal(Double)
  case list([HSDSValue])
  case object([Member])

  struct Member: Sendable, Equatable {
    let name: String
    let value: HSDSValue

    init(_ name: String, _ value: HSDSValue) {
      self.name = name
      self.value = value
    }

    /// Nil for a text that says nothing: members without a value are left out.
    init?(_ name: String, said text: String) {
      if text.isEmpty { return nil }
      self.init(name, .text(text))
    }
  }

  /// The member of an object; nil for other values and unknown names.
  subscript(name: String) -> HSDSValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): Self.write(text, to: &bytes)
    case .integer(let number): bytes += Array(String(number).utf8)
    case .flag(let isTrue): bytes += Array((isTrue ? "true" : "false").utf8)
    case .decimal(let number): bytes += Array((number.isFinite ? "\(number)" : "null").utf8)
    case .list(let values):
      Self.braces("[", "]", values, to: &bytes) { value, bytes in value.write(to: &bytes) }
    case .object(let members):
      Self.braces("{", "}", members, to: &bytes) { member, bytes in
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    var json = JSONWriter(capacity: text.utf8.count + 2)
    json.value(text)
    bytes += json.bytes
  }

  private static func braces<Element>(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ elements: [Element], to bytes: inout [UInt8],
    _ each: (Element, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      each(element, &bytes)
    }
    bytes.append(UInt8(ascii: close))
  }
}
