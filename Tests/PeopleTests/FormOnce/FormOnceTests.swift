import Database
import Kernel
import Synchronization
import TestKit
import Testing
import Web

@testable import People

@Suite("What a form asks is done once")
struct FormOnceTests {
  private static let person = PersonID(rawValue: 7)
  private static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47]

  private static func form(
    _ fields: KeyValuePairs<String, String> = ["title": "冬天"], token: String = "t", file: [UInt8]? = nil,
    name: String = "a.png"
  ) -> Form {
    let sent = fields.map { Form.Field(name: $0.key, value: $0.value) }
    return Form(
      fields: sent + [
        Form.Field(name: "form_token", value: token),
        Form.Field(name: "idempotency_key", value: "the-key-of-one-form"),
      ],
      files: file.map {
        [UploadedFile(field: "picture", name: name, contentType: "image/png", bytes: $0)]
      } ?? [])
  }

  private static func key(
    _ form: Form, to path: String = "/photos", telling command: String? = nil
  ) throws -> IdempotencyKey {
    try form.onceKey("POST /photos", by: person, to: path, telling: command)
  }

  @Test func `The same form is the same command, whatever its token and the names of its files`() throws {
    let first = try Self.key(Self.form(token: "one", file: Self.picture, name: "a.png"))
    #expect(try Self.key(Self.form(token: "two", file: Self.picture, name: "b.png")) == first)
  }

  @Test func `Another word, another path and another file are each another command`() throws {
    let forms = [
      Self.form(), Self.form(["title": "夏天"]), Self.form(file: Self.picture), Self.form(file: [0xFF, 0xD8]),
      Self.form(file: []),
    ]
    var keys = try forms.map { try Self.key($0) }
    keys.append(try Self.key(Self.form(), to: "/photos/2"))
    #expect(Set(keys.map(\.requestDigest)).count == keys.count)
  }

  @Test func `What is told in place of the form is all that its digest knows`() throws {
    let yes = try Self.key(Self.form(["vote": "1"]), telling: "ballot")
    #expect(try Self.key(Self.form(["vote": "2"]), telling: "ballot") == yes)
    #expect(try Self.key(Self.form(["vote": "1"]), telling: "another ballot") != yes)
  }

  @Test func `A form without a usable key is refused`() async {
    let refusal = await problemCode {
      _ = try Form(["title": "冬天"]).onceKey("POST /photos", by: Self.person, to: "/photos")
    }
    #expect(refusal == "idempotency.key")
  }

  @Test(
    "A file sent twice is taken once; another file under the same key is refused",
    arguments: TestEngine.available)
  func files(_ engine: TestEngine) async throws {
    try await Neighbourhood.with(engine) { place in
      let taken = Mutex(0)
      func send(_ file: [UInt8]) async throws -> String {
        let key = try Self.key(Self.form(file: file))
        return try await place.database.answer(in: place.community, once: key) { _ in
          taken.withLock { count in
            count += 1
            return "photo \(count)"
          }
        }
      }
      let answers = [try await send(Self.picture), try await send(Self.picture)]
      #expect(answers == ["photo 1", "photo 1"])
      let refusal = await problemCode { _ = try await send([0xFF, 0xD8]) }
      #expect(refusal == "idempotency.mismatch")
      #expect(taken.withLock { $0 } == 1)
    }
  }
}
