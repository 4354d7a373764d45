package import Activities
package import Care
package import Database
import Dispatch
import Interop
package import Kernel
package import Ledger
package import Logging
package import Messages
package import People
package import Policy
package import Resources
package import Security
package import Shop
package import Surveys
package import Web

/// All features joined over one database. What one feature needs of another is filled in here.
package struct Switchboard: Sendable {
  let settings: Settings
  package let database: Database
  /// The keys of single persons, for whoever has to destroy them.
  package let personKeys: PersonKeyFolder
  package let people: People
  package let messages: Messages
  package let shop: Shop
  package let ledger: Ledger
  package let care: Care
  package let activities: Activities
  package let surveys: Surveys
  package let policy: Policy
  package let resources: Resources
  /// What people may ask of the data about them, over all features.
  package let rights: DataRights
  /// Practice shops beside the live communities.
  package let practice: PracticeDesk
  private let staticFiles: StaticFiles
  private let formSecret: [UInt8]
  /// Nil where nothing is asked of others.
  private let outgoing: OutgoingHTTP?

  /// All features' schema steps, in the order in which they are applied.
  package static let migrations: [Migration] =
    peopleMigrations + messagesMigrations + shopMigrations + ledgerMigrations + careMigrations
    + activitiesMigrations + surveysMigrations + policyMigrations + resourcesMigrations

  /// - Parameter needsPersonKeys: whether the keys of every person about whom something is sealed have to be there.
  /// - Throws: `database.in_use`, `database.newer`, `vault.wrong_key`, `vault.person_keys_missing`, or a problem with the key
  ///   file.
  package static func open(
    _ settings: Settings, logger: Logger, needsPersonKeys: Bool = true
  ) async throws -> Switchboard {
    let database = try Database.open(
      settings.database, migrations: migrations, clock: settings.clock, logger: logger)
    do {
      let switchboard = try await join(settings, database, logger)
      if needsPersonKeys {
        try await switchboard.rights.eraseAgain()
        try await switchboard.requirePersonKeys()
      }
      return switchboard
    } catch {
      await database.closeWithoutBlocking()
      throw error
    }
  }

  private static func join(
    _ settings: Settings, _ database: Database, _ logger: Logger
  ) async throws -> Switchboard {
    let personKeys = PersonKeyFolder(path: settings.personKeyFolder)
    let vault = Vault(
      key: try await key(settings, database), storage: .stored(in: database).withPersons(personKeys),
      clock: settings.clock)
    let keys = try await vault.derivedKeys()
    let people = try await People(
      database: database, vault: vault, hasher: PasswordHasher(), clock: settings.clock, trade: .shop,
      householdItems: Shop.householdItems, personItems: Care.personItems + Policy.personItems)
    let services = try settings.paymentServices.map { try PaymentServices(path: $0) }
    let messageServices = try settings.messageServices.map { try MessageServices(path: $0) }
    let outgoing = services == nil && messageServices == nil ? nil : OutgoingHTTP()
    let gateways = outgoing.flatMap { services?.gateways($0.gatewayTransport, clock: settings.clock) } ?? []
    let messages = messages(settings, database, people, vault, keys, messageServices, outgoing, logger)
    let books = Bookkeeping.ledger(paying: Set(gateways.map(\.channel)))
      .playing { people.isPractice($0) }
    let voice = voice(database, people, keys, vault, messages)
    let shop = shop(database, people, keys, vault, books, messages, hints: .policies(voice.policy.hints))
    let ledger = ledger(settings, database, people, vault, gateways, logger)
    let care = Care(
      database: database, directory: people.directory, vault: vault, messenger: messages.messenger,
      stops: .shop, practice: .shop, gifts: gifts(people, vault))
    let resources = resources(database, people, keys, vault, messages)
    return Switchboard(
      settings: settings, database: database, personKeys: personKeys, people: people, messages: messages,
      shop: shop, ledger: ledger, care: care, activities: voice.activities,
      surveys: voice.surveys, policy: voice.policy, resources: resources,
      rights: rights(
        people,
        [
          shop.personRecords, ledger.personRecords, messages.personRecords, voice.activities.personRecords,
          voice.surveys.personRecords, voice.policy.personRecords, resources.personRecords,
        ],
        care.personRecords(personKeys), personKeys, messages),
      practice: PracticeDesk(database, people: people, codes: shop.pickupCodes, books: books),
      staticFiles: try StaticFiles.load(),
      formSecret: keys.messageKey(.formToken).code(for: [Array("form token".utf8)]), outgoing: outgoing)
  }

  private static func messages(
    _ settings: Settings, _ database: Database, _ people: People, _ vault: Vault, _ keys: DerivedKeys,
    _ services: MessageServices?, _ outgoing: OutgoingHTTP?, _ logger: Logger
  ) -> Messages {
    Messages(
      database: database, directory: people.directory, vault: vault, keys: keys, kinds: messageKinds,
      gateways: outgoing.flatMap { services?.gateways($0.gatewayTransport, clock: settings.clock) } ?? [],
      publicURL: settings.publicURL, logger: logger)
  }

  /// What brings policy to people, and their voice to those who make it.
  private static func voice(
    _ database: Database, _ people: People, _ keys: DerivedKeys, _ vault: Vault, _ messages: Messages
  ) -> (surveys: Surveys, policy: Policy, activities: Activities) {
    let surveys = Surveys(
      database: database, directory: people.directory, vault: vault, keys: keys,
      messenger: messages.messenger, gifts: gifts(people, vault))
    let meetings = ActivityDirectory()
    let policy = Policy(
      database: database, directory: people.directory, vault: vault, messenger: messages.messenger,
      meetings: .activities(meetings), reportPorts: .joined(surveys, meetings, people.directory))
    let activities = Activities(
      database: database, directory: people.directory, vault: vault, keys: keys,
      messenger: messages.messenger, pictures: PictureReencoder(), subjects: .policies(policy.library))
    return (surveys: surveys, policy: policy, activities: activities)
  }

  /// What the neighbourhood has; the other features answer what it asks of them.
  private static func resources(
    _ database: Database, _ people: People, _ keys: DerivedKeys, _ vault: Vault, _ messages: Messages
  ) -> Resources {
    Resources(
      database: database, directory: people.directory, vault: vault, messenger: messages.messenger,
      pictures: PictureReencoder(),
      reportDigests: keys.blindIndex(table: "resources_scam_report", column: "trace"),
      ports: ResourcePorts(merchants: .shop(people.directory)),
      ties: .joined(ShopTrades(), ActivityGatherings()),
      alerts: .joined(voices: VoiceReencoder.isInstalled ? VoiceReencoder() : nil),
      indicators: IndicatorCatalogue.shop(people.directory))
  }

  /// Where features tell of what somebody would share with neighbours.
  private static func gifts(_ people: People, _ vault: Vault) -> GiftProposals {
    .map(AssetDesk(directory: people.directory, merchants: .shop(people.directory)), vault)
  }

  private static func shop(
    _ database: Database, _ people: People, _ keys: DerivedKeys, _ vault: Vault, _ books: Bookkeeping,
    _ messages: Messages, hints: ShopHints
  ) -> Shop {
    Shop(
      database: database, directory: people.directory, keys: keys, vault: vault,
      pictures: PictureReencoder(), books: books,
      proofs: .people(people.directory) { [people] in
        try await people.checkPIN(of: $0, pin: $1, in: $2, by: $3)
      }, messenger: messages.messenger, consent: .people(people.directory),
      messages: .messenger(messages.messenger), hints: hints, gifts: gifts(people, vault))
  }

  private static func ledger(
    _ settings: Settings, _ database: Database, _ people: People, _ vault: Vault,
    _ gateways: [any PaymentGateway], _ logger: Logger
  ) -> Ledger {
    let trade = TradeDirectory.shop { people.isPractice($0) }
    return Ledger(
      database: database, vault: vault, directory: people.directory, trade: trade,
      gateways: GatewayDesk(
        database: database, gateways: gateways, publicURL: settings.publicURL, trade: trade, logger: logger)
    )
  }

  private static func rights(
    _ people: People, _ records: [PersonRecords], _ casework: PersonRecords, _ personKeys: PersonKeyFolder,
    _ messages: Messages
  ) -> DataRights {
    DataRights(
      people, records: records + [casework, PlatformRecords.all],
      retention: Shop.retentionRules + Messages.retentionRules + Ledger.retentionRules + Care.retentionRules
        + Activities.retentionRules + Surveys.retentionRules + Policy.retentionRules
        + Resources.retentionRules,
      personKeys: personKeys, tell: DataRightsNotice.teller(messages.messenger))
  }

  /// Everything that the features tell people of.
  private static let messageKinds =
    Shop.messageKinds + Care.messageKinds + Activities.messageKinds + Surveys.messageKinds
    + Policy.messageKinds + Resources.messageKinds + [
      DataRightsNotice.answered
    ]

  /// The key of the file; made on the first start, when nothing is encrypted yet.
  private static func key(_ settings: Settings, _ database: Database) async throws -> KeyEncryptionKey {
    let isKept = try await database.read { try $0.hasDataKeys() }
    if !isKept, !KeyEncryptionKey.exists(path: settings.keyFile) {
      return try KeyEncryptionKey.create(path: settings.keyFile)
    }
    return try KeyEncryptionKey.load(path: settings.keyFile)
  }

  /// Every door of the program, with who may enter.
  package func routes(metrics: PrometheusMetrics = PrometheusMetrics()) -> Routes {
    var routes = Routes()
    people.routes(&routes) { [messages] in try messages.unread(of: $0, in: $1, $2) }
    messages.register(on: &routes)
    shop.register(on: &routes)
    ledger.register(on: &routes)
    care.register(on: &routes)
    activities.register(on: &routes)
    surveys.register(on: &routes)
    policy.register(on: &routes)
    resources.register(on: &routes)
    rights.register(on: &routes)
    PracticeDoors(database, desk: practice).register(on: &routes)
    staticFiles.addRoute(to: &routes)
    PolicyReports.addRoute(to: &routes)
    InstalledApp.addRoutes(to: &routes, files: staticFiles)
    SystemRoutes(
      database: database, metrics: metrics, metricsReaders: settings.metricsReaders, version: Program.version
    ).register(on: &routes)
    return routes
  }

  /// What all requests share.
  package func site() -> Site {
    Site(
      isSecure: settings.transport != .development, trustedProxies: settings.trustedProxies,
      limits: settings.limits, secret: formSecret, clock: settings.clock, sessions: people.sessions,
      staticFiles: staticFiles,
      navigation: Shop.navigation + Resources.navigation + Policy.navigation + Activities.navigation
        + Surveys.navigation
        + Care.navigation
        + Ledger.navigation + Messages.navigation
        + PracticeDoors.navigation + DataRights.navigation + People.navigation,
      describe: Self.describe
    ) { [people] host in people.community(forHost: host) }
  }

  /// What the log may say of an unexpected error: an engine's code and text, never what a person typed.
  private static func describe(_ error: any Error) -> String {
    switch error {
    case DatabaseError.engine(let code, _): "database \(code)"
    case DatabaseError.unique, DatabaseError.constraint: "database constraint"
    default: String(describing: type(of: error))
    }
  }

  /// Hands events to the features that want them.
  func eventPump() -> EventPump {
    EventPump(database, handlers: shop.eventHandlers + care.eventHandlers + practice.eventHandlers)
  }

  package func backgroundWork(logger: Logger) -> BackgroundWork {
    BackgroundWork(
      database: database,
      jobs: JobRunner(
        database,
        handlers: people.jobs + rights.jobs + messages.jobs + shop.jobs + ledger.jobs + care.jobs
          + activities.jobs + surveys.jobs + policy.jobs + resources.jobs
          + practice.jobs),
      events: eventPump(), people: people, gateways: ledger.gateways,
      bills: ledger.bills, deliveries: messages.deliveries, keyRotation: care.keyRotation(personKeys),
      rights: rights, surveyLocks: surveys.lockWork, networks: resources.networkWork,
      logger: logger)
  }

  /// Every way in which the stored data contradicts the rules.
  package func breaches() async throws -> [Breach] {
    try await database.read {
      [messages, shop, ledger, care, activities, surveys, policy, resources] snapshot in
      try People.checks(snapshot) + messages.breaches(snapshot) + shop.breaches(snapshot)
        + ledger.breaches(snapshot) + care.breaches(snapshot)
        + activities.breaches(snapshot) + surveys.breaches(snapshot) + policy.breaches(snapshot)
        + resources.breaches(snapshot)
        + Reconciliation.breaches(snapshot)
    }
  }

  /// All communities of the database, oldest first.
  package func communities() async throws -> [CommunityID] {
    try await database.read { [people] in try people.directory.communities($0) }
  }

  package func close() async {
    await outgoing?.close()
    await database.closeWithoutBlocking()
  }
}

extension Database {
  /// Closing waits for what is under way, so it has a thread of its own.
  func closeWithoutBlocking() async {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "nuanlin.close").async {
        self.close()
        continuation.resume()
      }
    }
  }
}
