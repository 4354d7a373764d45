import Kernel
import People

/// One body of passages that two people code on their own, compare, and then settle together.
///
/// Source: field/socialwork.md §2.7; two coders who cannot see each other's work, for otherwise their agreement says nothing.
package struct Coding: Sendable, Equatable {
  let id: CodingID
  let study: StudyID
  let source: Source
  let scheme: Scheme
  /// How many passages it has; they are numbered from 1.
  let units: Int64
  let first: PersonID
  let second: PersonID
  var firstDoneAt: Timestamp?
  var secondDoneAt: Timestamp?
  /// When every passage had its codes; only then it is counted.
  var settledAt: Timestamp?
  let madeAt: Timestamp

  package enum Source: Sendable, Hashable {
    /// Passages of the study's records.
    case records
    /// What people wrote to one open question of a locked questionnaire.
    case answers(QuestionnaireID, item: String)
  }

  package enum Scheme: String, Sendable, CaseIterable {
    /// Any number of codes for each passage.
    case multiple
    /// One code at most: then there is one kappa over all of them.
    case single

    var name: Phrase {
      switch self {
      case .multiple: Phrase("一段可以有几个编码", "Several codes for a passage")
      case .single: Phrase("一段最多一个编码", "One code at most for a passage")
      }
    }
  }

  var areBothDone: Bool { firstDoneAt != nil && secondDoneAt != nil }

  func isCoder(_ person: PersonID) -> Bool { person == first || person == second }

  func doneAt(_ coder: PersonID) -> Timestamp? { coder == first ? firstDoneAt : secondDoneAt }
}

/// Where the words of a passage stand.
enum CodableText: Sendable, Hashable {
  /// A passage of a record.
  case passage(FieldRecordID, Int64)
  /// An answer, by the anonymous number that its text has.
  case answer(Int64)
}

/// One passage as it is coded: without its words, so that it outlives them.
struct CodingUnit: Sendable, Equatable {
  let number: Int64
  let text: CodableText
  let kind: MaterialKind
  /// Tells who is the same from who is not, for counting people and not passages: the number of the first record of the
  /// same speaker, or the number of the answer.
  let voice: Int64
}

/// What two coders gave one passage.
struct CodedPair: Sendable, Equatable {
  let unit: Int64
  let first: Set<ThemeCodeID>
  let second: Set<ThemeCodeID>

  var agrees: Bool { first == second }
}

/// What a passage counts as in the end.
struct CodingConsensus: Sendable, Equatable {
  let unit: Int64
  let codes: Set<ThemeCodeID>
  let way: Way
  let decidedAt: Timestamp
  let decidedBy: Actor

  enum Way: String, Sendable {
    /// Both had given the same.
    case agreed
    /// They differed and talked it over.
    case decided
  }
}

/// The open answers to one question of a locked questionnaire, from which every mark of a person is gone.
package struct SurveyTexts: Sendable {
  struct Item: Sendable, Equatable {
    let questionnaire: QuestionnaireID
    /// The name of the question in the questionnaire.
    let name: String
    /// Title of the questionnaire and the question, for choosing.
    let label: String
  }

  package struct Text: Sendable, Equatable {
    /// Stable, and the same for all open questions of one filled-in questionnaire; tells nothing of who or when.
    let number: Int64
    package let words: String
  }

  /// The open questions of all locked questionnaires of a community.
  let items: @Sendable (CommunityID) async throws -> [Item]
  /// The answers to one of them, in the order of their numbers; without those that are empty.
  let texts: @Sendable (QuestionnaireID, _ item: String, CommunityID) async throws -> [Text]

  static let none = SurveyTexts(items: { _ in [] }, texts: { _, _, _ in [] })
}

enum CodingRules {
  /// Why somebody cannot give these codes to a passage now, or nil.
  /// - Parameter usable: the codes of the study that are in use.
  static func refusal(
    toGive codes: Set<ThemeCodeID>, in coding: Coding, by person: PersonID, usable: Set<ThemeCodeID>
  ) -> Problem? {
    guard coding.isCoder(person) else { return .codingNotCoder }
    guard coding.doneAt(person) == nil else { return .codingDone }
    return fault(of: codes, in: coding, usable: usable)
  }

  /// Why these codes cannot stand as what a passage counts as, or nil.
  static func refusal(
    toDecide codes: Set<ThemeCodeID>, on pair: CodedPair, in coding: Coding, by actor: Actor,
    usable: Set<ThemeCodeID>
  ) -> Problem? {
    guard coding.areBothDone else { return .codingBlind }
    guard coding.settledAt == nil, !pair.agrees else { return .codingDone }
    guard coding.isCoder(actor.person) || actor.role == .supervisor else { return .codingNotCoder }
    // What either of them gave may stand although its code was retired since.
    return fault(of: codes, in: coding, usable: usable.union(pair.first).union(pair.second))
  }

  private static func fault(
    of codes: Set<ThemeCodeID>, in coding: Coding, usable: Set<ThemeCodeID>
  ) -> Problem? {
    guard codes.isSubset(of: usable) else { return .codeRetired }
    return coding.scheme == .single && codes.count > 1 ? .codingOneCode : nil
  }
}

extension Problem {
  static let codingNothing = Problem(
    "coding.nothing", status: 409,
    Phrase("没有可以编码的段落。", "There is nothing to code."),
    advice: Phrase("记录要先定稿，而且每段只编一次。", "Notes have to be locked first, and each passage is coded once."))

  static let codingNotCoder = Problem(
    "coding.not_coder", status: 403,
    Phrase("这一批不是您编的。", "You are not one of its two coders."))

  static let codingDone = Problem(
    "coding.done", status: 409,
    Phrase("这里已经定了，不能再改。", "This is settled and cannot be changed."))

  static let codingBlind = Problem(
    "coding.blind", status: 409,
    Phrase("两个人都编完以后，才能看对方的、才能比。", "Neither coder’s work is shown before both are done."))

  static let codingOneCode = Problem(
    "coding.one_code", status: 422,
    Phrase("这一批一段最多选一个编码。", "One code at most for each passage here."))

  static let codingUnfinished = Problem(
    "coding.unfinished", status: 409,
    Phrase("还有段落没有看过。", "Some passages have not been looked at yet."))
}
