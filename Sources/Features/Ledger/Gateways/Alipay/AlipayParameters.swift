import Security
import Web

/// Names and values as Alipay signs them: sorted by the bytes of their names, `name=value` joined with `&`, values as
/// they are and not escaped. Source: field/reliability.md §3.9.
struct AlipayParameters: Sendable {
  private let pairs: [URLEncodedText.Pair]

  init(_ pairs: [URLEncodedText.Pair]) {
    self.pairs = pairs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  init(_ values: [String: String]) {
    self.init(values.map { URLEncodedText.Pair(name: $0.key, value: $0.value) })
  }

  /// What a signature is over.
  var message: [UInt8] { Array(pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "&").utf8) }

  /// As a form or a query carries them.
  var encoded: String {
    pairs.map { "\(URLEncodedText.encode($0.name))=\(URLEncodedText.encode($0.value))" }
      .joined(separator: "&")
  }

  /// These and `sign`, made with our key over all the others.
  /// - Throws: `notAsked` when the key does not sign.
  func signed(by key: RSASigningKey) throws(GatewayDoubt) -> AlipayParameters {
    guard let signature = try? key.signature(of: message) else { throw .notAsked }
    return AlipayParameters(pairs + [URLEncodedText.Pair(name: "sign", value: Base64.encode(signature))])
  }
}
