import Database
import Kernel
import People

/// Where ties are kept: the gate that everything goes through that becomes part of the network.
///
/// A tie that names a person is kept only while that person agrees to be counted, and ``TieStore`` asks
/// again at each reading, so that a consent taken back counts no more. A tie is kept once, however often it
/// is told.
struct TieRecorder: Sendable {
  let directory: Directory

  init(directory: Directory) {
    self.directory = directory
  }

  /// Keeps those ties that may be kept.
  /// - Throws: what the database throws; nothing is kept then.
  func record(_ ties: [Tie], in transaction: Transaction) throws {
    let joining = ties.filter { $0.from != $0.to }
    if joining.isEmpty { return }
    let agreed = try TieConsent(directory: directory).counted(
      joining.persons, in: transaction.community, transaction)
    for tie in joining where tie.names(noneBut: agreed) {
      try TieStore.insert(tie, in: transaction)
    }
  }
}

/// Who is counted in the network: those who agreed to just that. The notice of orders says nothing of whom
/// somebody helped or met, and is not asked.
struct TieConsent: Sendable {
  let directory: Directory

  /// Those of many persons who are counted at this moment.
  /// - Throws: what the database throws; nobody is counted then.
  func counted(
    _ persons: Set<PersonID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Set<PersonID> {
    if persons.isEmpty { return [] }
    return try directory.consent.allowed(
      persons.sorted(), .statistics, .ties, to: .totalsForAll, at: snapshot.now, in: community, snapshot)
  }
}

extension Tie {
  /// Whether all persons whom it names are among these.
  func names(noneBut persons: Set<PersonID>) -> Bool {
    [from, to].allSatisfy { party in party.person.map(persons.contains) ?? true }
  }
}

extension [Tie] {
  /// Everybody whom they name.
  var persons: Set<PersonID> { Set(flatMap { [$0.from.person, $0.to.person].compactMap(\.self) }) }
}
