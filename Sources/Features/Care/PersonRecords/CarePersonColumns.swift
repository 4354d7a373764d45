import Kernel
import People

/// Columns that several tables of Care show alike.
extension PersonColumn {
  /// The words of an enumeration, each with its name.
  static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: StaticString, _ title: Phrase, _ wording: (Choice) -> Phrase
  ) -> PersonColumn where Choice.RawValue == String {
    PersonColumn(name, title, .choice(names(wording)))
  }

  static func names<Choice: RawRepresentable & CaseIterable>(
    _ wording: (Choice) -> Phrase
  ) -> [String: Phrase] where Choice.RawValue == String {
    Dictionary(Choice.allCases.map { ($0.rawValue, wording($0)) }) { first, _ in first }
  }

  static func moment(_ name: StaticString, _ title: Phrase) -> PersonColumn {
    PersonColumn(name, title, .moment)
  }

  static func number(_ name: StaticString, _ title: Phrase) -> PersonColumn {
    PersonColumn(name, title, .number)
  }
}

/// Why rows of Care stay when a person is deleted.
enum CareKept {
  static let figures = Phrase(
    "只剩次数、阶段和分数，不再写着是谁，也没有一句写下的话；统计服务用，人数太少的不公布。",
    "Counts, stages and scores alone are left, without a name and without a word that was written; they are for figures of the service, and those of few people are not published."
  )
  static let traces = Phrase(
    "谁做过什么要查得到（个人信息保护法第五十一条）；里面只有编号和时间。",
    "Who did what has to be verifiable (PIPL art. 51); numbers and times alone are in it.")
}
