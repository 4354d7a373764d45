import Kernel
import Web

/// Reads what is sent of findings and recommendations.
enum FindingForm {
  /// - Parameter number: which one it is; taken from the path or given anew.
  /// - Throws: `form.invalid` naming every wrong field.
  static func finding(_ form: Form, number: Int) throws -> Finding {
    var reader = FormReader(form)
    let text = reader.lines("text", length: Finding.textLength)
    let evidence = numbers("evidence", &reader)
    try reader.finish()
    guard let text else { throw Problem.internalFault }
    return Finding(number: number, text: text, evidence: evidence)
  }

  /// - Throws: `form.invalid` naming every wrong field.
  static func recommendation(_ form: Form, number: Int) throws -> Recommendation {
    var reader = FormReader(form)
    let text = reader.lines("text", length: Recommendation.textLength)
    let findings = numbers("findings", &reader)
    let policy: PolicyID? = reader.identifier("policy", isRequired: false)
    let level = reader.choice("level", of: PolicyLevel.self, isRequired: false)
    let department = reader.text(
      "department", length: Recommendation.departmentLength, isRequired: policy == nil && level != nil)
    if policy != nil, level != nil {
      reader.add("level", Phrase("政策和“还没有政策”只选一样。", "Please choose a policy or a new one, not both."))
    }
    if policy == nil, level == nil, department != nil {
      reader.add("level", Phrase("请选是哪一级。", "Please choose the level."))
    }
    try reader.finish()
    guard let text else { throw Problem.internalFault }
    let new = level.map { Recommendation.Aim.new($0, department: department ?? "") }
    return Recommendation(
      number: number, text: text, findings: findings, aim: policy.map { .policy($0) } ?? new)
  }

  /// The numbers of the boxes that were ticked under one name.
  private static func numbers(_ name: String, _ reader: inout FormReader) -> Set<Int> {
    let texts = reader.form.all(name)
    let numbers = texts.compactMap { Int($0) }
    if numbers.count != texts.count {
      reader.add(name, Phrase("请从列表里选择。", "Please choose from the list."))
    }
    return Set(numbers)
  }
}
