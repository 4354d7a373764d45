import Database
import Kernel
import People
import Security
import Web

/// Answers in which somebody tells what they can do or would do for others: with a yes of its own they are handed on to the
/// map of what the neighbourhood has. Of an answer that carries no name nothing is ever handed on.
struct SurveyGifts: Sendable {
  var proposals = GiftProposals.none

  /// The questions whose answers may be handed on.
  static func questions(of version: QuestionnaireVersion) -> [FormItem] {
    version.terms.privacy == .named ? version.definition.allItems.filter(\.asksForGift) : []
  }

  /// How somebody stands to it who may be asked for that yes; nil for whoever may not.
  func standing(
    of respondent: Respondent, to version: QuestionnaireVersion, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> GiftConsent.Standing? {
    guard proposals.isKept, case .person(let person, _) = respondent,
      !Self.questions(of: version).isEmpty
    else { return nil }
    return try GiftConsent.standing(of: person, in: community, snapshot)
  }

  /// What was answered, as gifts. Nothing in them leads back to the answers.
  static func offered(_ sheet: AnswerSheet, by person: PersonID) -> [GiftProposal] {
    let values = sheet.kept.values
    return questions(of: sheet.version).compactMap { item in
      guard let answer = values[item.name], !answer.isEmpty else { return nil }
      let line = answer.split(whereSeparator: \.isNewline).first.map(String.init) ?? answer
      let name = cut(line, GiftProposal.nameLength.upperBound)
      return GiftProposal(
        source: .survey, kind: .personGift, holder: .person(person), name: Phrase(same: name),
        words: name == answer ? "" : cut(answer, GiftProposal.wordLength.upperBound))
    }
  }

  private static func cut(_ text: String, _ length: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(length)))
  }

  /// Hands on what somebody answered and said yes to.
  func handOn(
    _ sheet: AnswerSheet, of person: PersonID, through desk: GiftDesk, in transaction: Transaction
  ) throws {
    let offered = Self.offered(sheet, by: person)
    if offered.isEmpty { return }
    try GiftConsent.agree(person, in: transaction)
    for gift in offered { try desk.propose(gift, Actor(person: person, role: .resident), transaction) }
  }
}

extension FormItem {
  /// Whether its answer may, with a yes of its own, be handed on as something that the neighbourhood has.
  var asksForGift: Bool { kind == .text && appearance.contains(Self.gift) }

  static let gift = "gift"
}
