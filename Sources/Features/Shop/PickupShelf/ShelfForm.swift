import Kernel
import Web

/// Reads where bags stand, and the photo of the shelf.
enum ShelfForm {
  static func field(_ order: OrderID) -> String { "place-\(order)" }

  /// The place of each order; empty text takes a place back.
  /// - Throws: `form.invalid` naming each wrong field.
  static func places(_ form: Form, of orders: [OrderID]) throws -> [OrderID: String] {
    var reader = FormReader(form)
    var places: [OrderID: String] = [:]
    for order in orders where !form.all(field(order)).isEmpty {
      let place = reader.text(field(order), length: ShelfPlace.length, isRequired: false)
      places[order] = place.map { $0.uppercased() } ?? ""
    }
    try reader.finish()
    return places
  }

  /// - Throws: `form.invalid` naming `picture`, `occasion` or `nobody`.
  static func photo(_ form: Form) throws -> (bytes: [UInt8], occasion: ShelfPhoto.Occasion) {
    var reader = FormReader(form)
    let occasion = reader.choice("occasion", of: ShelfPhoto.Occasion.self)
    let file = form.file("picture")
    if file.map(\.bytes.isEmpty) ?? true {
      reader.add("picture", Phrase("请拍一张货架的照片。", "Please take a photo of the shelf."))
    }
    if !reader.isTicked("nobody") {
      reader.add("nobody", Phrase("请先看一下照片里没有人。", "Please check that nobody is in the photo."))
    }
    try reader.finish()
    guard let occasion, let file else { throw Problem.internalFault }
    return (file.bytes, occasion)
  }
}
