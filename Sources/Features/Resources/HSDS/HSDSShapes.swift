/// What the objects of the API are made of, for its own description. A test holds the documents themselves against the
/// standard's fields, and a second one holds this list against the documents.
enum HSDSShapes {
  indirect enum Kind: Sendable {
    case uuid
    case text
    case link
    case date
    case moment
    case number
    case whole
    case flag
    case choice([String])
    case one(String)
    case many(String)
  }

  struct Field: Sendable {
    let name: String
    let kind: Kind
    var isRequired = false

    init(_ name: String, _ kind: Kind, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
    }

    static func needed(_ name: String, _ kind: Kind) -> Field { Field(name, kind, isRequired: true) }
  }

  struct Shape: Sendable {
    let name: String
    let fields: [Field]
  }

  private static let id = Field.needed("id", .uuid)
  private static let names = [Field.needed("name", .text), Field("alternate_name", .text)]
  private static let description = Field("description", .text)

  static let all = [
    organization, service, serviceAtLocation, location, address, phone, accessibility, schedule, language,
    costOption, attribute, taxonomy, taxonomyTerm, changed,
  ]

  static let organization = Shape(
    name: "organization",
    fields: [id] + names + [
      .needed("description", .text), Field("website", .link), Field("phones", .many("phone")),
      Field("locations", .many("location")), Field("attributes", .many("attribute")),
      Field("services", .many("service")),
    ])

  static let service = Shape(
    name: "service",
    fields: [id, Field("organization_id", .uuid)] + names + [
      description, .needed("status", .choice(DirectoryService.Status.allCases.map(\.rawValue))),
      Field("fees_description", .text), Field("eligibility_description", .text),
      Field("minimum_age", .whole), Field("maximum_age", .whole), Field("assured_date", .date),
      Field("last_modified", .moment), Field("schedules", .many("schedule")),
      Field("languages", .many("language")), Field("cost_options", .many("cost_option")),
      Field("service_at_locations", .many("service_at_location")), Field("attributes", .many("attribute")),
      Field("organization", .one("organization")),
    ])

  static let serviceAtLocation = Shape(
    name: "service_at_location",
    fields: [
      id, Field("service_id", .uuid), Field("location_id", .uuid), Field("schedules", .many("schedule")),
      Field("location", .one("location")), Field("service", .one("service")),
    ])

  static let location = Shape(
    name: "location",
    fields: [id, .needed("location_type", .choice(["physical"]))] + names + [
      description, Field("latitude", .number), Field("longitude", .number), Field("phones", .many("phone")),
      Field("addresses", .many("address")), Field("accessibility", .many("accessibility")),
      Field("schedules", .many("schedule")),
    ])

  static let address = Shape(
    name: "address",
    fields: [
      id, Field("location_id", .uuid), .needed("address_1", .text), .needed("city", .text),
      .needed("state_province", .text), .needed("postal_code", .text), .needed("country", .text),
      .needed("address_type", .choice(["physical"])),
    ])

  static let phone = Shape(
    name: "phone",
    fields: [
      id, Field("organization_id", .uuid), Field("location_id", .uuid), .needed("number", .text),
      Field("type", .text),
    ])

  static let accessibility = Shape(
    name: "accessibility", fields: [id, Field("location_id", .uuid), description])

  static let schedule = Shape(
    name: "schedule",
    fields: [
      id, Field("service_id", .uuid), Field("location_id", .uuid), Field("service_at_location_id", .uuid),
      Field("timezone", .number), Field("freq", .choice(["WEEKLY"])), Field("wkst", .choice(["MO"])),
      Field("byday", .text), Field("opens_at", .text), Field("closes_at", .text), description,
    ])

  static let language = Shape(
    name: "language", fields: [id, Field("service_id", .uuid), Field("name", .text)])

  static let costOption = Shape(
    name: "cost_option", fields: [id, Field("service_id", .uuid), Field("amount_description", .text)])

  static let attribute = Shape(
    name: "attribute",
    fields: [
      id, Field("link_id", .uuid), Field("link_entity", .text), Field("taxonomy_term_id", .uuid),
      Field("taxonomy_term", .one("taxonomy_term")),
    ])

  static let taxonomy = Shape(
    name: "taxonomy", fields: [id, .needed("name", .text), .needed("description", .text)])

  static let taxonomyTerm = Shape(
    name: "taxonomy_term",
    fields: [
      id, Field("code", .text), .needed("name", .text), .needed("description", .text),
      Field("language", .text), Field("taxonomy_id", .uuid),
    ])

  /// What `minimal` asks for.
  static let changed = Shape(name: "changed", fields: [id, .needed("modified_date", .moment)])
}
