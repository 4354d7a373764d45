package import Database
import Interop
package import Kernel
package import Security
package import Web

/// The front door of People: communities, households, persons, accounts, sessions, cards, roles and invitations.
///
/// Other features read people through `directory` and never through their tables.
package struct People: Sendable {
  let database: Database
  let vault: Vault
  let hasher: PasswordHasher
  let clock: Clock
  let keys: PeopleKeys
  let hosts: CommunityHosts
  let sheets = SheetReader()
  /// Photos of signed papers, one legible size of each.
  let papers = PictureReencoder(widths: [1_600], concurrent: 1)
  static let paperType = PictureVariant.mediaType
  let trade: MandateTrade
  let householdItems: [NavigationItem]
  let personItems: [NavigationItem]
  private let peopleSessions: PeopleSessions
  /// What other features may ask about people.
  package let directory: Directory

  /// - Parameters:
  ///   - vault: over the keys stored in this database; see `WrappedKeyStorage.stored(in:)`.
  ///   - trade: what mandates may name of the Shop.
  ///   - householdItems: what other features keep of a household, linked from its page at the desk: each is entered at its
  ///     path, followed by the household's id.
  ///   - personItems: what other features may begin with a person, linked from the person's page in the same way.
  /// - Throws: `vault.wrong_key` when the key file does not belong to the database.
  package init(
    database: Database, vault: Vault, hasher: PasswordHasher, clock: Clock, trade: MandateTrade = .none,
    householdItems: [NavigationItem] = [], personItems: [NavigationItem] = []
  ) async throws {
    self.householdItems = householdItems
    self.personItems = personItems
    self.trade = trade
    self.database = database
    self.vault = vault
    self.hasher = hasher
    self.clock = clock
    keys = PeopleKeys(try await vault.derivedKeys())
    hosts = CommunityHosts(database)
    peopleSessions = PeopleSessions(database)
    directory = Directory(vault: vault, keys: keys)
    try await hosts.reload()
  }

  /// The sessions, for the web server.
  package var sessions: SessionDirectory { peopleSessions.directory }

  /// The community that answers to a `Host`, for the web server; nil when none does.
  package func community(forHost host: String) -> CommunityCard? { hosts.community(for: host) }

  /// Where People is entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/desk/people", Phrase("邻居", "People"), roles: RoleRules.roles(for: .search)),
    NavigationItem("/account", Phrase("我的", "My page"), roles: Set(Role.allCases)),
  ]

  /// How many messages a person has not read; filled in by whoever keeps messages.
  package typealias UnreadCount =
    @Sendable (_ person: PersonID, _ community: CommunityID, _ snapshot: Snapshot) throws -> Int

  /// All doors of People: pages under `/sign-in`, `/register`, `/invitation`, `/card`, `/account`, `/desk` and
  /// `/preferences`, and the sessions of the API.
  package func routes(_ routes: inout Routes, unread: @escaping UnreadCount = { _, _, _ in 0 }) {
    addSignIn(&routes)
    addSessionAPI(&routes)
    addAccounts(&routes, unread: unread)
    addSessions(&routes)
    addSecondFactor(&routes)
    addPreferences(&routes)
    addInvitations(&routes)
    addHouseholdCards(&routes)
    addPracticeSignIn(&routes)
    addHouseholds(&routes)
    addDesk(&routes)
    addOwnMandates(&routes)
    addDeskMandates(&routes)
    addSpokenCodes(&routes)
    addOwnConsents(&routes)
    addDeskConsents(&routes)
  }

  /// Gives every community the notices of this program that it does not have yet, so that what a newer program asks can
  /// be asked from its first minute.
  package func addNotices() async throws {
    for community in try await database.read({ try $0.communityIdentifiers() }) {
      try await database.write(in: community) { try Consents.addNotices(in: $0) }
    }
  }

  /// What People does later.
  package var jobs: [JobHandler] { [Housekeeping.handler] }

  /// Keeps the table of hosts up to date until it is cancelled: at once for changes made by this program, within a
  /// minute for those of others on the same database.
  package func keepHostsCurrent() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in database.changes(of: .communities) { try? await hosts.reload() }
      }
      group.addTask {
        while (try? await Task.sleep(for: .seconds(60))) != nil { try? await hosts.reload() }
      }
    }
  }

  func contactCipher(in community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }
}
