import Foundation
import Kernel
import People
import Security

/// How each of the demo's people signs in; the same on every machine, so that it can be printed and tried.
enum DemoSignIns {
  /// The secret of a person's authenticator: only ever for the demo, where everybody may know it.
  static func secondFactor(of key: String) -> [UInt8] {
    Array(Digest(of: "nuanlin demo second factor \(key)").bytes.prefix(20))
  }

  static let cardNumber = "20260302"

  static func cardSecrets() -> CardSecrets? {
    let bytes = Array(Digest(of: "nuanlin demo card").bytes.prefix(16))
    return SecretToken(Base64URL.encode(bytes), .bits128).map {
      CardSecrets(number: cardNumber, token: $0, pin: DemoPeople.cardPIN)
    }
  }

  static func needsSecondFactor(_ person: DemoPerson) -> Bool { person.roles.contains(where: \.isStaff) }

  struct Line: Encodable {
    var role: String
    var name: String
    var description: String
    var phone: String?
    var password: String?
    var totp_secret: String?
    var card: String?
    var pin: String?
  }

  static var lines: [Line] {
    DemoPeople.cast.map { person in
      var line = Line(
        role: person.roles.first?.rawValue ?? "", name: "\(person.name.chinese) \(person.name.english)",
        description: "\(person.description.chinese) · \(person.description.english)")
      switch person.signIn {
      case .phone(let phone):
        line.phone = phone
        line.password = DemoPeople.password
        if needsSecondFactor(person) { line.totp_secret = Base32.encode(secondFactor(of: person.key)) }
      case .card:
        line.card = cardNumber
        line.pin = DemoPeople.cardPIN
      }
      return line
    }
  }
}
