import Kernel
import Security
import Web

/// What people send to correct name, number or home.
enum CorrectionForm {
  /// - Throws: `form.invalid`.
  static func correction(_ form: Form) throws -> Correction {
    var reader = FormReader(form)
    var name: String?
    if let typed = reader.raw("name") {
      switch DisplayName.checked(typed) {
      case .success(let checked): name = checked
      case .failure(let problem): reader.add(problem.field, problem.message)
      }
    }
    let phone = try (form["phone"] ?? "").isEmpty ? nil : reader.phone("phone")
    let hasDoor = try ["building", "unit", "room"].contains { try !(form[$0] ?? "").isEmpty }
    let door = hasDoor ? reader.door() : nil
    try reader.finish()
    return Correction(name: name, phone: phone, door: door)
  }
}
