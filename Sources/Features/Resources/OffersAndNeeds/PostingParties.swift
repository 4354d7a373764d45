import Database
import Kernel
import People

/// Whom the station helps, and who stands on which side of a match.
extension ResourceParties {
  /// Who is meant by somebody at the desk.
  /// - Throws: `form.invalid`: naming `person` where several live behind the door, `phone` or `building`
  /// where nobody is entered.
  func person(
    _ asked: PostingForm.Asked, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID {
    switch asked {
    case .person(let person): return person
    case .phone(let typed):
      return try Self.person(withPhone: typed, ground.directory, in: community, snapshot)
    case .door(let door):
      let persons = try self.persons(at: door, in: community, snapshot)
      guard let person = persons.first else { throw Problem.helpDoorUnknown }
      if persons.count > 1 { throw Problem.helpWhichOne }
      return person
    }
  }

  func persons(at door: Door, in community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    guard let household = try ground.directory.household(at: door, in: community, snapshot) else {
      return []
    }
    return try ground.directory.persons(of: household, in: community, snapshot)
  }

  /// The sides of a match for which somebody acts.
  func sides(
    of match: Match, for person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Match.Side] {
    let own = Set(try own(of: person, in: community, snapshot).map(\.party))
    return Match.Side.allCases.filter { own.contains(match.party($0)) }
  }

  static func way(_ person: PersonID, for party: Party) -> MatchWay {
    party == .person(person) ? .own : .represented
  }
}

extension Problem {
  static let helpDoorUnknown = Problem.invalid([
    FieldProblem("building", Phrase("这户还没有登记人。", "Nobody is entered at this door yet."))
  ])

  static let helpWhichOne = Problem.invalid([
    FieldProblem("person", Phrase("请选是家里哪一位。", "Please choose which of the household it is."))
  ])
}
