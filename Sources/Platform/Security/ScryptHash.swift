import Crypto
import CryptoExtras

/// The cost of one scrypt hash.
package struct ScryptParameters: Sendable, Hashable {
  /// log2 of N, 4…17.
  package let log2Rounds: Int
  /// r, 1…16.
  package let blockSize: Int
  /// p, 1…16.
  package let parallelism: Int

  /// Nil outside the ranges: a stored hash must not be able to ask for all of the memory.
  package init?(log2Rounds: Int, blockSize: Int, parallelism: Int) {
    guard (4...17).contains(log2Rounds), (1...16).contains(blockSize), (1...16).contains(parallelism) else {
      return nil
    }
    self.init(checked: log2Rounds, blockSize, parallelism)
  }

  private init(checked log2Rounds: Int, _ blockSize: Int, _ parallelism: Int) {
    self.log2Rounds = log2Rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// N=2^15, r=8, p=3: one of OWASP's equal-strength settings (Password Storage Cheat Sheet), 32 MiB a hash.
  package static let standard = ScryptParameters(checked: 15, 8, 3)

  /// Under a millisecond; for tests and for the demo's made-up people only.
  package static let quick = ScryptParameters(checked: 4, 1, 1)
}

/// A password hash in the text form that is stored: `$scrypt$ln=15,r=8,p=3$salt$hash`, both in base64url.
struct ScryptHash: Equatable {
  let parameters: ScryptParameters
  let salt: [UInt8]
  let output: [UInt8]

  /// - Parameter password: in Unicode form C.
  init(password: String, salt: [UInt8], parameters: ScryptParameters) throws {
    let key = try KDF.Scrypt.deriveKey(
      from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << parameters.log2Rounds,
      blockSize: parameters.blockSize, parallelism: parameters.parallelism)
    self.parameters = parameters
    self.salt = salt
    output = key.withUnsafeBytes { Array($0) }
  }

  var encoded: String {
    let cost = "ln=\(parameters.log2Rounds),r=\(parameters.blockSize),p=\(parameters.parallelism)"
    return "$scrypt$\(cost)$\(Base64URL.encode(salt))$\(Base64URL.encode(output))"
  }

  /// Reads what `encoded` writes; nil for anything else.
  init?(encoded: String) {
    let parts = encoded.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
      let parameters = Self.parameters(parts[2]),
      let salt = Base64URL.decode(parts[3]), salt.count == 16,
      let output = Base64URL.decode(parts[4]), output.count == 32
    else { return nil }
    self.parameters = parameters
    self.salt = salt
    self.output = output
  }

  private static func parameters(_ text: String) -> ScryptParameters? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for (part, name) in zip(parts, ["ln=", "r=", "p="]) {
      guard part.hasPrefix(name), let number = Int(part.dropFirst(name.count)) else { return nil }
      numbers.append(number)
    }
    return ScryptParameters(log2Rounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
  }
}
