import Care
import Foundation
import HTTPTypes
import Kernel
import NuanlinServer
import People
import TestKit
import Testing
import Web

@testable import Database

/// Five hundred notes, each with a word that stands nowhere else, and everybody who has no part in their cases at every door
/// of the program: the words are found nowhere, neither at a door nor on the disk.
@Suite struct CareCanaryTests {
  private static let mark = "金丝雀"
  private static let clients = 10
  private static let notesEach = 50

  @Test(arguments: TestEngine.available)
  func `nobody without a part in a case reads a word of it, at whatever door`(engine: TestEngine) async throws
  {
    try await House.with(engine) { house in
      let cage = try await Cage.fill(house, clients: Self.clients, notes: Self.notesEach, mark: Self.mark)
      // Its own worker does read them, so that the crawl below is not looking for what is nowhere.
      let own = try await cage.page("/cases/\(cage.cases[0])", as: cage.worker)
      #expect(own.status == 200 && own.text.contains("\(Self.mark)0-0·"))
      for visitor in cage.visitors {
        for answer in try await cage.crawl(as: visitor.person) {
          #expect(
            !answer.answer.text.contains(Self.mark), "\(visitor.name) reads a note at \(answer.path)")
          #expect(answer.answer.status < 500, "\(visitor.name) at \(answer.path)")
        }
      }
      #expect(try await cage.isClean(of: Self.mark), "a note lies on the disk in the clear")
    }
  }
}

/// Cases with notes, and everybody who might look for them.
private struct Cage: Sendable {
  let house: House
  let worker: PersonID
  let clients: [PersonID]
  let cases: [CaseID]
  let visitors: [(name: String, person: PersonID?)]

  struct Crawled: Sendable {
    let path: String
    let answer: Browser.Answer
  }

  static func fill(_ house: House, clients count: Int, notes: Int, mark: String) async throws -> Cage {
    let worker = try await house.person(roles: [.socialWorker])
    let supervisor = try await house.person(roles: [.supervisor])
    var clients: [PersonID] = []
    var cases: [CaseID] = []
    let care = house.switchboard.care
    for client in 0..<count {
      let person = try await house.person(roles: [.resident])
      let seal = try await care.keys.sealing(person, in: house.community)
      let reader = CaseReader(person: worker, roles: [.socialWorker])
      let id = try await house.switchboard.database.write(in: house.community) { transaction in
        let file = try care.desk.open(
          CaseDesk.Draft(
            person: person, field: .family, source: .asked, words: CareDocument([.concern: "\(mark)开头"]),
            assignment: CaseDesk.Assignment(worker: worker, supervisor: supervisor)),
          sealing: seal, by: Actor(person: worker, role: .socialWorker), in: transaction)
        let open = try care.desk.open(file.id, for: reader, in: transaction.community, transaction)
        for note in 0..<notes {
          try care.desk.write(
            CaseDesk.NoteDraft(
              kind: .progress, sensitivity: Sensitivity.allCases[note % 3],
              words: CareDocument([.note: "\(mark)\(client)-\(note)· 女儿欠了债，他睡不着"])),
            open, sealing: seal, in: transaction)
        }
        return file.id
      }
      clients.append(person)
      cases.append(id)
    }
    var visitors: [(name: String, person: PersonID?)] = [("a stranger", nil)]
    for role in Role.allCases {
      visitors.append(("another \(role.rawValue)", try await house.person(roles: [role])))
    }
    visitors.append(("somebody with every role", try await house.person(roles: Set(Role.allCases))))
    return Cage(house: house, worker: worker, clients: clients, cases: cases, visitors: visitors)
  }

  func page(_ path: String, as person: PersonID?) async throws -> Browser.Answer {
    var headers = HTTPFields()
    if let person { headers[.authorization] = "Bearer \(try await house.bearer(of: person))" }
    return try await house.browser().send(.get, path, headers: headers)
  }

  /// Every door that is read, with the identifiers of what the notes are about; and the searches.
  func crawl(as person: PersonID?) async throws -> [Crawled] {
    var found: [Crawled] = []
    for route in house.routes where route.method == .get {
      for path in paths(of: route) {
        found.append(Crawled(path: path, answer: try await page(path, as: person)))
      }
    }
    for path in ["/desk/people?q=\(URLEncodedText.encode("睡不着"))", "/?q=\(URLEncodedText.encode("睡不着"))"] {
      found.append(Crawled(path: path, answer: try await page(path, as: person)))
    }
    if let person {
      let browser = house.browser()
      browser.setCookie("sid", try await house.bearer(of: person))
      _ = try await browser.get("/cases/search")
      // The words that were looked for stand in the field again; what surrounds them does not.
      let answer = try await browser.post("/cases/search", ["words": "欠了债"])
      found.append(Crawled(path: "POST /cases/search", answer: answer))
      let note = try await browser.post("/cases/\(cases[0])/note", ["note": "", "kind": "progress"])
      found.append(Crawled(path: "POST a note that is none", answer: note))
    }
    return found
  }

  /// The route with a case, a client, or whatever identifier of theirs could stand at each place.
  private func paths(of route: Route) -> [String] {
    let parts = route.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.contains(where: { $0.hasPrefix(":") }) else { return [route.path] }
    return [0, 1].map { (index: Int) -> String in
      parts.map { part in
        guard part.hasPrefix(":") else { return String(part) }
        return part == ":case" || index == 0
          ? (part == ":person" ? clients[index].description : cases[index].description)
          : clients[index].description
      }.joined(separator: "/")
    }
  }

  /// Whether a word stands nowhere in what the database keeps: files and journal of SQLite, every column of PostgreSQL.
  func isClean(of word: String) async throws -> Bool {
    switch house.location {
    case .sqlite(let path):
      let wanted = Data(word.utf8)
      for end in ["", "-wal"] {
        guard let bytes = FileManager.default.contents(atPath: path + end) else { continue }
        if bytes.range(of: wanted) != nil { return false }
      }
      return true
    case .postgres:
      return try await house.switchboard.database.read { snapshot in
        let columns = try snapshot.all(
          """
          SELECT table_name, column_name, data_type FROM information_schema.columns
          WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')
          """
        ) { row in (table: try row[0] as String, column: try row[1] as String, type: try row[2] as String) }
        guard columns.count > 100 else { return false }
        return try columns.allSatisfy { column in
          let wanted = column.type == "bytea" ? "convert_to($1, 'UTF8')" : "$1"
          return try !snapshot.exists(
            Query(
              text: "SELECT 1 FROM \(column.table) WHERE position(\(wanted) IN \(column.column)) > 0 LIMIT 1",
              values: [.text(word)]))
        }
      }
    }
  }
}
