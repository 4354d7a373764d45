import Kernel
import Web

/// What stands in the fields of a questionnaire before anybody answers.
enum DefaultAnswers {
  /// A default that is an expression, such as `today()`, is worked out; everything else stands as it was written.
  /// Source: XLSForm reference, “Default” and “Dynamic defaults”.
  static func of(_ definition: FormDefinition, clock: ExpressionClock) -> ResponseAnswers {
    var values: [String: String] = [:]
    for item in definition.allItems where item.isQuestion {
      guard let text = item.defaultValue, !text.isEmpty else { continue }
      let isCall = text.contains("(") || text.contains("${")
      if isCall, let expression = try? Expression(text) {
        values[item.name] = expression.value(in: ExpressionContext(clock: clock)).text
      } else {
        values[item.name] = text
      }
    }
    return ResponseAnswers(values: values)
  }
}

extension QuestionParts {
  /// Answers as the fields of the form that shows them.
  static func fields(of answers: ResponseAnswers, _ definition: FormDefinition) -> Form {
    var fields = answers.refused.sorted().map { Form.Field(name: refusal($0), value: "on") }
    for item in definition.allItems {
      guard let value = answers.values[item.name], !value.isEmpty else { continue }
      switch item.kind {
      case .selectMultiple:
        fields += value.split(separator: " ").map { Form.Field(name: field(item.name), value: String($0)) }
      case .rank:
        fields += value.split(separator: " ").enumerated().map { index, choice in
          Form.Field(name: place(item.name, String(choice)), value: String(index + 1))
        }
      case .dateTime:
        fields.append(Form.Field(name: field(item.name), value: String(value.prefix(16))))
      default: fields.append(Form.Field(name: field(item.name), value: value))
      }
    }
    return Form(fields: fields)
  }
}
