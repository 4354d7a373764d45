package import Kernel

/// The shape of a JSON value, as the OpenAPI document states it.
package indirect enum Schema: Sendable, Equatable {
  case string(length: ClosedRange<Int>? = nil, format: String? = nil, pattern: String? = nil)
  case integer(ClosedRange<Int64>? = nil)
  case boolean
  case enumeration([String])
  case array(Schema, count: ClosedRange<Int>? = nil)
  /// An object with these members and no others.
  case object([Property])
  /// A schema of its own name, listed once under `components`.
  case named(String, Schema)
  case nullable(Schema)

  package struct Property: Sendable, Equatable {
    package let name: String
    package let schema: Schema
    package let isRequired: Bool

    package init(_ name: String, _ schema: Schema, isRequired: Bool = true) {
      self.name = name
      self.schema = schema
      self.isRequired = isRequired
    }
  }

  /// An opaque identifier.
  package static let identifier = Schema.string(pattern: "^[0-7][0-9a-hjkmnp-tv-z]{12}$")
  /// RFC 3339 in UTC.
  package static let timestamp = Schema.string(format: "date-time")
  /// An amount in minor units with its currency.
  package static let money = Schema.named(
    "Money",
    .object([
      Property("amount", .integer(-1_000_000_000...1_000_000_000)),
      Property("currency", .enumeration(["CNY"])),
    ]))
  /// A wording in both languages.
  package static let phrase = Schema.named(
    "Phrase", .object([Property("zh", .string()), Property("en", .string())]))
  /// RFC 9457.
  package static let problem = Schema.named(
    "Problem",
    .object([
      Property("type", .string()), Property("title", .string()), Property("status", .integer(400...599)),
      Property("detail", .string(), isRequired: false), Property("code", .string()),
      Property("request_id", .string(), isRequired: false),
      Property(
        "errors",
        .array(
          .object([
            Property("field", .string()), Property("line", .integer(), isRequired: false),
            Property("message", .string()),
          ])), isRequired: false),
    ]))
}

/// The description of one API route.
package struct Operation: Sendable {
  package struct Parameter: Sendable {
    package enum Place: String, Sendable {
      case path
      case query
      case header
    }

    package let name: String
    package let place: Place
    package let schema: Schema
    package let isRequired: Bool

    package init(_ name: String, in place: Place, _ schema: Schema, isRequired: Bool? = nil) {
      self.name = name
      self.place = place
      self.schema = schema
      self.isRequired = isRequired ?? (place == .path)
    }

    package static let idempotencyKey = Parameter(
      "Idempotency-Key", in: .header, .string(length: 16...64), isRequired: true)
  }

  package struct Answer: Sendable {
    package let status: Int
    package let description: Phrase
    package let schema: Schema?

    package init(_ status: Int, _ description: Phrase, _ schema: Schema? = nil) {
      self.status = status
      self.description = description
      self.schema = schema
    }
  }

  package let id: String
  package let summary: Phrase
  package let parameters: [Parameter]
  package let request: Schema?
  package let answers: [Answer]

  /// Every operation may also answer with a problem; that is added by the document.
  package init(
    _ id: String, _ summary: Phrase, parameters: [Parameter] = [], request: Schema? = nil, answers: [Answer]
  ) {
    self.id = id
    self.summary = summary
    self.parameters = parameters
    self.request = request
    self.answers = answers
  }
}
