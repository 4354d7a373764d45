import Kernel
import TestKit
import Testing
import Web

@testable import Resources

@Suite("Resources: every HSDS document")
struct HSDSSchemaTests {
  /// A document and the part of the schema that it is held against.
  struct Sent: Encodable, Sendable {
    let kind: String
    let text: String
  }

  private struct Question: Encodable {
    let documents: [Sent]
  }

  private struct Answer: Decodable {
    let faults: [String]
  }

  /// Everything that the API sends of a catalogue: lists of every depth, and each thing by itself.
  private static func all(_ documents: HSDSDocuments) -> [(kind: String, document: HSDSValue)] {
    let catalogue = documents.catalogue
    let filter = HSDSFilter()
    func page<Element>(_ kind: String, _ all: [Element], _ value: (Element) -> HSDSValue) -> (
      kind: String, document: HSDSValue
    ) {
      (kind, HSDSPaging(page: 1, size: 100).document(all, value))
    }
    let (services, organisations, joined) = (
      catalogue.services(filter), catalogue.organisations(filter), catalogue.joined(filter)
    )
    var sent = [
      page("page_of_service", services) { documents.service($0, .basic) },
      page("full_page_of_service", services) { documents.service($0, .full) },
      page("page_of_changed", services) { documents.service($0, .minimal) },
      page("page_of_organization", organisations) { documents.organization($0, .basic) },
      page("full_page_of_organization", organisations) { documents.organization($0, .full) },
      page("full_page_of_organization", organisations) {
        documents.organization($0, .full, services: .full)
      },
      page("page_of_changed", organisations) { documents.organization($0, .minimal) },
      page("page_of_service_at_location", joined) { documents.joined($0, .basic) },
      page("full_page_of_service_at_location", joined) { documents.joined($0, .full) },
      page("page_of_changed", joined) { documents.joined($0, .minimal) },
      page("page_of_taxonomy", [documents.taxonomy]) { $0 },
      page("page_of_taxonomy_term", catalogue.terms(filter)) { documents.term($0) },
    ]
    sent += services.map { ("service", documents.service($0, .full)) }
    sent += organisations.map { ("organization", documents.organization($0, .full)) }
    sent += joined.map { ("service_at_location", documents.joined($0, .full)) }
    return sent
  }

  @Test("They hold against the fields of HSDS 3.0", .enabled(if: PythonReference.isAvailable))
  func standard() async throws {
    var fixture = HSDSFixture(seed: 81)
    var sent: [Sent] = []
    for number in 0..<220 {
      let documents = fixture.documents(fixture.catalogue(), number % 2 == 0 ? .chinese : .english)
      sent += Self.all(documents).map {
        Sent(kind: $0.kind, text: String(decoding: $0.document.bytes, as: UTF8.self))
      }
    }
    let answer: Answer = try await PythonReference("Tests/ResourcesTests/HSDS/reference.py").answer(
      Question(documents: sent))
    #expect(answer.faults.isEmpty)
  }

  @Test("They are the JSON that they were made of, without empty texts")
  func written() throws {
    var fixture = HSDSFixture(seed: 82)
    for _ in 0..<200 {
      for (_, document) in Self.all(fixture.documents(fixture.catalogue())) {
        let read = try JSON(document.bytes)
        let isSame = Self.isSame(read, document)
        let isEmpty = Self.texts(document).contains("")
        #expect(isSame && !isEmpty)
      }
    }
  }

  @Test("They have what the API’s own description says, and nothing else")
  func described() {
    let shapes = Dictionary(HSDSShapes.all.map { ($0.name, $0) }) { first, _ in first }
    var fixture = HSDSFixture(seed: 83)
    for _ in 0..<200 {
      let catalogue = fixture.catalogue()
      let documents = fixture.documents(catalogue)
      var faults: [String] = []
      for service in catalogue.services {
        faults += Self.faults(documents.service(service, .full), "service", shapes)
        faults += Self.faults(documents.service(service, .minimal), "changed", shapes)
      }
      for organisation in catalogue.organisations {
        faults += Self.faults(
          documents.organization(organisation, .full, services: .full), "organization", shapes)
      }
      for joined in catalogue.joined {
        faults += Self.faults(documents.joined(joined, .full), "service_at_location", shapes)
      }
      #expect(faults.isEmpty)
    }
    // What the description refers to is in it.
    let parameters = Set(HSDSOpenAPI.lists.flatMap(\.parameters))
    #expect(
      parameters.isSuperset(of: ["search", "taxonomy_term_id", "taxonomy_id", "organization_id", "full"]))
    #expect(HSDSOpenAPI.lists.allSatisfy { shapes[$0.shape] != nil })
  }

  @Test("Where nobody wrote city and postal code, no address is given rather than half of one")
  func addresses() {
    var fixture = HSDSFixture(seed: 84)
    for _ in 0..<200 {
      let catalogue = fixture.catalogue()
      let documents = fixture.documents(catalogue)
      for place in catalogue.places.values {
        let addresses = documents.location(place, .full)["addresses"]
        #expect((addresses != nil) == (catalogue.address != nil))
      }
    }
  }

  // MARK: - Comparing

  private static func isSame(_ read: JSON, _ written: HSDSValue) -> Bool {
    switch (read, written) {
    case (.string(let left), .text(let right)): left.unicodeScalars.elementsEqual(right.unicodeScalars)
    case (.integer(let left), .integer(let right)): left == Int64(right)
    case (.integer(let left), .decimal(let right)): Double(left) == right
    case (.decimal(let left), .decimal(let right)): Double(left) == right
    case (.bool(let left), .flag(let right)): left == right
    case (.array(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { isSame($0, $1) }
    case (.object(let left), .object(let right)):
      left.map(\.name) == right.map(\.name) && zip(left, right).allSatisfy { isSame($0.value, $1.value) }
    default: false
    }
  }

  private static func texts(_ value: HSDSValue) -> [String] {
    switch value {
    case .text(let text): [text]
    case .list(let values): values.flatMap { texts($0) }
    case .object(let members): members.flatMap { texts($0.value) }
    case .integer, .flag, .decimal: []
    }
  }

  /// Members that the shape does not have, and those that it needs and that are missing.
  private static func faults(
    _ value: HSDSValue, _ name: String, _ shapes: [String: HSDSShapes.Shape]
  ) -> [String] {
    guard case .object(let members) = value, let shape = shapes[name] else { return ["\(name) is no object"] }
    var faults = shape.fields.filter { $0.isRequired && value[$0.name] == nil }.map {
      "\(name) lacks \($0.name)"
    }
    for member in members {
      guard let field = shape.fields.first(where: { $0.name == member.name }) else {
        faults.append("\(name) has \(member.name)")
        continue
      }
      switch (field.kind, member.value) {
      case (.one(let inner), _): faults += Self.faults(member.value, inner, shapes)
      case (.many(let inner), .list(let values)):
        faults += values.flatMap { Self.faults($0, inner, shapes) }
      case (.number, .decimal), (.number, .integer), (.whole, .integer), (.flag, .flag), (.uuid, .text),
        (.text, .text), (.link, .text), (.date, .text), (.moment, .text):
        break
      case (.choice(let values), .text(let text)) where values.contains(text): break
      default: faults.append("\(name) has a wrong \(member.name)")
      }
    }
    return faults
  }
}
