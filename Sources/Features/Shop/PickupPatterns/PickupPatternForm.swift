import Kernel
import Web

/// Reads what was changed at a pickup point.
enum PickupFixForm {
  /// - Throws: `form.invalid` naming each wrong field.
  static func fix(
    _ form: Form, now: Timestamp, offsetSeconds: Int
  ) throws -> (point: PickupPointID, kind: PickupFix.Kind, note: String, from: Timestamp) {
    var reader = FormReader(form)
    let point = reader.identifier("point", of: PickupPointKind.self)
    let kind = reader.choice("kind", of: PickupFix.Kind.self)
    let note = reader.text("note", length: PickupFix.noteLength, isRequired: kind == .other)
    let text = reader.raw("from", isRequired: true)
    let moment = text.flatMap { CivilDateTime(iso: $0)?.timestamp(offsetSeconds: offsetSeconds) }
    if text != nil, moment.map({ $0 > now }) ?? true {
      reader.add("from", Phrase("请选今天或以前的一天。", "Please choose today or a day before."))
    }
    try reader.finish()
    guard let point, let kind, let moment else { throw Problem.internalFault }
    return (point, kind, note ?? "", moment)
  }
}
