import Database
import Kernel
import People
import Security

/// Where photos are kept, published, taken back and deleted: each step is one transaction and an entry of the audit chain.
struct PhotoDesk: Sendable {
  let directory: Directory

  private var gate: PhotoGate { PhotoGate(directory: directory) }

  /// A photo that the program made of what somebody sent.
  struct Made: Sendable {
    let small: [UInt8]
    let large: [UInt8]
    /// Pixels of the large size.
    let width: Int
    let height: Int
  }

  /// Keeps a photo; residents do not see it yet.
  /// - Throws: `activities.not_possible`, `activities.photo_too_many`; `form.invalid` for people who were not there.
  func add(
    _ made: Made, _ sent: PhotoForm.Sent, to activity: Activity, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws {
    let community = transaction.community
    guard activity.isShown else { throw Problem.activityNotPossible }
    let count = try PhotoStore.count(of: activity.id, in: community, transaction)
    guard count < PhotoRules.limit else { throw Problem.photoTooMany }
    let persons = try persons(sent, in: activity, transaction)
    let photo = ActivityPhoto(
      id: transaction.newIdentifier(), activity: activity.id, people: sent.people,
      persons: persons.sorted(), caption: sent.caption, width: made.width, height: made.height,
      uploadedAt: transaction.now, publishedAt: nil)
    if try PhotoStore.isEmpty(in: community, transaction) { try ForgetPhotos.begin(in: transaction) }
    try PhotoStore.insert(
      photo, small: made.small, large: made.large, sealing: cipher, by: actor, in: transaction)
    try transaction.note(
      "activities.photo_add", by: actor, of: photo.id.rawValue, purpose: sent.people.rawValue)
  }

  /// From now on residents see it, as long as everybody in it agrees.
  /// - Throws: `activities.photo_of_others`, `activities.photo_not_agreed`.
  func publish(_ photo: ActivityPhoto, by actor: Actor, in transaction: Transaction) throws {
    if photo.publishedAt != nil { return }
    let agreed = try gate.agreed(Set(photo.persons), in: transaction.community, transaction)
    if let refusal = PhotoRules.refusal(toPublish: photo, agreed: agreed) { throw refusal }
    try PhotoStore.setPublished(photo.id, by: actor, in: transaction)
    try transaction.note("activities.photo_publish", by: actor, of: photo.id.rawValue)
  }

  func hide(_ photo: ActivityPhoto, by actor: Actor, in transaction: Transaction) throws {
    if photo.publishedAt == nil { return }
    try PhotoStore.setPublished(photo.id, by: nil, in: transaction)
    try transaction.note("activities.photo_hide", by: actor, of: photo.id.rawValue)
  }

  func delete(_ photo: ActivityPhoto, by actor: Actor, in transaction: Transaction) throws {
    try PhotoStore.delete([photo.id], in: transaction)
    try transaction.note("activities.photo_delete", by: actor, of: photo.id.rawValue)
  }

  /// Who can be ticked: those who came and have an account, and whoever answers for the activity.
  func offered(for activity: Activity, _ community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    let present = try CheckInStore.present(
      at: activity.id, limit: PhotoRules.offered, in: community, snapshot)
    return [activity.terms.organiser] + present.filter { $0 != activity.terms.organiser }
  }

  private func persons(
    _ sent: PhotoForm.Sent, in activity: Activity, _ transaction: Transaction
  ) throws -> Set<PersonID> {
    let community = transaction.community
    let offered = Set(try offered(for: activity, community, transaction))
    guard sent.persons.isSubset(of: offered) else {
      throw Problem.invalid([
        FieldProblem("person", Phrase("请从列表里选择。", "Please choose from the list."))
      ])
    }
    let numbered = try SignUpStore.list(
      of: activity.id, numbered: sent.numbers, in: community, transaction)
    let unknown = sent.numbers.subtracting(numbered.filter { $0.person != nil }.map(\.turn)).sorted()
    if !unknown.isEmpty { throw Problem.unknownNumbers(unknown) }
    return sent.persons.union(numbered.compactMap(\.person))
  }
}
