package import Database
package import Kernel

/// What reports are compared with: numbers, pages, accounts and words.
package struct ListingTraces: Sendable, Equatable {
  package let words: [String]
  package let phones: [String]
  package let links: [String]
  package let accounts: [String]

  package init(words: [String], phones: [String], links: [String], accounts: [String]) {
    self.words = words
    self.phones = phones
    self.links = links
    self.accounts = accounts
  }

  package var isEmpty: Bool { words.isEmpty && phones.isEmpty && links.isEmpty && accounts.isEmpty }
}

/// Something on sale in which a reported number, page, account or word stands.
package struct ListingHit: Sendable, Equatable {
  /// The goods, where they can be held back; nil for shops and group buys.
  package let product: Int64?
  package let merchant: MerchantID?
  package let title: Phrase
  package let path: String
  package let why: Phrase

  package init(product: Int64?, merchant: MerchantID?, title: Phrase, path: String, why: Phrase) {
    self.product = product
    self.merchant = merchant
    self.title = title
    self.path = path
    self.why = why
  }
}

/// The Shop's listings, in the words of Resources.
package struct ListingWatch: Sendable {
  /// Goods that are held back, for which hearing, and until when without a decision.
  package struct Hold: Sendable {
    package let product: Int64
    package let merchant: MerchantID
    /// Which hearing it is for.
    package let source: Int64
    package let by: PersonID
    package let lapsesAt: Timestamp
  }

  package let search: @Sendable (ListingTraces, CommunityID, Snapshot) throws -> [ListingHit]
  /// What goods are called; those that there are not are left out.
  package let names: @Sendable ([Int64], CommunityID, Snapshot) throws -> [Int64: Phrase]
  /// Throws `not_found` for goods that there are not, or that are another merchant's.
  package let hold: @Sendable (Hold, Transaction) throws -> Void
  /// The hold stays until it is lifted: by the hearing that it is for.
  package let confirm: @Sendable (Int64, Transaction) throws -> Void
  package let release: @Sendable (Int64, Transaction) throws -> Void

  package init(
    search: @escaping @Sendable (ListingTraces, CommunityID, Snapshot) throws -> [ListingHit],
    names: @escaping @Sendable ([Int64], CommunityID, Snapshot) throws -> [Int64: Phrase],
    hold: @escaping @Sendable (Hold, Transaction) throws -> Void,
    confirm: @escaping @Sendable (Int64, Transaction) throws -> Void,
    release: @escaping @Sendable (Int64, Transaction) throws -> Void
  ) {
    self.search = search
    self.names = names
    self.hold = hold
    self.confirm = confirm
    self.release = release
  }

  package static let none = ListingWatch(
    search: { _, _, _ in [] }, names: { _, _, _ in [:] }, hold: { _, _ in }, confirm: { _, _ in },
    release: { _, _ in })
}

/// Quizzes about scams that are open now.
package struct QuizLinks: Sendable {
  package struct Link: Sendable, Equatable {
    package let title: String
    package let path: String

    package init(title: String, path: String) {
      self.title = title
      self.path = path
    }
  }

  package let current: @Sendable (CommunityID, Snapshot) throws -> [Link]

  package init(current: @escaping @Sendable (CommunityID, Snapshot) throws -> [Link]) {
    self.current = current
  }

  package static let none = QuizLinks { _, _ in [] }
}

/// Makes a fresh recording of what somebody sent, without anything of their device.
package struct VoiceNotes: Sendable {
  package struct Recording: Sendable, Equatable {
    package let bytes: [UInt8]
    package let seconds: Int64

    package init(bytes: [UInt8], seconds: Int64) {
      self.bytes = bytes
      self.seconds = seconds
    }
  }

  package static let mediaType = "audio/mp4"

  package let reencode: @Sendable ([UInt8]) async throws -> Recording

  package init(reencode: @escaping @Sendable ([UInt8]) async throws -> Recording) {
    self.reencode = reencode
  }
}

/// What the clean market asks of other features.
package struct AlertPorts: Sendable {
  package let listings: ListingWatch
  package let quizzes: QuizLinks
  package let losses: PickupLossFigures
  /// Nil where no recordings can be worked on: nobody is asked for one then.
  package let voices: VoiceNotes?

  package init(
    listings: ListingWatch = .none, quizzes: QuizLinks = .none, losses: PickupLossFigures = .none,
    voices: VoiceNotes? = nil
  ) {
    self.listings = listings
    self.quizzes = quizzes
    self.losses = losses
    self.voices = voices
  }

  package static let none = AlertPorts()
}
