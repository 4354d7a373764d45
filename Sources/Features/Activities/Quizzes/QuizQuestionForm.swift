import Kernel
import Web

/// Reads what somebody writes of a question.
enum QuizQuestionForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func content(_ form: Form) throws -> QuizQuestion.Content {
    var reader = FormReader(form)
    let wording = reader.text("wording", length: QuizQuestionRules.wordingLength)
    let options = QuizOption.letters.indices.map { index in
      reader.text(
        "option-\(index + 1)", length: QuizQuestionRules.optionLength, isRequired: index < 2) ?? ""
    }
    let typed = reader.raw("right", isRequired: true)
    let right = typed.flatMap(QuizOption.position)
    if typed != nil, right == nil {
      reader.add("right", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    let explanation = reader.text("explanation", length: QuizQuestionRules.explanationLength)
    let source = reader.text("source", length: QuizQuestionRules.sourceLength, isRequired: false)
    let topic = reader.text("topic", length: QuizQuestionRules.topicLength)
    if reader.problems.isEmpty, let fault = QuizQuestionRules.fault(options, right: right) {
      reader.add(fault.field, fault.message)
    }
    try reader.finish()
    guard let wording, let right, let explanation, let topic else { throw Problem.internalFault }
    return QuizQuestion.Content(
      wording: wording, options: options.filter { !$0.isEmpty }, right: right, explanation: explanation,
      source: source ?? "", topic: topic)
  }

  /// A question as it stands in its form.
  static func state(_ content: QuizQuestion.Content) -> FormState {
    var stored = [
      "wording": content.wording, "right": QuizOption.letter(content.right),
      "explanation": content.explanation, "source": content.source, "topic": content.topic,
    ]
    for (index, option) in content.options.enumerated() { stored["option-\(index + 1)"] = option }
    return FormState(stored)
  }

  /// The version that somebody saw when they pressed a button.
  /// - Throws: `form.invalid`.
  static func seen(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...Int64.max)
    try reader.finish()
    guard let seen else { throw Problem.staleForm }
    return seen
  }
}
