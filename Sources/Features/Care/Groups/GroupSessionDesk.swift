package import Database
package import Kernel
import People

extension GroupDesk {
  /// What somebody writes down of a meeting.
  package struct SessionDraft: Sendable {
    package let heldAt: Timestamp
    package let minutes: Int64
    package let commerce: GroupCommerce
    package let techniques: Set<GroupTechnique>
    package let words: CareDocument
    package let attendance: [Entry]

    package init(
      heldAt: Timestamp, minutes: Int64, commerce: GroupCommerce, techniques: Set<GroupTechnique>,
      words: CareDocument, attendance: [Entry]
    ) {
      self.heldAt = heldAt
      self.minutes = minutes
      self.commerce = commerce
      self.techniques = techniques
      self.words = words
      self.attendance = attendance
    }

    /// How one member was there, with words about them.
    package struct Entry: Sendable {
      package let member: GroupMemberID
      package let presence: GroupPresence
      /// Left out for whoever was not there.
      package let participation: Int64?
      package let words: CareDocument

      package init(
        _ member: GroupMemberID, _ presence: GroupPresence, participation: Int64? = nil,
        words: CareDocument = CareDocument()
      ) {
        self.member = member
        self.presence = presence
        self.participation = participation
        self.words = words
      }
    }
  }

  /// Keeps the record of a meeting.
  /// - Throws: `form.invalid` for one that is still to come, `group.attendance_of_stranger`, `group.closed`.
  @discardableResult
  package func record(
    _ draft: SessionDraft, _ open: OpenGroup, sealing seal: GroupSeal, in transaction: Transaction
  ) throws -> GroupSession {
    try open.requireWriting()
    let now = transaction.now
    let earlier = try GroupSessionStore.sessions(of: open.id, in: transaction.community, transaction)
    let session = GroupSession(
      id: transaction.newIdentifier(), group: open.id, number: (earlier.last?.number ?? 0) + 1,
      author: open.actor.person, recordedAt: now, locksAt: now + CaseNote.mendingTime,
      versions: [try version(1, of: draft, open, sealing: seal, in: transaction)], addenda: [])
    try GroupSessionStore.insert(session, in: transaction)
    try transaction.audit(
      "care.group_session", open, of: session.id.rawValue, purpose: "number \(session.number)")
    return session
  }

  /// Mends the record of a meeting while it is not locked; what stood there before stays.
  /// - Throws: `note.locked`, `note.of_another`, `not_found`, and as `record`.
  package func mend(
    _ id: GroupSessionID, _ draft: SessionDraft, _ open: OpenGroup, sealing seal: GroupSeal,
    in transaction: Transaction
  ) throws {
    try open.requireWriting()
    let session = try session(id, open, in: transaction)
    if let refusal = session.refusalToMend(by: open.actor.person, at: transaction.now) { throw refusal }
    let number = (session.newest?.number ?? 0) + 1
    try GroupSessionStore.insert(
      try version(number, of: draft, open, sealing: seal, in: transaction), of: id, in: transaction)
    try transaction.audit("care.group_session_mend", open, of: id.rawValue, purpose: "version \(number)")
  }

  /// Adds words to the record of a meeting: what was forgotten, or wrong.
  /// - Throws: `not_found`, `group.closed`.
  package func add(
    _ words: CareDocument, to id: GroupSessionID, _ open: OpenGroup, sealing seal: GroupSeal,
    in transaction: Transaction
  ) throws {
    try open.requireWriting()
    _ = try session(id, open, in: transaction)
    let addendum = GroupSession.Addendum(
      id: transaction.newIdentifier(), text: try seal.write(words, of: open, in: transaction),
      writtenAt: transaction.now, writtenBy: open.actor.person)
    try GroupSessionStore.insert(addendum, to: id, in: transaction)
    try transaction.audit("care.group_session_add", open, of: id.rawValue)
  }

  /// Asks the practice shop what these members did there around a meeting, and keeps the counts beside it. Their codes are
  /// sealed under their own keys.
  ///
  /// - Parameter codes: as they were typed, for members who were there.
  /// - Throws: `group.no_practice_shop`; `form.invalid` naming every code that nobody has; `not_found`,
  ///   `group.not_in_shop` for a meeting that had nothing to do with the practice shop.
  package func read(
    _ codes: [GroupMemberID: String], of id: GroupSessionID, during range: Range<Timestamp>,
    _ open: OpenGroup, sealing seal: GroupSeal, in transaction: Transaction
  ) throws {
    try open.requireWriting()
    let members = try joinedMembers(open, in: transaction)
    guard let version = try session(id, open, in: transaction).newest, version.commerce.isInPracticeShop
    else { throw Problem.groupNotInShop }
    let there = Set(version.attendance.filter(\.presence.isThere).map(\.member))
    var unknown: [FieldProblem] = []
    for (memberID, code) in codes.sorted(by: { $0.key < $1.key }) {
      guard let member = members[memberID], there.contains(memberID) else {
        throw Problem.groupAttendanceOfStranger
      }
      switch try practice.deeds(code, range, transaction.community, transaction) {
      case .noShop: throw Problem.groupWithoutPracticeShop
      case .nobody:
        unknown.append(
          FieldProblem("code-\(memberID)", Phrase("没有人用这个练习码。", "Nobody has this practice code.")))
      case .did(let deeds):
        guard
          let text = try seal.writeAny(
            CareDocument([.learnerCode: code]), about: member, of: open, in: transaction)
        else { continue }
        let practice = GroupPractice(
          id: transaction.newIdentifier(), session: id, member: memberID, code: text,
          from: range.lowerBound, until: range.upperBound, deeds: deeds, readAt: transaction.now,
          readBy: open.actor.person)
        try GroupPracticeStore.insert(practice, of: open.id, in: transaction)
        try transaction.audit("care.group_practice", open, of: id.rawValue, about: member.person)
      }
    }
    if !unknown.isEmpty { throw Problem.invalid(unknown) }
  }

  // MARK: - Parts

  private func session(
    _ id: GroupSessionID, _ open: OpenGroup, in transaction: Transaction
  ) throws -> GroupSession {
    let sessions = try GroupSessionStore.sessions(of: open.id, in: transaction.community, transaction)
    guard let session = sessions.first(where: { $0.id == id }) else { throw Problem.notFound }
    return session
  }

  private func version(
    _ number: Int64, of draft: SessionDraft, _ open: OpenGroup, sealing seal: GroupSeal,
    in transaction: Transaction
  ) throws -> GroupSession.Version {
    guard draft.heldAt <= transaction.now else { throw Problem.groupSessionAhead }
    guard Set(draft.attendance.map(\.member)).count == draft.attendance.count else {
      throw Problem.groupAttendanceOfStranger
    }
    let members = try joinedMembers(open, in: transaction)
    let events = try GroupEventRow.events(of: open.id, in: transaction.community, transaction)
    let attendance = try draft.attendance.map { entry in
      guard let member = members[entry.member] else { throw Problem.groupAttendanceOfStranger }
      return GroupAttendance(
        member: entry.member, presence: entry.presence,
        participation: entry.presence.isThere ? entry.participation ?? 0 : nil,
        text: try seal.writeAny(entry.words, about: member, of: open, in: transaction))
    }
    return GroupSession.Version(
      number: number, heldAt: draft.heldAt, minutes: draft.minutes,
      stage: GroupRules.stage(at: draft.heldAt, events), commerce: draft.commerce,
      techniques: draft.techniques, text: try seal.write(draft.words, of: open, in: transaction),
      writtenAt: transaction.now, attendance: attendance)
  }
}

extension Problem {
  static let groupNotInShop = Problem(
    "group.not_in_shop", status: 409,
    Phrase("这一节没有用到练习店。", "This meeting had nothing to do with the practice shop."),
    advice: Phrase("三天内可以先改一改这一节的记录。", "Within three days its record may be mended first."))
}
