import Kernel
package import Security

/// A card for somebody without a telephone: it names a household and a person, and opens a short session at a shared
/// tablet together with a PIN.
struct HouseholdCard: Sendable, Equatable {
  let id: HouseholdCardID
  let household: HouseholdID
  let person: PersonID
  /// Eight digits to type; a name, not a secret.
  let number: String
  let issuedBy: PersonID
  let issuedAt: Timestamp
  let revokedAt: Timestamp?
}

/// What is printed once when a card is issued, and never again.
package struct CardSecrets: Sendable, Hashable {
  /// Eight digits.
  package let number: String
  /// What the QR code holds: 128 bits.
  package let token: SecretToken
  /// Six digits. With the card's number or token before it, a guess has far less than 1 in 2^20 (ASVS 5.0 6.5.4).
  package let pin: String

  /// Random secrets.
  /// - Parameter pin: what the holder chose; nil makes one.
  package init(pin: String? = nil) {
    number = CardDigits.random(8)
    token = SecretToken.make(.bits128)
    self.pin = pin ?? CardDigits.randomPIN()
  }

  /// Known secrets, for the demo, whose cards are printed beside the sign-ins.
  package init(number: String, token: SecretToken, pin: String) {
    self.number = number
    self.token = token
    self.pin = pin
  }
}

/// Digits on cards, as they are made and as people type them.
enum CardDigits {
  static let pinLength = 6
  static let numberLength = 8

  static func random(_ count: Int) -> String {
    String((0..<count).map { _ in Character(UnicodeScalar(UInt8.random(in: 48...57))) })
  }

  /// Never one of those that people try first.
  static func randomPIN() -> String {
    while true {
      let pin = random(pinLength)
      if fault(inPIN: pin) == nil { return pin }
    }
  }

  /// ASCII digits of what was typed; full-width ones count, spaces and hyphens do not. Nil for anything else.
  static func narrow(_ typed: String) -> String? {
    var digits = ""
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      case 48...57: digits.unicodeScalars.append(scalar)
      case 0xFF10...0xFF19: digits += String(scalar.value - 0xFF10)
      case 0x20, 0x2D, 0x3000, 0xA0: continue
      default: return nil
      }
    }
    return digits
  }

  /// What is wrong with a PIN that somebody chose, or nil.
  static func fault(inPIN pin: String) -> Phrase? {
    let digits = Array(pin.utf8)
    guard digits.count == pinLength, digits.allSatisfy({ (48...57).contains($0) }) else {
      return Phrase("密码是六位数字。", "The PIN has six digits.")
    }
    let steps = zip(digits, digits.dropFirst()).map { Int($1) - Int($0) }
    let isRun = steps.allSatisfy { $0 == 1 } || steps.allSatisfy { $0 == -1 }
    let isRepeated = (1...3).contains { period in
      (period..<digits.count).allSatisfy { digits[$0] == digits[$0 - period] }
    }
    if isRun || isRepeated {
      return Phrase("这个密码太容易猜到，请换六个数字。", "That PIN is easily guessed; please choose other digits.")
    }
    return nil
  }
}

/// What was entered or scanned as the card: its number, or the token in its QR code.
enum EnteredCard: Sendable, Hashable {
  case number(String)
  case token(SecretToken)

  /// Nil for anything that is on no card.
  init?(_ text: String) {
    if let digits = CardDigits.narrow(text), digits.utf8.count == CardDigits.numberLength {
      self = .number(digits)
    } else if let token = SecretToken(text, .bits128) {
      self = .token(token)
    } else {
      return nil
    }
  }

  /// What is counted while no card is known by what was entered.
  var bucket: ThrottleBucket {
    switch self {
    case .number(let number): .card(number)
    case .token(let token): .card(token.digest.description)
    }
  }
}

extension Problem {
  static let cardFailed = Problem(
    "card.failed", status: 401,
    Phrase("卡号或密码不对。", "The card or the PIN is not right."),
    advice: Phrase("请慢慢再试一次，或请旁边的工作人员帮忙。", "Please try again slowly, or ask someone here to help."))

  static let cardByHelper = Problem(
    "card.by_helper", status: 403,
    Phrase(
      "帮他代办的人不能给他发卡，也不能用自己发的卡请他确认。",
      "Whoever helps this person may not issue their card, nor ask for the PIN of a card that they issued."),
    advice: Phrase(
      "请让另一位同事发卡，封好交给本人。", "Please let a colleague issue it and hand it over sealed."))

  static let cardIssuedAlready = Problem(
    "card.issued_already", status: 409,
    Phrase("这位邻居已经有一张能用的卡。", "This neighbour has a working card already."),
    advice: Phrase(
      "卡丢了或没打印好，请先作废旧卡再发新卡。", "If it was lost or not printed, cancel it first, then issue another."))
}
