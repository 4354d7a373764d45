import Kernel
import People
import Web

/// What a household fills in about its deliveries.
enum DeliveryWishForm {
  /// There is no field for an address; one that is sent anyway is refused.
  /// - Throws: `form.invalid`, `delivery.own_door_only`.
  static func wish(_ form: Form) throws -> DeliveryWish {
    guard form.fields.allSatisfy({ !["address", "door", "building", "unit", "room"].contains($0.name) })
    else {
      throw Problem.ownDoorOnly
    }
    var reader = FormReader(form)
    let mode = reader.choice("mode", of: DeliveryWish.Mode.self)
    let window = reader.choice("window", of: DeliveryWindow.self)
    let note = reader.text("note", length: 1...DeliveryWish.noteLimit, isRequired: false)
    try reader.finish()
    return DeliveryWish(
      mode: mode ?? .asked, window: window ?? .any, note: note ?? "",
      mayLeaveAtDoor: reader.isTicked("may_leave_at_door"))
  }

  static func state(_ wish: DeliveryWish) -> FormState {
    FormState([
      "mode": wish.mode.rawValue, "window": wish.window.rawValue, "note": wish.note,
      "may_leave_at_door": wish.mayLeaveAtDoor ? "on" : "",
    ])
  }

  /// - Throws: `form.invalid` naming `building`, `unit` or `room`.
  static func neighbourDoor(_ form: Form) throws -> Door {
    try Door(
      building: try form["building"] ?? "", unit: try form["unit"] ?? "", room: try form["room"] ?? "")
  }

  /// How many bags a leader offers to bring; 0 for none.
  static func offer(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let bags = reader.integer("bags", in: 0...DeliveryRules.bagLimit)
    try reader.finish()
    return bags ?? 0
  }
}
