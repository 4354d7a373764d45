import Crypto
import Foundation
import Kernel

/// The key that all data keys are wrapped with: 32 bytes in a file of its own, outside database and backups.
package struct KeyEncryptionKey: Sendable {
  private let key: SymmetricKey

  /// - Throws: `vault.key_file_damaged` unless there are exactly 32 bytes.
  package init(bytes: [UInt8]) throws {
    guard bytes.count == 32 else { throw Problem.keyFileDamaged }
    key = SymmetricKey(data: bytes)
  }

  /// Reads the key file. Only its owner may be able to read it (mode 0400 or 0600).
  /// - Throws: `vault.key_file_missing`, `vault.key_file_open_to_others`, `vault.key_file_damaged`.
  package static func load(path: String) throws -> KeyEncryptionKey {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Problem.keyFileMissing }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw Problem.keyFileDamaged }
    guard status.st_mode & 0o077 == 0 else { throw Problem.keyFileOpenToOthers }
    var bytes = [UInt8](repeating: 0, count: 33)
    let count = read(file, &bytes, 33)
    return try KeyEncryptionKey(bytes: Array(bytes.prefix(max(0, count))))
  }

  /// Whether there is a file at this path, readable or not.
  package static func exists(path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a new random key with mode 0400 and makes sure that it is on the disk; never overwrites one.
  /// - Throws: `vault.key_file_exists`, `vault.key_file_not_written`.
  package static func create(path: String) throws -> KeyEncryptionKey {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o400)
    guard file >= 0 else { throw errno == EEXIST ? Problem.keyFileExists : Problem.keyFileNotWritten }
    defer { close(file) }
    let bytes = RandomBytes.make(32)
    guard write(file, bytes, 32) == 32, fchmod(file, 0o400) == 0, fsync(file) == 0 else {
      unlink(path)
      throw Problem.keyFileNotWritten
    }
    // Without this a power cut may lose the name of the file, and with it all that is encrypted afterwards.
    let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
    return try KeyEncryptionKey(bytes: bytes)
  }

  /// Encrypts a data key: nonce(12) ‖ ciphertext(32) ‖ tag(16), bound to what the key is for and to its number.
  func wrap(_ dataKey: SymmetricKey, scope: KeyScope, id: UInt32) throws -> [UInt8] {
    let content = dataKey.withUnsafeBytes { Array($0) }
    let sealed = try AES.GCM.seal(
      content, using: derived("wrap"), authenticating: Self.binding(scope, id))
    return Array(sealed.nonce) + sealed.ciphertext + sealed.tag
  }

  /// - Throws: `vault.wrong_key` when this is not the key that wrapped, or the wrapping was changed.
  func unwrap(_ wrapped: WrappedKey) throws -> SymmetricKey {
    guard wrapped.bytes.count == 60, let box = try? AES.GCM.SealedBox(combined: wrapped.bytes),
      let content = try? AES.GCM.open(
        box, using: derived("wrap"), authenticating: Self.binding(wrapped.scope, wrapped.id))
    else { throw Problem.vaultWrongKey }
    return SymmetricKey(data: content)
  }

  private func derived(_ label: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Array("nuanlin/key-encryption-key/\(label)/1".utf8), outputByteCount: 32)
  }

  private static func binding(_ scope: KeyScope, _ id: UInt32) -> [UInt8] {
    Array("\(scope.text)|\(id)".utf8)
  }
}

extension Problem {
  private static let keyFileAdvice = Phrase(
    "请从您另外保管的地方恢复密钥文件；没有它，加密的内容谁也读不出来。",
    "Please restore the key file from where you keep its copy; without it nobody can read what is encrypted.")

  static let keyFileMissing = Problem(
    "vault.key_file_missing", status: 500,
    Phrase("找不到密钥文件，或者没有权限读取。", "The key file is missing, or this program may not read it."),
    advice: keyFileAdvice)

  static let keyFileOpenToOthers = Problem(
    "vault.key_file_open_to_others", status: 500,
    Phrase("密钥文件别的用户也能读，程序不会使用它。", "Other users can read the key file, so it is not used."),
    advice: Phrase("请执行 chmod 400 后再启动。", "Please run chmod 400 on it and start again."))

  static let keyFileDamaged = Problem(
    "vault.key_file_damaged", status: 500,
    Phrase(
      "密钥文件不是 32 字节，已经损坏或不是密钥文件。",
      "The key file does not hold exactly 32 bytes; it is damaged or no key file."),
    advice: keyFileAdvice)

  static let keyFileExists = Problem(
    "vault.key_file_exists", status: 409,
    Phrase("密钥文件已经存在，没有覆盖它。", "The key file exists already and was not overwritten."),
    advice: Phrase(
      "覆盖会让以前加密的内容永远读不出来。如果确实要换，请先移走旧文件。",
      "Overwriting it would make everything encrypted so far unreadable. Move the old file away first if you mean to."
    ))

  static let keyFileNotWritten = Problem(
    "vault.key_file_not_written", status: 500,
    Phrase("密钥文件没有写成。", "The key file could not be written."),
    advice: Phrase("请检查文件夹是否存在、是否可写。", "Please check that the folder exists and can be written to."))

  static let vaultWrongKey = Problem(
    "vault.wrong_key", status: 500,
    Phrase(
      "密钥文件和这个数据库不是一套，程序不会启动。",
      "The key file does not belong to this database; the program does not start with it."),
    advice: keyFileAdvice)
}
