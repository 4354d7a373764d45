import Database
import Hummingbird
import Kernel
import People
import Web

/// The station's doors of analysis. Nothing is changed here.
struct AnalysisDoors: Sendable {
  private static let pageSize = 100

  let staff: SurveyStaff
  private var reader: AnalysisReader { AnalysisReader(staff: staff) }

  func register(on routes: inout Routes) {
    let base = "\(QuestionnairePages.base)/:questionnaire/analysis"
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.get(base, for: readers, objects: objects) { try await overview($0) }
    routes.get("\(base)/cross", for: readers, objects: objects) { try await cross($0) }
    routes.get("\(base)/pairs", for: readers, objects: objects) { try await pairs($0) }
    routes.get("\(base)/texts/:item", for: readers, objects: objects) { try await texts($0) }
  }

  private func overview(_ signedIn: SignedIn) async throws -> Response {
    let material = try await reader.material(
      try signedIn.id("questionnaire"), in: signedIn.community.id)
    let (data, spec) = (material.data, material.spec)
    let summaries = data.items.indices.map {
      QuestionSummary(data, $0, isReversed: spec.reversed.contains(data.items[$0].name))
    }
    let scales = spec.scales.compactMap { ScaleSummary(data, $0, reversed: spec.reversed) }
    return .page(AnalysisPages(say: signedIn.say, material: material).overview(summaries, scales), signedIn)
  }

  // MARK: - Two questions

  private func cross(_ signedIn: SignedIn) async throws -> Response {
    let choice = CrossPages.Choice(
      row: Self.query("row", signedIn), column: Self.query("column", signedIn),
      split: Self.query("split", signedIn))
    let wanted = Set([choice.row, choice.column, choice.split].compactMap(\.self))
    let material = try await reader.material(
      try signedIn.id("questionnaire"), names: wanted, in: signedIn.community.id)
    let axes = Self.axes(material)
    let data = material.data
    let several = data.items.indices.filter { data.items[$0].kind == .multiple && material.tells(of: $0) }
    let rows = axes + several.map { (data.items[$0].name, data.items[$0].title) }
    return .page(
      CrossPages(say: signedIn.say, material: material).cross(
        axes, rows: rows, choice, Self.outcome(choice, material)), signedIn)
  }

  /// What may stand on one side of a table: single choices, and numbers that the lock put into groups.
  private static func axes(_ material: AnalysisReader.Material) -> [(value: String, name: Phrase)] {
    let grouped = Set(material.spec.breakdowns.filter { $0.bounds != nil }.map(\.item))
    return material.data.items.enumerated().filter { _, item in
      item.kind == .single && (2...LockSpec.mostCategories).contains(item.options.count)
        || grouped.contains(item.name)
    }.filter { material.tells(of: $0.offset) }.map { ($0.element.name, $0.element.title) }
  }

  private static func axis(_ name: String?, _ material: AnalysisReader.Material) -> CrossAxis? {
    guard let name, let place = material.data.place(of: name), material.tells(of: place) else { return nil }
    let bounds = material.spec.breakdowns.first { $0.item == name }?.bounds
    return CrossAxis(material.data, place, bounds: bounds)
  }

  private static func outcome(
    _ choice: CrossPages.Choice, _ material: AnalysisReader.Material
  ) -> CrossPages.Outcome {
    guard let row = choice.row, let column = choice.column else { return .nothingYet }
    guard row != column, let columns = axis(column, material) else { return .notPossible }
    if let place = material.data.place(of: row), material.data.items[place].kind == .multiple {
      guard material.tells(of: place) else { return .notPossible }
      return MultipleCross(material.data, place, by: columns).map { .multiple($0) } ?? .notPossible
    }
    guard let rows = axis(row, material), let table = CrossTable(rows, columns) else { return .notPossible }
    let third = choice.split.flatMap { $0 == row || $0 == column ? nil : axis($0, material) }
    return .table(table, third.flatMap { SplitCross(rows, columns, by: $0) })
  }

  private func pairs(_ signedIn: SignedIn) async throws -> Response {
    let (before, after) = (Self.query("before", signedIn), Self.query("after", signedIn))
    let material = try await reader.material(
      try signedIn.id("questionnaire"), names: Set([before, after].compactMap(\.self)),
      in: signedIn.community.id)
    let data = material.data
    let options = data.items.enumerated().filter { _, item in
      item.kind == .number || item.isRating || (item.kind == .single && item.options.count == 2)
    }
    .filter { material.tells(of: $0.offset) }.map { (value: $0.element.name, name: $0.element.title) }
    var pair: PairedComparison?
    if let first = before.flatMap(data.place), let second = after.flatMap(data.place),
      material.tells(of: first), material.tells(of: second)
    {
      pair = PairedComparison(data, before: first, after: second)
    }
    return .page(
      CrossPages(say: signedIn.say, material: material).pairs(
        options, before: before, after: after, pair, isAsked: before != nil && after != nil), signedIn)
  }

  private static func query(_ name: String, _ signedIn: SignedIn) -> String? {
    signedIn.query(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: - Texts

  private func texts(_ signedIn: SignedIn) async throws -> Response {
    let (id, community): (QuestionnaireID, CommunityID) = (
      try signedIn.id("questionnaire"), signedIn.community.id
    )
    let material = try await reader.material(id, names: [], in: community)
    let data = try await reader.answers(of: id, in: community)
    guard let place = data.place(of: try signedIn.parameter("item")),
      let column = data.columns[place], case .text(let texts) = column.values
    else { throw Problem.notFound }
    let written = column.statuses.indices.filter(column.isAnswered).map { texts[$0] }
    let start = max(0, signedIn.query("from").flatMap(Int.init) ?? 0)
    let page = written.dropFirst(start).prefix(Self.pageSize)
    let path = "\(AnalysisPages.path(id))/texts/\(data.items[place].name)"
    let next = start + page.count < written.count ? "\(path)?from=\(start + page.count)" : nil
    return .page(
      AnalysisPages(say: signedIn.say, material: material).texts(
        data.items[place], Array(page), total: written.count, next: next), signedIn)
  }
}
