import Database
import Hummingbird
import Kernel
import Web

/// The library for programs; everybody reads.
struct PolicyAPI: Sendable {
  let database: Database

  func register(on routes: inout Routes) {
    routes.get("/api/v1/policies", .everyone, objects: .community, operation: PolicyOperations.list) {
      try await list($0)
    }
    routes.get(
      "/api/v1/policies/:policy", .everyone, objects: .community, operation: PolicyOperations.show
    ) { try await show($0) }
  }

  private func list(_ visit: Visit) async throws -> Response {
    let limit = try PolicyOperations.limit(visit)
    let key: PolicyID? = try PolicyOperations.cursor(visit)
    let (today, community) = (PolicyDoors.today(visit), visit.community.id)
    var filter = PolicyFilter(text: visit.query("q").map { String($0.prefix(60)) } ?? "")
    filter.field = try visit.query("field").map { text in
      guard let field = PolicyField(rawValue: text) else { throw PolicyOperations.unknown("field") }
      return field
    }
    filter.level = try visit.query("level").map { text in
      guard let level = PolicyLevel(rawValue: text) else { throw PolicyOperations.unknown("level") }
      return level
    }
    switch visit.query("in_force") {
    case "true": filter.inForceOn = today
    case nil, "false": break
    default: throw PolicyOperations.unknown("in_force")
    }
    let page = try await database.read { [filter] in
      try PolicyListStore.page(filter, on: today, after: key, limit: limit, in: community, $0)
    }
    return .json(PolicyJSON.document(page, on: today))
  }

  private func show(_ visit: Visit) async throws -> Response {
    let id: PolicyID = try visit.id("policy")
    let (today, community) = (PolicyDoors.today(visit), visit.community.id)
    let (shown, versions) = try await database.read { snapshot in
      guard let shown = try PolicyListStore.find(id, on: today, in: community, snapshot) else {
        throw Problem.notFound
      }
      return (shown, try PolicyVersionStore.all(of: id, in: community, snapshot))
    }
    return .json(PolicyJSON.document(shown, versions, on: today))
  }
}

/// The API of the library as the OpenAPI document describes it.
enum PolicyOperations {
  static let list = Operation(
    "listPolicies",
    Phrase(
      "政策，新的在前；q 查找，可按方面、层级、是否有效筛选。",
      "Policies, newest first; found by q, of one field or level, or in force."),
    parameters: [
      .init("q", in: .query, .string(length: 1...60)),
      .init("field", in: .query, .enumeration(PolicyField.allCases.map(\.rawValue))),
      .init("level", in: .query, .enumeration(PolicyLevel.allCases.map(\.rawValue))),
      .init("in_force", in: .query, .enumeration(["true", "false"])),
      .init("cursor", in: .query, .string(length: 1...64)), .init("limit", in: .query, .integer(1...100)),
    ], answers: [.init(200, Phrase("一页政策。", "A page of policies."), PolicyJSON.page)])

  static let show = Operation(
    "getPolicy",
    Phrase(
      "一项政策，按今天算数的那一版，停用的也在。", "A policy by the version that counts today, in use or not."),
    answers: [.init(200, Phrase("政策。", "The policy."), PolicyJSON.policy)])

  static func unknown(_ parameter: String) -> Problem {
    .invalid([FieldProblem(parameter, Phrase("没有这个选项。", "There is no such choice."))])
  }

  /// Behind what the page begins that a program asks for; nil for the first one.
  /// - Throws: `form.invalid`.
  static func cursor<Kind>(_ visit: Visit) throws -> Identifier<Kind>? {
    try visit.query("cursor").map { text in
      guard let id = Identifier<Kind>(text) else { throw badCursor }
      return id
    }
  }

  /// How many entries a program asks for, 1–100.
  /// - Throws: `form.invalid`.
  static func limit(_ visit: Visit) throws -> Int {
    guard let text = visit.query("limit") else { return 50 }
    guard let limit = Int(text), (1...100).contains(limit) else { throw badLimit }
    return limit
  }

  private static let badCursor = Problem.invalid([
    FieldProblem("cursor", Phrase("不是上一页给出的游标。", "This is not a cursor that a page gave."))
  ])

  private static let badLimit = Problem.invalid([
    FieldProblem("limit", Phrase("请填 1 到 100。", "This should be 1 to 100."))
  ])
}
