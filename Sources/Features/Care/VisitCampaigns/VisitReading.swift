import Database
import Kernel
import People

/// One door with everything that pages tell of it.
struct VisitPlace: Sendable {
  let door: VisitDoor
  let household: Household?
  /// As the household wishes to be called: what its first person is called.
  let name: String
  /// In the order of their coming.
  let outcomes: [VisitOutcome]

  var label: Phrase { household?.door.label ?? Phrase(same: "—") }
  /// In its stored spelling.
  var building: String { household?.door.building ?? "" }
  var counting: VisitOutcome? { VisitOutcome.counting(outcomes) }
}

/// Everything that the desk's pages of one campaign show.
struct VisitView: Sendable {
  let open: OpenVisit
  /// Those on the list, in the order of the walk.
  let places: [VisitPlace]
  /// Those that were taken off.
  let removed: [VisitPlace]
  let visitors: [PersonID]
  let names: [PersonID: String]
  /// Social workers and supervisors, who may be asked to go without a telephone number.
  let staff: [PersonID]

  var campaign: VisitCampaign { open.campaign }
  var progress: VisitProgress {
    VisitProgress(places.map { (building: $0.building, outcome: $0.counting?.kind) })
  }

  func name(_ person: PersonID?) -> String { person.flatMap { names[$0] } ?? "—" }
}

/// Puts together what the pages of visits show.
struct VisitReading: Sendable {
  let directory: Directory
  let doors: Doors
  let community: CommunityID

  /// These doors in the order of the walk.
  func places(
    _ doors: [VisitDoor], _ outcomes: [VisitOutcome], _ snapshot: Snapshot
  ) throws -> [VisitPlace] {
    let homes = Set(doors.map(\.household))
    let households = try self.doors.households(homes, snapshot)
    let first = try directory.firstPersons(of: homes, in: community, snapshot)
    let names = try directory.displayNames(of: Set(first.values), in: community, snapshot)
    let byDoor = Dictionary(grouping: outcomes, by: \.door)
    return VisitRoute.walk(doors, households).map { door in
      VisitPlace(
        door: door, household: households[door.household],
        name: first[door.household].flatMap { names[$0] } ?? "—", outcomes: byDoor[door.id] ?? [])
    }
  }

  func view(_ open: OpenVisit, _ snapshot: Snapshot) throws -> VisitView {
    let scope = VisitDoorScope(open.access, open.reader)
    let doors = try VisitDoorStore.doors(of: open.id, scope, in: community, snapshot)
    let outcomes = try VisitOutcomeStore.outcomes(of: open.id, in: community, snapshot)
    let visitors = try VisitDoorStore.visitors(of: open.id, in: community, snapshot)
    let workers = try directory.persons(holding: .socialWorker, in: community, snapshot)
    let supervisors = try directory.persons(holding: .supervisor, in: community, snapshot)
    let staff = workers + supervisors.filter { !workers.contains($0) }
    let people = visitors + staff + outcomes.map(\.visitor.person)
    return VisitView(
      open: open, places: try places(doors.filter(\.isListed), outcomes, snapshot),
      removed: try places(doors.filter { !$0.isListed }, [], snapshot), visitors: visitors,
      names: try directory.displayNames(of: people, in: community, snapshot), staff: staff)
  }

  /// The doors that the reader goes to themselves, with what they reported themselves: what others found there before is
  /// for the campaign's own people.
  func own(_ open: OpenVisit, _ snapshot: Snapshot) throws -> [VisitPlace] {
    guard open.access.mayVisit else { throw Problem.notFound }
    let scope = VisitDoorScope(open.access, open.reader, ownOnly: true)
    let doors = try VisitDoorStore.doors(of: open.id, scope, in: community, snapshot)
    let own = Set(doors.map(\.id))
    let outcomes = try VisitOutcomeStore.outcomes(of: open.id, in: community, snapshot)
      .filter { own.contains($0.door) && $0.visitor.person == open.reader.person }
    return try places(doors, outcomes, snapshot)
  }

  /// The cards of these doors, for which nobody has to be asked again and which are not done.
  static func cards(_ places: [VisitPlace], _ terms: VisitTerms) throws -> [TaskCard] {
    try places.filter { !($0.counting?.kind.isDone ?? false) }.map {
      try TaskCard(nameForm: $0.name, door: $0.label, need: terms.task, phrase: terms.phrase)
    }
  }
}

extension VisitReading {
  init(_ directory: Directory, in community: CommunityID) async throws {
    self.init(
      directory: directory, doors: try await directory.doors(of: community), community: community)
  }
}

/// How often each choice of each question was taken: of every door the last answer counts.
struct VisitTally: Sendable, Equatable {
  struct Question: Sendable, Equatable {
    let question: VisitQuestion
    /// In the order of the choices.
    let counts: [Int]

    var answered: Int { counts.reduce(0, +) }
  }

  let questions: [Question]

  /// - Parameters:
  ///   - questions: those that are asked now.
  ///   - answers: what was answered at each door under the same questions, oldest first.
  init(_ questions: [VisitQuestion], _ answers: [[VisitAnswers]]) {
    self.questions = questions.enumerated().map { number, question in
      let taken = answers.compactMap { attempts in attempts.compactMap { $0.choices[number] }.last }
      return Question(
        question: question,
        counts: question.choices.indices.map { choice in taken.count { $0 == choice } })
    }
  }
}
