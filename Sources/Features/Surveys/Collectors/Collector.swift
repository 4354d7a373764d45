import Kernel
import People
import Security

/// One way by which a questionnaire reaches people, so that the report can say how many came by which.
package struct Collector: Sendable, Equatable {
  package let id: CollectorID
  let questionnaire: QuestionnaireID
  let kind: Kind
  /// What the station calls it: `3号楼群`, `周三坐堂`.
  let name: String
  /// Raised when its address is renewed; the address before then leads nowhere.
  let generation: Int64
  /// Of letters: the numbers of the first and the last; nil for everything else. Sheets of paper belong to batches.
  package let sheets: ClosedRange<Int64>?
  /// The moment after which it takes nothing; nil while the questionnaire is open.
  let closesAt: Timestamp?
  let endedAt: Timestamp?
  let createdAt: Timestamp
  let createdBy: Actor

  package enum Kind: String, Sendable, CaseIterable {
    /// An address that is passed on in chats.
    case link
    /// A poster with a QR code.
    case poster
    /// Letters with a code each, for letterboxes.
    case letter
    /// Sheets of paper that are keyed in twice.
    case paper
    /// A social worker asks, at the door or in the station.
    case interviewer
    /// A social worker asks on the telephone.
    case phone
    /// A tablet that stands somewhere and begins anew after each.
    case kiosk
    /// Listed on the site, where everybody finds it.
    case site

    var name: Phrase {
      switch self {
      case .link: Phrase("链接", "A link")
      case .poster: Phrase("海报二维码", "A poster with a QR code")
      case .letter: Phrase("信箱里的邀请信", "Letters with a code")
      case .paper: Phrase("纸质问卷", "Paper")
      case .interviewer: Phrase("社工当面问", "Asked face to face")
      case .phone: Phrase("社工打电话问", "Asked on the telephone")
      case .kiosk: Phrase("现场平板", "A tablet on the spot")
      case .site: Phrase("网站上列出来", "Listed on the site")
      }
    }

    /// Whether whoever holds its address may answer.
    var isPublic: Bool {
      switch self {
      case .link, .poster, .letter, .kiosk, .site: true
      case .paper, .interviewer, .phone: false
      }
    }

    var hasSheets: Bool { self == .letter }
  }

  /// Whether it takes answers at a moment, as far as it is concerned.
  func isOpen(at moment: Timestamp) -> Bool {
    endedAt == nil && (closesAt.map { moment < $0 } ?? true)
  }
}

/// What makes and reads the addresses and codes of collectors: they are derived and never stored.
struct CollectorKeys: Sendable {
  private let link: MessageKey
  private let letter: MessageKey
  private static let codeBytes = 12
  private static let letterBytes = 6

  init(link: MessageKey, letter: MessageKey) {
    self.link = link
    self.letter = letter
  }

  /// The last part of a collector's address: its identifier and a code of 16 characters.
  func token(of collector: Collector, in community: CommunityID) -> String {
    collector.id.description + Base64URL.encode(code(collector.id, collector.generation, community))
  }

  /// Whose address it may be; whether it is, `isToken` says.
  static func collector(in token: String) -> CollectorID? {
    guard token.utf8.count == 29 else { return nil }
    return CollectorID(String(token.prefix(13)))
  }

  func isToken(_ token: String, of collector: Collector, in community: CommunityID) -> Bool {
    ConstantTime.equal(Array(token.utf8), Array(self.token(of: collector, in: community).utf8))
  }

  private func code(_ id: CollectorID, _ generation: Int64, _ community: CommunityID) -> [UInt8] {
    Array(
      link.code(for: [community, id.rawValue, generation].map { Array(String(describing: $0).utf8) })
        .prefix(Self.codeBytes))
  }

  /// What stands on one letter: its number and a code, `0042-7h3k9q2m1v`.
  func letterCode(_ number: Int64, of questionnaire: QuestionnaireID, in community: CommunityID) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-"
      + letterMark(number, questionnaire, community)
  }

  /// The number of the letter with this code as people type it; nil where it is none of this questionnaire's.
  func letter(
    typed: String, of questionnaire: QuestionnaireID, in community: CommunityID
  ) -> Int64? {
    let parts = typed.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard parts.count == 2, let number = Int64(parts[0]), number > 0,
      ConstantTime.equal(
        Array(parts[1].utf8), Array(letterMark(number, questionnaire, community).utf8))
    else { return nil }
    return number
  }

  private func letterMark(_ number: Int64, _ questionnaire: QuestionnaireID, _ community: CommunityID)
    -> String
  {
    let fields = [community.description, questionnaire.description, String(number)]
    return Base32.encode(Array(letter.code(for: fields.map { Array($0.utf8) }).prefix(Self.letterBytes)))
      .lowercased()
  }
}

/// What may be done with collectors.
enum CollectorRules {
  /// Most letters of one collector.
  static let mostSheets: Int64 = 5_000

  /// Why a questionnaire with this promise cannot be collected so, or nil.
  static func refusal(of kind: Collector.Kind, under terms: QuestionnaireTerms) -> Problem? {
    // Letters are not addressed: with them nobody is known by name.
    if kind == .letter, terms.privacy != .separated { return .collectorNeedsSeparated }
    // Who stands at a tablet is not known, so that one answer each could not be kept.
    if kind == .kiosk, terms.privacy != .anonymous { return .collectorNeedsAnonymous }
    return nil
  }

  /// Whether an answer that came so is taken at a moment. Paper comes back and is keyed in late, so it is taken until the
  /// answers are locked.
  static func takes(_ collector: Collector, of questionnaire: Questionnaire, at moment: Timestamp) -> Bool {
    if collector.kind == .paper { return PaperRules.takesEntries(questionnaire) }
    return questionnaire.state == .open && collector.isOpen(at: moment)
  }
}

extension Problem {
  static let collectorNeedsSeparated = Problem(
    "collector.needs_separated", status: 422,
    Phrase(
      "邀请信只能用在“知道谁填了，不知道填了什么”的问卷上。",
      "Letters with codes only go with “who answered is known, what they answered is not”."))

  static let collectorNeedsAnonymous = Problem(
    "collector.needs_anonymous", status: 422,
    Phrase("平板只能用在不记名的问卷上。", "A tablet only goes with an anonymous questionnaire."))

  static let collectorEnded = Problem(
    "collector.ended", status: 410,
    Phrase("这份问卷不再收了。", "This questionnaire takes no more answers."),
    advice: Phrase(
      "谢谢您的心意；有话想说，请拨打页面下方的电话。",
      "Thank you all the same. If you have something to say, please call the number below."))
}
