package import Database
package import Kernel

/// What an activity is about, such as a policy, in another feature's own numbering: here it is a name and nothing more.
package struct ActivitySubject: Sendable, Hashable, CustomStringConvertible {
  /// Which kind of thing: lower-case letters and underscores, such as `policy`.
  package let kind: String
  package let id: Int64

  package init(kind: String, id: Int64) {
    self.kind = kind
    self.id = id
  }

  /// `policy:0abc…`, as forms carry it.
  package var description: String { "\(kind):\(Identifier<AnySubject>(rawValue: id))" }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = Identifier<AnySubject>(String(parts[1])),
      (1...20).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({ (97...122).contains($0) || $0 == UInt8(ascii: "_") })
    else { return nil }
    self.init(kind: String(parts[0]), id: id.rawValue)
  }

  private enum AnySubject {}
}

/// How such a thing is called, and where more of it stands.
package struct ActivitySubjectCard: Sendable, Hashable {
  package let subject: ActivitySubject
  package let name: Phrase
  /// A page of ours; nil for none.
  package let path: String?

  package init(_ subject: ActivitySubject, name: Phrase, path: String?) {
    self.subject = subject
    self.name = name
    self.path = path
  }
}

/// What activities may be about. The features that keep such things fill it in; Activities does not know them.
package struct ActivitySubjects: Sendable {
  /// Everything that may be chosen in a community, in the order in which it is offered; at most some hundred.
  let offered: @Sendable (CommunityID, Snapshot) throws -> [ActivitySubjectCard]
  /// Those among the given ones that there are in the community.
  let named:
    @Sendable (Set<ActivitySubject>, CommunityID, Snapshot) throws -> [ActivitySubject: ActivitySubjectCard]

  package init(
    offered: @escaping @Sendable (CommunityID, Snapshot) throws -> [ActivitySubjectCard],
    named:
      @escaping @Sendable (
        Set<ActivitySubject>, CommunityID, Snapshot
      ) throws -> [ActivitySubject: ActivitySubjectCard]
  ) {
    self.offered = offered
    self.named = named
  }

  /// Activities that are about nothing but themselves.
  package static let none = ActivitySubjects(offered: { _, _ in [] }, named: { _, _, _ in [:] })
}
