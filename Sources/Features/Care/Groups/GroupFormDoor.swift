import Database
import Kernel
import Web

/// One form of a group.
typealias GroupFormDoor = FormDoor<GroupVisits>

/// The forms of a group that stand on pages of their own.
enum GroupForms {
  /// In the order of the work.
  static let all: [GroupFormDoor] = [assignment, terms, proposal, session, scores, report]
}

/// What a form of a group may show beside its fields.
struct GroupFormContext: FormContext {
  let view: GroupView
  let now: Timestamp
  let leaders: [StaffOption]
  let supervisors: [StaffOption]

  var open: OpenGroup { view.open }
  var heading: FormHeading { view.group.heading }
}

extension CareGroup {
  var heading: FormHeading {
    FormHeading(
      label: label, name: terms.name, path: "/groups/\(id)", back: Phrase("返回小组", "Back to the group"))
  }
}

extension GroupVisits: FormVisits {
  /// What follows from a form that was sent.
  struct Filled: Sendable {
    typealias Write = @Sendable (inout OpenGroup, GroupSeal, Transaction) throws -> Void

    /// The members about whom something is written.
    let about: Set<GroupMemberID>
    let write: Write

    init(about: Set<GroupMemberID> = [], write: @escaping Write) {
      self.about = about
      self.write = write
    }
  }

  func path(_ signedIn: SignedIn) throws -> String {
    let id: CareGroupID = try signedIn.id("group")
    return "/groups/\(id)"
  }

  func context(
    _ signedIn: SignedIn, ifOffered isOffered: @escaping @Sendable (GroupAccess) -> Bool
  ) async throws -> GroupFormContext {
    let community = signedIn.community.id
    return try await look(signedIn, if: { open, _ in try open.require(isOffered) }) { [desk] view, snapshot in
      let staff = try StaffOptions(desk.directory, in: community, snapshot)
      return GroupFormContext(
        view: view, now: snapshot.now, leaders: staff.workers, supervisors: staff.supervisors)
    }
  }
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
