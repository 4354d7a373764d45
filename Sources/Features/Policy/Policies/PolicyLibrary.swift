package import Database
package import Kernel
package import Messages
package import People
import Web

/// The policy library, for whoever points at policies or brings about new versions of them.
package struct PolicyLibrary: Sendable {
  /// A policy as it stands beside something else.
  package struct Card: Sendable, Equatable {
    package let id: PolicyID
    package let title: Phrase
    /// 文号; empty for a notice without one.
    package let number: String
    package let issuer: String
    /// The number of its newest published version.
    package let version: Int64
    /// Its page on this site, which everybody may read.
    package let path: String
  }

  private static let part = 200

  let directory: Directory
  let messenger: Messenger

  package init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    self.messenger = messenger
  }

  // MARK: - Looking up

  /// Those of these that were ever published, in use or not; policies of other communities are left out.
  package func cards(
    _ ids: Set<PolicyID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [PolicyID: Card] {
    let found = try shown(ids, in: community, snapshot)
    return Dictionary(found.map { ($0.head.id, Self.card($0)) }) { first, _ in first }
  }

  /// All policies in use, to choose from, in the order of the library.
  package func choices(in community: CommunityID, _ snapshot: Snapshot) throws -> [Card] {
    let today = try today(in: community, snapshot)
    var cards: [Card] = []
    var key: PolicyID?
    repeat {
      let page = try PolicyListStore.page(
        PolicyFilter(), on: today, after: key, limit: Self.part, in: community, snapshot)
      cards += page.policies.map(Self.card)
      key = page.next
    } while key != nil
    return cards
  }

  /// What the newest version says, to begin the next one with; nil for what was never published.
  package func newestContent(
    of id: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> PolicyContent? {
    guard let newest = try PolicyStore.find(id, in: community, snapshot)?.newest else { return nil }
    return try PolicyVersionStore.find(newest, of: id, in: community, snapshot)?.content
  }

  /// How many persons were told of a version so far, each counted once. Shown to people only as a `ShownCount`.
  package func told(
    of version: Int64, _ id: PolicyID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Int64 {
    try PolicyNewsStore.told(of: version, id, in: community, snapshot)
  }

  // MARK: - New versions for a reason from outside

  /// Begins the draft of the next version in the caller's transaction, with the reason on it; where a draft is being
  /// written, it gets the reason.
  ///
  /// - Returns: the page on which it is written on.
  /// - Throws: `not_found`, `policy.retired`, `policy.not_published`, `forbidden`.
  @discardableResult
  package func begin(
    _ id: PolicyID, because origin: PolicyOrigin, by actor: Actor, in transaction: Transaction
  ) throws -> String {
    guard PolicyRules.authors.contains(actor.role) else { throw Problem.forbidden }
    try PolicyDesk.begin(id, because: origin, by: actor, in: transaction)
    return "\(PolicyDeskPages.path(id))/draft"
  }

  /// Publishes a new version in the caller's transaction; whoever follows the policy or read an earlier version is told.
  ///
  /// - Parameters:
  ///   - content: `newestContent` with what is different, and with `whatChanged`.
  ///   - author: who wrote it; somebody else than who publishes it.
  /// - Returns: the policy with its new version.
  /// - Throws: `not_found`, `forbidden`, `policy.retired`, `policy.draft_open`, `policy.own_draft`,
  ///   `policy.change_unsaid`, `policy.unchanged`, `form.invalid` naming `replaces`.
  @discardableResult
  package func publish(
    _ content: PolicyContent, of id: PolicyID, because origin: PolicyOrigin, writtenBy author: Actor,
    by publisher: Actor, in transaction: Transaction
  ) throws -> Card {
    let version = try PolicyDesk.publish(
      content, of: id, because: origin, writtenBy: author, by: publisher, in: transaction)
    return Self.card(id, version.content, version: version.number)
  }

  // MARK: - Parts

  private static func card(_ shown: ShownPolicy) -> Card {
    card(
      shown.head.id, shown.version.content, version: shown.head.newest ?? shown.version.number)
  }

  static func card(_ id: PolicyID, _ content: PolicyContent, version: Int64) -> Card {
    Card(
      id: id, title: content.title, number: content.document.number, issuer: content.document.issuer,
      version: version, path: PolicyPages.path(id))
  }

  private func shown(
    _ ids: Set<PolicyID>, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ShownPolicy] {
    try PolicyListStore.find(
      ids.sorted(), on: today(in: community, snapshot), in: community, snapshot)
  }

  private func today(in community: CommunityID, _ snapshot: Snapshot) throws -> PolicyDay {
    guard let card = try directory.community(community, snapshot) else { throw Problem.notFound }
    return PolicyDay(snapshot.now, offsetSeconds: card.offsetSeconds)
  }
}

// MARK: - The other capabilities of Policy

extension PolicyLibrary {
  /// The library as eligibility and questions know it.
  var shelf: PolicyShelf {
    PolicyShelf { ids, community, snapshot in
      let today = try today(in: community, snapshot)
      let cards = try shown(ids, in: community, snapshot).map { shown -> PolicyCard in
        let (content, standing) = (shown.version.content, shown.standing(on: today))
        let window = [content.words.place, content.words.hours].filter { !$0.isEmpty }
        return PolicyCard(
          id: shown.head.id, title: content.title, decidedBy: Phrase(same: content.document.issuer),
          window: window.isEmpty
            ? nil : Phrase(window.joined(separator: "，"), window.joined(separator: ", ")),
          phone: content.words.phone.isEmpty ? nil : content.words.phone,
          isShown: standing == .inForce || standing == .notYet)
      }
      return Dictionary(cards.map { ($0.id, $0) }) { first, _ in first }
    }
  }
}

extension PolicyLinks {
  /// What eligibility offers: the check, where there is a rule; for authors the rule itself.
  static let eligibility = PolicyLinks(
    forReaders: { id, community, snapshot in
      guard try RuleVersionStore.shown(of: id, in: community, snapshot) != nil else { return [] }
      return [
        NavigationItem(
          "\(PolicyPages.path(id))/check", Phrase("查一查我符合吗", "See whether you may be eligible"))
      ]
    },
    forAuthors: { id, _, _ in
      [NavigationItem("\(PolicyPages.path(id))/rule", Phrase("谁可能符合", "Who may be eligible"))]
    })
}

// MARK: - For the front door

extension PolicyLibrary {
  static let navigation = PolicyDoors.navigation
  static let messageKinds = PolicyNewsNotices.kinds
  static let invariants = PolicyInvariants.invariants

  /// All doors of the library.
  ///
  /// - Parameter links: what other capabilities offer beside a policy.
  func register(on routes: inout Routes, database: Database, links: PolicyLinks = .eligibility) {
    let receipts = PolicyReceiptDesk(directory: directory, messenger: messenger)
    PolicyDoors(database: database, receipts: receipts, links: links)
      .register(on: &routes)
    PolicyDeskDoors(
      database: database, directory: directory, receipts: receipts, news: newsDesk, links: links
    ).register(on: &routes)
    PolicyFollowDoors(database: database).register(on: &routes)
    PolicyAPI(database: database).register(on: &routes)
  }

  /// What the library does later: it tells many, part after part, and warns of what runs out.
  var jobs: [JobHandler] {
    [newsDesk.handler, WarnOfExpiry(directory: directory, messenger: messenger).handler]
  }

  private var newsDesk: PolicyNewsDesk { PolicyNewsDesk(directory: directory, messenger: messenger) }

  /// How long the library keeps what it knows of persons.
  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("您看过哪项政策、有没有问题", "Which policies you read, and whether you had questions"),
      term: Phrase("您是邻居的时候一直留着；注销当天删掉", "As long as you are a neighbour; deleted the day you are"),
      reason: Phrase("政策有变化时告诉看过的人", "To tell those who read a policy when it changes")),
    RetentionRule(
      Phrase("您关注的政策", "Policies that you follow"),
      term: Phrase("到您不再关注为止", "Until you stop following them"),
      reason: Phrase("有新消息时告诉您", "To tell you what is new")),
  ]
}
