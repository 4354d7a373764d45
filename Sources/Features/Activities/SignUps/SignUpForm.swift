import Kernel
import People
import Web

/// Reads whom the station signs up.
enum SignUpForm {
  /// How somebody is named who calls or comes by.
  enum Asked: Sendable {
    case person(PersonID)
    /// As it was typed.
    case phone(String)
    /// Whoever lives there.
    case door(Door)
  }

  /// How the station was asked.
  private static let channels: [SignUp.Channel] = [.phone, .staff]

  static var channelOptions: [(value: String, name: Phrase)] {
    channels.map { ($0.rawValue, $0.name) }
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func read(_ form: Form) throws -> (channel: SignUp.Channel, asked: Asked) {
    var reader = FormReader(form)
    let channel = reader.choice("channel", of: SignUp.Channel.self)
    if let channel, !channels.contains(channel) {
      reader.add("channel", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let person: PersonID? = reader.identifier("person", isRequired: false)
    let phone = reader.text("phone", length: 1...40, isRequired: false)
    let hasDoor = hasDoor(form)
    if person == nil, phone == nil, !hasDoor {
      reader.add("phone", Phrase("请填手机号，或者填门牌。", "Please give a telephone number, or a door."))
    }
    try reader.finish()
    guard let channel else { throw Problem.internalFault }
    if let person { return (channel, .person(person)) }
    if let phone { return (channel, .phone(phone)) }
    return (channel, .door(try door(form)))
  }

  /// The door that was typed; nil where there is none or it cannot be read.
  static func typedDoor(_ state: FormState) -> Door? {
    try? Door(
      building: state.value("building"), unit: state.value("unit"), room: state.value("room"))
  }

  private static func hasDoor(_ form: Form) -> Bool {
    ["building", "room"].contains { name in form.all(name).contains { !$0.isEmpty } }
  }

  private static func door(_ form: Form) throws -> Door {
    try Door(
      building: form["building"] ?? "", unit: form["unit"] ?? "", room: form["room"] ?? "")
  }
}
