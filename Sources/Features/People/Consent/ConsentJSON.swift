import Kernel
import Security
import Web

/// The one thing that a consent is for, whatever kind of thing its feature keeps.
enum ConsentMatterKind {}

/// A consent receipt, after ISO/IEC TS 27560: what was agreed to, for whom, until when, and how it is taken back.
enum ConsentJSON {
  static func receipt(_ consent: Consent, _ notice: Notice, at now: Timestamp) -> JSONWriter {
    let terms = consent.terms
    var json = JSONWriter(capacity: 1_024)
    json.object { json in
      json.field("id", consent.id)
      json.field("subject_id", terms.subject)
      json.object("notice") { json in
        json.field("id", notice.id)
        json.field("code", notice.content.code)
        json.field("version", notice.content.version)
        json.field("title", notice.content.title)
        json.field("digest", terms.noticeDigest.description)
      }
      json.array("purposes", terms.purposes.map(\.rawValue).sorted()) { json, text in json.value(text) }
      json.array("categories", terms.categories.map(\.rawValue).sorted()) { json, text in json.value(text) }
      json.array("recipients", terms.recipients.map(\.rawValue).sorted()) { json, text in json.value(text) }
      json.field("recipient_id", terms.recipient?.description)
      json.field("matter_id", terms.matter.map { Identifier<ConsentMatterKind>(rawValue: $0).description })
      json.field("given_by", terms.evidence.givenBy.rawValue)
      json.field("method", terms.evidence.method.rawValue)
      json.field("state", consent.state(at: now).rawValue)
      json.field("asked_at", consent.askedAt)
      json.field("expires_at", terms.expires)
      json.array("events", consent.events) { json, event in
        json.object { json in
          json.field("state", event.kind.rawValue)
          json.field("at", event.at)
        }
      }
      json.field("withdrawal", notice.content.withdrawal)
    }
    return json
  }
}

// The same shape, as the OpenAPI document states it.
enum ConsentOperations {
  private static func names<Choice: RawRepresentable & CaseIterable>(_ kind: Choice.Type) -> Schema
  where Choice.RawValue == String { .enumeration(kind.allCases.map(\.rawValue)) }

  static let receipt = Operation(
    "consentReceipt",
    Phrase(
      "一次同意的凭证：告知书版本、用途、谁会知道、期限和怎么收回。",
      "The receipt of a consent: version of the notice, purposes, recipients, last day, and how to take it back."
    ),
    answers: [
      .init(
        200, Phrase("凭证。", "The receipt."),
        .named(
          "ConsentReceipt",
          .object([
            .init("id", .identifier), .init("subject_id", .identifier),
            .init(
              "notice",
              .object([
                .init("id", .identifier), .init("code", .string()), .init("version", .integer(1...Int64.max)),
                .init("title", .phrase), .init("digest", .string(pattern: "^[0-9a-f]{64}$")),
              ])),
            .init("purposes", .array(names(ConsentPurpose.self))),
            .init("categories", .array(names(DataCategory.self))),
            .init("recipients", .array(names(ConsentRecipient.self))),
            .init("recipient_id", .nullable(.identifier)), .init("matter_id", .nullable(.identifier)),
            .init("given_by", names(ConsentEvidence.Giver.self)),
            .init("method", names(ConsentEvidence.Method.self)), .init("state", names(ConsentState.self)),
            .init("asked_at", .timestamp), .init("expires_at", .timestamp),
            .init(
              "events",
              .array(.object([.init("state", names(ConsentState.self)), .init("at", .timestamp)]))),
            .init("withdrawal", .phrase),
          ])))
    ])
}
