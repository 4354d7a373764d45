import Database
import Kernel
import People
import Web

/// A party with what it is called.
struct NamedParty: Sendable, Equatable {
  let party: Party
  let name: Phrase
}

/// Who acts for whom, and what parties are called.
struct ResourceParties: Sendable {
  let ground: ResourceGround

  // MARK: - Who acts

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

  /// Whether somebody may do something for a party.
  ///
  /// - Parameter isByWorker: whether the station does it for somebody.
  /// - Throws: `not_found` where the station acts for somebody who is not there, `forbidden` for a party for which the
  ///   actor does not act.
  func check(
    _ party: Party, by actor: Actor, isByWorker: Bool, in transaction: Transaction
  ) throws {
    let community = transaction.community
    if isByWorker {
      guard try names(of: [party], in: community, transaction)[party] != nil else { throw Problem.notFound }
    } else {
      let own = try own(of: actor.person, in: community, transaction)
      guard own.contains(where: { $0.party == party }) else { throw Problem.forbidden }
    }
  }

  /// Who is entered with a number, for desks at which somebody calls or comes by.
  /// - Parameter field: in which the number was typed.
  /// - Throws: `form.invalid` naming the field where nobody is.
  static func person(
    withPhone typed: String, field: String = "phone", _ directory: Directory, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> PersonID {
    if let person = try directory.person(withPhone: typed, in: community, snapshot) { return person }
    throw Problem.invalid([
      FieldProblem(
        field, Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
    ])
  }

  /// All merchants and organisations, for desks to choose from.
  func others(in community: CommunityID, _ snapshot: Snapshot) throws -> [NamedParty] {
    let merchants = try ground.ports.merchants.choices(community, snapshot)
      .map { NamedParty(party: .merchant($0.id), name: Phrase(same: $0.name)) }
    let organisations = try OrganisationDirectory().choices(in: community, snapshot)
      .map { NamedParty(party: .organisation($0.id), name: $0.name) }
    return merchants + organisations
  }

  // MARK: - What they are called

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
}

extension Party.Kind {
  /// What one is called whose name is not told.
  var strangerName: Phrase {
    switch self {
    case .person: Phrase("一位邻居", "A neighbour")
    case .merchant: Phrase("一家商户", "A merchant")
    case .organisation: Phrase("一家单位", "An organisation")
    }
  }
}

extension Party {
  /// As a form names it: `person-7`.
  var formValue: String { "\(kind.rawValue)-\(id)" }

  /// Reads what `formValue` writes; nil for anything else.
  init?(formValue text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])), let id = Int64(parts[1]) else {
      return nil
    }
    self.init(kind: kind, id: id)
  }
}
