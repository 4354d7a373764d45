import Kernel
import People
import Security
import Web

/// What is settled when answers are locked: by what they may be broken down, which questions ask the opposite of their scale,
/// and which questions make a scale together.
///
/// It is settled before anything is published and never again, so that nobody tries groups until a figure pleases.
package struct LockSpec: Sendable, Equatable {
  var breakdowns: [Breakdown]
  /// Names of the questions that ask the opposite.
  var reversed: Set<String>
  var scales: [AnswerScale]

  package init(breakdowns: [Breakdown], reversed: Set<String> = [], scales: [AnswerScale] = []) {
    self.breakdowns = breakdowns
    self.reversed = reversed
    self.scales = scales
  }

  static let none = LockSpec(breakdowns: [], reversed: [], scales: [])
  /// More than six give too many small groups.
  static let mostBreakdowns = 6
  static let mostCategories = 12
  static let mostScales = 10

  /// Background by which answers are compared.
  package struct Breakdown: Sendable, Equatable {
    /// The name of the question.
    let item: String
    /// Of a number: where each group but the first begins, in ascending order. Nil for single choices.
    let bounds: [Double]?

    package init(item: String, bounds: [Double]? = nil) {
      self.item = item
      self.bounds = bounds
    }
  }
}

/// Questions with the same points that are added up.
package struct AnswerScale: Sendable, Equatable {
  let name: String
  let items: [String]

  package init(name: String, items: [String]) {
    self.name = name
    self.items = items
  }
}

/// Answers that were locked.
struct AnswerLock: Sendable, Equatable {
  let questionnaire: QuestionnaireID
  let spec: LockSpec
  let answers: Int
  /// Names the answers, whatever order they came in.
  let digest: Digest
  let lockedAt: Timestamp
  let lockedBy: Actor
}

/// Answers that are being read to be locked.
struct LockRequest: Sendable, Equatable {
  let questionnaire: QuestionnaireID
  let spec: LockSpec
  /// The events that whoever asked saw; another one meanwhile ends it.
  let events: Int64
  /// How many answers there are, and how many were read.
  let answers: Int64
  let read: Int64
  /// The code of the problem that ended it; nil while it goes on.
  let failure: String?
  let requestedAt: Timestamp
  let requestedBy: Actor
}

enum LockRules {
  /// Why answers cannot be locked so, by field; empty where they can.
  static func problems(_ spec: LockSpec, _ items: [SurveyItem]) -> [FieldProblem] {
    var problems = Problems()
    let byName = Dictionary(items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    if spec.breakdowns.count > LockSpec.mostBreakdowns {
      problems.add(
        "breakdown",
        Phrase("最多选 \(LockSpec.mostBreakdowns) 个。", "Please choose at most \(LockSpec.mostBreakdowns)."))
    }
    for breakdown in spec.breakdowns {
      if let problem = problem(of: breakdown, byName[breakdown.item]) {
        problems.add(breakdown.bounds == nil ? "breakdown" : "bounds_\(breakdown.item)", problem)
      }
    }
    if !spec.reversed.allSatisfy({ byName[$0]?.isRating == true }) {
      problems.add("reversed", Phrase("只有量表题可以反向。", "Only points of a scale can be in reverse."))
    }
    for scale in spec.scales where !isScale(scale, byName) {
      problems.add(
        "scales",
        Phrase(
          "「\(scale.name)」要有两道以上、选项一样多的量表题。",
          "“\(scale.name)” needs two or more questions with the same number of points."))
    }
    return problems.fields
  }

  private static func problem(of breakdown: LockSpec.Breakdown, _ item: SurveyItem?) -> Phrase? {
    guard let item else { return Phrase("没有这道题。", "There is no such question.") }
    let most = LockSpec.mostCategories
    guard let bounds = breakdown.bounds else {
      guard item.kind == .single else {
        return Phrase("只能用单选题，或者分了组的数字题。", "Only a question with single choices or grouped numbers will do.")
      }
      return (2...most).contains(item.options.count)
        ? nil
        : Phrase(
          "「\(item.title.chinese)」要有 2 到 \(most) 个选项。", "“\(item.title.english)” needs 2 to \(most) choices.")
    }
    guard item.kind == .number else { return Phrase("只有数字可以分组。", "Only numbers can be grouped.") }
    let isRising = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
    return (1..<most).contains(bounds.count) && isRising
      ? nil
      : Phrase(
        "请从小到大写 1 到 \(most - 1) 个分界的数，比如 60、70、80。",
        "Please write 1 to \(most - 1) bounds from small to large, such as 60, 70, 80.")
  }

  private static func isScale(_ scale: AnswerScale, _ items: [String: SurveyItem]) -> Bool {
    let found = scale.items.compactMap { items[$0] }
    return found.count == scale.items.count && Set(scale.items).count > 1
      && Set(scale.items).count == scale.items.count
      && found.allSatisfy(\.isRating) && Set(found.map(\.options.count)).count == 1
  }
}

extension LockSpec {
  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("breakdowns", breakdowns) { json, breakdown in
        json.object { json in
          json.field("item", breakdown.item)
          // Decimal text gives the same number back, which JSON numbers of other programs might not.
          if let bounds = breakdown.bounds { json.array("bounds", bounds) { $0.value("\($1)") } }
        }
      }
      json.array("reversed", reversed.sorted()) { $0.value($1) }
      json.array("scales", scales) { json, scale in
        json.object { json in
          json.field("name", scale.name)
          json.array("items", scale.items) { $0.value($1) }
        }
      }
    }
    return json.bytes
  }

  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(bytes), case .array(let breakdowns)? = json["breakdowns"],
      case .array(let reversed)? = json["reversed"], case .array(let scales)? = json["scales"]
    else { return nil }
    self.breakdowns = breakdowns.compactMap { entry in
      guard let item = entry["item"]?.text else { return nil }
      var bounds: [Double]?
      if case .array(let texts)? = entry["bounds"] {
        bounds = texts.compactMap { $0.text.flatMap(Double.init) }
      }
      return Breakdown(item: item, bounds: bounds)
    }
    self.reversed = Set(reversed.compactMap(\.text))
    self.scales = scales.compactMap { entry in
      guard let name = entry["name"]?.text, case .array(let items)? = entry["items"] else { return nil }
      return AnswerScale(name: name, items: items.compactMap(\.text))
    }
  }
}

extension Problem {
  static let lockNotClosed = Problem(
    "lock.not_closed", status: 409,
    Phrase("先停收，才能封存。", "Please close the questionnaire before its answers are locked."))

  static let lockRunning = Problem(
    "lock.running", status: 409, Phrase("正在封存，请等一等。", "The answers are being locked; please wait a little."))

  static let lockChanged = Problem(
    "lock.changed", status: 409,
    Phrase("封存的时候答案有变动，没有封存。", "The answers changed while they were being read, so they were not locked."),
    advice: Phrase("请再封存一次。", "Please lock them again."))

  static let lockEmpty = Problem(
    "lock.empty", status: 409, Phrase("还没有人回答。", "Nobody has answered yet."))
}
