import Kernel
import Web

/// Reads what is needed again and again: for each of the goods how many, how often, and the price that was shown.
enum StandingOrderForm {
  static func quantityField(_ variant: VariantID) -> String { "quantity-\(variant)" }
  static func rhythmField(_ variant: VariantID) -> String { "rhythm-\(variant)" }
  static func priceField(_ variant: VariantID) -> String { "price-\(variant)" }
  static func basisField(_ variant: VariantID) -> String { "basis-\(variant)" }

  /// The needs in the order of the form; what has no quantity is left out.
  /// - Throws: `form.invalid` naming each quantity and rhythm that cannot be read.
  static func needs(_ form: Form) throws -> [StandingNeed] {
    var reader = FormReader(form)
    var needs: [StandingNeed] = []
    for field in form.fields where field.name.hasPrefix("quantity-") {
      guard let variant = VariantID(String(field.name.dropFirst("quantity-".count))) else { continue }
      let text = field.value.filter { !$0.isWhitespace }
      if text.isEmpty || text == "0" { continue }
      guard let quantity = DecimalText.parse(text, decimals: 0),
        StandingNeed.quantityRange.contains(quantity)
      else {
        reader.add(field.name, Phrase("数量请填 0 到 99。", "The quantity must be 0 to 99."))
        continue
      }
      let rhythm = reader.choice(rhythmField(variant), of: StandingRhythm.self)
      let price = try form[priceField(variant)].flatMap(Int64.init)
      let basis = try form[basisField(variant)].flatMap(WeighedPrice.Basis.init)
      guard let rhythm, let price, (0...Order.totalLimit.minorUnits).contains(price) else {
        reader.add(field.name, Phrase("请从列表里选。", "Please choose from the list."))
        continue
      }
      needs.append(
        StandingNeed(
          variant: variant, quantity: quantity, rhythm: rhythm,
          price: StandingPrice(Money(minorUnits: price), per: basis)))
    }
    try reader.finish()
    return needs
  }

  /// The first moment of the day that was chosen, on the community's clock.
  /// - Throws: `form.invalid` naming `until`.
  static func until(_ form: Form, offsetSeconds: Int) throws -> Timestamp {
    var reader = FormReader(form)
    let text = reader.raw("until", isRequired: true)
    let day = text.flatMap { CivilDateTime(iso: "\($0)T00:00") }
    if text != nil, day == nil {
      reader.add("until", Phrase("请填日期，如 2026-12-01。", "Please enter a date like 2026-12-01."))
    }
    try reader.finish()
    guard let day else { throw Problem.internalFault }
    return day.timestamp(offsetSeconds: offsetSeconds)
  }
}
