import Kernel

/// Who was reached and who was not: written by itself and put beside every figure (field/socialwork.md §2.7).
struct SampleNote: Sendable, Equatable {
  let answers: Int
  /// How many came by each way; ways that brought nobody are left out.
  let ways: [(kind: Collector.Kind, answers: Int)]
  /// Doors and calls that came to nothing.
  let contacts: [Contact.Outcome: Int]
  let unit: ResponseUnit
  /// How many households the community has; nil where the questionnaire is not one for each household.
  let households: Int?
  /// How many answered in each language.
  let languages: [(name: String, answers: Int)]

  init(
    _ data: SurveyData, contacts: [Contact.Outcome: Int], unit: ResponseUnit, households: Int?
  ) {
    answers = data.count
    var byMode = [Int](repeating: 0, count: Collector.Kind.allCases.count)
    for mode in data.modes { byMode[Int(mode)] += 1 }
    ways = zip(Collector.Kind.allCases, byMode).filter { $0.1 > 0 }.map { (kind: $0.0, answers: $0.1) }
    var byLanguage = [Int](repeating: 0, count: data.languages.count)
    for code in data.languageCodes { byLanguage[Int(code)] += 1 }
    languages = zip(data.languages, byLanguage).map { (name: $0.0, answers: $0.1) }
    self.contacts = contacts
    self.unit = unit
    self.households = unit == .household ? households : nil
  }

  static func == (one: SampleNote, other: SampleNote) -> Bool { one.phrase == other.phrase }

  /// Whole sentences. Ways and languages of fewer than `least` are told together as “fewer than”.
  func phrase(least: Int) -> Phrase {
    var chinese: [String] = []
    var english: [String] = []
    func add(_ phrase: Phrase) {
      chinese.append(phrase.chinese)
      english.append(phrase.english)
    }
    add(reached(least))
    if !ways.isEmpty { add(byWay(least)) }
    if languages.count > 1 { add(byLanguage(least)) }
    if let contacts = failed(least) { add(contacts) }
    add(
      Phrase(
        "没有回答的人怎么想，我们不知道；这些数字说的是回答了的人，不是所有居民。",
        "What those think who did not answer is not known: the figures speak of those who answered and not of everybody."
      ))
    return Phrase(chinese.joined(), english.joined(separator: " "))
  }

  /// With every number.
  var phrase: Phrase { phrase(least: 1) }

  private func reached(_ least: Int) -> Phrase {
    let number = Self.number(answers, least)
    switch (unit, households) {
    case (.household, let all?) where all > 0 && answers >= least:
      let share = AnalysisNumber.percent(Double(answers) / Double(all))
      return Phrase(
        "共有 \(number.chinese) 户回答，社区登记在册的有 \(all) 户（\(share)）。",
        "\(number.english) households answered, of \(all) that the community has (\(share)).")
    case (.household, _):
      return Phrase("共有 \(number.chinese) 户回答。", "\(number.english) households answered.")
    case (.person, _):
      return Phrase("共有 \(number.chinese) 人回答。", "\(number.english) people answered.")
    }
  }

  private func byWay(_ least: Int) -> Phrase {
    Self.list(
      Phrase("怎么收的：", "They answered by: "),
      ways.map { ($0.kind.name, $0.answers) }, least)
  }

  private func byLanguage(_ least: Int) -> Phrase {
    Self.list(
      Phrase("用的语言：", "Languages: "),
      languages.map {
        ($0.name.isEmpty ? Phrase("未注明", "not named") : Phrase(same: FormLanguage($0.name).title), $0.answers)
      },
      least)
  }

  private func failed(_ least: Int) -> Phrase? {
    let outcomes = Contact.Outcome.allCases.compactMap { outcome in
      contacts[outcome].flatMap { $0 > 0 ? (outcome.name, $0) : nil }
    }
    return outcomes.isEmpty
      ? nil
      : Self.list(
        Phrase("敲了门、打了电话没问成的：", "Doors and calls that came to nothing: "), outcomes, least, isWhole: false)
  }

  /// - Parameter isWhole: whether the numbers come to that of all answers, so that one alone could be computed back.
  private static func list(
    _ heading: Phrase, _ entries: [(Phrase, Int)], _ least: Int, isWhole: Bool = true
  ) -> Phrase {
    let shown = isWhole ? SmallCells.shown(entries.map(\.1), least: least) : entries.map(\.1)
    let parts = zip(entries, shown).map { entry, shown -> Phrase in
      let isRest = shown == nil && entry.1 >= least
      let number = isRest ? Phrase("其余", "the rest") : number(entry.1, least)
      return Phrase("\(entry.0.chinese) \(number.chinese)", "\(entry.0.english) \(number.english)")
    }
    return Phrase(
      heading.chinese + parts.map(\.chinese).joined(separator: "、") + "。",
      heading.english + parts.map(\.english).joined(separator: "; ") + ".")
  }

  private static func number(_ number: Int, _ least: Int) -> Phrase {
    number < least ? Phrase("不到 \(least)", "fewer than \(least)") : Phrase(same: String(number))
  }
}
