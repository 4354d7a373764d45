import Crypto
import Kernel

/// A key that we share with a service outside, for opening what it encrypts with AES-256-GCM.
///
/// Neither its description nor its reflection shows the key.
package struct SharedCipherKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// Bytes of a nonce (NIST SP 800-38D §8.2.1) and of the tag.
  package static let nonceLength = 12
  package static let tagLength = 16

  private let key: SymmetricKey

  /// Nil unless there are exactly 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// Reads the 32 characters of the key from a file that only its owner can read.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package static func load(path: String) throws -> SharedCipherKey {
    guard let key = SharedCipherKey(bytes: Array(try KeyFile.read(path, .secret).utf8)) else {
      throw Problem.keyFileUnusable(path)
    }
    return key
  }

  /// What was encrypted; nil when any of it was changed, or the nonce has another length than 12 bytes.
  /// - Parameters:
  ///   - sealed: ciphertext ‖ tag(16).
  ///   - authenticated: the associated data; may be empty.
  package func open(_ sealed: [UInt8], nonce: [UInt8], authenticated: [UInt8]) -> [UInt8]? {
    // The library takes longer nonces too, which nobody who follows the rules sends.
    guard nonce.count == Self.nonceLength, sealed.count >= Self.tagLength,
      let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.SealedBox(
        nonce: nonce, ciphertext: sealed.dropLast(Self.tagLength), tag: sealed.suffix(Self.tagLength)),
      let content = try? AES.GCM.open(box, using: key, authenticating: authenticated)
    else { return nil }
    return Array(content)
  }

  package var description: String { "AES-256-GCM key" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
