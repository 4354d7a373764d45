import Crypto
import CryptoExtras
import Kernel

/// What WeChat encrypts its callbacks with: AES-256 in CBC mode with the beginning of the key as its first block, filled up
/// to a multiple of 32 bytes.
///
/// Source: Weixin, “消息加解密说明”. The mode proves nothing by itself: a signature over the ciphertext has to be checked first.
package struct CallbackCipher: Sendable, CustomStringConvertible, CustomReflectable {
  private static let padding = 32
  private let bytes: [UInt8]

  /// - Parameter encodingKey: the 43 characters that both sides agreed on; nil for anything else.
  package init?(encodingKey: String) {
    guard encodingKey.utf8.count == 43 else { return nil }
    // The last character carries two bits more than 32 bytes hold; WeChat gives them any value.
    var text = Array(encodingKey.utf8)
    guard let last = text.popLast(), let value = Self.alphabet.firstIndex(of: last) else { return nil }
    text.append(Self.alphabet[value & 0b111100])
    guard let bytes = Base64.decode(String(decoding: text, as: UTF8.self) + "="), bytes.count == 32 else {
      return nil
    }
    self.bytes = bytes
  }

  /// Reads the 43 characters from a file that only its owner can read.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package static func load(path: String) throws -> CallbackCipher {
    guard let cipher = CallbackCipher(encodingKey: try KeyFile.read(path, .secret)) else {
      throw Problem.keyFileUnusable(path)
    }
    return cipher
  }

  /// What was encrypted, without what it was filled up with; nil where it does not open.
  package func open(_ sealed: [UInt8]) -> [UInt8]? {
    guard !sealed.isEmpty, sealed.count.isMultiple(of: 16),
      let iv = try? AES._CBC.IV(ivBytes: bytes.prefix(16)),
      let content = try? AES._CBC.decrypt(sealed, using: SymmetricKey(data: bytes), iv: iv, noPadding: true),
      let last = content.last, (1...Self.padding).contains(Int(last)), content.count >= Int(last),
      content.suffix(Int(last)).allSatisfy({ $0 == last })
    else { return nil }
    return Array(content.dropLast(Int(last)))
  }

  /// The same the other way, for tests and for those who stand in for WeChat.
  package func seal(_ content: [UInt8]) throws -> [UInt8] {
    let count = Self.padding - content.count % Self.padding
    let filled = content + [UInt8](repeating: UInt8(count), count: count)
    let iv = try AES._CBC.IV(ivBytes: bytes.prefix(16))
    return Array(
      try AES._CBC.encrypt(filled, using: SymmetricKey(data: bytes), iv: iv, noPadding: true))
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package var description: String { "callback key" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
