import Database
import Kernel
import People
import Web

/// Finds whom a social worker names as the one who answers, by telephone number or door.
struct RespondentSearch: Sendable {
  let staff: SurveyStaff

  /// - Returns: nobody where the questionnaire is anonymous.
  /// - Throws: `form.invalid` where nobody is entered so.
  func respondent(
    _ sent: Form, under terms: QuestionnaireTerms, in community: CommunityID
  ) async throws -> Respondent {
    if terms.privacy == .anonymous { return .nobody }
    let phone = try sent["phone"] ?? ""
    let door =
      phone.isEmpty && terms.unit == .household
      ? try Door(
        building: try sent["building"] ?? "", unit: try sent["unit"] ?? "", room: try sent["room"] ?? "")
      : nil
    let found = try await staff.database.read { [directory = staff.directory] snapshot -> Respondent? in
      if let door {
        guard let household = try directory.household(at: door, in: community, snapshot),
          let person = try directory.persons(of: household, in: community, snapshot).first
        else { return nil }
        return .person(person, household: household)
      }
      guard let person = try directory.person(withPhone: phone, in: community, snapshot) else { return nil }
      return .person(person, household: try directory.household(of: person, in: community, snapshot))
    }
    guard let found else {
      throw Problem.invalid([
        FieldProblem(
          door == nil ? "phone" : "room",
          Phrase("没有找到这位居民，请核对。", "Nobody is entered with this; please check it."))
      ])
    }
    return found
  }
}
