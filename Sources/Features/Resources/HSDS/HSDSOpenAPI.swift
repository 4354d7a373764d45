/// The description of this API (OpenAPI 3.1), to which its root leads. Its paths are those of HSDS 3.0 below a server of
/// their own, so that programs written for the standard find them where they look.
enum HSDSOpenAPI {
  typealias Member = HSDSValue.Member

  /// A list with its parameters, and the shape of what is in it.
  struct List: Sendable {
    let path: String
    let shape: String
    let parameters: [String]
    /// Whether names and dates alone may be asked for.
    var isMinimal = false
  }

  private static let paging = ["search", "page", "per_page", "format"]
  private static let selection = [
    "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "minimal", "full",
  ]

  static let lists = [
    List(path: "/services", shape: "service", parameters: paging + selection, isMinimal: true),
    List(
      path: "/organizations", shape: "organization", parameters: paging + selection + ["full_service"],
      isMinimal: true),
    List(
      path: "/service_at_locations", shape: "service_at_location",
      parameters: paging + selection + ["postcode"], isMinimal: true),
    List(path: "/taxonomies", shape: "taxonomy", parameters: paging + ["taxonomy_id"]),
    List(
      path: "/taxonomy_terms", shape: "taxonomy_term",
      parameters: paging + ["taxonomy_id", "top_only", "parent_id"]),
  ]

  /// - Parameter server: the address below which all paths are.
  static func document(server: String) -> HSDSValue {
    .object([
      Member("openapi", .text("3.1.0")),
      Member(
        "info",
        .object([
          Member("title", .text("Nuanlin 暖邻: HSDS 3.0")), Member("version", .text("1")),
          Member("summary", .text("Organisations, services and places of one neighbourhood; read-only.")),
        ])),
      Member("servers", .list([.object([Member("url", .text(server))])])),
      Member("paths", .object(paths)), Member("components", components),
    ])
  }

  // MARK: - Paths

  private static var paths: [Member] {
    let root = Member("/", get("readRoot", "What this API is.", [], rootSchema))
    return [root]
      + lists.flatMap { list in
        [
          Member(
            list.path,
            get("list_\(list.shape)", "A page of a list.", list.parameters.map(parameter), page(list))),
          Member(
            "\(list.path)/{id}",
            get(
              "read_\(list.shape)", "One, with everything that belongs to it.",
              [parameter("id", in: "path", .object([Member("type", .text("string"))]))], reference(list.shape)
            )),
        ]
      }
  }

  private static func get(
    _ id: String, _ summary: String, _ parameters: [HSDSValue], _ schema: HSDSValue
  ) -> HSDSValue {
    let content: HSDSValue = .object([
      Member("application/json", .object([Member("schema", schema)]))
    ])
    let answer: HSDSValue = .object([
      Member("description", .text(summary)), Member("content", content),
    ])
    let fault: HSDSValue = .object([Member("description", .text("A problem (RFC 9457)."))])
    return .object([
      Member(
        "get",
        .object([
          Member("operationId", .text(id)), Member("summary", .text(summary)),
          Member("parameters", .list(parameters)),
          Member("responses", .object([Member("200", answer), Member("default", fault)])),
        ]))
    ])
  }

  private static func parameter(_ name: String) -> HSDSValue {
    let kind: HSDSShapes.Kind =
      switch name {
      case "page", "per_page": .whole
      case "minimal", "full", "full_service", "top_only": .flag
      case "format": .choice(["json"])
      case "search", "postcode", "modified_after": .text
      default: .uuid
      }
    return parameter(name, in: "query", schema(kind))
  }

  private static func parameter(_ name: String, in place: String, _ schema: HSDSValue) -> HSDSValue {
    .object([
      Member("name", .text(name)), Member("in", .text(place)), Member("required", .flag(place == "path")),
      Member("schema", schema),
    ])
  }

  private static func page(_ list: List) -> HSDSValue {
    let items: HSDSValue =
      list.isMinimal
      ? .object([Member("anyOf", .list([reference(list.shape), reference(HSDSShapes.changed.name)]))])
      : reference(list.shape)
    let contents: HSDSValue = .object([Member("type", .text("array")), Member("items", items)])
    let own: HSDSValue = .object([
      Member("properties", .object([Member("contents", contents)])),
      Member("required", .list([.text("contents")])),
    ])
    return .object([Member("allOf", .list([reference("Page"), own]))])
  }

  // MARK: - Schemas

  private static var components: HSDSValue {
    let shapes = HSDSShapes.all.map { Member($0.name, schema($0.fields)) }
    return .object([Member("schemas", .object([Member("Page", schema(pageFields))] + shapes))])
  }

  private static let pageFields: [HSDSShapes.Field] = [
    .needed("total_items", .whole), .needed("total_pages", .whole), .needed("page_number", .whole),
    .needed("size", .whole), .needed("first_page", .flag), .needed("last_page", .flag),
    .needed("empty", .flag),
  ]

  private static var rootSchema: HSDSValue {
    schema([.needed("version", .text), .needed("profile", .link), .needed("openapi_url", .link)])
  }

  private static func schema(_ fields: [HSDSShapes.Field]) -> HSDSValue {
    .object([
      Member("type", .text("object")),
      Member("properties", .object(fields.map { Member($0.name, schema($0.kind)) })),
      Member("required", .list(fields.filter(\.isRequired).map { .text($0.name) })),
    ])
  }

  private static func schema(_ kind: HSDSShapes.Kind) -> HSDSValue {
    func typed(_ type: String, _ format: String? = nil) -> HSDSValue {
      .object([Member("type", .text(type)), format.map { Member("format", .text($0)) }].compactMap(\.self))
    }
    return switch kind {
    case .uuid: typed("string", "uuid")
    case .text: typed("string")
    case .link: typed("string", "uri")
    case .date: typed("string", "date")
    case .moment: typed("string", "date-time")
    case .number: typed("number")
    case .whole: typed("integer")
    case .flag: typed("boolean")
    case .choice(let values):
      .object([Member("type", .text("string")), Member("enum", .list(values.map { .text($0) }))])
    case .one(let name): reference(name)
    case .many(let name):
      .object([Member("type", .text("array")), Member("items", reference(name))])
    }
  }

  private static func reference(_ name: String) -> HSDSValue {
    .object([Member("$ref", .text("#/components/schemas/\(name)"))])
  }
}
