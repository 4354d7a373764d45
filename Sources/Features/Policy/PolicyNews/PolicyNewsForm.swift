import Kernel
import Web

/// Reads whom the station tells of a version.
enum PolicyNewsForm {
  /// What the station can choose; those who follow are told by themselves.
  static let choices: [(value: String, name: Phrase)] = [
    (
      PolicyNews.Audience.Code.buildings.rawValue,
      Phrase("选几栋楼，每户一位", "Some buildings, one person of each household")
    ),
    (
      PolicyNews.Audience.Code.everyone.rawValue,
      Phrase("全社区，每户一位", "Everybody, one person of each household")
    ),
  ]

  /// - Throws: `form.invalid` naming every wrong field, `form.stale`.
  static func read(_ form: Form) throws -> (audience: PolicyNews.Audience, reason: String) {
    var reader = FormReader(form)
    let code = reader.choice("audience", of: PolicyNews.Audience.Code.self)
    if code == .followers {
      reader.add("audience", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let buildings = Set(form.all("buildings")).sorted()
    if code == .buildings, buildings.isEmpty || buildings.contains(where: { $0.isEmpty }) {
      reader.add("buildings", Phrase("请选一栋或几栋楼。", "Please choose one building or more."))
    }
    let reason = reader.text("reason", length: 2...200)
    try reader.finish()
    guard let code, let reason else { throw Problem.staleForm }
    return (code == .buildings ? .buildings(buildings) : .everyone, reason)
  }
}
