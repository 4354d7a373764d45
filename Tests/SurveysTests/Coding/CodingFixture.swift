import Database
import Kernel
import People
import TestKit

@testable import Surveys

extension FieldFixture {
  private var desk: CodingDesk { CodingDesk(directory: people.directory) }

  /// Begins coding what is locked, with the worker and the colleague as its coders.
  func begin(
    _ study: StudyID, _ scheme: Coding.Scheme = .multiple, source: Coding.Source = .records,
    answers: [SurveyTexts.Text] = [], second: PersonID? = nil
  ) async throws -> CodingID {
    let draft = CodingDesk.Draft(
      source: source, scheme: scheme, first: worker, second: second ?? colleague)
    return try await write { [desk] in
      try desk.begin(draft, of: study, answers: answers, opening: cipher, by: asWorker, in: $0)
    }
  }

  func give(
    _ codes: Set<ThemeCodeID>, _ unit: Int64, _ coding: CodingID, _ study: StudyID, by actor: Actor
  ) async throws {
    try await write { [desk] in try desk.give(codes, to: unit, of: coding, in: study, by: actor, $0) }
  }

  func finish(_ coding: CodingID, _ study: StudyID, by actor: Actor) async throws {
    try await write { [desk] in try desk.finish(coding, in: study, by: actor, $0) }
  }

  func decide(
    _ codes: Set<ThemeCodeID>, _ unit: Int64, _ coding: CodingID, _ study: StudyID, by actor: Actor
  ) async throws {
    try await write { [desk] in try desk.decide(codes, on: unit, of: coding, in: study, by: actor, $0) }
  }

  func settle(_ coding: CodingID, _ study: StudyID, by actor: Actor) async throws {
    try await write { [desk] in try desk.settle(coding, in: study, by: actor, $0) }
  }

  func coding(_ id: CodingID) async throws -> Coding? {
    try await database.read { try CodingStore.find(id, in: community, $0) }
  }

  func pairs(_ id: CodingID) async throws -> [CodedPair] {
    try await database.read { try CodingMarkStore.pairs(of: id, in: community, $0) }
  }

  /// Both give each passage these codes, are done and settle.
  func settleAlike(_ codes: [Set<ThemeCodeID>], _ id: CodingID, _ study: StudyID) async throws {
    for actor in [asWorker, asColleague] {
      for (index, given) in codes.enumerated() {
        try await give(given, Int64(index + 1), id, study, by: actor)
      }
      try await finish(id, study, by: actor)
    }
    try await settle(id, study, by: asWorker)
  }
}
