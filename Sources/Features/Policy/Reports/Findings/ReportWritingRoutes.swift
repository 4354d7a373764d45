import Database
import Hummingbird
import Kernel
import People
import Web

/// The doors through which a report is written: evidence, findings, recommendations, the summary.
struct ReportWritingDoors: Sendable {
  let reports: Reports

  private var page: ReportDeskDoors { ReportDeskDoors(reports: reports) }

  func register(on routes: inout Routes) {
    let station = Access.Personal.roles(ReportRoles.station)
    let own = Objects.own("reports that one writes")
    let (base, limits) = ("/report-desk/:report", Reports.deskWrites)
    routes.post("\(base)/evidence", for: station, objects: own, limits: limits) { try await choose($0) }
    routes.post("\(base)/findings", for: station, objects: own, limits: limits) {
      try await writeFinding($0)
    }
    routes.post("\(base)/recommendations", for: station, objects: own, limits: limits) {
      try await writeRecommendation($0)
    }
    routes.post("\(base)/summary", for: station, objects: own, limits: limits) { try await summarise($0) }
    for part in Part.allCases {
      routes.post("\(base)/\(part.rawValue)/:number/remove", for: station, objects: own, limits: limits) {
        try await remove(part, $0)
      }
    }
  }

  private enum Part: String, CaseIterable {
    case evidence
    case findings
    case recommendations

    /// What the place of its form is called.
    var place: String {
      switch self {
      case .evidence: "evidence"
      case .findings: "finding"
      case .recommendations: "recommendation"
      }
    }
  }

  private func choose(_ signedIn: SignedIn) async throws -> Response {
    let sent = try await signedIn.form()
    let source = try sent["source"] ?? ""
    let place = source.isEmpty ? "quote" : "source-\(source)"
    return try await page.answer(signedIn, place) { form, id, actor in
      var reader = FormReader(form)
      let code = reader.text(source.isEmpty ? "quote" : "evidence", length: 1...80)
      try reader.finish()
      guard let code else { throw Problem.internalFault }
      let quotes = try await reports.ports.quotes.opened(signedIn.community.id)
      return try await reports.database.once("POST /report-desk/evidence", form, signedIn) {
        [reports] transaction in
        if source.isEmpty {
          try reports.desk.chooseQuote(code, among: quotes, for: id, by: actor, in: transaction)
        } else {
          try reports.desk.choose(source: source, code: code, for: id, by: actor, in: transaction)
        }
        return ""
      }
    }
  }

  /// Which one is written anew; nil for a new one.
  /// - Throws: `form.invalid`.
  private static func number(_ form: Form) throws -> Int? {
    var reader = FormReader(form)
    let number = reader.integer("number", in: 1...1000, isRequired: false)
    try reader.finish()
    return number.map { Int($0) }
  }

  private func writeFinding(_ signedIn: SignedIn) async throws -> Response {
    try await page.answer(signedIn, "finding") { form, id, actor in
      let number = try Self.number(form)
      let finding = try FindingForm.finding(form, number: number ?? 0)
      return try await reports.database.once("POST /report-desk/findings", form, signedIn) {
        [reports] transaction in
        try reports.desk.writeFinding(
          finding.text, evidence: finding.evidence, number: number, of: id, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func writeRecommendation(_ signedIn: SignedIn) async throws -> Response {
    try await page.answer(signedIn, "recommendation") { form, id, actor in
      let sent = try FindingForm.recommendation(form, number: try Self.number(form) ?? 0)
      return try await reports.database.once("POST /report-desk/recommendations", form, signedIn) {
        [reports] transaction in
        try reports.desk.writeRecommendation(sent, of: id, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func summarise(_ signedIn: SignedIn) async throws -> Response {
    try await page.answer(signedIn, "summary") { form, id, actor in
      let summary = try ReportForm.summary(form)
      return try await reports.database.once("POST /report-desk/summary", form, signedIn) {
        [reports] transaction in
        try reports.desk.writeSummary(summary, of: id, by: actor, in: transaction)
        return ""
      }
    }
  }

  private func remove(_ part: Part, _ signedIn: SignedIn) async throws -> Response {
    guard let number = Int(try signedIn.parameter("number")) else { throw Problem.notFound }
    return try await page.answer(signedIn, "\(part.place)-\(number)") { form, id, actor in
      try await reports.database.once("POST /report-desk/remove", form, signedIn) { [reports] transaction in
        let desk = reports.desk
        switch part {
        case .evidence: try desk.removeEvidence(number, from: id, by: actor, in: transaction)
        case .findings: try desk.removeFinding(number, from: id, by: actor, in: transaction)
        case .recommendations: try desk.removeRecommendation(number, from: id, by: actor, in: transaction)
        }
        return ""
      }
    }
  }
}
