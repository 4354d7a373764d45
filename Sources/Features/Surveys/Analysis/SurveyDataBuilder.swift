/// Puts answers into columns, one after another.
///
/// Every version's form is known before the first answer. Reading 50,000 answers looks names up once for each answer and
/// question; what is computed afterwards only goes over arrays.
struct SurveyDataBuilder: Sendable {
  /// What is known of a question while answers still come.
  fileprivate struct Draft: Sendable {
    var item: SurveyItem
    var source: String
    var shape: Shape
    var places: [String: Int]
    var column: SurveyColumn
  }

  /// What versions have to have in common so that their answers stand in one column.
  fileprivate struct Shape: Sendable, Equatable {
    let kind: SurveyItem.Kind
    /// Of a range that offers its numbers one by one: a scale with other numbers is another scale.
    let points: [String]?
    /// Of what is computed: kept as text until it is known whether all of them are numbers.
    let isComputed: Bool

    /// - Returns: nil for what has no answers.
    init?(_ item: FormItem) {
      points = FormScale.points(of: item)
      isComputed = item.kind == .calculate
      switch item.kind {
      case .selectOne, .acknowledge: kind = .single
      case .selectMultiple: kind = .multiple
      case .rank: kind = .rank
      // A score of few points is read as points; of many, as a number.
      case .range: kind = points == nil ? .number : .single
      case .integer, .decimal: kind = .number
      case .date, .time, .dateTime: kind = .moment
      case .text, .calculate: kind = .text
      case .note, .hidden, .group, .start, .end, .today: return nil
      }
    }
  }

  private var drafts: [Draft] = []
  /// For each version, the place of the draft that each of its questions goes to, by draft.
  private var isAsked: [Int64: [Bool]] = [:]
  private var count = 0
  private var modes: [UInt8] = []
  private var languages: [String] = []
  private var languageCodes: [UInt8] = []

  /// - Parameter versions: those that were opened, in any order.
  init(_ versions: [QuestionnaireVersion]) {
    let newestFirst = versions.sorted { $0.number > $1.number }
    for version in newestFirst { add(version) }
    for version in newestFirst {
      isAsked[version.number] = drafts.map { draft in
        version.definition.allItems.contains { item in
          item.name == draft.source && Shape(item) == draft.shape
        }
      }
    }
    for place in drafts.indices where isAsked.values.contains(where: { !$0[place] }) {
      drafts[place].item = drafts[place].item.with(canBeSkipped: true)
    }
  }

  private mutating func add(_ version: QuestionnaireVersion) {
    let conditional = Self.conditionalNames(version.definition.items, isInside: false)
    for item in version.definition.allItems {
      guard let shape = Shape(item) else { continue }
      let options = Self.options(of: item, shape, version.definition)
      if let same = drafts.firstIndex(where: { $0.source == item.name && $0.shape == shape }) {
        drafts[same].add(options)
        let item = drafts[same].item
        drafts[same].item = item.with(
          canBeSkipped: item.canBeSkipped || conditional.contains(item.name),
          canBeRefused: item.canBeRefused || version.terms.allowsRefusal)
        continue
      }
      let isTaken = drafts.contains { $0.source == item.name }
      var draft = Draft(
        item: SurveyItem(
          name: isTaken ? "\(item.name)_v\(version.number)" : item.name, kind: shape.kind, label: item.label,
          options: [],
          isRating: shape.points != nil || shape.kind == .single && item.appearance.contains("likert"),
          canBeSkipped: conditional.contains(item.name), canBeRefused: version.terms.allowsRefusal),
        source: item.name, shape: shape, places: [:], column: SurveyColumn(of: shape.kind, options: 0))
      draft.add(options)
      drafts.append(draft)
    }
  }

  private static func conditionalNames(_ items: [FormItem], isInside: Bool) -> Set<String> {
    items.reduce(into: []) { names, item in
      let isConditional = isInside || item.relevant != nil
      if isConditional { names.insert(item.name) }
      names.formUnion(conditionalNames(item.items, isInside: isConditional))
    }
  }

  private static func options(
    of item: FormItem, _ shape: Shape, _ definition: FormDefinition
  ) -> [SurveyItem.Option] {
    if item.kind == .acknowledge { return [SurveyItem.Option(name: "OK", label: .none)] }
    if let points = shape.points { return points.map { SurveyItem.Option(name: $0, label: .none) } }
    let choices = item.list.flatMap(definition.list)?.choices ?? []
    return choices.map { SurveyItem.Option(name: $0.name, label: $0.label) }
  }

  /// Takes one answer.
  mutating func add(_ answers: ResponseAnswers, version: Int64, mode: Collector.Kind, language: FormLanguage)
  {
    let asked = isAsked[version] ?? []
    for place in drafts.indices {
      let isInVersion = asked.indices.contains(place) && asked[place]
      let source = drafts[place].source
      if isInVersion, let value = answers.values[source], drafts[place].append(value, at: count) { continue }
      let status: AnswerStatus =
        if !isInVersion || answers.notAsked.contains(source) {
          .notAsked
        } else if answers.refused.contains(source) {
          .refused
        } else {
          .missing
        }
      drafts[place].append(status)
    }
    modes.append(UInt8(Collector.Kind.allCases.firstIndex(of: mode) ?? 0))
    if let known = languages.firstIndex(of: language.name) {
      languageCodes.append(UInt8(known))
    } else {
      languageCodes.append(UInt8(languages.count))
      languages.append(language.name)
    }
    count += 1
  }

  /// All that were taken.
  func finish() -> SurveyData {
    let finished = drafts.map { $0.finished }
    return SurveyData(
      count: count, items: finished.map(\.item),
      columns: Dictionary(uniqueKeysWithValues: finished.enumerated().map { ($0.offset, $0.element.column) }),
      modes: modes, languages: languages, languageCodes: languageCodes)
  }
}

extension SurveyDataBuilder.Draft {
  mutating func add(_ options: [SurveyItem.Option]) {
    let new = options.filter { option in places[option.name] == nil }
    if new.isEmpty { return }
    let all = item.options + new
    item = item.with(options: all)
    for (place, option) in all.enumerated() { places[option.name] = place }
    switch column.values {
    case .multiple(let columns): column.values = .multiple(columns + none(new.count))
    case .rank(let columns): column.values = .rank(columns + none(new.count))
    default: break
    }
  }

  private func none(_ count: Int) -> [[UInt8]] {
    [[UInt8]](repeating: [UInt8](repeating: 0, count: column.statuses.count), count: count)
  }

  /// The place of a choice; one that no list names gets a place of its own, so that nothing that was answered is lost.
  private mutating func option(_ name: String) -> Int {
    if let place = places[name] { return place }
    add([SurveyItem.Option(name: name, label: .none)])
    return item.options.count - 1
  }

  /// The places of the choices that a text names, in its order; nil for a number that is none. They are found before the
  /// column is taken out to be written to, since a choice that is new widens it.
  private mutating func chosen(in value: String) -> [Int]? {
    switch item.kind {
    case .single: [option(value)]
    case .multiple, .rank: value.split(separator: " ").map { option(String($0)) }
    case .number: Double(value)?.isFinite == true ? [] : nil
    case .moment, .text: []
    }
  }

  /// - Returns: whether the text is an answer.
  mutating func append(_ value: String, at row: Int) -> Bool {
    guard !value.isEmpty, let chosen = chosen(in: value) else { return false }
    switch column.values {
    case .single(var codes):
      column.values = .single([])
      codes.append(UInt16(chosen[0]))
      column.values = .single(codes)
    case .multiple(var options):
      column.values = .multiple([])
      for place in options.indices { options[place].append(chosen.contains(place) ? 1 : 0) }
      column.values = .multiple(options)
    case .rank(var options):
      column.values = .rank([])
      for place in options.indices {
        options[place].append(chosen.firstIndex(of: place).map { UInt8($0 + 1) } ?? 0)
      }
      column.values = .rank(options)
    case .number(var numbers):
      column.values = .number([])
      numbers.append(Double(value) ?? 0)
      column.values = .number(numbers)
    case .moment(var moments):
      column.values = .moment([])
      moments.append(value)
      column.values = .moment(moments)
    case .text(var texts):
      column.values = .text([])
      texts.append(value)
      column.values = .text(texts)
    }
    column.statuses.append(AnswerStatus.answered.rawValue)
    return true
  }

  mutating func append(_ status: AnswerStatus) {
    switch column.values {
    case .single(var codes):
      column.values = .single([])
      codes.append(0)
      column.values = .single(codes)
    case .multiple(var options):
      column.values = .multiple([])
      for place in options.indices { options[place].append(0) }
      column.values = .multiple(options)
    case .rank(var options):
      column.values = .rank([])
      for place in options.indices { options[place].append(0) }
      column.values = .rank(options)
    case .number(var numbers):
      column.values = .number([])
      numbers.append(0)
      column.values = .number(numbers)
    case .moment(var moments):
      column.values = .moment([])
      moments.append("")
      column.values = .moment(moments)
    case .text(var texts):
      column.values = .text([])
      texts.append("")
      column.values = .text(texts)
    }
    column.statuses.append(status.rawValue)
  }

  /// What is computed and always is a number is one.
  var finished: (item: SurveyItem, column: SurveyColumn) {
    guard shape.isComputed, case .text(let texts) = column.values else { return (item, column) }
    let numbers = texts.map { $0.isEmpty ? 0 : Double($0) }
    guard !numbers.contains(nil), texts.contains(where: { !$0.isEmpty }) else { return (item, column) }
    return (
      item.with(kind: .number),
      SurveyColumn(statuses: column.statuses, values: .number(numbers.map { $0 ?? 0 }))
    )
  }
}

extension SurveyItem {
  /// The same question with something else said of it.
  func with(
    kind: Kind? = nil, options: [Option]? = nil, canBeSkipped: Bool? = nil, canBeRefused: Bool? = nil
  ) -> SurveyItem {
    SurveyItem(
      name: name, kind: kind ?? self.kind, label: label, options: options ?? self.options, isRating: isRating,
      canBeSkipped: canBeSkipped ?? self.canBeSkipped, canBeRefused: canBeRefused ?? self.canBeRefused)
  }
}
