import Security

/// Something that WeChat Pay encrypted for us with the APIv3 key.
/// Source: field/reliability.md §3.8, step 7.
struct WeChatPayResource: Sendable {
  private let nonce: [UInt8]
  private let associatedData: [UInt8]
  private let sealed: [UInt8]

  /// - Throws: `unsupportedAlgorithm`, `malformed`, and `badCiphertext` when it is not even base64.
  init(_ document: GatewayDocument) throws(GatewayRefusal) {
    guard try document.text("algorithm") == "AEAD_AES_256_GCM" else { throw .unsupportedAlgorithm }
    nonce = Array(try document.text("nonce").utf8)
    // It may be empty, or not there, which says the same.
    associatedData = Array((document.optionalText("associated_data") ?? "").utf8)
    guard let bytes = Base64.decode(try document.text("ciphertext")) else { throw .badCiphertext }
    sealed = bytes
  }

  /// - Throws: `badCiphertext`.
  func open(with key: SharedCipherKey) throws(GatewayRefusal) -> [UInt8] {
    guard let content = key.open(sealed, nonce: nonce, authenticated: associatedData) else {
      throw .badCiphertext
    }
    return content
  }
}
