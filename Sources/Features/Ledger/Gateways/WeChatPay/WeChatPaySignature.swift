import HTTPTypes
import Kernel
import Security

/// The signature that WeChat Pay puts into the headers of its notifications and answers.
/// Source: field/reliability.md §3.8, steps 2–5.
struct WeChatPaySignature: Sendable {
  static let maximumAge: Duration = .seconds(300)

  /// Names the key.
  let serial: String
  private let timestamp: String
  private let nonce: String
  private let signature: [UInt8]

  /// - Throws: `missing`, `doubled`, `staleTimestamp`, and `badSignature` when it is not even base64.
  init(_ headers: HTTPFields, at now: Timestamp) throws(GatewayRefusal) {
    timestamp = try Self.single("Wechatpay-Timestamp", in: headers)
    nonce = try Self.single("Wechatpay-Nonce", in: headers)
    let signature = try Self.single("Wechatpay-Signature", in: headers)
    serial = try Self.single("Wechatpay-Serial", in: headers)
    guard timestamp.utf8.count <= 12, timestamp.utf8.allSatisfy({ (48...57).contains($0) }),
      let seconds = Int64(timestamp), abs(now.seconds - seconds) <= Self.maximumAge.components.seconds
    else { throw .staleTimestamp }
    // `WECHATPAY/SIGNTEST/…`, with which WeChat Pay tries whether we look, takes the same way as any other.
    guard let bytes = Base64.decode(signature) else { throw .badSignature }
    self.signature = bytes
  }

  private static func single(_ name: String, in headers: HTTPFields) throws(GatewayRefusal) -> String {
    guard let field = HTTPField.Name(name) else { throw .missing(name) }
    let values = headers[values: field]
    if values.count > 1 { throw .doubled(name) }
    guard let value = values.first, !value.isEmpty else { throw .missing(name) }
    return value
  }

  /// - Throws: `badSignature` unless the holder of the key signed this body with this time and nonce.
  func verify(_ body: [UInt8], by key: RSAVerifyingKey) throws(GatewayRefusal) {
    let message = Array("\(timestamp)\n\(nonce)\n".utf8) + body + [UInt8(ascii: "\n")]
    guard key.isValid(signature, of: message) else { throw .badSignature }
  }
}
