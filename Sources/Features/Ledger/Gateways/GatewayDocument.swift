import Kernel
import Web

/// Reads what a gateway wrote in JSON; what it adds over the years is passed over.
struct GatewayDocument: Sendable {
  let json: JSON

  /// - Throws: `malformed`, naming `part`.
  init(_ bytes: [UInt8], part: String) throws(GatewayRefusal) {
    guard let json = try? JSON(bytes), case .object = json else { throw .malformed(part) }
    self.json = json
  }

  private init(_ json: JSON) {
    self.json = json
  }

  func object(_ name: String) throws(GatewayRefusal) -> GatewayDocument {
    guard let value = json[name], case .object = value else { throw .malformed(name) }
    return GatewayDocument(value)
  }

  func objects(_ name: String) throws(GatewayRefusal) -> [GatewayDocument] {
    guard case .array(let values)? = json[name] else { throw .malformed(name) }
    return values.map(GatewayDocument.init)
  }

  func text(_ name: String) throws(GatewayRefusal) -> String {
    guard let text = optionalText(name) else { throw .malformed(name) }
    return text
  }

  /// Nil when it is not there, empty, or no text.
  func optionalText(_ name: String) -> String? {
    guard case .string(let text)? = json[name], !text.isEmpty else { return nil }
    return text
  }

  /// An amount in fen, more than nothing.
  func fen(_ name: String) throws(GatewayRefusal) -> Money {
    guard case .integer(let fen)? = json[name], (1...GatewayAmount.most).contains(fen) else {
      throw .malformed(name)
    }
    return .fen(fen)
  }

  /// An amount in yuan, more than nothing, as text or as a number; read by its digits.
  func yuan(_ name: String) throws(GatewayRefusal) -> Money {
    let text: String? =
      switch json[name] {
      case .string(let text)?: text
      case .integer(let number)?: String(number)
      case .decimal(let text)?: text
      default: nil
      }
    guard let amount = text.flatMap(GatewayAmount.yuan) else { throw .malformed(name) }
    return amount
  }

  func moment(_ name: String) throws(GatewayRefusal) -> Timestamp {
    guard let moment = Timestamp(rfc3339: try text(name)) else { throw .malformed(name) }
    return moment
  }

  func trade(_ name: String) throws(GatewayRefusal) -> TradeNumber {
    guard let number = TradeNumber(try text(name)) else { throw .malformed(name) }
    return number
  }
}

/// Amounts as gateways write them.
enum GatewayAmount {
  /// Fen; far above every order, far below every overflow.
  static let most: Int64 = 100_000_000_000

  /// `88.88` as 8888 fen; nil for anything but plain ASCII digits with at most two decimals, and for nothing.
  static func yuan(_ text: String) -> Money? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
      let fen = DecimalText.parse(text, decimals: 2), (1...most).contains(fen)
    else { return nil }
    return .fen(fen)
  }
}

/// Times as gateways write and read them: the calendar of China.
enum ChinaTime {
  static let offsetSeconds = 8 * 3600

  /// `2026-11-23 08:05:00`
  static func spaced(_ moment: Timestamp) -> String {
    let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    return "\(civil.isoDate) \(civil.isoTime)"
  }

  /// `2026-11-23T08:05:00+08:00`
  static func rfc3339(_ moment: Timestamp) -> String {
    let civil = CivilDateTime(moment, offsetSeconds: offsetSeconds)
    return "\(civil.isoDate)T\(civil.isoTime)+08:00"
  }

  /// Reads `2026-11-23 08:05:00`, with or without a fraction of the second; nil for anything else.
  static func moment(_ text: String) -> Timestamp? {
    let whole = text.prefix { $0 != "." }
    guard whole.utf8.count == 19, whole.dropFirst(10).first == " ",
      let civil = CivilDateTime(iso: "\(whole.prefix(10))T\(whole.suffix(8))")
    else { return nil }
    return civil.timestamp(offsetSeconds: offsetSeconds)
  }
}
