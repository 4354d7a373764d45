package import Database
package import Kernel
package import People
package import Security

/// What reports may quote: asked anew each time that something is shown, so that a consent taken back a moment ago counts no
/// more and the quote is gone everywhere at once. Reports keep identifiers and ask here for the words.
package struct QuoteSource: Sendable {
  private let directory: Directory
  private let vault: Vault

  package init(directory: Directory, vault: Vault) {
    self.directory = directory
    self.vault = vault
  }

  /// What opens the quotes of one community; fetched before the read in which it is used.
  package func reading(in community: CommunityID) async throws -> QuoteReading {
    QuoteReading(
      directory: directory, community: community,
      cipher: try await vault.cipher(for: KeyScope(community: community, dataClass: .survey)))
  }

  /// The studies of a community with their titles, the newest first, for choosing.
  package func studies(
    limit: Int = 100, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [(id: StudyID, title: String)] {
    try StudyStore.list(before: nil, limit: limit, in: community, snapshot).map {
      (id: $0.study.id, title: $0.title)
    }
  }
}

/// The quotes of one community that may be shown at the moment of the snapshot.
package struct QuoteReading: Sendable {
  let directory: Directory
  let community: CommunityID
  let cipher: FieldCipher

  /// One quote that may be shown now.
  package struct Usable: Sendable, Equatable {
    package let id: QuoteID
    package let study: StudyID
    package let kind: MaterialKind
    package let words: String
  }

  /// All of a study.
  package func usable(of study: StudyID, _ snapshot: Snapshot) throws -> [Usable] {
    try usable(QuoteStore.all(of: study, opening: cipher, in: community, snapshot), snapshot)
  }

  /// Those among these.
  package func usable(_ ids: Set<QuoteID>, _ snapshot: Snapshot) throws -> [Usable] {
    try usable(QuoteStore.quotes(ids, opening: cipher, in: community, snapshot), snapshot)
  }

  private func usable(_ quotes: [Quote], _ snapshot: Snapshot) throws -> [Usable] {
    let standings = try standings(of: quotes, snapshot)
    return quotes.filter { standings[$0.id] == .usable }.map {
      Usable(id: $0.id, study: $0.study, kind: $0.kind, words: $0.words)
    }
  }

  /// How each of these stands now.
  func standings(of quotes: [Quote], _ snapshot: Snapshot) throws -> [QuoteID: QuoteStanding] {
    let allowed = try directory.consent.allowed(
      Set(quotes.compactMap(\.speaker)).sorted(), .publishing, .story, to: .everyone, at: snapshot.now,
      in: community, snapshot)
    let unknown = quotes.filter { $0.speaker == nil }.map(\.id)
    let agreements = try QuoteStore.agreements(to: unknown, in: community, snapshot)
    var standings: [QuoteID: QuoteStanding] = [:]
    for quote in quotes {
      standings[quote.id] = QuoteRules.standing(
        of: quote, allowed: allowed, agreement: agreements[quote.id]?.last)
    }
    return standings
  }
}
