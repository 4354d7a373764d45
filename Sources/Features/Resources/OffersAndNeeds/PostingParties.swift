import Database
import Kernel
import People

/// A party with what it is called.
struct NamedParty: Sendable, Equatable {
  let party: Party
  let name: Phrase
}

/// Who acts for whom, and what parties are called.
struct PostingParties: Sendable {
  let ground: ResourceGround

  /// Everybody for whom somebody acts: themselves first, then merchants and organisations that they
  /// represent.
  func own(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NamedParty] {
    let merchants = try ground.ports.merchants.represented(person, community, snapshot)
      .map { NamedParty(party: .merchant($0.id), name: Phrase(same: $0.name)) }
    let organisations = try OrganisationDirectory().represented(by: person, in: community, snapshot)
      .map { NamedParty(party: .organisation($0.id), name: $0.name) }
    let oneself = NamedParty(party: .person(person), name: Phrase("我自己", "Myself"))
    return [oneself] + merchants + organisations
  }

  /// Those who act for a party.
  func persons(for party: Party, in community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    if let merchant = party.merchant {
      return try ground.ports.merchants.persons(merchant, community, snapshot)
    }
    if let organisation = party.organisation {
      return try OrganisationDirectory().persons(of: organisation, in: community, snapshot)
    }
    return party.person.map { [$0] } ?? []
  }

  /// What everybody may know: the names of merchants and organisations. Persons are in it never.
  func publicNames(
    of parties: Set<Party>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Party: Phrase] {
    var names: [Party: Phrase] = [:]
    let merchants = Set(parties.compactMap(\.merchant))
    if !merchants.isEmpty {
      for (id, card) in try ground.ports.merchants.cards(merchants, community, snapshot) {
        names[.merchant(id)] = Phrase(same: card.name)
      }
    }
    let organisations = Set(parties.compactMap(\.organisation))
    if !organisations.isEmpty {
      let cards = try OrganisationDirectory().cards(of: organisations, in: community, snapshot)
      for (id, card) in cards { names[.organisation(id)] = card.name }
    }
    return names
  }

  /// What parties are called, persons among them: for those who may know.
  func names(
    of parties: Set<Party>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Party: Phrase] {
    var names = try publicNames(of: parties, in: community, snapshot)
    let persons = Set(parties.compactMap(\.person))
    for (id, name) in try ground.directory.displayNames(of: persons, in: community, snapshot) {
      names[.person(id)] = Phrase(same: name)
    }
    return names
  }

  /// Who is meant by somebody at the desk.
  /// - Throws: `form.invalid`: naming `person` where several live behind the door, `phone` or `building`
  /// where nobody is entered.
  func person(
    _ asked: PostingForm.Asked, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID {
    switch asked {
    case .person(let person): return person
    case .phone(let typed):
      guard let person = try ground.directory.person(withPhone: typed, in: community, snapshot) else {
        throw Problem.helpPersonUnknown
      }
      return person
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

extension Party.Kind {
  /// What a stranger is called before both agreed.
  var strangerName: Phrase {
    switch self {
    case .person: Phrase("一位邻居", "A neighbour")
    case .merchant: Phrase("一家商户", "A merchant")
    case .organisation: Phrase("一家单位", "An organisation")
    }
  }
}

extension Problem {
  static let helpPersonUnknown = Problem.invalid([
    FieldProblem("phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
  ])

  static let helpDoorUnknown = Problem.invalid([
    FieldProblem("building", Phrase("这户还没有登记人。", "Nobody is entered at this door yet."))
  ])

  static let helpWhichOne = Problem.invalid([
    FieldProblem("person", Phrase("请选是家里哪一位。", "Please choose which of the household it is."))
  ])
}
