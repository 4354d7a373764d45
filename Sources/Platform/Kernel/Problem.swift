/// The one error that a person can see: a stable code for programs, a sentence for people, and what to do next.
///
/// Rendered as `application/problem+json` (RFC 9457) by the API and as a page for people.
package struct Problem: Error, Sendable, Equatable, Codable {
  /// Stable, dotted, lower case: `order.sold_out`. Programs may depend on it.
  package let code: String
  /// The HTTP status that this problem answers with, 400–599.
  package let status: Int
  /// What happened, in one sentence.
  package let title: Phrase
  /// What the person can do next.
  package let advice: Phrase?
  /// What is wrong with which field or line, when the problem is with what was sent.
  package let fields: [FieldProblem]
  /// Seconds after which a new attempt makes sense; sent as `Retry-After`.
  package let retryAfter: Int?

  package init(
    _ code: String, status: Int, _ title: Phrase, advice: Phrase? = nil, fields: [FieldProblem] = [],
    retryAfter: Int? = nil
  ) {
    self.code = code
    self.status = status
    self.title = title
    self.advice = advice
    self.fields = fields
    self.retryAfter = retryAfter
  }
}

/// What is wrong with one field of a form, or one cell of an imported file.
package struct FieldProblem: Error, Sendable, Equatable, Codable {
  /// The name of the field as it was sent, or of the column.
  package let field: String
  /// The line of an imported file, counted from 1 with the heading as line 1.
  package let line: Int?
  package let message: Phrase

  package init(_ field: String, line: Int? = nil, _ message: Phrase) {
    self.field = field
    self.line = line
    self.message = message
  }
}

/// Collects what is wrong with several fields, so that a person hears of all of it at once.
package struct Problems: Sendable {
  package private(set) var fields: [FieldProblem] = []

  package init() {}

  package var isEmpty: Bool { fields.isEmpty }

  package mutating func add(_ field: String, line: Int? = nil, _ message: Phrase) {
    fields.append(FieldProblem(field, line: line, message))
  }

  /// Throws one `form.invalid` problem that carries all fields, or does nothing when there are none.
  package func throwIfAny() throws {
    if !fields.isEmpty { throw Problem.invalid(fields) }
  }
}

extension Problem {
  /// What was sent cannot be used as it is; every wrong field is named.
  package static func invalid(_ fields: [FieldProblem]) -> Problem {
    Problem(
      "form.invalid", status: 422,
      Phrase("有些内容需要改一改。", "Some entries need correcting."),
      advice: Phrase("请看标出的地方，改好后再提交。", "Please see the marked places, correct them and send again."),
      fields: fields)
  }

  /// There is no such thing, or not for this person: both answer alike so that nobody can probe.
  package static let notFound = Problem(
    "not_found", status: 404,
    Phrase("没有找到这个页面或记录。", "There is no such page or record."),
    advice: Phrase("请检查链接，或回到首页。", "Please check the link, or go back to the start page."))

  /// The stored state cannot be what the rules allow. The cause goes to the log, never to the visitor.
  package static let internalFault = Problem(
    "internal", status: 500,
    Phrase("系统出了点问题，您的操作没有生效。", "Something went wrong on our side; nothing was changed."),
    advice: Phrase("请稍后再试，或拨打页面下方的电话。", "Please try again later, or call the number below."))
}
