import Crypto
import Kernel

/// A secret text that we share with a service outside, such as the secret of an access key.
///
/// Neither its description nor its reflection shows it.
package struct ServiceSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// The text itself, for services that want it in a request.
  package let text: String

  /// Nil for an empty text.
  package init?(_ text: String) {
    if text.isEmpty { return nil }
    self.text = text
  }

  /// Reads the secret from a file that only its owner can read.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package static func load(path: String) throws -> ServiceSecret {
    guard let secret = ServiceSecret(try KeyFile.read(path, .secret)) else {
      throw Problem.keyFileUnusable(path)
    }
    return secret
  }

  /// HMAC-SHA256 of a message under the secret.
  package func code(of message: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Array(text.utf8))))
  }

  package var description: String { "service secret" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
