import Database
import Kernel

/// The people who may have a part in what somebody wishes, each with the name under which a form offers them.
struct PeopleAround: Sendable {
  /// Station, committee and leaders outside the person's own household.
  let helpers: [(id: PersonID, name: Phrase)]
  /// Family, and whoever is named in a mandate.
  let trusted: [(id: PersonID, name: Phrase)]
  let witnesses: [(id: PersonID, name: Phrase)]
}

extension Snapshot {
  /// Who may help a person, whom they trust, and who may witness what they say.
  func peopleAround(_ principal: Person) throws -> PeopleAround {
    let community = principal.community
    var roles: [PersonID: Set<Role>] = [:]
    for role in [Role.socialWorker, .supervisor, .committee, .leader] {
      for person in try personIdentifiers(holding: role, in: community) {
        roles[person, default: []].insert(role)
      }
    }
    let family = try principal.household.map { try persons(of: $0, in: community) } ?? []
    let named = try MandateStore.given(by: principal.id, in: community, self).flatMap { mandate in
      mandate.terms(at: now).trusted.union(mandate.promisedTerms.trusted)
    }
    let people = try persons(Set(roles.keys).union(named), in: community) + family
    let known = Dictionary(people.map { ($0.id, $0) }) { first, _ in first }.values.filter {
      !$0.isDisabled && $0.id != principal.id
    }.sorted { $0.id < $1.id }
    func option(_ person: Person) -> (id: PersonID, name: Phrase) {
      let role = roles[person.id]?.min()?.name
      return (
        person.id,
        role.map { Phrase("\(person.displayName)（\($0.chinese)）", "\(person.displayName) (\($0.english))") }
          ?? Phrase(same: person.displayName)
      )
    }
    let relatives = Set(family.map(\.id)).union(named)
    return PeopleAround(
      helpers: known.filter { roles[$0.id] != nil && $0.household != principal.household }.map(option),
      trusted: known.filter { relatives.contains($0.id) && $0.hasAccount }.map(option),
      witnesses: known.map(option))
  }
}

extension Directory {
  func person(
    _ chosen: ChosenPerson, _ field: String, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID? {
    switch chosen {
    case .nobody: return nil
    case .person(let id): return id
    case .phone(let typed):
      guard let person = try self.person(withPhone: typed, in: community, snapshot) else {
        throw Problem.invalid([
          FieldProblem(field, Phrase("这里没有人登记过这个电话。", "Nobody here is registered with this number."))
        ])
      }
      return person
    }
  }
}
