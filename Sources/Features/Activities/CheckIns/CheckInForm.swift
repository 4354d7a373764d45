import Kernel
import Web

/// Reads who came.
enum CheckInForm {
  private static let nameless: ClosedRange<Int64> = 0...200
  private static let nameLimit = 100

  /// What somebody without an account wants to be called; nil for nothing.
  /// - Throws: `form.invalid` naming `name`.
  static func name(_ form: Form) throws -> String? {
    var reader = FormReader(form)
    let name = reader.text("name", length: SignUpRules.nameLength, isRequired: false)
    try reader.finish()
    return name
  }

  /// What the desk notes at one go.
  /// - Throws: `form.invalid` naming every wrong field.
  static func marks(_ form: Form) throws -> DoorMarks {
    var reader = FormReader(form)
    var marks = DoorMarks()
    marks.ticked = Set(form.all("came").compactMap { SignUpID($0) })
    if let text = reader.lines("numbers", length: 1...4000, isRequired: false) {
      if let numbers = NumberList.read(text, limit: Int(ActivityRules.places.upperBound)) {
        marks.numbers = numbers
      } else {
        reader.add(
          "numbers", Phrase("看不懂这些号，请写成 3 5 8-12。", "These numbers cannot be read; write them like 3 5 8-12.")
        )
      }
    }
    marks.names = FormLines.read("names", length: SignUpRules.nameLength, limit: nameLimit, &reader)
    marks.nameless = reader.integer("nameless", in: nameless, isRequired: false) ?? 0
    try reader.finish()
    if marks.isEmpty {
      throw Problem.invalid([
        FieldProblem("numbers", Phrase("还没有勾一个人。", "Nobody was ticked yet."))
      ])
    }
    return marks
  }
}
