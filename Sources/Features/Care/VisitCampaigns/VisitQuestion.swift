import Web

/// A question asked at the door, with the choices that are offered.
package struct VisitQuestion: Sendable, Equatable {
  package let text: String
  package let choices: [String]

  package static let textLength = 1...80
  package static let choiceLength = 1...20
  package static let choiceCount = 2...6

  package init(_ text: String, _ choices: [String]) {
    self.text = text
    self.choices = choices
  }

  /// The questions as one column holds them: a JSON array of arrays, the question first and its choices after it.
  static func stored(_ questions: [VisitQuestion]) -> String {
    var json = JSONWriter()
    json.array(questions) { json, question in
      json.array([question.text] + question.choices) { json, text in json.value(text) }
    }
    return json.text
  }

  /// - Returns: nil for a text that `stored` did not write.
  static func read(_ stored: String) -> [VisitQuestion]? {
    guard case .array(let entries)? = try? JSON(Array(stored.utf8)) else { return nil }
    var questions: [VisitQuestion] = []
    for entry in entries {
      guard case .array(let values) = entry else { return nil }
      var texts: [String] = []
      for value in values {
        guard case .string(let text) = value else { return nil }
        texts.append(text)
      }
      guard let first = texts.first else { return nil }
      questions.append(VisitQuestion(first, Array(texts.dropFirst())))
    }
    return questions
  }
}

/// What somebody chose at their door: for each question that they answered, the number of the choice, both from 0.
package struct VisitAnswers: Sendable, Equatable {
  package private(set) var choices: [Int: Int]

  package init(_ choices: [Int: Int] = [:]) {
    self.choices = choices
  }

  /// `0:1,2:0`, as it is sealed; empty where nothing was answered.
  package var text: String {
    choices.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }

  /// Reads what `text` writes; answers that no question or choice belongs to are left out.
  package init(text: String, to questions: [VisitQuestion]) {
    choices = [:]
    for pair in text.split(separator: ",") {
      let numbers = pair.split(separator: ":").compactMap { Int($0) }
      guard numbers.count == 2, questions.indices.contains(numbers[0]),
        questions[numbers[0]].choices.indices.contains(numbers[1])
      else { continue }
      choices[numbers[0]] = numbers[1]
    }
  }

  /// Whether each answer belongs to one of these questions and is among its choices.
  package func fit(_ questions: [VisitQuestion]) -> Bool {
    choices.allSatisfy { question, choice in
      questions.indices.contains(question) && questions[question].choices.indices.contains(choice)
    }
  }
}
