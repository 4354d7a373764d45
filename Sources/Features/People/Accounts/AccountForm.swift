import Kernel
import Security
import Web

/// What somebody chooses to sign in with: a name, a telephone number and a password that hold.
struct AccountDraft: Sendable {
  let displayName: String
  let phone: PhoneNumber
  let password: String

  /// - Parameter placeNames: the names of the community, which make no password.
  init?(_ reader: inout FormReader, placeNames: Phrase) {
    let name = reader.text("name", length: DisplayName.length).flatMap { text -> String? in
      switch DisplayName.checked(text) {
      case .success(let name): return name
      case .failure(let problem):
        reader.add("name", problem.message)
        return nil
      }
    }
    let phone = reader.phone("phone")
    let personal = [
      phone.map { String($0.e164.suffix(11)) } ?? "", name ?? "", placeNames.chinese, placeNames.english,
    ].filter { !$0.isEmpty }
    let password = reader.newPassword("password", personal: personal)
    guard let name, let phone, let password else { return nil }
    displayName = name
    self.phone = phone
    self.password = password
  }
}

extension FormReader {
  mutating func phone(_ name: String) -> PhoneNumber? {
    guard let text = raw(name, isRequired: true) else { return nil }
    guard let phone = PhoneNumber(typed: text) else {
      add(name, Phrase("请写电话号码，比如 138 0013 8000。", "Please give a telephone number such as 138 0013 8000."))
      return nil
    }
    return phone
  }

  /// A password exactly as it was typed, spaces round it included.
  mutating func password(_ name: String) -> String? {
    let values = form.all(name)
    guard values.count == 1, let password = values.first, !password.isEmpty else {
      add(name, Phrase("请输入密码。", "Please enter the password."))
      return nil
    }
    guard password.utf8.count <= 1024 else {
      add(name, Phrase("密码最多 128 个字。", "Use at most 128 characters."))
      return nil
    }
    return password
  }

  mutating func newPassword(_ name: String, personal: [String]) -> String? {
    guard let password = password(name) else { return nil }
    if let fault = PasswordRules.fault(in: password, personal: personal) {
      add(name, fault)
      return nil
    }
    return password
  }

  mutating func door() -> Door? {
    do {
      return try Door(
        building: raw("building") ?? "", unit: raw("unit") ?? "", room: raw("room") ?? "")
    } catch let problem as Problem {
      for field in problem.fields { add(field.field, field.message) }
    } catch {
      add("building", Phrase("请再看一看门牌号。", "Please check the door."))
    }
    return nil
  }
}
