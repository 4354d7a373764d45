import Database
package import Kernel
import People

/// Seals the words of a group: what is about the group under the community's key, what is about one member under that
/// member's own.
package struct GroupSeal: Sendable {
  let group: CareSeal
  let members: [PersonID: CareSeal]

  package init(group: CareSeal, members: [PersonID: CareSeal] = [:]) {
    self.group = group
    self.members = members
  }

  /// Seals words about the group and keeps them as its own.
  func write(
    _ document: CareDocument, of id: CareGroupID, by author: PersonID, in transaction: Transaction
  ) throws -> CareTextID {
    let text = try group.write(document, .ordinary, by: author, in: transaction)
    try GroupStore.insert(text, of: id, about: nil, in: transaction)
    return text
  }

  func write(_ document: CareDocument, of open: OpenGroup, in transaction: Transaction) throws -> CareTextID {
    try write(document, of: open.id, by: open.actor.person, in: transaction)
  }

  /// As above; nil where nothing was written.
  func writeAny(
    _ document: CareDocument, of open: OpenGroup, in transaction: Transaction
  ) throws -> CareTextID? {
    document.written.isEmpty ? nil : try write(document, of: open, in: transaction)
  }

  /// Seals words about one member under their key; nil where nothing was written.
  /// - Throws: `care.person_deleted` where there is no key for the member any more.
  func writeAny(
    _ document: CareDocument, about member: GroupMember, of open: OpenGroup, in transaction: Transaction
  ) throws -> CareTextID? {
    if document.written.isEmpty { return nil }
    guard let seal = members[member.person] else { throw Problem.carePersonDeleted }
    let text = try seal.write(document, .sensitive, by: open.actor.person, in: transaction)
    try GroupStore.insert(text, of: open.id, about: member.id, in: transaction)
    return text
  }
}
