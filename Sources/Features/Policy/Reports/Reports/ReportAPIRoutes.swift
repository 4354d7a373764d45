import Database
import Hummingbird
import Kernel
import Security
import Web

/// Reports for programs; everybody reads what everybody may know.
struct ReportAPI: Sendable {
  let database: Database

  func register(on routes: inout Routes) {
    routes.get("/api/v1/reports", .everyone, objects: .community, operation: ReportOperations.list) {
      try await list($0)
    }
    routes.get(
      "/api/v1/reports/:report", .everyone, objects: .community, operation: ReportOperations.show
    ) { try await show($0) }
  }

  private func list(_ visit: Visit) async throws -> Response {
    let last: ReportID? = try PolicyOperations.cursor(visit)
    let limit = try PolicyOperations.limit(visit)
    let community = visit.community.id
    let found = try await database.read {
      try ReportStore.page(before: last, limit: limit + 1, in: community, $0)
    }
    let part = Portion(found, of: limit)
    return .json(ReportJSON.document(part.shown, next: part.last?.id))
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id: ReportID = try visit.id("report")
    let community = visit.community.id
    let document = try await database.read {
      try ReportReading.document(id, in: community, $0)
    }
    return .json(ReportJSON.document(document))
  }
}

/// A report as programs read it: what everybody may know, and nothing that depends on who asks. Quoted words are left out.
enum ReportJSON {
  static func document(_ reports: [Report], next: ReportID?) -> JSONWriter {
    var json = JSONWriter(capacity: 256 + reports.count * 400)
    json.object { json in
      json.array("reports", reports) { json, report in json.object { summary(report, to: &$0) } }
      json.field("next_cursor", next?.description)
    }
    return json
  }

  static func document(_ document: ReportDocument) -> JSONWriter {
    let isOut = ReportSight.of(document.report, for: nil, holding: []) >= .document
    var json = JSONWriter(capacity: 4096)
    json.object { json in
      summary(document.report, to: &json)
      json.field("digest", isOut ? document.digest.description : nil)
      json.field("summary", isOut ? document.report.summary : nil)
      json.array("findings", isOut ? document.findings : []) { json, finding in
        json.object { json in
          json.field("number", finding.number)
          json.field("text", finding.text)
          json.array("evidence", finding.evidence.sorted())
        }
      }
      json.array("recommendations", isOut ? document.recommendations : []) { json, recommendation in
        json.object { json in
          json.field("number", recommendation.number)
          json.field("text", recommendation.text)
          json.array("findings", recommendation.findings.sorted())
          json.field("policy", recommendation.aim?.policy)
        }
      }
      json.array("replies", document.replies(for: .document)) { json, reply in
        json.object { json in
          json.field("outcome", reply.outcome.rawValue)
          json.field("by", reply.by)
          json.field("day", reply.day.iso)
          json.field("text", reply.text)
        }
      }
      json.array("changes", document.results) { json, result in
        json.object { json in
          json.field("policy", result.policy)
          json.field("version", result.version)
          json.field("text", result.text)
        }
      }
    }
    return json
  }

  private static func summary(_ report: Report, to json: inout JSONWriter) {
    json.field("id", report.id)
    json.field("number", report.number.description)
    json.field("title", report.plan.title)
    json.field("question", report.plan.question)
    json.field("stage", report.standing.state.rawValue)
    json.field("sent_at", report.standing.firstSentAt)
    json.field("due_at", report.standing.dueAt)
  }

  // MARK: - As the OpenAPI document states it

  private static let members: [Schema.Property] = [
    .init("id", .identifier), .init("number", .string(length: 3...20)),
    .init("title", .string(length: ReportPlan.titleLength)),
    .init("question", .string(length: ReportPlan.questionLength)),
    .init("stage", .enumeration(ReportState.allCases.map(\.rawValue))),
    .init("sent_at", .nullable(.timestamp)), .init("due_at", .nullable(.timestamp)),
  ]

  static let page = Schema.object([
    .init("reports", .array(.object(members))), .init("next_cursor", .nullable(.string())),
  ])

  static let report = Schema.object(
    members + [
      .init("digest", .nullable(.string(length: 64...64))), .init("summary", .nullable(.string())),
      .init(
        "findings",
        .array(
          .object([
            .init("number", .integer(1...1000)), .init("text", .string()),
            .init("evidence", .array(.integer(1...1000))),
          ]))),
      .init(
        "recommendations",
        .array(
          .object([
            .init("number", .integer(1...1000)), .init("text", .string()),
            .init("findings", .array(.integer(1...1000))), .init("policy", .nullable(.identifier)),
          ]))),
      .init(
        "replies",
        .array(
          .object([
            .init("outcome", .enumeration(ReportOutcome.allCases.map(\.rawValue))), .init("by", .string()),
            .init("day", .string(format: "date")), .init("text", .string()),
          ]))),
      .init(
        "changes",
        .array(
          .object([
            .init("policy", .nullable(.identifier)), .init("version", .nullable(.integer())),
            .init("text", .string()),
          ]))),
    ])
}

/// The API of reports as the OpenAPI document describes it.
enum ReportOperations {
  static let list = Operation(
    "listReports", Phrase("居民报告，新的在前。", "Residents’ reports, newest first."),
    parameters: [
      .init("cursor", in: .query, .string(length: 1...64)), .init("limit", in: .query, .integer(1...100)),
    ], answers: [.init(200, Phrase("一页报告。", "A page of reports."), ReportJSON.page)])

  static let show = Operation(
    "getReport",
    Phrase(
      "一份报告：送出以后有全文，答复公开以后有答复。", "A report: its text once it was sent, replies once they are published."),
    answers: [.init(200, Phrase("报告。", "The report."), ReportJSON.report)])
}
