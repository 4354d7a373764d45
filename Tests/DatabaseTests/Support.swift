import Dispatch
import Kernel
import Synchronization
import TestKit

@testable import Database

extension SeededGenerator {
  /// Text of any characters that can be stored: Chinese, Latin, marks, emoji, quotes, control characters.
  mutating func text(upTo length: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...length, using: &self) {
      let range: ClosedRange<UInt32> =
        switch Int.random(in: 0..<8, using: &self) {
        case 0, 1: 0x20...0x7E
        case 2, 3: 0x4E00...0x9FA5
        case 4: 1...0x1F
        case 5: 0x300...0x36F
        case 6: 0x1F300...0x1F6FF
        default: 0xE000...0x10FFFF
        }
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  mutating func bytes(upTo length: Int) -> [UInt8] {
    (0..<Int.random(in: 0...length, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}

/// Tells a waiting task that a closure on a database thread has come so far.
struct Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream()
  }

  func fire() { continuation.yield() }

  func wait() async {
    for await _ in stream { return }
  }
}

/// Holds a closure on a database thread until the test lets it go on.
final class Gate: Sendable {
  struct NeverOpened: Error {}
  private let semaphore = DispatchSemaphore(value: 0)

  func open() { semaphore.signal() }

  func pass() throws {
    guard semaphore.wait(timeout: .now() + 60) == .success else { throw NeverOpened() }
  }
}

/// Counts from several threads.
final class Counter: Sendable {
  private let state = Mutex(0)

  var value: Int { state.withLock { $0 } }

  @discardableResult
  func increment() -> Int {
    state.withLock { state in
      state += 1
      return state
    }
  }
}

struct Refused: Error, Equatable {
  var number = 0
}

let community = CommunityID(rawValue: 7)
let otherCommunity = CommunityID(rawValue: 8)

let thingMigrations = [
  Migration(
    "test", 1, "things",
    [
      """
      CREATE TABLE test_thing (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, name TEXT NOT NULL,
        amount BIGINT NOT NULL CONSTRAINT test_thing_amount CHECK (amount >= 0),
        weight DOUBLE PRECISION, note TEXT, data BYTEA, UNIQUE (community_id, name))
      """,
      """
      CREATE TABLE test_part (
        thing_id BIGINT NOT NULL REFERENCES test_thing (id) ON DELETE CASCADE, position BIGINT NOT NULL,
        PRIMARY KEY (thing_id, position))
      """,
      "CREATE INDEX test_thing_amount_index ON test_thing (community_id, amount)",
    ])
]

struct Thing: Equatable, CustomStringConvertible {
  var id: Int64
  var name: String
  var amount: Int64 = 1
  var weight: Double?
  var note: String?
  var data: [UInt8]?

  init(
    id: Int64, name: String, amount: Int64 = 1, weight: Double? = nil, note: String? = nil,
    data: [UInt8]? = nil
  ) {
    self.id = id
    self.name = name
    self.amount = amount
    self.weight = weight
    self.note = note
    self.data = data
  }

  init(_ row: borrowing Row) throws {
    try self.init(
      id: row[0], name: row[1], amount: row[2], weight: row[3], note: row[4], data: row[5])
  }

  var insertion: Query {
    """
    INSERT INTO test_thing (id, community_id, name, amount, weight, note, data)
    VALUES (\(id), \(community), \(name), \(amount), \(weight), \(note), \(data))
    """
  }

  /// Byte by byte: to Swift, é and e with an accent are the same text.
  static func == (left: Thing, right: Thing) -> Bool {
    left.id == right.id && left.amount == right.amount && left.weight == right.weight
      && left.data == right.data
      && left.name.utf8.elementsEqual(right.name.utf8)
      && left.note.map { Array($0.utf8) } == right.note.map { Array($0.utf8) }
  }

  var description: String {
    "\(id) \(name.prefix(40).debugDescription) \(amount) \(weight as Any) \(note as Any) \(data as Any)"
  }

  static func all(_ snapshot: Snapshot) throws -> [Thing] {
    try snapshot.all("SELECT id, name, amount, weight, note, data FROM test_thing ORDER BY id", Thing.init)
  }

  static func rows(_ things: [Thing]) -> Rows {
    var rows = Rows(into: "test_thing", "id", "community_id", "name", "amount", "weight", "note", "data")
    for thing in things {
      rows.append(thing.id, community, thing.name, thing.amount, thing.weight, thing.note, thing.data)
    }
    return rows
  }
}

extension Database {
  var thingNames: [String] {
    get async throws {
      try await read { try $0.values("SELECT name FROM test_thing ORDER BY id") }
    }
  }

  func add(_ things: Thing...) async throws {
    try await write(in: community) { transaction in
      for thing in things { try transaction.execute(thing.insertion) }
    }
  }
}
