import Kernel
import Web

/// What somebody writes of a district.
enum DistrictForm {
  /// - Throws: `form.invalid`.
  static func district(_ form: Form) throws -> District {
    var reader = FormReader(form)
    let typed = reader.text("district", length: District.length)
    let district = typed.flatMap(District.init)
    if typed != nil, district == nil {
      reader.add("district", Phrase("写区名，比如“崇明区”。", "Please write the name of a district."))
    }
    try reader.finish()
    guard let district else { throw Problem.internalFault }
    return district
  }
}
