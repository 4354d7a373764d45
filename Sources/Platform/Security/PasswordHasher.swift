import Foundation
package import Kernel

/// What comparing a password with a stored hash found.
package enum PasswordVerdict: Sendable, Equatable {
  case wrong
  /// `needsRehash`: the stored cost is not today's; store a new hash now that the password is at hand.
  case right(needsRehash: Bool)
}

/// Hashes passwords and PINs with scrypt, on a few threads of its own, and refuses politely when too many come.
///
/// One hash takes 0.35 s and 32 MiB on the machine we measured, so the number at one time is the memory that
/// signing in can cost at most (field rule §3.1).
package struct PasswordHasher: Sendable {
  private let parameters: ScryptParameters
  private let threads: BoundedThreads

  /// - Parameters:
  ///   - threads: hashes at one time; as many as the machine has cores.
  ///   - waiting: sign-ins that may wait for a thread before others are sent away with 503.
  package init(parameters: ScryptParameters = .standard, threads: Int = 2, waiting: Int = 16) {
    self.parameters = parameters
    self.threads = BoundedThreads(threads: threads, waiting: waiting)
  }

  /// The text to store for this password, with a new salt.
  /// - Throws: `sign_in.busy`.
  package func hash(_ password: String) async throws -> String {
    let parameters = parameters
    return try await threads.run(busy: .signInBusy) {
      try ScryptHash(
        password: Self.normalised(password), salt: RandomBytes.make(16), parameters: parameters
      ).encoded
    }
  }

  /// Compares in constant time.
  ///
  /// - Parameter stored: nil for an account that does not exist or has no password. A hash of equal cost is
  ///   computed all the same, so that the time does not tell who has an account.
  /// - Throws: `sign_in.busy`; `internal` when what is stored is no hash of ours.
  package func verify(_ password: String, against stored: String?) async throws -> PasswordVerdict {
    let parameters = parameters
    let expected = try stored.map { text in
      guard let hash = ScryptHash(encoded: text) else { throw Problem.internalFault }
      return hash
    }
    return try await threads.run(busy: .signInBusy) {
      let computed = try ScryptHash(
        password: Self.normalised(password), salt: expected?.salt ?? RandomBytes.make(16),
        parameters: expected?.parameters ?? parameters)
      guard let expected, ConstantTime.equal(computed.output, expected.output) else { return .wrong }
      return .right(needsRehash: expected.parameters != parameters)
    }
  }

  /// One spelling for passwords that look the same: an accent typed on one keyboard as a single character and on
  /// another as two.
  private static func normalised(_ password: String) -> String {
    password.precomposedStringWithCanonicalMapping
  }
}

extension Problem {
  /// Too many people are signing in at this moment.
  package static let signInBusy = Problem(
    "sign_in.busy", status: 503,
    Phrase("现在登录的人有点多。", "Many people are signing in right now."),
    advice: Phrase("请等几秒钟再试一次。", "Please wait a few seconds and try again."), retryAfter: 2)
}
