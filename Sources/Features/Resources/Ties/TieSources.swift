package import Database
package import Kernel

/// Ties that other features know of. They are asked for a time at a time, may tell of the same tie again, and need not ask
/// whether anybody agreed to be counted: that is asked where ties are kept.
package struct TieSources: Sendable {
  package typealias Source =
    @Sendable (_ from: Timestamp, _ until: Timestamp, CommunityID, Snapshot) throws -> [Tie]

  /// Who bought from whom: a merchant and the person for whom an order was handed over.
  package let traded: Source
  /// Who came together, see ``CoAttendance``.
  package let together: Source

  package init(traded: @escaping Source, together: @escaping Source) {
    self.traded = traded
    self.together = together
  }

  package static let none = TieSources(traded: { _, _, _, _ in [] }, together: { _, _, _, _ in [] })
}

/// Which ties come of a gathering.
package enum CoAttendance {
  /// With more than this, that two were there says little of them, and pairs grow with the square.
  package static let largest = 30

  /// A tie of each two who came, where at most ``largest`` did; none otherwise.
  ///
  /// - Parameter gathering: the raw identifier of what they came to; `source` names what that is, such as `activity`.
  package static func ties(
    of came: Set<PersonID>, at moment: Timestamp, source: String, gathering: Int64
  ) -> [Tie] {
    guard (2...largest).contains(came.count) else { return [] }
    let persons = came.sorted()
    return persons.indices.flatMap { place in
      persons[(place + 1)...].map { other in
        Tie(
          .coAttended, from: .person(persons[place]), to: .person(other), at: moment, source: source,
          sourceID: gathering)
      }
    }
  }
}
