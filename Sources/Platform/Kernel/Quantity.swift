/// A unit of measure by its UN/CEFACT Recommendation 20 code, with the finest step that people trade in.
package struct Unit: Sendable, Hashable {
  /// UN/CEFACT Rec 20 (or 21) code: `H87` piece, `KGM` kilogram.
  package let code: String
  package let name: Phrase
  /// Decimals of one step: 3 for kilograms (a step is a gram), 0 for pieces.
  package let decimals: Int

  package static let piece = Unit(code: "H87", name: Phrase("个", "piece"), decimals: 0)
  package static let kilogram = Unit(code: "KGM", name: Phrase("公斤", "kg"), decimals: 3)
  package static let gram = Unit(code: "GRM", name: Phrase("克", "g"), decimals: 0)
  package static let litre = Unit(code: "LTR", name: Phrase("升", "litre"), decimals: 3)
  package static let millilitre = Unit(code: "MLT", name: Phrase("毫升", "ml"), decimals: 0)
  package static let jin = Unit(code: "XJN", name: Phrase("斤", "jin (500 g)"), decimals: 2)
  package static let bag = Unit(code: "XBG", name: Phrase("袋", "bag"), decimals: 0)
  package static let box = Unit(code: "XBX", name: Phrase("盒", "box"), decimals: 0)
  package static let bottle = Unit(code: "XBO", name: Phrase("瓶", "bottle"), decimals: 0)
  package static let bunch = Unit(code: "XBH", name: Phrase("把", "bunch"), decimals: 0)
  package static let pack = Unit(code: "XPK", name: Phrase("包", "pack"), decimals: 0)
  package static let crate = Unit(code: "XCR", name: Phrase("箱", "crate"), decimals: 0)
  package static let jar = Unit(code: "XJR", name: Phrase("罐", "jar"), decimals: 0)

  package static let all: [Unit] = [
    piece, kilogram, gram, litre, millilitre, jin, bag, box, bottle, bunch, pack, crate, jar,
  ]

  /// The unit with this code; nil when we do not trade in it.
  package static func withCode(_ code: String) -> Unit? {
    all.first { $0.code == code }
  }
}

/// An amount of goods: a whole number of steps of its unit, so that 3 pieces and 1.250 kg are both exact.
package struct Quantity: Sendable, Hashable {
  package let steps: Int64
  package let unit: Unit

  package init(steps: Int64, unit: Unit) {
    self.steps = steps
    self.unit = unit
  }

  /// Reads what people type, `3` or `1.25`; nil when it is no number or finer than the unit's step.
  package init?(typed text: String, unit: Unit) {
    guard let steps = DecimalText.parse(text, decimals: unit.decimals) else { return nil }
    self.init(steps: steps, unit: unit)
  }

  /// The number without its unit: `3`, `1.25`.
  package var decimal: String {
    guard unit.decimals > 0 else { return String(steps) }
    let scale = (0..<unit.decimals).reduce(Int64(1)) { scale, _ in scale * 10 }
    let whole = "\(steps < 0 ? "-" : "")\(steps.magnitude / UInt64(scale))"
    var fraction = Timestamp.padded(steps.magnitude % UInt64(scale), unit.decimals)
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }

  package var display: Phrase {
    Phrase("\(decimal) \(unit.name.chinese)", "\(decimal) \(unit.name.english)")
  }
}
