import Kernel
import People
import Web

/// Reads to whom the station told what a policy says.
enum PolicyExplainedForm {
  /// How somebody is named who is on the telephone or stands at the door.
  enum Asked: Sendable {
    case person(PersonID)
    /// As it was typed.
    case phone(String)
    /// Whoever lives there.
    case door(Door)
  }

  static var sourceOptions: [(value: String, name: Phrase)] {
    PolicyReceipt.Source.ofStaff.map { ($0.rawValue, $0.name) }
  }

  /// - Throws: `form.invalid` naming every wrong field, `form.stale`.
  static func read(_ form: Form) throws -> (source: PolicyReceipt.Source, version: Int64, asked: Asked) {
    var reader = FormReader(form)
    let source = reader.choice("source", of: PolicyReceipt.Source.self)
    if let source, !PolicyReceipt.Source.ofStaff.contains(source) {
      reader.add("source", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let version = reader.integer("version", in: 1...1_000_000)
    let person: PersonID? = reader.identifier("person", isRequired: false)
    let phone = reader.text("phone", length: 1...40, isRequired: false)
    let hasDoor = ["building", "room"].contains { name in form.all(name).contains { !$0.isEmpty } }
    if person == nil, phone == nil, !hasDoor {
      reader.add("phone", Phrase("请填手机号，或者填门牌。", "Please give a telephone number, or a door."))
    }
    try reader.finish()
    guard let source, let version else { throw Problem.staleForm }
    if let person { return (source, version, .person(person)) }
    if let phone { return (source, version, .phone(phone)) }
    let door = try Door(
      building: form["building"] ?? "", unit: form["unit"] ?? "", room: form["room"] ?? "")
    return (source, version, .door(door))
  }

  /// The door that was typed; nil where there is none or it cannot be read.
  static func typedDoor(_ state: FormState) -> Door? {
    try? Door(building: state.value("building"), unit: state.value("unit"), room: state.value("room"))
  }
}
