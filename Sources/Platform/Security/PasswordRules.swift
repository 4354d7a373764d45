import Foundation
package import Kernel

/// What a password must be (ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11, 6.2.12): long enough and not one that
/// everybody tries first. No rule about kinds of characters; 128 characters are allowed and none is cut off.
package enum PasswordRules {
  /// In Unicode code points.
  package static let length = 8...128

  /// What is wrong with this new password, or nil.
  ///
  /// - Parameter personal: what others know about this person and place: phone number, name, community. A password
  ///   may not consist of one of these words, nor contain one of four or more characters with little else.
  package static func fault(in password: String, personal: [String] = []) -> Phrase? {
    let text = password.precomposedStringWithCanonicalMapping
    let count = text.unicodeScalars.count
    if count < length.lowerBound {
      return Phrase("密码至少要 8 个字，可以用一句您记得住的话。", "Use at least 8 characters; a sentence you remember is fine.")
    }
    if count > length.upperBound {
      return Phrase("密码最多 128 个字。", "Use at most 128 characters.")
    }
    let plain = text.lowercased()
    if CommonPasswords.contains(plain) || isRun(plain) {
      return Phrase(
        "这个密码太常见，别人很容易猜到，请换一个。",
        "Many people use this password, so it is easily guessed. Please choose another.")
    }
    if personal.contains(where: { isLittleMore(than: $0.lowercased(), plain) }) {
      return Phrase(
        "密码里不要只用电话、姓名或小区名，请换一个。",
        "Please choose a password that is not just a phone number, a name or the name of this place.")
    }
    return nil
  }

  /// One character repeated, a short piece repeated, or neighbours on the keyboard of digits: 11111111, abcabcabc, 23456789.
  private static func isRun(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.map { Int($0.value) }
    let steps = zip(scalars, scalars.dropFirst()).map { $1 - $0 }
    if steps.allSatisfy({ $0 == 1 }) || steps.allSatisfy({ $0 == -1 }) { return true }
    return (1...3).contains { period in
      (period..<scalars.count).allSatisfy { scalars[$0] == scalars[$0 - period] }
    }
  }

  private static func isLittleMore(than word: String, _ password: String) -> Bool {
    guard word.unicodeScalars.count >= 4, password.contains(word) else { return false }
    return password.replacing(word, with: "").unicodeScalars.count < 4
  }
}
