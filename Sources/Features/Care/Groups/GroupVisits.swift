import Database
import Kernel
import People
import Web

/// Requests about one group: looked at and changed by those who may, each look noted before anything is shown.
struct GroupVisits: Sendable {
  /// Who asks, and for how long their screen may lie open.
  let visits: CaseVisits
  let desk: GroupDesk

  var database: Database { visits.database }

  /// The group in the path, for whoever may see it.
  private func matter(_ signedIn: SignedIn) async throws -> CheckedMatter<OpenGroup> {
    let reader = try await visits.reader(signedIn)
    let (id, community): (CareGroupID, CommunityID) = (try signedIn.id("group"), signedIn.community.id)
    return CheckedMatter(database: database, community: community) { [desk] snapshot in
      try desk.doorkeeper.open(id, for: reader, in: community, snapshot)
    }
  }

  /// - Parameter check: whether it may be looked at, beside the right to see the group.
  private func members(
    _ matter: CheckedMatter<OpenGroup>,
    if check: @escaping @Sendable (OpenGroup, Snapshot) throws -> Void = { _, _ in }
  ) async throws -> [GroupMember] {
    try await matter.learn { [community = matter.community] open, snapshot in
      try check(open, snapshot)
      return try GroupMemberStore.members(of: open.id, in: community, snapshot)
    }
  }

  /// Reads something of the group in the path.
  ///
  /// - Parameters:
  ///   - id: whose page it is, where it is one member's.
  ///   - check: whether it may be looked at, beside the right to see the group.
  /// - Throws: `not_found` alike for what is not there and what is not theirs.
  func look<T: Sendable>(
    _ signedIn: SignedIn, _ look: GroupReadings.Look = .group, at id: GroupMemberID? = nil,
    if check: @escaping @Sendable (OpenGroup, Snapshot) throws -> Void = { _, _ in },
    _ read: @escaping @Sendable (GroupView, Snapshot) throws -> T
  ) async throws -> T {
    let matter = try await matter(signedIn)
    let members = try await members(matter, if: check)
    let member = members.first { $0.id == id }
    if id != nil, member == nil { throw Problem.notFound }
    let opener = try await visits.keys.opening(members.map(\.person) + [nil], in: matter.community)
    let note: @Sendable (OpenGroup, Transaction) throws -> Void = { open, transaction in
      try GroupReadings.note(open, look, at: member?.person, in: transaction)
    }
    return try await matter.look(noting: note) { [desk, community = matter.community] open, snapshot in
      try read(
        try GroupReading(desk: desk).view(open, opener, in: community, snapshot), snapshot)
    }
  }

  /// Changes the group in the path, once for each key of the form. Members about whom something is written
  /// and who are none of the group are passed over.
  /// - Throws: `not_found`, and what the change throws.
  func change(_ signedIn: SignedIn, _ form: Form, _ filled: Filled) async throws {
    let matter = try await matter(signedIn)
    var seals: [PersonID: CareSeal] = [:]
    for member in try await members(matter) where filled.about.contains(member.id) {
      seals[member.person] = try await visits.keys.sealingUnlessDeleted(
        member.person, in: matter.community)
    }
    let seal = GroupSeal(
      group: try await visits.keys.sealing(nil, in: matter.community), members: seals)
    try await matter.change(once: try form.onceKey("POST /groups", signedIn)) { open, transaction in
      try filled.write(&open, seal, transaction)
    }
  }
}
