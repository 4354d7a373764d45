package import Database
import Kernel
package import People
package import Security

/// What the desk at the door notes at one go.
package struct DoorMarks: Sendable, Equatable {
  /// Rows that were ticked.
  package var ticked: Set<SignUpID> = []
  /// Numbers that were read from a list on paper.
  package var numbers: Set<Int64> = []
  /// What those who came without having signed up are called.
  package var names: [String] = []
  /// How many more came who said nothing of themselves.
  package var nameless: Int64 = 0

  package init() {}

  var isEmpty: Bool { ticked.isEmpty && numbers.isEmpty && names.isEmpty && nameless == 0 }
}

/// Where it is noted who came: by themselves with the code at the entrance, or by the desk. Somebody comes once, however
/// often it is noted.
package struct CheckInDesk: Sendable {
  let signUps: SignUpDesk

  /// How it turned out.
  enum Arrival: Sendable, Equatable {
    case new
    case before
  }

  // MARK: - By themselves

  /// Somebody with an account has scanned the code.
  /// - Throws: `activities.check_in_not_now`, `activities.check_in_full` for those without a place.
  @discardableResult
  func arrive(_ person: PersonID, at activity: Activity, in transaction: Transaction) throws -> Arrival {
    if let refusal = CheckInRules.refusal(toShowCodeOf: activity, at: transaction.now) { throw refusal }
    let found = try SignUpStore.find(
      of: person, in: activity.id, in: transaction.community, transaction)
    if found?.checkIn != nil { return .before }
    if found?.state != .confirmed { try requireRoom(in: activity, transaction) }
    let id = try found.map { try letIn($0, by: nil, in: transaction) } ?? transaction.newIdentifier()
    if found == nil {
      try SignUpChangeStore.insert(
        id, in: activity.id, .walkIn, .door, person: person, by: nil, in: transaction)
    }
    try CheckInStore.insert(id, in: activity.id, by: nil, in: transaction)
    try transaction.note("activities.check_in", by: .resident(person), of: id.rawValue)
    return .new
  }

  /// Somebody without an account has scanned the code.
  ///
  /// - Parameter name: what they want to be called; nil for nothing.
  /// - Throws: `activities.check_in_not_now`, `activities.check_in_full`, `activities.sign_up_too_many`.
  func arriveNameless(
    _ name: String?, at activity: Activity, sealing cipher: FieldCipher, in transaction: Transaction
  ) throws {
    if let refusal = CheckInRules.refusal(toShowCodeOf: activity, at: transaction.now) { throw refusal }
    try requireRoom(in: activity, transaction)
    try requireRows(1, in: activity, transaction)
    let id = try signUps.insertNameless(
      name, .door, in: activity.id, sealing: cipher, by: .stranger, in: transaction)
    try CheckInStore.insert(id, in: activity.id, by: nil, in: transaction)
  }

  // MARK: - By the desk

  /// Notes many at once. Whoever is ticked a second time, or was there already, stays as they are.
  ///
  /// - Returns: how many came who were not known to be there.
  /// - Throws: `activities.check_in_not_now`, `activities.sign_up_too_many`; `form.invalid` naming `numbers` for those that
  ///   nobody has.
  @discardableResult
  package func tick(
    _ marks: DoorMarks, at activity: Activity, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> Int {
    if let refusal = CheckInRules.refusal(toTickIn: activity, at: transaction.now) { throw refusal }
    let community = transaction.community
    let numbered = try SignUpStore.list(
      of: activity.id, numbered: marks.numbers, in: community, transaction)
    let unknown = marks.numbers.subtracting(numbered.map(\.turn)).sorted()
    if !unknown.isEmpty { throw Problem.unknownNumbers(unknown) }
    let ticked = try SignUpStore.list(of: activity.id, marks.ticked, in: community, transaction)
    let found = Dictionary((numbered + ticked).map { ($0.id, $0) }) { first, _ in first }
    var count = 0
    for signUp in found.values.sorted(by: { $0.turn < $1.turn }) where signUp.checkIn == nil {
      let id = try letIn(signUp, by: actor, in: transaction)
      if try CheckInStore.insert(id, in: activity.id, by: actor, in: transaction) { count += 1 }
    }
    let walkIns = marks.names.map(Optional.some) + Array(repeating: nil, count: Int(marks.nameless))
    try requireRows(walkIns.count, in: activity, transaction)
    for name in walkIns {
      let id = try signUps.insertNameless(
        name, .door, in: activity.id, sealing: cipher, by: actor, in: transaction)
      try CheckInStore.insert(id, in: activity.id, by: actor, in: transaction)
    }
    count += walkIns.count
    try transaction.note(
      "activities.door", by: actor, of: activity.id.rawValue, purpose: String(count))
    return count
  }

  /// It was a mistake: they are not there. Who had no place is then no more entered.
  /// - Throws: `activities.check_in_not_now`.
  func untick(
    _ signUp: SignUp, at activity: Activity, by actor: Actor, in transaction: Transaction
  ) throws {
    if let refusal = CheckInRules.refusal(toTickIn: activity, at: transaction.now) { throw refusal }
    if signUp.checkIn == nil { return }
    try CheckInStore.delete(signUp.id, in: transaction)
    if signUp.state == .door { try SignUpChangeStore.move([signUp], to: .cancelled, in: transaction) }
    try transaction.note("activities.door_undo", by: actor, of: signUp.id.rawValue)
  }

  // MARK: - Parts

  /// Whoever comes without a place has come without one: who waited, and who had cancelled.
  private func letIn(_ signUp: SignUp, by actor: Actor?, in transaction: Transaction) throws -> SignUpID {
    switch signUp.state {
    case .confirmed, .door: break
    case .waiting: try SignUpChangeStore.move([signUp], to: .door, in: transaction)
    case .cancelled: try SignUpChangeStore.revive(signUp, .walkIn, .door, by: actor, in: transaction)
    }
    return signUp.id
  }

  private func requireRoom(in activity: Activity, _ transaction: Transaction) throws {
    let attendance = try CheckInStore.attendance(
      of: [activity.id], in: transaction.community, transaction)[activity.id]
    if let refusal = CheckInRules.refusal(
      toComeInto: activity, attendance ?? .none, at: transaction.now)
    {
      throw refusal
    }
  }

  private func requireRows(_ count: Int, in activity: Activity, _ transaction: Transaction) throws {
    let turns = try SignUpChangeStore.turns(of: activity.id, in: transaction)
    if turns + Int64(count) > SignUpRules.limit { throw Problem.signUpTooMany }
  }
}

extension Problem {
  static func unknownNumbers(_ numbers: [Int64]) -> Problem {
    let list = numbers.prefix(10).map(String.init).joined(separator: ", ")
    return .invalid([
      FieldProblem("numbers", Phrase("名单上没有这些号：\(list)。", "The list has no such numbers: \(list)."))
    ])
  }
}
