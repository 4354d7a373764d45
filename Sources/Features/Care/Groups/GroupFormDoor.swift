import Database
import Kernel
import Web

/// One form of a group: a page that asks, and what follows from the answer.
struct GroupFormDoor: Sendable {
  typealias Write = @Sendable (inout OpenGroup, GroupSeal, Transaction) throws -> Void

  /// What follows from what was sent.
  struct Filled: Sendable {
    /// The members about whom something is written.
    let about: Set<GroupMemberID>
    let write: Write

    init(about: Set<GroupMemberID> = [], write: @escaping Write) {
      self.about = about
      self.write = write
    }
  }

  /// The last part of the path: `/groups/:group/terms`.
  let path: String
  let title: Phrase
  /// Who is offered the form; the desk decides again when it is sent.
  let isOffered: @Sendable (GroupAccess) -> Bool
  /// What stands in the fields before anybody typed.
  let prefill: @Sendable (GroupFormContext) -> FormState
  /// The fields and the button.
  let content: @Sendable (FormParts, GroupFormContext, Wording) -> HTML
  /// Reads what was sent.
  /// - Throws: `form.invalid` naming every wrong field.
  let read: @Sendable (Form, GroupDesk, _ offsetSeconds: Int) throws -> Filled

  init(
    _ path: String, _ title: Phrase, isOffered: @escaping @Sendable (GroupAccess) -> Bool,
    prefill: @escaping @Sendable (GroupFormContext) -> FormState = { _ in .empty },
    content: @escaping @Sendable (FormParts, GroupFormContext, Wording) -> HTML,
    read: @escaping @Sendable (Form, GroupDesk, Int) throws -> Filled
  ) {
    self.path = path
    self.title = title
    self.isOffered = isOffered
    self.prefill = prefill
    self.content = content
    self.read = read
  }

  /// Every form, in the order of the work.
  static let all: [GroupFormDoor] = [.assignment, .terms, .proposal, .session, .scores, .report]
}

/// What a form of a group may show beside its fields.
struct GroupFormContext: Sendable {
  let view: GroupView
  let now: Timestamp
  let leaders: [GroupOption]
  let supervisors: [GroupOption]

  var open: OpenGroup { view.open }
}

extension Form {
  /// The members that fields of this name were sent for: `presence-<member>`.
  func members(_ name: String) -> [GroupMemberID] {
    let beginning = name + "-"
    return fields.compactMap { field in
      field.name.hasPrefix(beginning)
        ? GroupMemberID(String(field.name.dropFirst(beginning.count))) : nil
    }
  }
}
