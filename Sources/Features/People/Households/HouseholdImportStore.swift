import Database
import Interop
import Kernel
import Security

/// What an import found, and what it stores: the same count before and after.
struct HouseholdImportResult: Sendable, Equatable {
  let newHouseholds: Int
  let newPersons: Int
  let problems: [FieldProblem]
  let unknownHeadings: [String]
}

extension People {
  /// Looks at a table without storing anything: what is wrong with which line, and what would be new.
  func checkImport(_ table: HouseholdImport, in community: CommunityID) async throws -> HouseholdImportResult
  {
    try await database.read { try importPlan(table, in: community, $0).result }
  }

  /// Stores everything that a table names, or nothing. A form sent twice stores once.
  ///
  /// Doors that are registered stay as they are; people are added to them.
  /// - Throws: `form.invalid` naming every wrong line.
  func storeImport(
    _ table: HouseholdImport, key: IdempotencyKey, in community: CommunityID, by actor: Actor
  ) async throws {
    let cipher = try await contactCipher(in: community)
    try await database.write(in: community) { transaction in
      _ = try transaction.once(key) {
        try store(table, by: actor, transaction, cipher)
        return StoredAnswer(status: 200, body: [])
      }
    }
  }

  private func store(
    _ table: HouseholdImport, by actor: Actor, _ transaction: Transaction, _ cipher: FieldCipher
  ) throws {
    var plan = try importPlan(table, in: transaction.community, transaction)
    if !plan.result.problems.isEmpty { throw Problem.invalid(plan.result.problems) }
    let created = plan.newHouseholds.map { draft in
      (transaction.newIdentifier(HouseholdKind.self), draft)
    }
    try transaction.insert(created, keys: keys, sealing: cipher)
    for (id, draft) in created { plan.ids[draft.door] = id }
    let persons = plan.persons.map { line in
      PersonRow(
        id: transaction.newIdentifier(PersonKind.self), household: plan.ids[line.household.door],
        displayName: line.name ?? "", phone: line.phone)
    }
    try transaction.insert(persons, keys: keys, sealing: cipher)
    let entries =
      created.map { (action: "people.household_create" as StaticString, id: $0.0.rawValue) }
      + persons.map { (action: "people.person_create" as StaticString, id: $0.id.rawValue) }
    try transaction.audit(
      entries.map {
        AuditEntry(
          actor: actor.person, role: actor.role, action: $0.action, object: $0.id, purpose: "import")
      })
  }

  private struct ImportPlan {
    var ids: [Door: HouseholdID]
    let newHouseholds: [HouseholdDraft]
    let persons: [HouseholdLine]
    let result: HouseholdImportResult
  }

  private func importPlan(
    _ table: HouseholdImport, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ImportPlan {
    let drafts = table.households
    let known = try snapshot.households(
      withDoors: drafts.map { keys.index(of: $0.door, in: community) }, in: community)
    var ids: [Door: HouseholdID] = [:]
    for draft in drafts { ids[draft.door] = known[keys.index(of: draft.door, in: community)] }
    let new = drafts.filter { ids[$0.door] == nil }
    let persons = table.lines.filter { $0.value.name != nil }
    let taken = try snapshot.takenPhones(
      persons.compactMap { $0.value.phone.map { keys.index(of: $0, in: community) } }, in: community)
    let phoneProblems = persons.compactMap { entry -> FieldProblem? in
      guard let phone = entry.value.phone, taken.contains(keys.index(of: phone, in: community)) else {
        return nil
      }
      return FieldProblem(
        "phone", line: entry.line,
        Phrase("这个电话已经登记过了。", "This telephone number is registered already."))
    }
    let doorProblems = table.lines.compactMap { entry -> FieldProblem? in
      guard entry.value.name == nil, ids[entry.value.household.door] != nil else { return nil }
      return FieldProblem(
        "room", line: entry.line, Phrase("这一户已经登记过了。", "This door is registered already."))
    }
    let names = try snapshot.names(in: Set(ids.values), of: community)
    let nameProblems = persons.compactMap { entry -> FieldProblem? in
      guard let name = entry.value.name, let household = ids[entry.value.household.door],
        names[household]?.contains(name) == true
      else { return nil }
      return FieldProblem(
        "name", line: entry.line,
        Phrase("这一户已经有叫这个名字的人。", "Someone of this name is registered behind this door already."))
    }
    let problems = (table.problems + phoneProblems + doorProblems + nameProblems).sorted {
      ($0.line ?? 0) < ($1.line ?? 0)
    }
    return ImportPlan(
      ids: ids, newHouseholds: new, persons: persons.map(\.value),
      result: HouseholdImportResult(
        newHouseholds: new.count, newPersons: persons.count, problems: problems,
        unknownHeadings: table.unknownHeadings))
  }
}

extension Snapshot {
  /// What the people of each household are called.
  func names(
    in households: Set<HouseholdID>, of community: CommunityID
  ) throws -> [HouseholdID: Set<String>] {
    var names: [HouseholdID: Set<String>] = [:]
    for part in chunks(of: households) {
      try forEach(
        """
        SELECT household_id, display_name FROM people_person
        WHERE community_id = \(community) AND household_id IN \(list: part)
        """
      ) { row in names[try row[0], default: []].insert(try row[1]) }
    }
    return names
  }

  func takenPhones(_ indexes: [[UInt8]], in community: CommunityID) throws -> Set<[UInt8]> {
    var taken: Set<[UInt8]> = []
    for part in chunks(of: indexes) {
      try forEach(
        """
        SELECT phone_index FROM people_person
        WHERE community_id = \(community) AND phone_index IN \(list: part)
        """
      ) { row in taken.insert(try row[0]) }
    }
    return taken
  }
}
