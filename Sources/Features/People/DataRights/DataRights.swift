package import Database
package import Kernel
package import Security
package import Web

/// The rights of a person over what is kept about them, over all features: to know it, to have a copy, to have it
/// corrected, and to have it deleted. Source: PIPL art. 44 to 50.
package struct DataRights: Sendable {
  let people: People
  /// What each feature keeps, in the order in which it is told.
  package let records: [PersonRecords]
  let retention: [RetentionRule]
  let personKeys: PersonKeyFolder
  /// Tells a person that the request with this number was answered.
  let tell: @Sendable (PersonID, Int64, Transaction) throws -> Void

  /// - Parameters:
  ///   - records: of the features beside People.
  ///   - retention: how long the features keep what.
  ///   - personKeys: where a deleted person is marked, outside the database and its copies.
  ///   - tell: tells a person that the request with this number was answered.
  package init(
    _ people: People, records: [PersonRecords], retention: [RetentionRule], personKeys: PersonKeyFolder,
    tell: @escaping @Sendable (PersonID, Int64, Transaction) throws -> Void
  ) {
    self.people = people
    self.records = [people.personRecords, People.confidentialRecords] + records
    self.retention = People.retentionRules + retention
    self.personKeys = personKeys
    self.tell = tell
  }

  /// All doors of data requests, deletions, the page on what is kept how long, and impact assessments.
  package func register(on routes: inout Routes) {
    addOwnRequests(&routes)
    addRequestDesk(&routes)
    addRetention(&routes)
    addImpactAssessments(&routes)
    addCorrections(&routes)
  }

  package static let navigation: [NavigationItem] = [
    NavigationItem(
      "/data-requests", Phrase("信息请求", "Data requests"), roles: RoleRules.roles(for: .answerDataRequests)),
    // The others find it from the data requests.
    NavigationItem("/impact-assessments", Phrase("影响评估", "Impact assessments"), roles: [.operator]),
  ]

  /// - Throws: `not_found`.
  func subject(_ person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> DataSubject {
    guard let found = try snapshot.person(person, in: community) else { throw Problem.notFound }
    return DataSubject(person: person, household: found.household, community: community)
  }

  /// Copies all that is kept about a person; the audit chain says who asked for it before anything is read.
  /// - Parameter isOwn: whether the person reads it, who alone sees what is confidential.
  /// - Throws: `not_found`.
  func copy(
    of person: PersonID, isOwn: Bool, in community: CommunityID, by actor: Actor
  ) async throws -> DataCopy {
    let parts = records.filter { isOwn || !$0.isConfidential }
    let ciphers = try await ciphers(for: parts, in: community)
    try await people.database.write(in: community) { transaction in
      _ = try self.subject(person, in: community, transaction)
      try transaction.audit("people.data_copy", by: actor, of: person.rawValue, onBehalfOf: person)
    }
    return try await people.database.read { snapshot in
      let subject = try self.subject(person, in: community, snapshot)
      return DataCopy(
        person: person, name: try snapshot.displayNames(of: [person], in: community)[person] ?? "",
        madeAt: snapshot.now,
        parts: try parts.map { try DataCopyStore.part($0, about: subject, opening: ciphers, snapshot) }
          .filter { !$0.tables.isEmpty || !$0.acts.isEmpty })
    }
  }

  private func ciphers(
    for parts: [PersonRecords], in community: CommunityID
  ) async throws -> DataCopyStore.Ciphers {
    let classes = parts.flatMap(\.tables).flatMap(\.columns).compactMap { column -> DataClass? in
      if case .sealed(let dataClass, _, _) = column.form { return dataClass }
      return nil
    }
    var ciphers: DataCopyStore.Ciphers = [:]
    for dataClass in Set(classes) {
      ciphers[dataClass] = try await people.vault.existingCipher(
        for: KeyScope(community: community, dataClass: dataClass))
    }
    return ciphers
  }
}
