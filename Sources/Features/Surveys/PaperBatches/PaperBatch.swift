import Kernel
import People

/// A pile of sheets of one questionnaire, printed together.
enum PaperBatchKind {}
typealias PaperBatchID = Identifier<PaperBatchKind>

/// What one member of staff keyed in of one sheet; it goes once the answer is stored.
enum PaperEntryKind {}
typealias PaperEntryID = Identifier<PaperEntryKind>

/// A pile of sheets: which questions stand on them is settled when it is made, so that it can be printed again and keyed in
/// whatever becomes of the questionnaire. Source: field/socialwork.md §2.6, “paper print with boxes + code per batch, double
/// entry with difference list”.
struct PaperBatch: Sendable, Equatable {
  let id: PaperBatchID
  /// 1, 2, 3 … in the community.
  let number: Int64
  let questionnaire: QuestionnaireID
  let version: Int64
  let collector: CollectorID
  let language: FormLanguage
  /// 1 … ``PaperRules/mostSheets``.
  let sheets: Int64
  let madeAt: Timestamp
  let madeBy: Actor

  func serial(_ sheet: Int64) -> PaperSerial { PaperSerial(batch: number, sheet: sheet) }
}

/// How one sheet stands. What is written on it stands in its entries, and only until the answer is stored.
struct PaperSheet: Sendable, Equatable {
  let number: Int64
  var state: State
  /// Why it is of no use; nil unless it is spoilt.
  var reason: SpoiltReason?
  /// How many answers were compared; 0 unless it is stored.
  var fields: Int64
  /// How many of them the two entries had differently.
  var differences: Int64
  /// Who decided about it; nil where the entries were the same and nobody had to.
  var settledBy: Actor?

  enum State: String, Sendable, CaseIterable {
    /// Still to be keyed in, once or twice, or to be settled.
    case open
    /// Its answer is kept.
    case stored
    /// It came back and is of no use.
    case spoilt
    /// It did not come back. It may still.
    case missing
  }

  enum SpoiltReason: String, Sendable, CaseIterable {
    case unreadable
    case empty
    case notMeant = "not_meant"
    case duplicate
    case withdrawn
    /// The answers were locked before it was keyed in to the end.
    case unfinished

    var name: Phrase {
      switch self {
      case .unreadable: Phrase("破损，或者整张看不清", "Damaged, or unreadable as a whole")
      case .empty: Phrase("整张没填", "Nothing was filled in")
      case .notMeant: Phrase("不是要问的人填的", "Not by anybody whom it is for")
      case .duplicate: Phrase("同一位（户）已经填过", "The person or household has answered before")
      case .withdrawn: Phrase("本人不愿意交了", "Whoever wrote it took it back")
      case .unfinished: Phrase("没录完，答案就封存了", "The answers were locked before it was keyed in")
      }
    }

    /// Those that people give.
    static let given: [SpoiltReason] = [.unreadable, .empty, .notMeant, .duplicate, .withdrawn]
  }

  /// Whether it may be keyed in: one that was given up turns up now and then.
  var takesEntries: Bool { state == .open || state == .missing }
}

/// Where a sheet is on its way; follows from its state and the number of its entries.
enum PaperStanding: String, Sendable, CaseIterable {
  case blank
  case keyedOnce
  /// Keyed twice, and to be looked at a third time.
  case differing
  case stored
  case spoilt
  case missing

  init(_ state: PaperSheet.State, entries: Int) {
    self =
      switch state {
      case .open: entries == 0 ? .blank : entries == 1 ? .keyedOnce : .differing
      case .stored: .stored
      case .spoilt: .spoilt
      case .missing: .missing
      }
  }

  var isOpen: Bool { self == .blank || self == .keyedOnce || self == .differing }

  var name: Phrase {
    switch self {
    case .blank: Phrase("还没录", "Not keyed in yet")
    case .keyedOnce: Phrase("录了一遍", "Keyed in once")
    case .differing: Phrase("两遍不一样，等核对", "To be looked at a third time")
    case .stored: Phrase("录好了", "Stored")
    case .spoilt: Phrase("作废", "Spoilt")
    case .missing: Phrase("没收回来", "Not returned")
    }
  }
}

/// How two members of staff agreed on one question of a batch: numbers without a word of any answer, and of no one sheet.
struct PaperTally: Sendable, Equatable {
  /// The smaller number first: who keyed in first does not matter.
  let first: PersonID
  let second: PersonID
  /// The name of the question; ``KeyedSheet/who`` for who answered.
  let item: String
  let fields: Int64
  let differences: Int64
}

/// Figures of a batch that its page shows.
struct PaperFigures: Sendable, Equatable {
  let standings: [PaperStanding: Int]
  /// Of the sheets that are stored.
  let fields: Int64
  let differences: Int64

  /// Which share of the answers that were keyed in twice differ, 0 to 1; nil where there are none.
  static func rate(_ differences: Int64, of fields: Int64) -> Double? {
    fields == 0 ? nil : Double(differences) / Double(fields)
  }

  init(_ lines: [PaperBatchStore.Line]) {
    standings = Dictionary(lines.map { ($0.standing, 1) }, uniquingKeysWith: +)
    fields = lines.reduce(0) { $0 + $1.sheet.fields }
    differences = lines.reduce(0) { $0 + $1.sheet.differences }
  }
}

enum PaperRules {
  /// Most sheets of one batch.
  static let mostSheets: Int64 = 500
  /// Most sheets on one page of the browser that is printed.
  static let sheetsAtOnce: Int64 = 25

  /// Whether sheets are keyed in: also of what was closed, as paper comes back late; not once answers are locked.
  static func takesEntries(_ questionnaire: Questionnaire) -> Bool {
    questionnaire.state == .open || questionnaire.state == .closed
  }

  /// Why this person cannot key in this sheet now, or nil.
  static func refusal(
    toKey sheet: PaperSheet, of questionnaire: Questionnaire, keyedBy keyers: [PersonID], by person: PersonID
  ) -> Problem? {
    if !takesEntries(questionnaire) { return .paperLocked }
    if !sheet.takesEntries { return .paperSettled }
    if keyers.contains(person) { return .paperKeyedByYou }
    return keyers.count < 2 ? nil : .paperKeyedTwice
  }
}

extension Problem {
  static let paperUnknown = Problem(
    "paper.unknown", status: 422,
    Phrase("没有这个号码的问卷。", "There is no sheet with this number."),
    advice: Phrase(
      "请照着每页右上角再输一遍，比如 B12-034-5。", "Please type what stands at the top of each page, such as B12-034-5."))

  static let paperLocked = Problem(
    "paper.locked", status: 409,
    Phrase("答案已经封存，不能再录了。", "The answers are locked, so nothing is keyed in any more."))

  static let paperSettled = Problem(
    "paper.settled", status: 409,
    Phrase("这一张已经了结了。", "This sheet is done with."),
    advice: Phrase(
      "可能同事刚刚处理过，请看这一批的情况。", "A colleague may just have done it; please see how the batch stands."))

  static let paperKeyedByYou = Problem(
    "paper.keyed_by_you", status: 409,
    Phrase("这一张您录过一遍了，第二遍要由另一位来录。", "You have keyed in this sheet; somebody else does it the second time."))

  static let paperKeyedTwice = Problem(
    "paper.keyed_twice", status: 409,
    Phrase("这一张已经录了两遍。", "This sheet has been keyed in twice."),
    advice: Phrase(
      "您刚录的没有收，请接着录下一张。", "What you just keyed in was not taken; please go on with the next one."))

  static let paperNotCompared = Problem(
    "paper.not_compared", status: 409,
    Phrase("这一张还没录两遍，没有可核对的。", "This sheet has not been keyed in twice, so there is nothing to compare."))

  static let paperAnswered = Problem(
    "paper.answered", status: 409,
    Phrase(
      "这一位（户）已经填过这份问卷，这一张存不进去。",
      "The person or household has answered already, so this sheet cannot be stored."),
    advice: Phrase(
      "请核对是谁填的；确实重复的，作废这一张。", "Please check who it is; if it is a duplicate, mark the sheet as spoilt."))

  static let paperNotPossible = Problem(
    "paper.not_possible", status: 409,
    Phrase("现在不能加印。", "No more sheets can be made now."),
    advice: Phrase("问卷和这一种收法都要正在收。", "The questionnaire and this way of collecting have to be open."))
}
