import Database
import Kernel
import People

/// What is known of persons when something is to be brought to them, read for many at once.
enum RecipientStore {
  static func recipients(
    _ reach: [PersonID: PersonReach], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PersonID: Recipient] {
    let persons = reach.keys.sorted()
    let preferences = try PreferenceStore.preferences(of: persons, in: community, snapshot)
    var bound: Set<PersonID> = []
    for some in snapshot.chunks(of: persons) {
      bound.formUnion(
        try snapshot.values(
          """
          SELECT person_id FROM messages_wechat
          WHERE community_id = \(community) AND person_id IN \(list: some)
          """))
    }
    return Dictionary(
      uniqueKeysWithValues: reach.map { person, reach in
        (
          person,
          Recipient(
            preference: preferences[person], hasPhone: reach.hasPhone, hasWeChat: bound.contains(person),
            pageLanguage: reach.language, isDisabled: reach.isDisabled)
        )
      })
  }

  static func recipient(
    _ person: PersonID, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Recipient? {
    let reach = try directory.reach(of: [person], in: community, snapshot)
    return try recipients(reach, in: community, snapshot)[person]
  }
}
