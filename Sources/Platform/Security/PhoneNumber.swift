/// A telephone number in E.164 form: `+8613800138000`, `+861088886666`.
package struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
  package let e164: String

  package var description: String { e164 }

  /// Reads Chinese mobile and landline numbers as people write them, and foreign ones that begin with `+`.
  ///
  /// Understood: full-width digits, spaces, hyphens, dots and brackets; `+86`, `0086` or `86` before a mobile number;
  /// landlines with their area code (010-8888 6666, (0571) 87654321); 400 and 800 numbers. Nil for anything else.
  package init?(typed text: String) {
    guard let (digits, isInternational) = Self.digits(text) else { return nil }
    if let national = Self.national(digits, isInternational: isInternational) {
      guard let number = Self.chinese(national, isInternational: isInternational) else { return nil }
      e164 = "+86" + number
    } else {
      guard (8...15).contains(digits.count), digits.first != "0" else { return nil }
      e164 = "+" + digits
    }
  }

  /// A number that was stored in E.164 form.
  package init?(e164 text: String) {
    let digits = text.dropFirst()
    guard text.first == "+", (8...15).contains(digits.count), digits.first != "0",
      digits.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    e164 = text
  }

  /// The last four digits, by which people at a counter are found.
  package var lastFour: String { String(e164.suffix(4)) }

  /// As a screen shows it to those who need not call: `138****8000`.
  package var masked: String {
    let local = e164.hasPrefix("+86") ? e164.dropFirst(3) : e164[...]
    return "\(local.prefix(3))****\(local.suffix(4))"
  }

  /// As people in China write it: `138 0013 8000`; other numbers in E.164.
  package var display: String {
    guard e164.hasPrefix("+861"), e164.count == 14 else { return e164 }
    let local = e164.dropFirst(3)
    return "\(local.prefix(3)) \(local.dropFirst(3).prefix(4)) \(local.suffix(4))"
  }

  private static func digits(_ text: String) -> (String, isInternational: Bool)? {
    var digits = ""
    var isInternational = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 48...57: digits.unicodeScalars.append(scalar)
      case 0xFF10...0xFF19: digits += String(scalar.value - 0xFF10)
      case 0x2B, 0xFF0B:
        guard digits.isEmpty, !isInternational else { return nil }
        isInternational = true
      case 0x20, 0x09, 0xA0, 0x3000, 0x2D, 0xFF0D, 0x2010...0x2015, 0x2E, 0x28, 0x29, 0xFF08, 0xFF09: continue
      default: return nil
      }
      guard digits.count <= 20 else { return nil }
    }
    if !isInternational, digits.hasPrefix("00") { return (String(digits.dropFirst(2)), true) }
    return (digits, isInternational)
  }

  /// The digits after the country code when the number is Chinese; nil for a foreign one.
  private static func national(_ digits: String, isInternational: Bool) -> String? {
    if isInternational { return digits.hasPrefix("86") ? String(digits.dropFirst(2)) : nil }
    // 86138… without a plus: no mobile number begins with 8, so thirteen digits leave no doubt.
    if digits.hasPrefix("861"), digits.count == 13 { return String(digits.dropFirst(2)) }
    return digits
  }

  /// The national significant number, or nil when it is none.
  private static func chinese(_ digits: String, isInternational: Bool) -> String? {
    let number = digits.hasPrefix("0") ? String(digits.dropFirst()) : digits
    let hasTrunkZero = number.count < digits.count
    let bytes = Array(number.utf8)
    if !hasTrunkZero, bytes.count == 11, bytes[0] == 0x31, bytes[1] >= 0x33 { return number }
    if !hasTrunkZero, bytes.count == 10, number.hasPrefix("400") || number.hasPrefix("800") { return number }
    // A mobile number with a digit lost looks like a landline without its 0, so at home the 0 is asked for.
    guard hasTrunkZero || isInternational else { return nil }
    // Areas 10 and 2x have eight-digit numbers, 3xx to 9xx seven or eight; no subscriber number begins with 0 or 1.
    guard let first = bytes.first else { return nil }
    let area = number.hasPrefix("10") || first == 0x32 ? 2 : 3
    guard area == 2 || (0x33...0x39).contains(first) else { return nil }
    let subscriber = bytes.dropFirst(area)
    guard subscriber.count == 8 || (area == 3 && subscriber.count == 7),
      subscriber.first.map({ $0 >= 0x32 }) == true
    else { return nil }
    return number
  }
}
