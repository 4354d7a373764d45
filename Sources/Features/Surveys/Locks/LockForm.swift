import Kernel
import Web

/// What is sent when answers are to be locked.
enum LockForm {
  /// - Parameter items: the questions that there are.
  /// - Throws: `form.invalid`.
  static func spec(_ form: Form, _ items: [SurveyItem]) throws -> LockSpec {
    var reader = FormReader(form)
    let chosen = Set(form.all("breakdown"))
    var breakdowns: [LockSpec.Breakdown] = []
    for item in items where chosen.contains(item.name) && item.kind != .number {
      breakdowns.append(LockSpec.Breakdown(item: item.name, bounds: nil))
    }
    for item in items where item.kind == .number {
      guard let text = reader.text(field(item), isRequired: false) else { continue }
      let parts = text.split { "、,，; ；".contains($0) }
      let bounds = parts.compactMap { Double($0) }.filter(\.isFinite)
      if bounds.count != parts.count {
        reader.add(
          field(item),
          Phrase(
            "请写数，用顿号隔开，比如 60、70、80。", "Please write numbers with commas between them, such as 60, 70, 80."))
      }
      breakdowns.append(LockSpec.Breakdown(item: item.name, bounds: bounds))
    }
    let scales = scales(reader.lines("scales", isRequired: false) ?? "", &reader)
    let spec = LockSpec(
      breakdowns: breakdowns, reversed: Set(form.all("reversed")), scales: scales)
    try reader.finish()
    let problems = LockRules.problems(spec, items)
    if !problems.isEmpty { throw Problem.invalid(problems) }
    return spec
  }

  static func field(_ item: SurveyItem) -> String { "bounds_\(item.name)" }

  /// One scale on each line: its name, a colon, the names of its questions.
  private static func scales(_ text: String, _ reader: inout FormReader) -> [AnswerScale] {
    var scales: [AnswerScale] = []
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let sides = line.split(maxSplits: 1) { $0 == ":" || $0 == "：" }
      let items = sides.count == 2 ? sides[1].split { " ,，、;；\t".contains($0) }.map(String.init) : []
      let name = String(sides.first ?? "").split(separator: " ").joined(separator: " ")
      guard !items.isEmpty, (1...60).contains(name.count) else {
        reader.add(
          "scales",
          Phrase(
            "第 \(number + 1) 行看不懂，请照「孤独感：q1 q2 q3」写。",
            "Line \(number + 1) cannot be read; please write it as “Loneliness: q1 q2 q3”."))
        continue
      }
      scales.append(AnswerScale(name: name, items: items))
    }
    if scales.count > LockSpec.mostScales {
      reader.add("scales", Phrase("最多 \(LockSpec.mostScales) 个。", "At most \(LockSpec.mostScales)."))
    }
    return scales
  }
}
