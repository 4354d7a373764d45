import Kernel
import Web

/// What all addresses of a neighbourhood have in common. People here need no more than the building; directories elsewhere
/// ask for city, province and postal code too. Source: field/socialwork.md §5, the row HSDS.
struct DirectoryAddress: Sendable, Equatable {
  /// ISO 3166-1.
  static let country = "CN"

  var province: Phrase
  var city: Phrase
  /// Six digits.
  var postalCode: String
}

/// The address as it is kept.
struct KeptDirectoryAddress: Sendable, Equatable {
  let address: DirectoryAddress
  /// Raised with every change from 1; 0 stands for none yet.
  let revision: Int64
  let changedAt: Timestamp
}

/// Reads what addresses have in common.
enum DirectoryAddressForm {
  private static let length = 1...40

  /// - Throws: `form.invalid` naming every wrong field.
  static func address(_ form: Form) throws -> DirectoryAddress {
    var reader = FormReader(form)
    let province = phrase("province", &reader)
    let city = phrase("city", &reader)
    let code = reader.text("postal_code", length: 1...6)
    if let code, code.utf8.count != 6 || !code.utf8.allSatisfy({ (48...57).contains($0) }) {
      reader.add("postal_code", Phrase("邮政编码是六位数字。", "A postal code has six digits."))
    }
    try reader.finish()
    guard let province, let city, let code else { throw Problem.internalFault }
    return DirectoryAddress(province: province, city: city, postalCode: code)
  }

  private static func phrase(_ name: String, _ reader: inout FormReader) -> Phrase? {
    let chinese = reader.text("\(name)_zh", length: length)
    let english = reader.text("\(name)_en", length: length, isRequired: false)
    return chinese.map { Phrase($0, english ?? $0) }
  }

  static func state(_ kept: KeptDirectoryAddress?) -> FormState {
    guard let address = kept?.address else { return .empty }
    return FormState([
      "province_zh": address.province.chinese, "province_en": address.province.english,
      "city_zh": address.city.chinese, "city_en": address.city.english, "postal_code": address.postalCode,
    ])
  }
}
