package import Kernel
import People
import Security
import Web

/// What somebody answered, question by question, as text; and what they would rather not say.
struct ResponseAnswers: Sendable, Equatable {
  /// By the name of the item. What was not asked, and what was left empty, has no entry.
  var values: [String: String]
  /// Names of the items that were left with “I would rather not say”.
  var refused: Set<String>
  /// Names of the questions that were not asked, because of what was answered before; so that they are never counted as
  /// missing.
  var notAsked: Set<String>

  init(values: [String: String] = [:], refused: Set<String> = [], notAsked: Set<String> = []) {
    self.values = values
    self.refused = refused
    self.notAsked = notAsked
  }

  /// The same answers always give the same bytes.
  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("answers", values.sorted { $0.key < $1.key }) { json, entry in
        json.array([entry.key, entry.value]) { $0.value($1) }
      }
      json.array("refused", refused.sorted()) { $0.value($1) }
      json.array("not_asked", notAsked.sorted()) { $0.value($1) }
    }
    return json.bytes
  }

  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(bytes), case .array(let answers)? = json["answers"],
      case .array(let refused)? = json["refused"], case .array(let notAsked)? = json["not_asked"]
    else { return nil }
    var values: [String: String] = [:]
    for case .array(let pair) in answers {
      guard pair.count == 2, case .string(let name) = pair[0], case .string(let value) = pair[1] else {
        return nil
      }
      values[name] = value
    }
    self.init(values: values, refused: Self.names(refused), notAsked: Self.names(notAsked))
  }

  private static func names(_ array: [JSON]) -> Set<String> {
    Set(array.compactMap { name -> String? in if case .string(let name) = name { name } else { nil } })
  }
}

/// One filled-in questionnaire as it is kept.
struct SurveyResponse: Sendable, Equatable {
  let id: ResponseID
  let version: Int64
  let collector: CollectorID
  let mode: Collector.Kind
  let language: FormLanguage
  let answers: ResponseAnswers
  /// Nil unless the questionnaire carries names.
  let identity: Identity?

  struct Identity: Sendable, Equatable {
    let person: PersonID?
    let household: HouseholdID?
    let answeredAt: Timestamp
    /// Who wrote it down for them; nil where they did it themselves.
    let recordedBy: PersonID?
  }
}

/// Who answers, as far as it has to be known that nobody answers twice.
package enum Respondent: Sendable, Equatable {
  case nobody
  case person(PersonID, household: HouseholdID?)
  /// The holder of the letter of this number.
  case letter(Int64)
}

/// Who has answered: kept apart from the answers, with no time and no order.
struct Participation: Sendable, Hashable {
  let kind: Kind
  let subject: Int64

  enum Kind: String, Sendable {
    case person
    case household
    case letter
  }
}

enum ResponseRules {
  /// What an answer has to claim so that nobody answers twice; nil where nothing is kept of who answered.
  /// - Throws: `survey.sign_in`, `household.needed`, `survey.letter_unknown`.
  static func participation(
    of respondent: Respondent, through kind: Collector.Kind, under terms: QuestionnaireTerms
  ) throws -> Participation? {
    switch (terms.privacy, respondent) {
    case (.anonymous, _): return nil
    case (.separated, .letter(let number)): return Participation(kind: .letter, subject: number)
    case (_, .person(let person, let household)):
      if terms.unit == .person { return Participation(kind: .person, subject: person.rawValue) }
      guard let household else { throw Problem.surveyHousehold }
      return Participation(kind: .household, subject: household.rawValue)
    default:
      if kind == .letter { throw Problem.surveyLetterUnknown }
      throw kind.isPublic ? Problem.surveySignIn : Problem.surveyWhom
    }
  }

  /// A name that tells neither when nor after which other it was given.
  static func randomIdentifier() -> ResponseID {
    let number = RandomBytes.make(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return ResponseID(rawValue: Int64(number >> 1))
  }
}

extension Problem {
  static let surveySignIn = Problem(
    "survey.sign_in", status: 401,
    Phrase("这份问卷一人（户）一份，请先登录。", "This questionnaire takes one answer each, so please sign in first."),
    advice: Phrase(
      "没有账号也可以请社工帮您填，请拨打页面下方的电话。",
      "Without an account a social worker can help you: please call the number below."))

  static let surveyHousehold = Problem(
    "survey.household", status: 403,
    Phrase(
      "这份问卷一户一份，您的账号还没有登记到住户。",
      "This questionnaire takes one answer for each household, and your account belongs to none yet."))

  static let surveyWhom = Problem(
    "survey.whom", status: 422,
    Phrase("请先选是哪一位在回答。", "Please say first who is answering."))

  static let surveyLetterUnknown = Problem(
    "survey.letter_unknown", status: 422,
    Phrase("信上的号码不对。", "This is not the code of one of our letters."),
    advice: Phrase(
      "请照着邀请信上的号码再填一次，比如 0042-7h3k9q2m1v。",
      "Please enter the code on your letter again, such as 0042-7h3k9q2m1v."))

  static let surveyAnswered = Problem(
    "survey.answered", status: 409,
    Phrase("您（家）已经填过这份问卷了，谢谢。", "You, or your household, have answered already. Thank you."))
}

extension ResponseAnswers {
  /// What was stored, line by line, for the person whose answers they are.
  static func shown(stored: String) -> String {
    guard let answers = ResponseAnswers(Array(stored.utf8)) else { return stored }
    let lines = answers.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return (lines + answers.refused.sorted().map { "\($0): —" }).joined(separator: "\n")
  }
}
