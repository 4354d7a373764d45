import HTTPTypes
import Kernel

/// The OpenAPI 3.1 document of all described routes, written from the routes themselves.
package enum OpenAPI {
  package static func document(_ routes: [Route], title: String = "Nuanlin 暖邻", version: String) -> [UInt8] {
    let described = routes.compactMap { route in route.operation.map { (route: route, operation: $0) } }
    let paths = Dictionary(grouping: described) { path($0.route.path) }
    var json = JSONWriter(capacity: 32_768)
    json.object { json in
      json.field("openapi", "3.1.0")
      json.object("info") { json in
        json.field("title", title)
        json.field("version", version)
      }
      json.object("paths") { json in
        for (path, entries) in paths.sorted(by: { $0.key < $1.key }) {
          json.object(named: path) { json in
            for entry in entries.sorted(by: { $0.route.method.rawValue < $1.route.method.rawValue }) {
              write(entry.operation, of: entry.route, to: &json)
            }
          }
        }
      }
      components(described.map(\.operation), to: &json)
    }
    return json.bytes
  }

  /// `/campaigns/:campaign` as OpenAPI writes it: `/campaigns/{campaign}`.
  package static func path(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.first == ":" ? "{\($0.dropFirst())}" : String($0) }
      .joined(separator: "/")
  }

  private static func write(_ operation: Operation, of route: Route, to json: inout JSONWriter) {
    json.object(named: route.method.rawValue.lowercased()) { json in
      json.field("operationId", operation.id)
      json.field("summary", operation.summary.english)
      json.field("description", operation.summary.chinese)
      json.array("parameters", parameters(operation, route)) { json, parameter in
        json.object { json in
          json.field("name", parameter.name)
          json.field("in", parameter.place.rawValue)
          json.field("required", parameter.isRequired)
          write(parameter.schema, named: "schema", to: &json)
        }
      }
      if let request = operation.request {
        json.object("requestBody") { json in
          json.field("required", true)
          content("application/json", request, to: &json)
        }
      }
      json.object("responses") { json in
        for answer in operation.answers { write(answer, to: &json) }
        json.object("default") { json in
          json.field("description", "A problem. 出现问题。")
          content("application/problem+json", .problem, to: &json)
        }
      }
      write(route.access, to: &json)
    }
  }

  private static func parameters(_ operation: Operation, _ route: Route) -> [Operation.Parameter] {
    let declared = Set(operation.parameters.map(\.name))
    let captured = route.path.split(separator: "/").filter { $0.first == ":" }.map { String($0.dropFirst()) }
      .filter { !declared.contains($0) }
    return captured.map { Operation.Parameter($0, in: .path, .identifier) } + operation.parameters
  }

  private static func write(_ answer: Operation.Answer, to json: inout JSONWriter) {
    json.object(named: String(answer.status)) { json in
      json.field("description", "\(answer.description.english) \(answer.description.chinese)")
      if let schema = answer.schema { content("application/json", schema, to: &json) }
    }
  }

  private static func write(_ access: Access, to json: inout JSONWriter) {
    switch access {
    case .stateless, .everyone:
      json.array("security", [String]())
    case .signedIn, .roles:
      json.array("security", ["bearer", "cookie"]) { json, scheme in
        json.object { $0.array(scheme, [String]()) }
      }
      if case .roles(let roles) = access { json.array("x-roles", roles.sorted().map(\.rawValue)) }
    }
  }

  private static func content(_ type: String, _ schema: Schema, to json: inout JSONWriter) {
    json.object("content") { json in
      json.object(named: type) { json in write(schema, named: "schema", to: &json) }
    }
  }

  private static func components(_ operations: [Operation], to json: inout JSONWriter) {
    var named: [String: Schema] = [:]
    collect(.problem, into: &named)
    for operation in operations {
      let schemas =
        operation.parameters.map(\.schema) + operation.answers.compactMap(\.schema)
        + [operation.request].compactMap(\.self)
      for schema in schemas { collect(schema, into: &named) }
    }
    json.object("components") { json in
      json.object("schemas") { json in
        for (name, schema) in named.sorted(by: { $0.key < $1.key }) { write(schema, named: name, to: &json) }
      }
      json.object("securitySchemes") { json in
        json.object("bearer") { json in
          json.field("type", "http")
          json.field("scheme", "bearer")
        }
        json.object("cookie") { json in
          json.field("type", "apiKey")
          json.field("in", "cookie")
          json.field("name", "__Host-sid")
        }
      }
    }
  }

  private static func collect(_ schema: Schema, into named: inout [String: Schema]) {
    switch schema {
    case .named(let name, let inner):
      guard named.updateValue(inner, forKey: name) == nil else { return }
      collect(inner, into: &named)
    case .array(let element, _), .nullable(let element): collect(element, into: &named)
    case .object(let properties): for property in properties { collect(property.schema, into: &named) }
    case .string, .integer, .boolean, .enumeration: break
    }
  }

  private static func write(_ schema: Schema, named name: String, to json: inout JSONWriter) {
    json.object(named: name) { json in members(of: schema, to: &json) }
  }

  private static func members(of schema: Schema, to json: inout JSONWriter) {
    switch schema {
    case .string(let length, let format, let pattern):
      json.field("type", "string")
      if let length {
        json.field("minLength", length.lowerBound)
        json.field("maxLength", length.upperBound)
      }
      if let format { json.field("format", format) }
      if let pattern { json.field("pattern", pattern) }
    case .integer(let range):
      json.field("type", "integer")
      if let range {
        json.field("minimum", range.lowerBound)
        json.field("maximum", range.upperBound)
      }
    case .boolean: json.field("type", "boolean")
    case .enumeration(let values):
      json.field("type", "string")
      json.array("enum", values)
    case .array(let element, let count):
      json.field("type", "array")
      write(element, named: "items", to: &json)
      if let count {
        json.field("minItems", count.lowerBound)
        json.field("maxItems", count.upperBound)
      }
    case .object(let properties):
      json.field("type", "object")
      json.object("properties") { json in
        for property in properties { write(property.schema, named: property.name, to: &json) }
      }
      json.array("required", properties.filter(\.isRequired).map(\.name))
      json.field("additionalProperties", false)
    case .named(let name, _): json.field("$ref", "#/components/schemas/\(name)")
    case .nullable(let inner):
      json.array("anyOf", [inner, nil]) { json, inner in
        json.object { json in
          if let inner { members(of: inner, to: &json) } else { json.field("type", "null") }
        }
      }
    }
  }
}
