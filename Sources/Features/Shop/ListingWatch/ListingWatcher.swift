package import Database
package import Kernel

/// Finds what is on sale in which a reported number, page, account or word stands.
package struct ListingWatcher: Sendable {
  /// What is looked for.
  package struct Wanted: Sendable {
    let words: [String]
    let phones: [String]
    let links: [String]
    let accounts: [String]

    package init(words: [String], phones: [String], links: [String], accounts: [String]) {
      self.words = words
      self.phones = phones
      self.links = links
      self.accounts = accounts
    }
  }

  /// Something on sale in which it stands.
  package struct Hit: Sendable, Equatable {
    /// Nil for shops and group buys, which are not held back.
    package let product: ProductID?
    package let merchant: MerchantID?
    package let title: Phrase
    package let path: String
    package let why: Phrase
  }

  /// Hits that one search gives at most.
  private static let limit = 50

  package init() {}

  package func search(
    _ wanted: Wanted, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Hit] {
    let listings = try ListingWatchStore.listings(in: community, snapshot)
    let hits = listings.lazy.compactMap { listing -> Hit? in
      Self.reason(wanted, ListingText(listing.text)).map {
        Hit(
          product: listing.product, merchant: listing.merchant, title: listing.title, path: listing.path,
          why: $0)
      }
    }
    return Array(hits.prefix(Self.limit))
  }

  /// Why a text fits; nil where it does not. What tells most comes first.
  static func reason(_ wanted: Wanted, _ text: ListingText) -> Phrase? {
    if wanted.phones.contains(where: { text.holds(phone: $0) }) {
      return Phrase("写着这个电话", "The number stands there")
    }
    if wanted.links.contains(where: { text.holds(link: $0) }) {
      return Phrase("写着这个网址", "The page stands there")
    }
    if wanted.accounts.contains(where: { text.holds(account: $0) }) {
      return Phrase("写着这个账户", "The account stands there")
    }
    if wanted.words.contains(where: { text.holds(words: $0) }) {
      return Phrase("名字或说明里有这几个字", "The words stand there")
    }
    return nil
  }
}
