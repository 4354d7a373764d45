import Database
import HTTPTypes
import Kernel
import People
import TestKit
import Testing
import Web

@testable import Activities

@Suite("Photos of activities")
struct PhotoTests {
  private static let small = Array("small picture".utf8)
  private static let large = Array("large picture".utf8)

  @Test("A photo is shown where nobody can be recognised, or all are known and agree")
  func rule() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<1000 {
      let persons = (0..<Int.random(in: 0...4, using: &random)).map { PersonID(rawValue: Int64($0)) }
      let agreed = Set(persons.filter { _ in Bool.random(using: &random) })
        .union([PersonID(rawValue: 99)])
      for people in ActivityPhoto.People.allCases {
        let expected =
          switch people {
          case .nobody: persons.isEmpty
          case .listed: !persons.isEmpty && Set(persons).subtracting(agreed).isEmpty
          case .others: false
          }
        #expect(PhotoRules.isShowable(people, persons, agreed: agreed) == expected)
      }
    }
  }

  @Test("What is said of a photo has to fit together")
  func form() {
    let file = UploadedFile(field: "picture", name: "a.jpg", contentType: "image/jpeg", bytes: [1])
    func problems(_ pairs: [(String, String)], _ files: [UploadedFile]) -> [String] {
      do {
        _ = try PhotoForm.read(
          Form(fields: pairs.map { Form.Field(name: $0.0, value: $0.1) }, files: files))
        return []
      } catch {
        return (error as? Problem)?.fields.map(\.field) ?? ["\(error)"]
      }
    }
    let person = ("person", PersonID(rawValue: 5).description)
    #expect(problems([("people", "nobody")], [file]) == [])
    #expect(problems([("people", "listed"), person], [file]) == [])
    #expect(problems([("people", "listed"), ("numbers", "3 4")], [file]) == [])
    #expect(problems([("people", "others"), person], [file]) == [])
    #expect(problems([("people", "nobody"), person], [file]) == ["people"])
    #expect(problems([("people", "listed")], [file]) == ["people"])
    #expect(problems([("people", "listed"), ("numbers", "三")], [file]).contains("numbers"))
    #expect(problems([("people", "nobody")], []) == ["picture"])
    #expect(problems([], [file]) == ["people"])
  }

  /// Keeps a photo of some who were there.
  private func add(
    _ people: ActivityPhoto.People, _ persons: Set<PersonID>, to id: ActivityID, _ fixture: ActivityFixture
  ) async throws -> ActivityPhoto {
    let cipher = try await fixture.programme.cipher(fixture.community)
    let sent = PhotoForm.Sent(bytes: [], people: people, persons: persons, numbers: [], caption: "")
    let made = PhotoDesk.Made(small: Self.small, large: Self.large, width: 960, height: 640)
    try await fixture.write(id) { activity, transaction in
      try fixture.programme.photos.add(
        made, sent, to: activity, sealing: cipher, by: fixture.actor, in: transaction)
    }
    let photos = try await fixture.database.read { try PhotoStore.photos(of: id, in: fixture.community, $0) }
    return try #require(photos.last)
  }

  private func publish(_ photo: ActivityPhoto, _ fixture: ActivityFixture) async -> String? {
    await ActivityFixture.code {
      try await fixture.write { transaction in
        let found = try PhotoStore.find(photo.id, in: fixture.community, transaction)
        try fixture.programme.photos.publish(
          try #require(found), by: fixture.actor, in: transaction)
      }
    }
  }

  /// An activity that the first two neighbours came to.
  private func attended(_ fixture: ActivityFixture) async throws -> ActivityID {
    let id = try await fixture.make(capacity: nil)
    for person in fixture.neighbours.prefix(2) { try await fixture.take(person, id) }
    fixture.clock.move(to: ActivityFixture.begins)
    for person in fixture.neighbours.prefix(2) {
      try await fixture.write(id) { activity, transaction in
        try fixture.programme.checkIns.arrive(person, at: activity, in: transaction)
      }
    }
    return id
  }

  @Test("It comes with everybody's consent and goes with anybody's", arguments: TestEngine.available)
  func gate(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await attended(fixture)
      let (one, two) = (fixture.neighbours[0], fixture.neighbours[1])
      let photo = try await add(.listed, [one, two], to: id, fixture)
      let (path, page) = ("/activity-photos/\(photo.id)/large", "/activities/\(id)")
      let anybody = try await fixture.browser()
      let station = try await fixture.browser(of: fixture.worker)
      #expect(try await station.get(path).bytes == Self.large, "the station sees what it decides about")
      #expect(try await anybody.get(path).status == 404)
      try await fixture.photos(of: one, isGiven: true)
      #expect(await publish(photo, fixture) == "activities.photo_not_agreed")
      try await fixture.photos(of: two, isGiven: true)
      #expect(await publish(photo, fixture) == nil)
      let served = try await anybody.get(path)
      #expect(served.status == 200 && served.bytes == Self.large)
      #expect(served.headers[.cacheControl] == "private, no-store")
      #expect(try await anybody.get("/activity-photos/\(photo.id)/small").bytes == Self.small)
      #expect(try await anybody.get("/activity-photos/\(photo.id)/huge").status == 404)
      #expect(try await anybody.get(page).text.contains(path))
      try await fixture.photos(of: two, isGiven: false)
      #expect(try await anybody.get(path).status == 404, "at once")
      #expect(try await !anybody.get(page).text.contains(path))
      #expect(try await fixture.breaches() == [])
      let sealed = try await fixture.database.read {
        try $0.values("SELECT large FROM activities_photo", as: [UInt8].self)
      }
      #expect(sealed.allSatisfy { $0.firstRange(of: Self.large) == nil })
    }
  }

  @Test("Somebody without an account keeps it from being published", arguments: TestEngine.available)
  func others(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await attended(fixture)
      let one = fixture.neighbours[0]
      try await fixture.photos(of: one, isGiven: true)
      let unknown = try await add(.others, [one], to: id, fixture)
      #expect(await publish(unknown, fixture) == "activities.photo_of_others")
      await #expect(throws: DatabaseError.self) {
        try await fixture.write {
          try PhotoStore.setPublished(unknown.id, by: fixture.actor, in: $0)
        }
      }
      let empty = try await add(.nobody, [], to: id, fixture)
      #expect(await publish(empty, fixture) == nil)
      let absent = await ActivityFixture.code {
        _ = try await add(.listed, [fixture.neighbours[7]], to: id, fixture)
      }
      #expect(absent == "form.invalid", "who was not there cannot be ticked")
      let shown = try await fixture.database.read {
        try PhotoGate(directory: fixture.people.directory).shown(of: id, in: fixture.community, $0)
      }
      #expect(shown.map(\.id) == [empty.id])
    }
  }

  @Test(
    "What nobody agrees to any more is deleted within a day, what waited in vain after 30",
    arguments: TestEngine.available)
  func forgetting(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await attended(fixture)
      let (one, two) = (fixture.neighbours[0], fixture.neighbours[1])
      try await fixture.photos(of: one, isGiven: true)
      let published = try await add(.listed, [one], to: id, fixture)
      #expect(await publish(published, fixture) == nil)
      let waiting = try await add(.listed, [two], to: id, fixture)
      let unknown = try await add(.others, [], to: id, fixture)
      let empty = try await add(.nobody, [], to: id, fixture)
      let jobs = JobRunner(fixture.database, handlers: fixture.programme.jobs + fixture.people.jobs)
      func left() async throws -> [ActivityPhotoID] {
        try await fixture.database.read { try PhotoStore.photos(of: id, in: fixture.community, $0).map(\.id) }
      }
      fixture.clock.advance(by: .days(1))
      try await jobs.runDue()
      #expect(try await left() == [published.id, waiting.id, unknown.id, empty.id])
      try await fixture.photos(of: one, isGiven: false)
      fixture.clock.advance(by: .days(1))
      try await jobs.runDue()
      #expect(try await left() == [waiting.id, unknown.id, empty.id])
      fixture.clock.advance(by: .days(29))
      try await jobs.runDue()
      #expect(try await left() == [empty.id])
      let rows = try await fixture.count("SELECT count(*) FROM activities_photo_person")
      #expect(rows == 0)
    }
  }

  @Test("With a person go the photos in which they can be recognised", arguments: TestEngine.available)
  func deletion(_ engine: TestEngine) async throws {
    try await ActivityFixture.with(engine) { fixture in
      let id = try await attended(fixture)
      let (one, two) = (fixture.neighbours[0], fixture.neighbours[1])
      _ = try await add(.listed, [one, two], to: id, fixture)
      let other = try await add(.listed, [two], to: id, fixture)
      let subject = DataSubject(person: one, household: nil, community: fixture.community)
      try await fixture.write { try fixture.programme.forget(subject, in: $0) }
      let left = try await fixture.database.read {
        try PhotoStore.photos(of: id, in: fixture.community, $0)
      }
      #expect(left.map(\.id) == [other.id])
    }
  }
}
