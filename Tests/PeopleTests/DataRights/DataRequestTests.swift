import Database
import Kernel
import Security
import TestKit
import Testing

@testable import People

/// What may be done with a request, and when.
@Suite struct DataRequestTests {
  private static let asked = Timestamp(seconds: 1_900_000_000)
  private static let person = PersonID(rawValue: 10)
  private static let worker = Actor(person: PersonID(rawValue: 20), role: .socialWorker)
  private static let supervisor = Actor(person: PersonID(rawValue: 30), role: .supervisor)

  private static func request(
    _ kind: DataRequest.Kind, takenBy actor: Actor? = nil, end: DataRequest.End? = nil
  ) -> DataRequest {
    DataRequest(
      id: DataRequestID(rawValue: 1), person: person, kind: kind, hasWords: false, askedAt: asked,
      dueAt: DataRequest.due(after: asked, offsetSeconds: 28_800),
      takenBy: actor ?? Actor(person: person, role: .resident),
      identifiedBy: actor == nil ? .session : .known,
      end: end)
  }

  @Test func `an answer is due at the end of the fifteenth working day, whatever the day it was asked`() {
    for day in 0..<400 {
      let moment = Self.asked + .days(Int64(day))
      let due = DataRequest.due(after: moment, offsetSeconds: 28_800)
      let days = (0..<40).map { CivilDateTime(moment + .days(Int64($0 + 1)), offsetSeconds: 28_800) }
      let working = days.filter { (0...4).contains(($0.dayNumber + 3) % 7) }
      #expect(CivilDateTime(due - .seconds(1), offsetSeconds: 28_800).dayNumber == working[14].dayNumber)
    }
  }

  @Test func `nobody answers their own request, and only the person takes it back`() {
    let own = Actor(person: Self.person, role: .committee)
    for kind in DataRequest.Kind.allCases {
      let request = Self.request(kind)
      let later = Self.asked + .days(4)
      #expect(request.refusal(of: .done, by: own, at: later) == .ownDataRequest)
      #expect(request.refusal(of: .withdrawn, by: own, at: later) == nil)
      #expect(request.refusal(of: .withdrawn, by: Self.worker, at: later) == .actionForbidden)
      #expect(request.refusal(of: .done, by: Self.supervisor, at: later) == nil)
    }
  }

  @Test func `a deletion waits three days, and whoever took it down does not carry it out`() {
    let request = Self.request(.deletion, takenBy: Self.worker)
    let early = request.deletableFrom - .seconds(1)
    #expect(request.refusal(of: .done, by: Self.supervisor, at: early) == .erasureTooEarly)
    #expect(request.refusal(of: .done, by: Self.supervisor, at: request.deletableFrom) == nil)
    #expect(request.refusal(of: .done, by: Self.worker, at: request.deletableFrom) == .erasureNeedsAnother)
    #expect(request.refusal(of: .refused, by: Self.worker, at: early) == nil)
    #expect(Self.request(.deletion).refusal(of: .done, by: Self.worker, at: request.deletableFrom) == nil)
  }

  @Test func `what was answered is not answered again`() {
    for outcome in DataRequest.Outcome.allCases {
      let ended = Self.request(
        .copy, end: DataRequest.End(outcome: .done, at: Self.asked, by: Self.worker, hasAnswer: false))
      #expect(ended.refusal(of: outcome, by: Self.supervisor, at: Self.asked + .days(1)) == .dataRequestEnded)
    }
  }
}

/// Requests, corrections and assessments as they are stored.
@Suite struct DataRightsStoreTests {
  private static func with(
    _ engine: TestEngine, _ body: (Neighbourhood, DataRights, FieldCipher) async throws -> Void
  ) async throws {
    try await Neighbourhood.with(engine) { place in
      let rights = DataRights(
        place.people, records: [], retention: [], personKeys: PersonKeyFolder(path: "/nonexistent"),
        tell: { _, _, _ in })
      try await body(place, rights, try await place.people.contactCipher(in: place.community))
    }
  }

  @Test(arguments: TestEngine.available)
  func `words are sealed, and the same wish is taken once`(engine: TestEngine) async throws {
    try await Self.with(engine) { place, rights, cipher in
      let person = try await place.resident()
      let own = Actor(person: person, role: .resident)
      let asking = DataRights.Asking(kind: .correction, words: "电话写错了", identifiedBy: .session)
      let copy = DataRights.Asking(kind: .copy, words: nil, identifiedBy: .session)
      try await place.database.write(in: place.community) { transaction in
        for one in [asking, asking, copy] {
          try rights.ask(one, for: person, by: own, offsetSeconds: 0, sealing: cipher, in: transaction)
        }
      }
      let problem = await #expect(throws: Problem.self) {
        try await place.database.write(in: place.community) {
          try rights.ask(copy, for: person, by: own, offsetSeconds: 0, sealing: cipher, in: $0)
        }
      }
      #expect(problem == .dataRequestOpen)
      try await place.database.read { snapshot in
        let requests = try DataRequestStore.requests(of: person, in: place.community, snapshot)
        #expect(requests.count == 3)
        let texts = try DataRequestStore.texts(
          of: requests.map(\.id), in: place.community, opening: cipher, snapshot)
        #expect(texts.values.compactMap(\.words) == ["电话写错了", "电话写错了"])
        #expect(try !snapshot.exists("SELECT 1 FROM people_data_request WHERE length(words) < 33"))
      }
    }
  }

  @Test(arguments: TestEngine.available)
  func `a name, a number and a home are corrected in one go, and an old card opens nothing`(
    engine: TestEngine
  )
    async throws
  {
    try await Self.with(engine) { place, rights, cipher in
      let person = try await place.resident(household: try await place.household())
      let other = try await place.resident("李叔", phone: "13900139000")
      let actor = Actor(person: other, role: .committee)
      let correction = Correction(
        name: "王姨", phone: PhoneNumber(typed: "13700137000"),
        door: try Door(building: "5", unit: "1", room: "302"))
      try await rights.correct(
        person, correction, in: place.community, by: actor, actorRoles: [.committee])
      try await place.database.read { snapshot in
        let found = try #require(try snapshot.person(person, in: place.community))
        #expect(found.displayName == "王姨")
        let phone = try snapshot.phone(of: person, in: place.community, opening: cipher)
        #expect(phone == PhoneNumber(typed: "13700137000"))
        let door = try found.household.flatMap {
          try snapshot.household($0, in: place.community, opening: cipher)?.door
        }
        #expect(door == correction.door)
        #expect(
          try snapshot.search(.people, for: "王姨", in: place.community, limit: 5) == [person.rawValue])
        #expect(try snapshot.search(.people, for: "王阿姨", in: place.community, limit: 5) == [])
        #expect(try People.checks(snapshot) == [])
      }
      let problem = await #expect(throws: Problem.self) {
        try await rights.correct(
          person, Correction(name: "抢号", phone: PhoneNumber(typed: "13900139000"), door: nil),
          in: place.community, by: actor, actorRoles: [.committee])
      }
      #expect(problem == .phoneTaken)
      let name = try await place.database.read { try $0.person(person, in: place.community)?.displayName }
      #expect(name == "王姨", "a correction that was refused changed the name all the same")
    }
  }

  @Test(arguments: TestEngine.available)
  func `staff are corrected only by those who give roles`(engine: TestEngine) async throws {
    try await Self.with(engine) { place, rights, _ in
      let committee = try await place.resident("居委会", roles: [.committee])
      let worker = Actor(person: try await place.resident("社工", phone: "13900139000"), role: .socialWorker)
      let problem = await #expect(throws: Problem.self) {
        try await rights.correct(
          committee, Correction(name: nil, phone: PhoneNumber(typed: "13600136000"), door: nil),
          in: place.community, by: worker, actorRoles: [.socialWorker])
      }
      #expect(problem == .actionForbidden)
    }
  }
}
