import Database
import Kernel
import People
import Resources
import Security
import Shop

/// Builds the demo community, from the first household to the last bag.
struct DemoBuilder: Sendable {
  let switchboard: Switchboard
  let clock: MovableClock
  /// The present moment: history ends here.
  let now: Timestamp
  let tell: @Sendable (String) -> Void

  /// The practice code of the learner who has been at it for a while.
  private static let learner = "20260815"

  func build() async throws {
    let hash = try await PasswordHasher().hash(DemoPeople.password)
    let main = try await people(
      DemoNeighbourhood.community, hosts: [], cast: DemoPeople.cast, passwordHash: hash)
    let practice = try await people(
      DemoNeighbourhood.practiceCommunity, hosts: ["practice.localhost:\(switchboard.settings.port)"],
      cast: [], passwordHash: hash)
    tell(
      "  \(main.households.count) 户住户，\(DemoPeople.cast.count) 位可登录的人。 \(main.households.count) households.")
    try await DemoWishBuilder(switchboard: switchboard, community: main, now: now).build()
    let care = DemoCareBuilder(builder: self, community: main)
    try await care.begin()
    let stage = DemoStage(builder: self, community: main)
    let town = try await DemoResourceBuilder(
      stage: stage, entries: switchboard.resources.networkEntries
    ).build()
    let catalogue = DemoCatalogueBuilder(database: switchboard.database)
    try await catalogue.build(
      practice, DemoNeighbourhood.practiceCommunity, merchants: [DemoMerchants.practice])
    let shop = try await catalogue.build(main, DemoNeighbourhood.community, merchants: DemoMerchants.all)
    tell(
      "  \(DemoMerchants.all.count) 家商户，\(DemoProducts.all.count) 样商品。 \(DemoProducts.all.count) products.")
    let bought = try await DemoHistoryBuilder(builder: self, community: main, shop: shop).play()
    let group = DemoGroupBuilder(builder: self, community: main)
    try await group.begin()
    try await DemoReviewBuilder(builder: self, community: main, bought: bought).write()
    try await DemoRoundBuilder(builder: self, community: main, shop: shop).play()
    try await DemoServiceBuilder(builder: self, community: main).build()
    try await DemoStandingBuilder(builder: self, community: main).build()
    try await care.goOn()
    try await care.visit()
    try await DemoVoiceBuilder(builder: self, community: main).build()
    clock.move(to: now - .minutes(30))
    try await practise(practice.id, besides: main)
    clock.move(to: now)
    try await group.goOn(code: Self.learner)
    try await DemoChatBuilder(builder: self, community: main).play()
    try await DemoExchangeBuilder(stage: stage, town: town, shop: shop).build()
  }

  /// The practice shop with two learners, one of whom has been at it for a while.
  private func practise(_ practice: CommunityID, besides main: DemoCommunityIDs) async throws {
    guard let worker = main.cast["xu-anran"] else { throw Problem.internalFault }
    let teacher = Actor(person: worker, role: .socialWorker)
    let desk = switchboard.practice
    _ = try await desk.adopt(practice, besides: main.id, copies: false)
    let first = try await desk.handOut(code: Self.learner, besides: main.id, by: teacher)
    _ = try await desk.handOut(code: "20260816", besides: main.id, by: teacher)
    try await desk.note(
      [
        .findShop: .alone, .choose: .alone, .comparePrice: .helpNear, .checkTotal: .together,
        .order: .helpNear, .fakeLink: .alone,
      ], of: first.person, besides: main.id, by: teacher)
  }

  private func people(
    _ community: DemoCommunity, hosts: [String], cast: [DemoPerson], passwordHash: String
  ) async throws -> DemoCommunityIDs {
    let people = switchboard.people
    let id = try await people.createCommunity(
      CommunityDraft(
        name: community.name, phoneNumber: community.phone, hosts: hosts,
        offsetSeconds: DemoNeighbourhood.offsetSeconds, isPractice: community.practice))
    let households = try await people.createHouseholds(
      community.households.map { household in
        try HouseholdDraft(
          door: Door(
            building: "\(household.door.building)", unit: "\(household.door.unit)", room: household.door.room),
          floor: Int64(household.floor), hasLift: household.hasLift)
      }, in: id)
    var ids = DemoCommunityIDs(id: id, households: households)
    try await residents(community, cast, passwordHash, &ids)
    return ids
  }

  /// The first member of each household keeps the household's telephone and orders for it.
  private func residents(
    _ community: DemoCommunity, _ cast: [DemoPerson], _ hash: String, _ ids: inout DemoCommunityIDs
  ) async throws {
    var drafts: [PersonDraft] = []
    var castIndex: [String: Int] = [:]
    for (index, household) in community.households.enumerated() {
      ids.buyers.append(drafts.count)
      for (position, member) in household.members.enumerated() {
        if position == 0, let key = household.castKey, let person = cast.first(where: { $0.key == key }) {
          castIndex[key] = drafts.count
          drafts.append(try draft(person, household: ids.households[index], hash))
          continue
        }
        let phone = position == 0 ? household.phone.flatMap { PhoneNumber(typed: $0) } : nil
        var draft = try PersonDraft(displayName: member.name, household: ids.households[index], phone: phone)
        if phone != nil { draft.passwordHash = hash }
        if position == 0 { draft.roles = [.resident] }
        drafts.append(draft)
      }
    }
    for person in cast where castIndex[person.key] == nil {
      castIndex[person.key] = drafts.count
      drafts.append(try draft(person, household: nil, hash))
    }
    let persons = try await switchboard.people.createPersons(drafts, in: ids.id)
    ids.buyerIDs = ids.buyers.map { persons[$0] }
    ids.cast = castIndex.mapValues { persons[$0] }
    try await issueCard(cast, ids)
  }

  private func draft(_ person: DemoPerson, household: HouseholdID?, _ hash: String) throws -> PersonDraft {
    var phone: PhoneNumber?
    if case .phone(let number) = person.signIn { phone = PhoneNumber(typed: number) }
    var draft = try PersonDraft(displayName: person.name.chinese, household: household, phone: phone)
    draft.roles = Set(person.roles)
    draft.elderView = person.birthYear <= 1950 ? true : nil
    if phone != nil { draft.passwordHash = hash }
    if DemoSignIns.needsSecondFactor(person) {
      draft.secondFactor = DemoSignIns.secondFactor(of: person.key)
    }
    return draft
  }

  private func issueCard(_ cast: [DemoPerson], _ ids: DemoCommunityIDs) async throws {
    guard let holder = cast.first(where: { $0.signIn == .card }), let person = ids.cast[holder.key],
      let secrets = DemoSignIns.cardSecrets()
    else { return }
    try await switchboard.people.issueCard(secrets, to: person, in: ids.id, by: .machine)
  }
}

/// The identifiers of a demo community, in the order of its description.
struct DemoCommunityIDs: Sendable {
  let id: CommunityID
  let households: [HouseholdID]
  /// Position of each household's buyer among the persons.
  var buyers: [Int] = []
  var buyerIDs: [PersonID] = []
  var cast: [String: PersonID] = [:]

  init(id: CommunityID, households: [HouseholdID]) {
    self.id = id
    self.households = households
  }
}
