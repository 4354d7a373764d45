import Kernel
import People

/// A case, a group or a campaign of visits that somebody may see: there is no other way to one than
/// through its check.
protocol OpenMatter: Sendable {
  associatedtype Kind
  associatedtype Access: MatterAccess

  var id: Identifier<Kind> { get }
  /// What the reader may see and do now.
  var access: Access { get }
  /// The reader, in the role in which they have to do with it.
  var actor: Actor { get }
  /// The one person whom all of it is about; nil where it is about several.
  var client: PersonID? { get }
  /// How many events there are: a form that saw fewer is stale.
  var events: Int64 { get }
  /// What whoever has no right to something is told.
  var refusal: Problem { get }
  /// What is said where a form was not sent from how the matter stands now.
  static var stale: Problem { get }
}

extension OpenMatter {
  /// - Throws: `refusal` for those who have not this right.
  func require(_ right: (Access) -> Bool) throws {
    guard right(access) else { throw refusal }
  }

  /// - Throws: `stale` where more has happened than the form had seen.
  func check(_ seen: Int64) throws {
    guard seen == events else { throw Self.stale }
  }
}

/// What of one matter somebody may see and do now.
protocol MatterAccess: Sendable {
  associatedtype Relation: RawRepresentable<String> & Equatable & Sendable

  /// What the reader has to do with it.
  var relation: Relation { get }
}

extension CaseAccess: MatterAccess {}
extension GroupAccess: MatterAccess {}
extension VisitAccess: MatterAccess {}
