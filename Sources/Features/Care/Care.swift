package import Database
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of Care: casework, group work and visits, and the wall around them.
///
/// Nothing of it goes to other features: it publishes no events. What it hears from the Shop comes through the handlers
/// that `Switchboard` joins, and the Shop never learns who is a client.
package struct Care: Sendable {
  let database: Database
  let directory: Directory
  let messenger: Messenger
  package let keys: CareKeys
  /// Where cases are opened, moved on and ended.
  package let desk: CaseDesk
  package let referrals: ReferralDesk
  package let glass: GlassDesk
  package let rights: RightsDesk
  /// Where groups are opened and moved on.
  package let groups: GroupDesk
  private let stops: DeliveryStops
  private let gifts: GiftProposals

  /// - Parameters:
  ///   - directory: what Care may ask about people, consent among it.
  ///   - vault: what is written about people is sealed under its keys, one for each person.
  ///   - messenger: through which workers and supervisors are told that there is something to see.
  ///   - stops: whom a delivery was for at whose door nobody answered.
  ///   - practice: what a learner did in the practice shop.
  ///   - gifts: where what people would share goes with their yes.
  package init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger,
    stops: DeliveryStops = .none,
    practice: PracticeLink = .none, gifts: GiftProposals = .none
  ) {
    self.database = database
    self.directory = directory
    self.messenger = messenger
    self.stops = stops
    self.gifts = gifts
    keys = CareKeys(vault: vault)
    desk = CaseDesk(directory: directory, messenger: messenger)
    referrals = ReferralDesk(directory: directory, messenger: messenger)
    glass = GlassDesk(directory: directory, messenger: messenger)
    rights = RightsDesk(directory: directory, messenger: messenger)
    groups = GroupDesk(directory: directory, messenger: messenger, practice: practice)
  }

  /// Where Care is entered from the pages of the site. Every resident has the same way in, with a case or without.
  package static let navigation: [NavigationItem] = [
    NavigationItem("/my-care", Phrase("找社工", "Social worker"), roles: [.resident]),
    NavigationItem("/cases", Phrase("个案", "Cases"), roles: CaseReader.roles),
    Groups.navigation,
    NavigationItem("/visit-campaigns", Phrase("入户走访", "Door visits"), roles: CaseReader.roles),
    IndicatorDoors.navigation,
    NavigationItem("/referrals", Phrase("转介单", "Referrals"), roles: [.committee]),
  ]

  /// What Care may begin with a person, for the person's page at the desk: each is entered at its path, followed by the
  /// person's id.
  package static let personItems: [NavigationItem] = [
    NavigationItem("/cases/for", Phrase("开一个个案", "Open a case"), roles: CaseReader.roles),
    Groups.personItem,
  ]

  /// All doors of Care.
  package func register(on routes: inout Routes) {
    let visits = CaseVisits(database: database, desk: desk, keys: keys, gifts: gifts)
    Cases(visits: visits).register(on: &routes)
    CaseConsentDoors(visits: visits).register(on: &routes)
    CaseGiftDoors(visits: visits).register(on: &routes)
    CaseSearchDoors(visits: visits).register(on: &routes)
    WorkloadDoors(visits: visits).register(on: &routes)
    ReferralDoors(visits: visits, desk: referrals).register(on: &routes)
    CommitteeDoors(visits: visits, desk: referrals).register(on: &routes)
    GlassDoors(visits: visits, desk: glass).register(on: &routes)
    IndicatorDoors(database: database).register(on: &routes)
    Groups(visits: visits, desk: groups).register(on: &routes)
    let visitDesk = VisitDesk(directory: directory, messenger: messenger)
    VisitCampaigns(visits: visits, desk: visitDesk).register(on: &routes)
    MyVisits(database: database, desk: visitDesk, keys: keys).register(on: &routes)
    RightsDoors(visits: visits, desk: rights).register(on: &routes)
    ClientDoors(database: database, desk: desk, keys: keys, rights: rights).register(on: &routes)
  }

  /// What Care does later.
  package var jobs: [JobHandler] {
    [
      ExpireReferral.handler(referrals),
      RemindOfTasks(messenger: messenger, directory: directory).handler,
      ForgetCareTexts.handler,
    ]
  }

  /// What gives people's words new keys.
  package func keyRotation(_ personKeys: PersonKeyFolder) -> CareKeyRotation {
    CareKeyRotation(database: database, vault: keys.vault, personKeys: personKeys)
  }

  /// What Care hears of others.
  package var eventHandlers: [EventHandler] {
    [DoorSignals(stops: stops, directory: directory, messenger: messenger).handler]
  }

  /// Everything that Care tells people of.
  package static let messageKinds: [MessageKind] =
    CaseNotices.kinds + GroupNotices.kinds + VisitNotices.kinds + RightsNotices.kinds + ErasureNotices.kinds

  /// Whose keys something is sealed with, in all communities: what has to be in the folder of personal keys.
  package static func sealedPersons(_ snapshot: Snapshot) throws -> Set<KeyScope> {
    Set(
      try CareTextStore.sealedPersons(snapshot).map {
        KeyScope(community: $0.community, dataClass: .casework, person: $0.person)
      })
  }

  /// Every way in which cases contradict their rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try CaseInvariants.breaches(snapshot)
      + snapshot.breaches(of: GroupInvariants.invariants + VisitInvariants.invariants)
  }
}
