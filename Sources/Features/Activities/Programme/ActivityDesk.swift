package import Database
package import Kernel
package import People
package import Security

/// Where activities are made, published, changed, cancelled and closed: each step is one transaction and an entry of the
/// audit chain, and whoever signed up is told in it.
package struct ActivityDesk: Sendable {
  let directory: Directory
  let subjects: ActivitySubjects
  let signUps: SignUpDesk
  let notices: ActivityNotices

  /// Makes a draft, which the station alone sees.
  /// - Throws: `form.invalid` for an organiser or a subject that there is not.
  package func make(
    _ terms: ActivityTerms, by actor: Actor, in transaction: Transaction
  ) throws -> ActivityID {
    try check(terms, in: transaction)
    let activity = Activity(
      id: transaction.newIdentifier(), terms: terms, state: .draft, revision: 0, confirmed: 0,
      cancelReason: nil, createdAt: transaction.now, createdBy: actor, publishedAt: nil,
      changedAt: transaction.now)
    try ActivityStore.insert(activity, in: transaction)
    try transaction.note(
      "activities.make", by: actor, of: activity.id.rawValue, purpose: terms.kind.rawValue)
    return activity.id
  }

  /// Writes an activity anew. Whoever signed up is told of another time or place; further places go to those who wait.
  ///
  /// - Parameter seen: the revision that the form was made from.
  /// - Throws: `not_found`, `activities.stale`, `activities.not_possible`, `activities.has_begun`,
  ///   `activities.in_the_past`, `form.invalid`.
  package func write(
    _ terms: ActivityTerms, to id: ActivityID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let activity = try find(id, seen: seen, in: transaction)
    if let refusal = ActivityRules.refusal(toWrite: terms, to: activity, at: transaction.now) {
      throw refusal
    }
    if terms == activity.terms { return }
    try check(terms, in: transaction)
    try ActivityStore.update(terms, of: id, in: transaction)
    try transaction.note("activities.change", by: actor, of: id.rawValue)
    guard activity.state == .published else { return }
    let changed = try find(id, in: transaction)
    if terms.isElsewhere(than: activity.terms) { try notices.changed(changed, in: transaction) }
    try ForgetWalkIns.schedule(changed, in: transaction)
    try signUps.moveUp(in: id, in: transaction)
  }

  /// From now on residents see it and sign up.
  /// - Throws: `not_found`, `activities.stale`, `activities.not_possible`, `activities.in_the_past`.
  package func publish(
    _ id: ActivityID, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let activity = try find(id, seen: seen, in: transaction)
    if let refusal = ActivityRules.refusal(toPublish: activity, at: transaction.now) { throw refusal }
    try ActivityStore.move(id, to: .published, in: transaction)
    try ForgetWalkIns.schedule(activity, in: transaction)
    try transaction.note("activities.publish", by: actor, of: id.rawValue)
  }

  /// It does not take place; whoever signed up is told why.
  /// - Throws: `not_found`, `activities.stale`, `activities.not_possible`, `activities.people_came`.
  package func cancel(
    _ id: ActivityID, because reason: String, seen: Int64, by actor: Actor, in transaction: Transaction
  ) throws {
    let activity = try find(id, seen: seen, in: transaction)
    let present = try CheckInStore.attendance(of: [id], in: transaction.community, transaction)[id]?.present
    if let refusal = ActivityRules.refusal(toCancel: activity, present: present ?? 0) { throw refusal }
    try ActivityStore.move(id, to: .cancelled, reason: reason, in: transaction)
    try transaction.note("activities.cancel", by: actor, of: id.rawValue)
    if activity.isShown { try notices.cancelled(activity, because: reason, in: transaction) }
  }

  /// It took place: keeps what was counted at the door, what is to be followed up, and what it cost. May be done again to
  /// correct it.
  ///
  /// - Parameters:
  ///   - leads: in a few words; sealed.
  /// - Throws: `not_found`, `activities.stale`, `activities.not_possible`, `activities.not_begun`.
  package func close(
    _ id: ActivityID, _ satisfaction: ActivitySatisfaction, leads: String, expense: Money, seen: Int64,
    sealing cipher: FieldCipher, by actor: Actor, in transaction: Transaction
  ) throws {
    let activity = try find(id, seen: seen, in: transaction)
    if let refusal = ActivityRules.refusal(toClose: activity, at: transaction.now) { throw refusal }
    if activity.state != .held { try ActivityStore.move(id, to: .held, in: transaction) }
    try ActivityStore.setExpense(expense, of: id, in: transaction)
    try ActivityClosingStore.set(
      ActivityClosing(
        satisfaction: satisfaction, leads: leads, closedAt: transaction.now, closedBy: actor), of: id,
      sealing: cipher, in: transaction)
    try transaction.note("activities.close", by: actor, of: id.rawValue)
  }

  // MARK: - Parts

  /// - Throws: `not_found`.
  package func find(_ id: ActivityID, in transaction: Transaction) throws -> Activity {
    guard let activity = try ActivityStore.find(id, in: transaction.community, transaction) else {
      throw Problem.notFound
    }
    return activity
  }

  private func find(_ id: ActivityID, seen: Int64, in transaction: Transaction) throws -> Activity {
    let activity = try find(id, in: transaction)
    guard activity.revision == seen else { throw Problem.activityStale }
    return activity
  }

  /// - Throws: `form.invalid` naming `organiser` or `subject`.
  private func check(_ terms: ActivityTerms, in transaction: Transaction) throws {
    var problems = Problems()
    if try !organisers(in: transaction.community, transaction).contains(terms.organiser) {
      problems.add(
        "organiser", Phrase("请选一位社工、督导或居委会的人。", "Please choose somebody of the station or the committee."))
    }
    if let subject = terms.subject,
      try subjects.named([subject], transaction.community, transaction)[subject] == nil
    {
      problems.add("subject", Phrase("请从列表里选择。", "Please choose from the list."))
    }
    try problems.throwIfAny()
  }

  /// Everybody who can answer for an activity.
  func organisers(in community: CommunityID, _ snapshot: Snapshot) throws -> Set<PersonID> {
    try ActivityStaff.roles.reduce(into: []) {
      $0.formUnion(try directory.persons(holding: $1, in: community, snapshot))
    }
  }
}
