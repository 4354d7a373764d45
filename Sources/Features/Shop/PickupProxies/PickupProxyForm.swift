import Kernel
import People
import Web

/// Reads whom a household asks, for what and until when.
enum PickupProxyForm {
  /// How the neighbour is found.
  enum Finding: Sendable, Equatable {
    case code(String)
    case door(Door)
  }

  struct Asked: Sendable, Equatable {
    let finding: Finding
    let draft: PickupProxyDraft
  }

  /// - Throws: `form.invalid` naming each wrong field.
  static func asked(_ form: Form, offsetSeconds: Int) throws -> Asked {
    var reader = FormReader(form)
    let code = reader.text("neighbour", length: 6...12, isRequired: false)
    let order = reader.identifier("order", of: OrderKind.self, isRequired: false)
    let until = day("until", &reader, offsetSeconds: offsetSeconds, isRequired: order == nil)
    let door = code == nil ? readDoor("", &reader) : nil
    try reader.finish()
    let draft = PickupProxyDraft(order: order, until: until)
    if let code { return Asked(finding: .code(code), draft: draft) }
    guard let door else { throw Problem.internalFault }
    return Asked(finding: .door(door), draft: draft)
  }

  /// What staff write down: who fetches for whom, as both told them.
  struct Entered: Sendable, Equatable {
    let person: PersonID
    let neighbour: PersonID
    let until: Timestamp
  }

  /// - Throws: `form.invalid` naming each wrong field.
  static func entered(_ form: Form, offsetSeconds: Int) throws -> Entered {
    var reader = FormReader(form)
    let person = reader.identifier("person", of: PersonKind.self)
    let neighbour = reader.identifier("neighbour", of: PersonKind.self)
    let until = day("until", &reader, offsetSeconds: offsetSeconds, isRequired: true)
    for name in ["household_agreed", "neighbour_agreed"] where !reader.isTicked(name) {
      reader.add(name, Phrase("请先问过本人再打勾。", "Please ask the person, then tick this."))
    }
    try reader.finish()
    guard let person, let neighbour, let until else { throw Problem.internalFault }
    return Entered(person: person, neighbour: neighbour, until: until)
  }

  /// The end of the day that was chosen.
  private static func day(
    _ name: String, _ reader: inout FormReader, offsetSeconds: Int, isRequired: Bool
  ) -> Timestamp? {
    guard let text = reader.raw(name, isRequired: isRequired) else { return nil }
    guard let civil = CivilDateTime(iso: text + "T23:59") else {
      reader.add(name, Phrase("请选日期。", "Please choose a day."))
      return nil
    }
    return civil.timestamp(offsetSeconds: offsetSeconds)
  }

  /// - Parameter prefix: stands before the names of the three fields.
  static func readDoor(_ prefix: String, _ reader: inout FormReader) -> Door? {
    do {
      return try Door(
        building: reader.raw("\(prefix)building") ?? "", unit: reader.raw("\(prefix)unit") ?? "",
        room: reader.raw("\(prefix)room") ?? "")
    } catch let problem as Problem {
      for field in problem.fields { reader.add("\(prefix)\(field.field)", field.message) }
    } catch {
      reader.add("\(prefix)building", Phrase("请再看一看门牌号。", "Please check the door."))
    }
    return nil
  }
}
