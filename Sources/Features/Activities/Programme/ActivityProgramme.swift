package import Database
package import Interop
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// Activities with all that belongs to them: sign-ups, check-ins, minutes, photos, calendars and paper.
package struct ActivityProgramme: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let subjects: ActivitySubjects
  let codes: CheckInCodes
  let pictures: PictureReencoder
  /// Where activities are made and moved on.
  package let desk: ActivityDesk
  /// Where places are taken.
  package let signUps: SignUpDesk
  /// Where it is noted who came.
  package let checkIns: CheckInDesk
  let photos: PhotoDesk

  /// - Parameters:
  ///   - subjects: what activities may be about.
  ///   - checkInKey: the codes on the screen at the entrance are made with it; the same in all programs on one database.
  ///   - pictures: makes fresh pictures of what somebody sent.
  package init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger,
    subjects: ActivitySubjects, checkInKey: MessageKey, pictures: PictureReencoder
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.subjects = subjects
    self.pictures = pictures
    codes = CheckInCodes(key: checkInKey)
    let notices = ActivityNotices(directory: directory, messenger: messenger)
    signUps = SignUpDesk(directory: directory, notices: notices)
    desk = ActivityDesk(directory: directory, subjects: subjects, signUps: signUps, notices: notices)
    checkIns = CheckInDesk(signUps: signUps)
    photos = PhotoDesk(directory: directory)
  }

  /// Where activities are entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/activities", Phrase("社区活动", "Activities")),
    NavigationItem("/activity-desk", Phrase("办活动", "Run activities"), roles: ActivityStaff.roles),
  ]

  /// All their doors.
  package func register(on routes: inout Routes) {
    addResidentPages(&routes)
    addDesk(&routes)
    addSignUps(&routes)
    addSignUpDesk(&routes)
    addCheckIn(&routes)
    addDoorDesk(&routes)
    addMinutes(&routes)
    addPhotos(&routes)
    addCalendar(&routes)
    addMaterials(&routes)
  }

  /// What is done later.
  package var jobs: [JobHandler] {
    [ForgetWalkIns.handler, ForgetPhotos.handler(PhotoGate(directory: directory))]
  }

  /// Everything that people are told of activities.
  package static let messageKinds = ActivityNotices.kinds

  /// What must always hold.
  package static let invariants = ActivityInvariants.invariants + PhotoInvariants.invariants

  /// How long what is kept.
  package static let retentionRules = [ForgetWalkIns.rule, ForgetPhotos.rule, ActivityCalendar.rule]

  /// What the deletion of a person means beyond their rows: their places go to whoever waits for them, and the photos in
  /// which they can be recognised go altogether.
  package func forget(_ subject: DataSubject, in transaction: Transaction) throws {
    try signUps.withdraw(subject.person, in: transaction)
    try PhotoStore.deleteAll(with: [subject.person], in: transaction)
  }

  /// What opens and seals what is written of people here: names of those without an account, leads, minutes and photos.
  /// - Throws: what the storage of keys throws.
  package func cipher(_ community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }
}
