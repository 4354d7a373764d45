import Database
import Kernel
import Security

/// The queries of corrections.
enum CorrectionStore {
  static func setName(_ name: String, of person: PersonID, in transaction: Transaction) throws {
    try transaction.execute(
      """
      UPDATE people_person SET display_name = \(name)
      WHERE community_id = \(transaction.community) AND id = \(person)
      """)
    try transaction.index(.people, id: person.rawValue, texts: [name])
    try transaction.touchSessions(of: person)
  }

  /// - Throws: `person.phone_taken` (409) where the number is somebody's already.
  static func setPhone(
    _ phone: PhoneNumber, of person: PersonID, keys: PeopleKeys, sealing cipher: FieldCipher,
    in transaction: Transaction
  ) throws {
    let community = transaction.community
    do {
      _ = try transaction.nested {
        try transaction.execute(
          """
          UPDATE people_person SET phone = \(try cipher.seal(phone.e164, at: .phone(of: person, in: community))),
            phone_index = \(keys.index(of: phone, in: community)),
            phone_last_four_index = \(keys.index(ofLastFour: phone.lastFour, in: community))
          WHERE community_id = \(community) AND id = \(person)
          """)
      }
    } catch DatabaseError.unique {
      throw Problem.phoneTaken
    }
  }
}
