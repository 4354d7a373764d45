import Database
import Kernel
import Security

extension FieldAddress {
  static func phone(of person: PersonID, in community: CommunityID) -> FieldAddress {
    FieldAddress("people_person", "phone", row: person, community: community)
  }
}

extension Snapshot {
  /// The person of this community; nil for people of other communities.
  func person(_ id: PersonID, in community: CommunityID) throws -> Person? {
    try persons([id], in: community).first
  }

  /// The persons with these identifiers, oldest first; those of other communities are left out.
  func persons(_ ids: some Collection<PersonID>, in community: CommunityID) throws -> [Person] {
    try chunks(of: ids).flatMap { ids in
      try persons(
        where: "person.community_id = \(community) AND person.id IN \(list: ids) ORDER BY person.id",
        community)
    }
  }

  /// Everyone who belongs to the household.
  func persons(of household: HouseholdID, in community: CommunityID) throws -> [Person] {
    try persons(
      where: "person.community_id = \(community) AND person.household_id = \(household) ORDER BY person.id",
      community)
  }

  func person(withPhone index: [UInt8], in community: CommunityID) throws -> Person? {
    try persons(
      where: "person.community_id = \(community) AND person.phone_index = \(index)", community
    ).first
  }

  private func persons(where condition: Query, _ community: CommunityID) throws -> [Person] {
    try all(
      """
      SELECT person.id, person.household_id, person.display_name, person.language, person.elder_view,
        person.created_at, person.disabled_at, account.person_id, person.phone_index
      FROM people_person person LEFT JOIN people_account account
        ON account.person_id = person.id AND account.community_id = person.community_id
      WHERE \(condition)
      """
    ) { row in
      Person(
        id: try row[0], community: community, household: try row[1], displayName: try row[2],
        language: try row[3], elderView: try row[4], createdAt: try row[5], disabledAt: try row[6],
        hasAccount: !row.isNull(7), hasPhone: !row.isNull(8))
    }
  }

  /// The telephone number; nil where none is known.
  func phone(
    of person: PersonID, in community: CommunityID, opening cipher: FieldCipher
  ) throws -> PhoneNumber? {
    let sealed: [UInt8]?? = try first(
      "SELECT phone FROM people_person WHERE community_id = \(community) AND id = \(person)"
    ) { row in try row[0] }
    guard let sealed = sealed ?? nil else { return nil }
    return PhoneNumber(e164: try cipher.open(sealed, at: .phone(of: person, in: community)))
  }
}

/// A person as they are stored at first.
struct PersonRow: Sendable {
  let id: PersonID
  let household: HouseholdID?
  let displayName: String
  let phone: PhoneNumber?
  var elderView: Bool?
}

extension Transaction {
  /// Stores persons in one go and makes them findable by name.
  /// - Throws: `person.phone_taken` (409) when a number among them belongs to someone already.
  func insert(_ persons: [PersonRow], keys: PeopleKeys, sealing cipher: FieldCipher) throws {
    var rows = Rows(
      into: "people_person", "id", "community_id", "household_id", "display_name", "phone", "phone_index",
      "phone_last_four_index", "elder_view", "created_at")
    rows.reserve(persons.count)
    for person in persons {
      let sealed = try person.phone.map {
        try cipher.seal($0.e164, at: .phone(of: person.id, in: community))
      }
      rows.append(values: [
        person.id.storedValue, community.storedValue, person.household.storedValue,
        .text(person.displayName), sealed.storedValue,
        person.phone.map { keys.index(of: $0, in: community) }.storedValue,
        person.phone.map { keys.index(ofLastFour: $0.lastFour, in: community) }.storedValue,
        person.elderView.storedValue, now.storedValue,
      ])
    }
    do {
      try insert(rows)
    } catch DatabaseError.unique {
      throw Problem.phoneTaken
    }
    for person in persons { try index(.people, id: person.id.rawValue, texts: [person.displayName]) }
  }

  func setHousehold(_ household: HouseholdID?, of person: PersonID) throws {
    try execute(
      """
      UPDATE people_person SET household_id = \(household)
      WHERE community_id = \(community) AND id = \(person)
      """)
    try touchSessions(of: person)
  }

  func setDisabled(_ moment: Timestamp?, of person: PersonID) throws {
    try execute(
      """
      UPDATE people_person SET disabled_at = \(moment)
      WHERE community_id = \(community) AND id = \(person)
      """)
  }

  /// Keeps a person's own settings; nil leaves one as it is.
  func setPreferences(of person: PersonID, language: Language?, elderView: Bool?) throws {
    try execute(
      """
      UPDATE people_person SET language = coalesce(\(language), language),
        elder_view = coalesce(\(elderView), elder_view)
      WHERE community_id = \(community) AND id = \(person)
      """)
    try touchSessions(of: person)
  }
}

extension Problem {
  static let phoneTaken = Problem(
    "person.phone_taken", status: 409,
    Phrase("这个电话已经登记在别人名下。", "That telephone number is already registered to somebody."),
    advice: Phrase("请核对号码，或先查一查这位居民。", "Please check the number, or look the person up first."))
}
