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

  /// The persons of the group in the path, for whoever may see it.
  private func members(_ signedIn: SignedIn, _ reader: CaseReader) async throws -> [GroupMember] {
    let id: CareGroupID = try signedIn.id("group")
    let community = signedIn.community.id
    return try await database.read { [desk] snapshot in
      _ = try desk.doorkeeper.open(id, for: reader, in: community, snapshot)
      return try GroupMemberStore.members(of: id, in: community, snapshot)
    }
  }

  /// Reads something of the group in the path. The look stands in the audit chain, or nothing is read.
  ///
  /// - Parameter member: whose page it is, where it is one member's.
  /// - Throws: `not_found` alike for what is not there and what is not theirs.
  func look<T: Sendable>(
    _ signedIn: SignedIn, _ look: GroupReadings.Look = .group, at member: GroupMemberID? = nil,
    _ read: @escaping @Sendable (GroupView, Transaction) throws -> T
  ) async throws -> T {
    let reader = try await visits.reader(signedIn)
    let members = try await members(signedIn, reader)
    let looked = member.flatMap { id in members.first { $0.id == id }?.person }
    let community = signedIn.community.id
    let id: CareGroupID = try signedIn.id("group")
    let opener = try await visits.keys.opening(members.map(\.person) + [nil], in: community)
    return try await database.write(in: community) { [desk] transaction in
      let open = try desk.doorkeeper.open(id, for: reader, in: community, transaction)
      try GroupReadings.note(open, look, at: looked, in: transaction)
      return try read(try GroupReading(desk: desk).view(open, opener, in: transaction), transaction)
    }
  }

  /// Changes the group in the path, once for each key of the form.
  ///
  /// - Parameter about: the members about whom something may be sealed; whoever is none of the group is passed over.
  /// - Throws: `not_found`, and what the change throws.
  func change(
    _ signedIn: SignedIn, _ form: Form, about: Set<GroupMemberID> = [],
    _ write: @escaping @Sendable (inout OpenGroup, GroupSeal, Transaction) throws -> Void
  ) async throws {
    let reader = try await visits.reader(signedIn)
    let members = try await members(signedIn, reader)
    let community = signedIn.community.id
    let id: CareGroupID = try signedIn.id("group")
    var seals: [PersonID: CareSeal] = [:]
    for member in members where about.contains(member.id) {
      seals[member.person] = try await visits.keys.sealing(member.person, in: community)
    }
    let seal = GroupSeal(group: try await visits.keys.sealing(nil, in: community), members: seals)
    let key = try IdempotencyKey(
      principal: reader.person, operation: "POST /groups", key: form["idempotency_key"] ?? "",
      body: Array("\(signedIn.path)|\(form.digestText)".utf8))
    try await database.write(in: community) { [desk] transaction in
      var open = try desk.doorkeeper.open(id, for: reader, in: community, transaction)
      _ = try transaction.once(key) {
        try write(&open, seal, transaction)
        return StoredAnswer(status: 303, body: [])
      }
    }
  }
}
