import Crypto
package import Kernel

/// Six-digit codes from an authenticator program (TOTP, RFC 6238: HMAC-SHA1, 30-second steps).
package struct TimeBasedCode: Sendable {
  /// Seconds of one step.
  package static let stepSeconds: Int64 = 30
  private static let digits = 6

  /// The secret that both sides share, 20 bytes when made by us.
  package let secret: [UInt8]

  package init(secret: [UInt8]) {
    self.secret = secret
  }

  /// A new secret of 160 bits, the length RFC 4226 §4 recommends.
  package static func makeSecret() -> [UInt8] { RandomBytes.make(20) }

  /// The number of the step that a moment lies in.
  package static func step(at moment: Timestamp) -> Int64 { moment.seconds / stepSeconds }

  /// The code that an authenticator shows at this moment.
  package func code(at moment: Timestamp) -> String { code(step: Self.step(at: moment), digits: Self.digits) }

  /// The step whose code was typed, for the caller to store in the same transaction; nil when the code is wrong.
  ///
  /// One step before and after the present is accepted, since clocks differ. A step that was used already, or lies
  /// before one that was, is refused: a code seen over somebody's shoulder works no second time (RFC 6238 §5.2).
  /// - Parameter lastStep: what this function returned at the last success.
  package func acceptedStep(for typed: String, at moment: Timestamp, after lastStep: Int64?) -> Int64? {
    let digits = TypedDigits.narrow(typed)
    guard digits.count == Self.digits else { return nil }
    let present = Self.step(at: moment)
    var accepted: Int64?
    for step in (present - 1)...(present + 1) {
      let matches = ConstantTime.equal(Array(code(step: step, digits: Self.digits).utf8), digits)
      if matches, step > lastStep ?? Int64.min, accepted == nil { accepted = step }
    }
    return accepted
  }

  /// What the QR code for an authenticator program holds (the `otpauth` key URI format).
  package func address(issuer: String, account: String) -> String {
    let issuer = Self.percentEncoded(issuer)
    return "otpauth://totp/\(issuer):\(Self.percentEncoded(account))?secret=\(Base32.encode(secret))"
      + "&issuer=\(issuer)&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.stepSeconds)"
  }

  /// RFC 4226 §5.3.
  func code(step: Int64, digits: Int) -> String {
    let key = SymmetricKey(data: secret)
    let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: BigEndian.bytes(step), using: key))
    let offset = Int(hash[19] & 15)
    let number = BigEndian.number(hash[offset..<offset + 4], as: UInt32.self) & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
    let text = String(number % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }

  private static func percentEncoded(_ text: String) -> String {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    return text.utf8.map { byte in
      unreserved.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + Hexadecimal.encode([byte]).uppercased()
    }.joined()
  }
}

/// Digits as people type them into a code field.
enum TypedDigits {
  /// ASCII digits of the text; full-width digits count, spaces and hyphens between groups do not. Empty when there is
  /// anything else.
  static func narrow(_ text: String) -> [UInt8] {
    var digits: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 48...57: digits.append(UInt8(scalar.value))
      case 0xFF10...0xFF19: digits.append(UInt8(scalar.value - 0xFF10 + 48))
      case 0x20, 0x2D, 0x3000, 0xA0: continue
      default: return []
      }
    }
    return digits
  }
}
