import Foundation
package import Kernel

/// Reads a file that holds a key of a service outside: a PEM document, a certificate, or a shared secret.
package enum KeyFile {
  /// Who may be able to read the file.
  package enum Secrecy: Sendable {
    /// Its owner alone (mode 0400 or 0600): private keys and shared secrets.
    case secret
    /// Anyone: public keys and certificates.
    case open
  }

  /// Most bytes of a key file; a chain of some certificates fits.
  package static let limit = 64 * 1024

  /// The text of the file, without spaces and line ends around it.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`; each names the path, none the content.
  package static func read(_ path: String, _ secrecy: Secrecy) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Problem.keyFileMissing(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw Problem.keyFileUnusable(path)
    }
    if secrecy == .secret, status.st_mode & 0o077 != 0 { throw Problem.keyFileOpenToOthers(path) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Foundation.read(file, &bytes, limit)
    guard count > 0, let text = String(validating: bytes.prefix(count), as: UTF8.self) else {
      throw Problem.keyFileUnusable(path)
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension Problem {
  static func keyFileMissing(_ path: String) -> Problem {
    Problem(
      "key_file.missing", status: 500,
      Phrase(
        "找不到密钥文件 \(path)，或者没有权限读取。",
        "The key file \(path) is missing, or this program may not read it."),
      advice: Phrase("请检查设置里的路径。", "Please check the path in the settings."))
  }

  static func keyFileOpenToOthers(_ path: String) -> Problem {
    Problem(
      "key_file.open_to_others", status: 500,
      Phrase(
        "密钥文件 \(path) 别的用户也能读，程序不会使用它。",
        "Other users can read the key file \(path), so it is not used."),
      advice: Phrase("请执行 chmod 400 后再启动。", "Please run chmod 400 on it and start again."))
  }

  /// The file is there, but holds something else than the settings say.
  package static func keyFileUnusable(_ path: String) -> Problem {
    Problem(
      "key_file.unusable", status: 500,
      Phrase("密钥文件 \(path) 的内容不能用。", "What is in the key file \(path) cannot be used."),
      advice: Phrase(
        "请从支付平台重新下载，并确认是 RSA 密钥（至少 2048 位），或者正好 32 个字符的 APIv3 密钥。",
        "Please download it from the payment platform again; an RSA key needs 2048 bits or more, an APIv3 key exactly 32 characters."
      ))
  }
}
