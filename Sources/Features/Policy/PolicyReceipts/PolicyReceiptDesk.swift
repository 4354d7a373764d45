import Database
import Kernel
import Messages
import People
import Web

/// Where it is kept that a version reached somebody; whoever still has questions is called back by a worker.
struct PolicyReceiptDesk: Sendable {
  let directory: Directory
  let questions: PolicyQuestionDesk

  init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    questions = PolicyQuestionDesk(directory: directory, messenger: messenger)
  }

  /// Somebody says of themselves that they read it.
  /// - Throws: `not_found`, `policy.old_version`.
  func read(
    _ version: Int64, of id: PolicyID, _ answer: PolicyReceipt.Answer, by person: PersonID,
    in transaction: Transaction
  ) throws {
    try checkCurrent(version, of: id, in: transaction)
    try keep(
      PolicyReceipt(
        policy: id, version: version, person: person, source: .read, isClear: answer == .clear,
        hadQuestions: answer == .questions, recordedAt: transaction.now, recordedBy: nil),
      in: transaction)
    if answer == .questions { try questions.ask(about: id, by: person, in: transaction) }
  }

  /// Somebody of the station told a person what it says, at the door or on the telephone. If the person had asked, that is
  /// answered with it.
  ///
  /// - Throws: `not_found`, `policy.old_version`, `policy_receipt.own`.
  func record(
    _ source: PolicyReceipt.Source, _ version: Int64, of id: PolicyID, for person: PersonID,
    by actor: Actor, in transaction: Transaction
  ) throws {
    if person == actor.person { throw Problem.policyReceiptOwn }
    try checkCurrent(version, of: id, in: transaction)
    try keep(
      PolicyReceipt(
        policy: id, version: version, person: person, source: source, isClear: true, hadQuestions: false,
        recordedAt: transaction.now, recordedBy: actor), in: transaction)
    let open = try PolicyQuestionStore.open(
      about: id, of: person, in: transaction.community, transaction)
    if let open { try questions.answer(open.id, .explained, by: actor, in: transaction) }
  }

  private func keep(_ receipt: PolicyReceipt, in transaction: Transaction) throws {
    let earlier = try PolicyReceiptStore.find(
      receipt.version, of: receipt.policy, by: receipt.person, in: transaction.community, transaction)
    let kept = receipt.after(earlier)
    // Who says the same once more says nothing new.
    if let earlier,
      (earlier.source, earlier.isClear, earlier.hadQuestions)
        == (kept.source, kept.isClear, kept.hadQuestions)
    {
      return
    }
    try PolicyReceiptStore.keep(kept, in: transaction)
    try transaction.audit(
      "policy.receipt", by: kept.recordedBy ?? Actor(person: kept.person, role: .resident),
      of: kept.policy.rawValue, onBehalfOf: kept.recordedBy == nil ? nil : kept.person,
      purpose: "\(kept.source.rawValue) version \(kept.version)")
  }

  /// Only what counts now, and what was published to come, is read by anybody.
  private func checkCurrent(_ version: Int64, of id: PolicyID, in transaction: Transaction) throws {
    let community = transaction.community
    guard let card = try directory.community(community, transaction) else { throw Problem.notFound }
    let today = PolicyDay(transaction.now, offsetSeconds: card.offsetSeconds)
    guard let shown = try PolicyListStore.find(id, on: today, in: community, transaction),
      let newest = shown.head.newest, (1...newest).contains(version)
    else { throw Problem.notFound }
    guard version >= shown.version.number else { throw Problem.policyOldVersion }
  }

  // MARK: - Whom the station means

  /// - Throws: `form.invalid`: naming `person` where several live behind the door, `phone` or `building` where nobody is
  ///   entered.
  func person(
    _ asked: PolicyExplainedForm.Asked, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PersonID {
    switch asked {
    case .person(let person):
      guard try directory.reach(of: [person], in: community, snapshot)[person] != nil else {
        throw Problem.notFound
      }
      return person
    case .phone(let typed):
      guard let person = try directory.person(withPhone: typed, in: community, snapshot) else {
        throw Self.unknownPhone
      }
      return person
    case .door(let door):
      let persons = try self.persons(at: door, in: community, snapshot)
      guard let person = persons.first else { throw Self.unknownDoor }
      if persons.count > 1 { throw Self.whichOne }
      return person
    }
  }

  func persons(at door: Door, in community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    guard let household = try directory.household(at: door, in: community, snapshot) else { return [] }
    return try directory.persons(of: household, in: community, snapshot)
  }

  private static let unknownPhone = Problem.invalid([
    FieldProblem("phone", Phrase("本社区没有登记这个手机号。", "Nobody in this community is entered with this number."))
  ])
  private static let unknownDoor = Problem.invalid([
    FieldProblem("building", Phrase("这户没有登记人。", "Nobody is entered at this door."))
  ])
  private static let whichOne = Problem.invalid([
    FieldProblem("person", Phrase("请选是家里哪一位。", "Please choose which of the household it is."))
  ])
}
