package import Database
package import Kernel
package import Logging
package import People
package import Security
package import Web

/// The front door of Messages: what a person is told, by the way that they chose.
///
/// Other features send through `messenger` in the transaction of whatever they tell of, and never through the tables.
package struct Messages: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let kinds: MessageKinds
  /// The one way in which features tell persons something.
  package let messenger: Messenger
  /// What goes out through services.
  package let deliveries: Deliveries
  let weChat: WeChatMessages?
  private let binding: WeChatBinding

  /// - Parameters:
  ///   - vault: how WeChat names persons is kept under its keys.
  ///   - keys: what the way through WeChat is proven with.
  ///   - kinds: what the features of the program tell of.
  ///   - gateways: the services that are set up.
  ///   - publicURL: scheme and host under which people reach the program; nil where it has no public address.
  package init(
    database: Database, directory: Directory, vault: Vault, keys: DerivedKeys, kinds: [MessageKind],
    gateways: [any MessageGateway], publicURL: String?, logger: Logger
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    self.kinds = MessageKinds(kinds)
    let byWay = Dictionary(gateways.map { ($0.way, $0) }) { first, _ in first }
    messenger = Messenger(directory: directory, services: Set(byWay.keys))
    deliveries = Deliveries(
      database: database, directory: directory, vault: vault, kinds: self.kinds, gateways: byWay,
      publicURL: publicURL, logger: logger)
    weChat = byWay[.wechat] as? WeChatMessages
    binding = WeChatBinding(key: keys.messageKey(.wechatBinding))
  }

  /// Where Messages is entered from the pages of the site.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/account/messages", Phrase("消息", "Messages"), roles: Set(Role.allCases)),
    NavigationItem("/desk/calls", Phrase("电话单", "Calls to make"), roles: CallDesk.roles),
  ]

  /// All doors of Messages: under `/account/messages`, `/account/wechat`, `/desk/messages`, `/desk/calls` and
  /// `/desk/people/:person/messages`, and the address that WeChat writes to.
  package func register(on routes: inout Routes) {
    Inbox(database: database, kinds: kinds).register(on: &routes)
    Preferences(
      database: database, directory: directory, services: messenger.services
    ).register(on: &routes)
    DeliveryDesk(database: database, services: messenger.services).register(on: &routes)
    CallDesk(database: database, directory: directory, kinds: kinds, deliveries: deliveries)
      .register(on: &routes)
    SlipDesk(database: database, directory: directory, kinds: kinds).register(on: &routes)
    WeChatDoors(
      database: database, vault: vault, weChat: weChat, binding: binding, deliveries: deliveries,
      publicURL: deliveries.publicURL
    ).register(on: &routes)
  }

  /// What Messages does later.
  package let jobs: [JobHandler] = [ForgetMessages.handler]

  /// What Messages keeps of persons.
  package var personRecords: PersonRecords { MessageRecords.all(kinds) }

  /// How long Messages keeps what.
  package static let retentionRules = [
    ForgetMessages.rule,
    RetentionRule(
      Phrase("您想怎么收消息，和连上的微信", "How you want to be told, and a connected WeChat"),
      term: Phrase(
        "到您改掉、断开微信或删除账户为止", "Until you change it, disconnect WeChat or are deleted"),
      reason: Phrase(
        "照您选的方式告诉您（《个人信息保护法》第十三条）。",
        "To tell you things the way you chose (Personal Information Protection Law art. 13).")),
  ]

  /// How many messages a person has not read yet.
  package func unread(of person: PersonID, in community: CommunityID, _ snapshot: Snapshot) throws -> Int {
    try MessageStore.unread(of: person, in: community, snapshot)
  }

  /// Notes how a person wants to be told of things, as they chose or somebody who helps them.
  package func prefer(
    _ preference: MessagePreference, for person: PersonID, by actor: Actor, in transaction: Transaction
  ) throws {
    try Preferences.save(preference, of: person, by: actor, in: transaction)
  }

  /// Notes that a person has read everything that they were told until a moment.
  package func read(until moment: Timestamp, by person: PersonID, in transaction: Transaction) throws {
    try MessageStore.markRead(upTo: moment, of: person, in: transaction)
  }

  /// Notes that all slips which wait now are printed and on their way.
  package func slipsPrinted(by actor: Actor, in transaction: Transaction) throws {
    let waiting = try DeliveryStore.waiting(
      .slip, until: transaction.now, limit: 10_000, in: transaction.community, transaction)
    guard let newest = waiting.map(\.id).max() else { return }
    _ = try SlipDesk.printed(upTo: newest, by: actor, in: transaction)
  }

  /// Every way in which messages and deliveries contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: MessageInvariants.invariants)
  }
}
