import Crypto
import CryptoExtras
import Kernel

/// Our half of an agreement with a payment gateway: signs what we send (RSA PKCS#1 v1.5 with SHA-256).
///
/// Neither its description nor its reflection shows the key, so that no log can.
package struct RSASigningKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let key: _RSA.Signing.PrivateKey

  /// - Parameter text: a PEM document (PKCS#1 or PKCS#8), or the base64 of its content alone, as some platforms hand
  ///   keys out. Nil for anything else, and for keys of less than 2048 bits.
  package init?(_ text: String) {
    let isPEM = text.contains("-----BEGIN")
    let read =
      isPEM
      ? try? _RSA.Signing.PrivateKey(pemRepresentation: text)
      : Base64.decode(text.filter { !$0.isWhitespace }).flatMap {
        try? _RSA.Signing.PrivateKey(derRepresentation: $0)
      }
    guard let read else { return nil }
    key = read
  }

  /// Reads the key from a file that only its owner can read.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package static func load(path: String) throws -> RSASigningKey {
    guard let key = RSASigningKey(try KeyFile.read(path, .secret)) else {
      throw Problem.keyFileUnusable(path)
    }
    return key
  }

  /// As many bytes as the key is long.
  /// - Throws: what the library throws when it is out of memory; never because of the message.
  package func signature(of message: [UInt8]) throws -> [UInt8] {
    Array(
      try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation)
  }

  package var verifyingKey: RSAVerifyingKey { RSAVerifyingKey(key.publicKey) }

  package var description: String { "RSA signing key" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The other's half: proves who signed what came in (RSA PKCS#1 v1.5 with SHA-256).
package struct RSAVerifyingKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let key: _RSA.Signing.PublicKey

  init(_ key: _RSA.Signing.PublicKey) {
    self.key = key
  }

  /// - Parameter der: SubjectPublicKeyInfo or PKCS#1. Nil for anything else, and for keys of less than 2048 bits.
  init?(der: [UInt8]) {
    guard let read = try? _RSA.Signing.PublicKey(derRepresentation: der) else { return nil }
    key = read
  }

  /// - Parameter text: a PEM document (SubjectPublicKeyInfo or PKCS#1), or the base64 of its content alone. Nil for
  ///   anything else, and for keys of less than 2048 bits.
  package init?(_ text: String) {
    let isPEM = text.contains("-----BEGIN")
    let read =
      isPEM
      ? try? _RSA.Signing.PublicKey(pemRepresentation: text)
      : Base64.decode(text.filter { !$0.isWhitespace }).flatMap {
        try? _RSA.Signing.PublicKey(derRepresentation: $0)
      }
    guard let read else { return nil }
    key = read
  }

  /// - Throws: `key_file.missing`, `key_file.unusable`.
  package static func load(path: String) throws -> RSAVerifyingKey {
    guard let key = RSAVerifyingKey(try KeyFile.read(path, .open)) else {
      throw Problem.keyFileUnusable(path)
    }
    return key
  }

  /// Whether the holder of the other half signed exactly these bytes.
  package func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
      padding: .insecurePKCS1v1_5)
  }

  package var description: String { "RSA verifying key of \(key.keySizeInBits) bits" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
