import Kernel
import Web

/// What people send to open a way of collecting.
enum CollectorForm {
  struct Draft: Sendable {
    let kind: Collector.Kind
    let name: String
    /// How many letters; nil for everything else.
    let sheets: Int64?
    let closesAt: Timestamp?
  }

  /// - Throws: `form.invalid`.
  static func draft(_ form: Form, at moment: Timestamp, offsetSeconds: Int) throws -> Draft {
    var reader = FormReader(form)
    let kind = reader.choice("kind", of: Collector.Kind.self)
    let name = reader.text("name", length: 1...60)
    let hasSheets = kind?.hasSheets ?? false
    let sheets = reader.integer("sheets", in: 1...CollectorRules.mostSheets, isRequired: hasSheets)
    let closesAt = reader.moment("closes_at", offsetSeconds: offsetSeconds, isRequired: false)
    if let closesAt, closesAt <= moment {
      reader.add("closes_at", Phrase("这个时间已经过去了。", "This moment has passed."))
    }
    try reader.finish()
    guard let kind, let name else { throw Problem.staleForm }
    return Draft(kind: kind, name: name, sheets: hasSheets ? sheets : nil, closesAt: closesAt)
  }
}
