package import Database
package import Kernel
package import People
package import Security

/// Where places are taken and given back: each step is one transaction and an entry of the audit chain.
///
/// Transactions of a community follow one another, so whoever asks for the last place at the same moment as somebody else
/// gets it or waits; the tables refuse one place too many, and two rows of one person, at any rate.
package struct SignUpDesk: Sendable {
  let directory: Directory
  let notices: ActivityNotices

  /// Takes a place for a person, or one in the line. Whoever has one keeps it.
  ///
  /// - Parameters:
  ///   - channel: how it was asked for; `.selfService` where the person did it.
  ///   - actor: who enters it.
  /// - Throws: `activities.sign_up_closed`, `activities.sign_up_too_many`; `not_found` for people of other communities.
  @discardableResult
  package func take(
    _ person: PersonID, _ channel: SignUp.Channel, in activity: Activity, by actor: Actor,
    in transaction: Transaction
  ) throws -> SignUp.State {
    let community = transaction.community
    guard let reach = try directory.reach(of: [person], in: community, transaction)[person],
      !reach.isDisabled
    else { throw Problem.notFound }
    let earlier = try SignUpStore.find(of: person, in: activity.id, in: community, transaction)
    if let earlier, earlier.state.isOpen { return earlier.state }
    try check(activity, byStation: channel != .selfService, in: transaction)
    let state = Seats(activity).next
    let by = channel == .selfService ? nil : actor
    let id = earlier?.id ?? transaction.newIdentifier()
    if let earlier {
      try SignUpChangeStore.revive(earlier, channel, state, by: by, in: transaction)
    } else {
      try SignUpChangeStore.insert(
        id, in: activity.id, channel, state, person: person, by: by, in: transaction)
    }
    try transaction.note(
      "activities.sign_up", by: actor, of: id.rawValue, onBehalfOf: by == nil ? nil : person,
      purpose: "\(channel.rawValue) \(state.rawValue)")
    if by != nil { try notices.signedUp(person, state, for: activity, about: id, in: transaction) }
    return state
  }

  /// Takes a place for somebody without an account, or one in the line.
  ///
  /// - Parameter name: what they want to be called; nil for nothing. It is sealed and forgotten 90 days after the activity.
  /// - Throws: as `take`.
  @discardableResult
  package func takeNameless(
    _ name: String?, in activity: Activity, sealing cipher: FieldCipher, by actor: Actor,
    in transaction: Transaction
  ) throws -> SignUp.State {
    try check(activity, byStation: true, in: transaction)
    let state = Seats(activity).next
    try insertNameless(
      name, state, in: activity.id, sealing: cipher, by: actor, in: transaction)
    return state
  }

  /// A row of somebody without an account.
  /// - Returns: its identifier.
  @discardableResult
  func insertNameless(
    _ name: String?, _ state: SignUp.State, in activity: ActivityID, sealing cipher: FieldCipher,
    by actor: Actor, in transaction: Transaction
  ) throws -> SignUpID {
    let id: SignUpID = transaction.newIdentifier()
    let sealed = try name.map {
      try cipher.seal($0, at: SignUpStore.nameAddress(id, in: transaction.community))
    }
    try SignUpChangeStore.insert(
      id, in: activity, .walkIn, state, person: nil, name: sealed, by: actor == .stranger ? nil : actor,
      in: transaction)
    try transaction.note(
      "activities.sign_up", by: actor, of: id.rawValue,
      purpose: "\(SignUp.Channel.walkIn.rawValue) \(state.rawValue)")
    return id
  }

  /// Gives a place back, and hands it to whoever waits first; a second time changes nothing.
  /// - Throws: `activities.sign_up_closed`, `activities.has_begun`.
  func cancel(
    _ signUp: SignUp, in activity: Activity, by actor: Actor, in transaction: Transaction
  ) throws {
    if signUp.state == .cancelled { return }
    if let refusal = SignUpRules.refusal(toCancelAt: transaction.now, for: activity) { throw refusal }
    try SignUpChangeStore.move([signUp], to: .cancelled, in: transaction)
    let isOther = signUp.person.map { $0 != actor.person } ?? false
    try transaction.note(
      "activities.sign_up_cancel", by: actor, of: signUp.id.rawValue,
      onBehalfOf: isOther ? signUp.person : nil)
    try moveUp(in: activity.id, in: transaction)
  }

  /// Gives back all places of a person in what has not begun: they are deleted, or gone.
  func withdraw(_ person: PersonID, in transaction: Transaction) throws {
    for signUp in try SignUpStore.upcoming(of: person, in: transaction) {
      try SignUpChangeStore.move([signUp], to: .cancelled, in: transaction)
      try moveUp(in: signUp.activity, in: transaction)
    }
  }

  /// Hands free places to those who wait, in their order, and tells them.
  func moveUp(in id: ActivityID, in transaction: Transaction) throws {
    let community = transaction.community
    guard let activity = try ActivityStore.find(id, in: community, transaction),
      activity.state == .published
    else { return }
    let free = Seats(activity).free
    guard free > 0 else { return }
    let moved = try SignUpStore.waiting(for: id, limit: free, in: community, transaction)
    if moved.isEmpty { return }
    try SignUpChangeStore.move(moved, to: .confirmed, in: transaction)
    try notices.movedUp(moved, in: activity, in: transaction)
  }

  private func check(_ activity: Activity, byStation: Bool, in transaction: Transaction) throws {
    let turns = try SignUpChangeStore.turns(of: activity.id, in: transaction)
    if let refusal = SignUpRules.refusal(
      toSignUpFor: activity, byStation: byStation, turns: turns, at: transaction.now)
    {
      throw refusal
    }
  }
}
