import Kernel
import Security
import Web

/// A policy as programs read it.
enum PolicyJSON {
  // MARK: - Writing

  static func document(_ page: PolicyListPage, on day: PolicyDay) -> JSONWriter {
    var json = JSONWriter(capacity: 256 + page.policies.count * 700)
    json.object { json in
      json.array("policies", page.policies) { json, shown in
        json.object { json in summary(shown, shown.version, on: day, to: &json) }
      }
      json.field("next_cursor", page.next?.description)
    }
    return json
  }

  static func document(
    _ shown: ShownPolicy, _ versions: [PolicyVersion], on day: PolicyDay
  ) -> JSONWriter {
    let (content, words) = (shown.version.content, shown.version.content.words)
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      summary(shown, shown.version, on: day, to: &json)
      json.field("source", content.document.source.isEmpty ? nil : content.document.source)
      json.field("file_sha256", content.document.file?.description)
      json.field("replaces", content.document.replaces)
      json.field("audience", words.audience)
      json.array("steps", words.steps)
      json.array("steps_en", content.english.steps)
      json.array("documents", words.documents)
      json.field("place", words.place)
      json.field("hours", words.hours)
      json.field("phone", words.phone)
      json.array("benefits", words.benefits) { json, benefit in
        json.object { json in write(benefit, to: &json) }
      }
      json.array("versions", versions) { json, version in
        json.object { json in
          json.field("number", version.number)
          json.field("effective", version.content.document.effective.iso)
          json.field("expires", version.content.document.expires?.iso)
          json.field("published_at", version.publishedAt)
          json.field("what_changed", version.content.whatChanged)
        }
      }
    }
    return json
  }

  private static func summary(
    _ shown: ShownPolicy, _ version: PolicyVersion, on day: PolicyDay, to json: inout JSONWriter
  ) {
    let (content, document) = (version.content, version.content.document)
    json.field("id", shown.head.id)
    json.field("title", content.title)
    json.field("issuer", document.issuer)
    json.field("document_number", document.number)
    json.field("level", document.level.rawValue)
    json.field("field", document.field.rawValue)
    json.field("area", document.area)
    json.field(
      "summary",
      Phrase(
        content.words.summary,
        content.english.summary.isEmpty ? content.words.summary : content.english.summary))
    json.field("issued", document.issued.iso)
    json.field("effective", document.effective.iso)
    json.field("expires", document.expires?.iso)
    json.field("standing", shown.standing(on: day).code)
    json.field("version", version.number)
    json.field("newest_version", shown.head.newest)
    json.field("published_at", version.publishedAt)
  }

  private static func write(_ benefit: PolicyBenefit, to json: inout JSONWriter) {
    json.field("what", benefit.what)
    json.field("hundredths", benefit.amount?.hundredths)
    json.field("unit", benefit.amount?.unit.rawValue)
    json.field("period", benefit.period.rawValue)
  }

  // MARK: - Schemas

  private static let day = Schema.string(format: "date")

  private static let summaryProperties: [Schema.Property] = [
    .init("id", .identifier), .init("title", .phrase), .init("issuer", .string()),
    .init("document_number", .string()),
    .init("level", .enumeration(PolicyLevel.allCases.map(\.rawValue))),
    .init("field", .enumeration(PolicyField.allCases.map(\.rawValue))), .init("area", .string()),
    .init("summary", .phrase), .init("issued", day), .init("effective", day),
    .init("expires", .nullable(day)),
    .init("standing", .enumeration(PolicyStanding.allCases.map(\.code))), .init("version", .integer()),
    .init("newest_version", .nullable(.integer())), .init("published_at", .timestamp),
  ]

  static let page = Schema.object([
    .init("policies", .array(.named("PolicySummary", .object(summaryProperties)))),
    .init("next_cursor", .nullable(.string())),
  ])

  static let policy = Schema.named(
    "Policy",
    .object(
      summaryProperties + [
        .init("source", .nullable(.string(format: "uri"))), .init("file_sha256", .nullable(.string())),
        .init("replaces", .nullable(.identifier)), .init("audience", .string()),
        .init("steps", .array(.string())), .init("steps_en", .array(.string())),
        .init("documents", .array(.string())), .init("place", .string()), .init("hours", .string()),
        .init("phone", .string()), .init("benefits", .array(benefit)), .init("versions", .array(version)),
      ]))

  /// In hundredths of the unit, so that no number is a fraction: fen of yuan.
  private static let benefit = Schema.object([
    .init("what", .string()), .init("hundredths", .nullable(.integer(1...999_999_999))),
    .init("unit", .nullable(.enumeration(PolicyBenefit.Unit.allCases.map(\.rawValue)))),
    .init("period", .enumeration(PolicyBenefit.Period.allCases.map(\.rawValue))),
  ])

  private static let version = Schema.object([
    .init("number", .integer()), .init("effective", day), .init("expires", .nullable(day)),
    .init("published_at", .timestamp), .init("what_changed", .string()),
  ])
}
