import Kernel
import People
import Web

/// Reads what is voted on, and what is voted.
enum BallotForm {
  /// The question as it stands in the form: yes or no, or named options.
  enum Question: String, Sendable, CaseIterable {
    case yesNo = "yes_no"
    case options

    var name: Phrase {
      switch self {
      case .yesNo: Phrase("同意还是不同意", "For or against")
      case .options: Phrase("几个办法里选一个", "One of several options")
      }
    }
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func voting(_ form: Form, at now: Timestamp, offsetSeconds: Int) throws -> ProposalVoting {
    var reader = FormReader(form)
    let question = reader.choice("question", of: Question.self)
    let typed = reader.lines("options", length: 1...500, isRequired: question == .options)
    let options = question == .options ? options(typed ?? "", &reader) : []
    let opensAt = reader.moment("opens", offsetSeconds: offsetSeconds)
    let closesAt = reader.moment("closes", offsetSeconds: offsetSeconds)
    if let opensAt, let closesAt {
      if opensAt < now {
        reader.add("opens", Phrase("开始的时间已经过了。", "This time is over."))
      }
      if closesAt < opensAt + .days(1) {
        reader.add("closes", Phrase("至少给一天时间投票。", "Leave at least a day for voting."))
      }
      if closesAt > now + ProposalRules.longestVote {
        reader.add("closes", Phrase("最晚三个月以内结束。", "It ends within three months."))
      }
    }
    let majority = reader.choice("majority", of: DecisionRule.Majority.self)
    let quorum =
      reader.raw("quorum") == nil ? Rate.none : reader.rate("quorum", upTo: Self.wholeRate)
    try reader.finish()
    guard let opensAt, let closesAt, let majority, let quorum else { throw Problem.internalFault }
    return ProposalVoting(
      options: options, opensAt: opensAt, closesAt: closesAt,
      rule: DecisionRule(majority: majority, quorum: quorum))
  }

  /// One option a line.
  private static func options(_ typed: String, _ reader: inout FormReader) -> [String] {
    let options = typed.split(whereSeparator: \.isNewline)
      .map { String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
      .filter { !$0.isEmpty }
    guard ProposalVoting.optionCount.contains(options.count), Set(options).count == options.count else {
      reader.add(
        "options", Phrase("请写 2 到 8 个不同的选项，一行一个。", "Please give 2 to 8 different options, one a line."))
      return options
    }
    if options.contains(where: { !ProposalVoting.optionLength.contains($0.unicodeScalars.count) }) {
      reader.add("options", Phrase("每个选项不超过 40 个字。", "An option has at most 40 characters."))
    }
    return options
  }

  private static let wholeRate = Rate(basisPoints: Rate.whole) ?? Rate.none

  /// The number of the choice, one of those that the vote has.
  /// - Throws: `form.invalid`.
  static func choice(_ form: Form, of voting: ProposalVoting) throws -> Int {
    var reader = FormReader(form)
    let number = number(&reader, of: voting)
    try reader.finish()
    guard let number else { throw Problem.internalFault }
    return number
  }

  private static func number(_ reader: inout FormReader, of voting: ProposalVoting) -> Int? {
    guard reader.raw("choice") != nil else {
      reader.add("choice", Phrase("请选一个。", "Please choose one."))
      return nil
    }
    guard let number = reader.integer("choice", in: 1...9).map({ Int($0) }) else { return nil }
    if voting.choice(number) == nil {
      reader.add("choice", Phrase("请从列出的选项里选一个。", "Please choose one of those that are listed."))
    }
    return number
  }

  /// A vote that staff key in for a household.
  struct Keyed: Sendable, Equatable {
    let door: Door
    let method: BallotMethod
    let number: Int
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func keyed(_ form: Form, of voting: ProposalVoting) throws -> Keyed {
    var reader = FormReader(form)
    let method = reader.choice("method", of: BallotMethod.self)
    if method == .own {
      reader.add("method", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let number = number(&reader, of: voting)
    var door: Door?
    do {
      door = try Door(
        building: try form["building"] ?? "", unit: try form["unit"] ?? "", room: try form["room"] ?? "")
    } catch let problem as Problem where problem.code == "form.invalid" {
      for field in problem.fields { reader.add(field.field, field.message) }
    }
    try reader.finish()
    guard let method, let number, let door else { throw Problem.internalFault }
    return Keyed(door: door, method: method, number: number)
  }
}
