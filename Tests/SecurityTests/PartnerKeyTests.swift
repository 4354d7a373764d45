import Foundation
import Kernel
import TestKit
import Testing

@testable import Security

/// Signatures, certificates and ciphertexts of others, against what an independent implementation made.
struct RSATests {
  private let message = Array(KeyFixtures.message.utf8)

  @Test(arguments: [
    KeyFixtures.privatePKCS8, KeyFixtures.privatePKCS1, Self.withoutArmour(KeyFixtures.privatePKCS8),
    Self.withoutArmour(KeyFixtures.privatePKCS1),
  ])
  func `every spelling of a private key makes the signature that another implementation made`(
    _ text: String
  ) throws {
    let key = try #require(RSASigningKey(text))
    #expect(Base64.encode(try key.signature(of: message)) == KeyFixtures.signature)
  }

  @Test(arguments: [
    KeyFixtures.publicInfo, KeyFixtures.publicPKCS1, Self.withoutArmour(KeyFixtures.publicInfo),
    Self.withoutArmour(KeyFixtures.publicPKCS1),
  ])
  func `every spelling of a public key accepts that signature and no other`(_ text: String) throws {
    let key = try #require(RSAVerifyingKey(text))
    let signature = try #require(Base64.decode(KeyFixtures.signature))
    #expect(key.isValid(signature, of: message))
    #expect(!key.isValid(signature, of: message + [0]))
    #expect(!key.isValid(signature, of: Array(message.dropLast())))
    #expect(!key.isValid(signature, of: []))
    #expect(!key.isValid([], of: message))
    #expect(!key.isValid(Array(signature.dropLast()), of: message))
    #expect(!key.isValid(signature + [0], of: message))
    for other in [KeyFixtures.pssSignature, KeyFixtures.sha1Signature] {
      #expect(!key.isValid(try #require(Base64.decode(other)), of: message))
    }
  }

  @Test func `flipping any byte of signature or message is seen`() throws {
    let key = try #require(RSAVerifyingKey(KeyFixtures.publicInfo))
    let signature = try #require(Base64.decode(KeyFixtures.signature))
    for position in signature.indices {
      var changed = signature
      changed[position] ^= 1 << UInt8(position % 8)
      #expect(!key.isValid(changed, of: message))
    }
    for position in message.indices {
      var changed = message
      changed[position] ^= 1 << UInt8(position % 8)
      #expect(!key.isValid(signature, of: changed))
    }
  }

  @Test func `what is no key, or too short a key, is none`() {
    for text in ["", "x", "-----BEGIN PUBLIC KEY-----", KeyFixtures.certificate, "AAAA"] {
      #expect(RSASigningKey(text) == nil)
      #expect(RSAVerifyingKey(text) == nil)
    }
    #expect(RSASigningKey(KeyFixtures.publicInfo) == nil)
    #expect(RSASigningKey(KeyFixtures.smallPrivate) == nil)
    #expect(RSAVerifyingKey(KeyFixtures.smallPublic) == nil)
    #expect(RSASigningKey(Self.withoutArmour(KeyFixtures.smallPrivate)) == nil)
    #expect(RSAVerifyingKey(Self.withoutArmour(KeyFixtures.smallPublic)) == nil)
  }

  @Test func `no key shows itself`() throws {
    let keys: [Any] = [
      try #require(RSASigningKey(KeyFixtures.privatePKCS8)),
      try #require(RSAVerifyingKey(KeyFixtures.publicInfo)),
      try #require(SharedCipherKey(bytes: CipherFixture.key)),
    ]
    for key in keys {
      var shown = ""
      dump(key, to: &shown)
      shown += "\(key) \(String(reflecting: key))"
      #expect(!shown.contains("BEGIN") && !shown.contains("backing") && !shown.contains("SymmetricKey"))
      #expect(shown.utf8.count < 200, "\(shown)")
    }
  }

  static func withoutArmour(_ pem: String) -> String {
    pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined(separator: "\n")
  }
}

private enum CipherFixture {
  static let key = Array("abcdefghijklmnopqrstuvwxyz012345".utf8)
  static let nonce = Array("nonce-of-12b".utf8)
  static let associated = Array("certificate".utf8)
}

struct SharedCipherKeyTests {
  private func open(
    _ sealed: [UInt8], nonce: [UInt8] = CipherFixture.nonce,
    authenticated: [UInt8] = CipherFixture.associated, key: [UInt8] = CipherFixture.key
  ) throws -> [UInt8]? {
    try #require(SharedCipherKey(bytes: key)).open(sealed, nonce: nonce, authenticated: authenticated)
  }

  @Test func `what another implementation sealed opens`() throws {
    let sealed = try #require(Base64.decode(KeyFixtures.sealed))
    #expect(try open(sealed) == Array("三号楼".utf8))
    let nothing = try #require(Base64.decode(KeyFixtures.sealedNothing))
    #expect(try open(nothing, authenticated: []) == [])
  }

  @Test func `any change, and another key, nonce or associated data, opens nothing`() throws {
    let sealed = try #require(Base64.decode(KeyFixtures.sealed))
    for position in sealed.indices {
      for bit in 0..<8 {
        var changed = sealed
        changed[position] ^= 1 << UInt8(bit)
        #expect(try open(changed) == nil)
      }
    }
    for length in 0..<sealed.count { #expect(try open(Array(sealed.prefix(length))) == nil) }
    #expect(try open(sealed, authenticated: []) == nil)
    #expect(try open(sealed, authenticated: CipherFixture.associated + [0]) == nil)
    #expect(try open(sealed, nonce: Array("nonce-of-12c".utf8)) == nil)
    #expect(try open(sealed, key: Array("abcdefghijklmnopqrstuvwxyz012346".utf8)) == nil)
  }

  @Test(arguments: [
    ("nonce-of-11", KeyFixtures.sealedShortNonce), ("nonce-of-13bb", KeyFixtures.sealedLongNonce),
  ])
  func `only a nonce of twelve bytes is taken, though it is the right one`(
    _ nonce: String, _ sealed: String
  ) throws {
    #expect(try open(try #require(Base64.decode(sealed)), nonce: Array(nonce.utf8)) == nil)
  }

  @Test(arguments: [0, 16, 24, 31, 33, 64]) func `a key has 32 bytes`(_ length: Int) {
    #expect(SharedCipherKey(bytes: [UInt8](repeating: 7, count: length)) == nil)
  }
}

struct PublicKeyCertificateTests {
  @Test func `number, key and validity are read`() throws {
    let certificate = try #require(PublicKeyCertificate(pem: KeyFixtures.certificate))
    #expect(certificate.serial == "F157F09EFDC096DE15EBE81A47057A7232F1B8")
    let first = try #require(Timestamp(rfc3339: "2026-01-02T03:04:05Z"))
    let last = try #require(Timestamp(rfc3339: "2031-01-02T03:04:05Z"))
    #expect(certificate.validity == first...last)
    #expect(certificate.isValid(at: first) && certificate.isValid(at: last))
    #expect(!certificate.isValid(at: first - .seconds(1)) && !certificate.isValid(at: last + .seconds(1)))
    let signature = try #require(Base64.decode(KeyFixtures.signature))
    #expect(certificate.key.isValid(signature, of: Array(KeyFixtures.message.utf8)))
  }

  @Test func `a date after 2049, which is written in another way, is read as well`() throws {
    let certificate = try #require(PublicKeyCertificate(pem: KeyFixtures.longCertificate))
    #expect(certificate.serial == "77")
    #expect(certificate.validity.upperBound == Timestamp(rfc3339: "2055-06-07T08:09:10Z"))
  }

  @Test func `anything else is no certificate, and nothing ends the program`() throws {
    #expect(PublicKeyCertificate(pem: "") == nil)
    #expect(PublicKeyCertificate(pem: KeyFixtures.publicInfo) == nil)
    #expect(PublicKeyCertificate(pem: KeyFixtures.ellipticCertificate) == nil)
    let bytes = try #require(
      Base64.decode(RSATests.withoutArmour(KeyFixtures.certificate).filter { $0 != "\n" }))
    var generator = SeededGenerator(seed: 26)
    for _ in 0..<2000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        changed[Int.random(in: changed.indices, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      changed.removeLast(
        Int.random(in: 0...1, using: &generator) * Int.random(in: 0..<600, using: &generator))
      _ = PublicKeyCertificate(
        pem: "-----BEGIN CERTIFICATE-----\n\(Base64.encode(changed))\n-----END CERTIFICATE-----")
    }
  }
}

struct PartnerKeyFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "key-files-\(Hexadecimal.encode(RandomBytes.make(6)))", directoryHint: .isDirectory)

  private func file(_ name: String, _ content: String, mode: Int) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: name).path(percentEncoded: false)
    try Data(content.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  private func code(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? Problem)?.code
    }
  }

  @Test func `keys are read from their files, with line ends or without`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let privateKey = try file("a", KeyFixtures.privatePKCS8 + "\n", mode: 0o400)
    let publicKey = try file("b", KeyFixtures.publicInfo, mode: 0o644)
    let shared = try file("c", "abcdefghijklmnopqrstuvwxyz012345\r\n", mode: 0o600)
    let message = Array("暖邻".utf8)
    let signature = try RSASigningKey.load(path: privateKey).signature(of: message)
    #expect(try RSAVerifyingKey.load(path: publicKey).isValid(signature, of: message))
    let sealed = try #require(Base64.decode(KeyFixtures.sealed))
    #expect(
      try SharedCipherKey.load(path: shared)
        .open(sealed, nonce: CipherFixture.nonce, authenticated: CipherFixture.associated) != nil)
  }

  @Test func `a file that is not there, open to others or wrong is refused without its content`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let open = try file("open", KeyFixtures.privatePKCS8, mode: 0o640)
    let wrong = try file("wrong", "secret-words", mode: 0o400)
    let empty = try file("empty", "", mode: 0o400)
    let long = try file("long", String(repeating: "a", count: KeyFile.limit + 1), mode: 0o400)
    #expect(code { try RSASigningKey.load(path: open) } == "key_file.open_to_others")
    #expect(code { try RSASigningKey.load(path: open + "-gone") } == "key_file.missing")
    #expect(code { try RSASigningKey.load(path: folder.path(percentEncoded: false)) } == "key_file.unusable")
    for path in [wrong, empty, long] {
      #expect(code { try RSASigningKey.load(path: path) } == "key_file.unusable")
      #expect(code { try RSAVerifyingKey.load(path: path) } == "key_file.unusable")
      #expect(code { try SharedCipherKey.load(path: path) } == "key_file.unusable")
    }
    let error = #expect(throws: Problem.self) { try RSASigningKey.load(path: wrong) }
    #expect(error.map { "\($0)".contains("secret-words") } == false)
  }
}

struct Base64Tests {
  @Test func `base64 follows RFC 4648 §10 and knows one spelling of everything`() {
    let vectors = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ]
    for (text, encoded) in vectors {
      #expect(Base64.encode(Array(text.utf8)) == encoded)
      #expect(Base64.decode(encoded) == Array(text.utf8))
    }
    for wrong in ["Zg", "Zg=", "Zh==", "Zg==\n", "Z===", "====", "Zm9-", "Zm9_", " Zg==", "Zg==Zg=="] {
      #expect(Base64.decode(wrong) == nil, "\(wrong)")
    }
  }
}
