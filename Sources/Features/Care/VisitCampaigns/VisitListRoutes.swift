import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The desk's doors of a campaign's list: households put on it, and one door with what came of it.
struct VisitListDoors: Sendable {
  let visits: CaseVisits
  let desk: VisitDesk
  let rooms: VisitCampaigns

  private var directory: Directory { desk.directory }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, VisitCampaigns.own)
    let limits = [RateLimit("care.write", 120, per: .hours(1))]
    routes.get("/visit-campaigns/:campaign/doors", for: readers, objects: own) { signedIn in
      .page(try await listPage(signedIn, nil, .empty, []), signedIn)
    }
    routes.post("/visit-campaigns/:campaign/doors", for: readers, objects: own, limits: limits) {
      try await list($0)
    }
    routes.get("/visit-campaigns/:campaign/doors/:door", for: readers, objects: own) { signedIn in
      .page(try await doorPage(signedIn, .fresh(Form.newKey), []), signedIn)
    }
    routes.post("/visit-campaigns/:campaign/doors/:door/visitor", for: readers, objects: own) {
      try await give($0)
    }
    routes.post("/visit-campaigns/:campaign/doors/:door/removal", for: readers, objects: own) {
      try await remove($0)
    }
  }

  // MARK: - Putting on the list

  private func listPage(
    _ signedIn: SignedIn, _ place: VisitListForm.Way?, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let (campaign, buildings) = try await rooms.learn(signedIn) { [directory] open, snapshot in
      (open.campaign, try directory.buildings(of: community, snapshot))
    }
    let options = buildings.map { entry -> (value: String, name: Phrase) in
      let name = Door.buildingName(entry.building)
      return (
        entry.building,
        Phrase("\(name.chinese)（\(entry.households) 户）", "\(name.english) (\(entry.households))")
      )
    }
    return VisitFormPages(say: signedIn.say, token: signedIn.formToken).doors(
      campaign, options, key: Form.newKey, place, state, alerts: alerts)
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: VisitCampaignID = try signedIn.id("campaign")
    let way = try VisitListForm.way(form)
    return try await FormAgain.answer(
      signedIn, form, page: { try await listPage(signedIn, way, $0, $1) },
      work: {
        let choice = try VisitListForm.read(form, way)
        try await rooms.change(signedIn, form) { [self] open, transaction in
          let households = try households(choice, in: transaction)
          try desk.list(households, way.source, open, in: transaction)
        }
        return .redirect(to: "\(VisitPages.base(id))?saved=doors")
      })
  }

  /// - Throws: `form.invalid` naming each door behind which no household is entered.
  private func households(
    _ choice: VisitListForm.Choice, in transaction: Transaction
  ) throws -> [HouseholdID] {
    let community = transaction.community
    switch choice {
    case .buildings(let buildings):
      return try buildings.flatMap {
        try directory.households(inBuilding: $0, of: community, transaction)
      }
    case .doors(let doors):
      let found = try directory.households(at: Set(doors.map(\.door)), in: community, transaction)
      var problems = Problems()
      for entry in doors where found[entry.door] == nil {
        problems.add(
          entry.line == nil ? "room" : "doors", line: entry.line,
          Phrase("这个门牌没有登记住户。", "No household is entered behind this door."))
      }
      try problems.throwIfAny()
      return doors.compactMap { found[$0.door] }
    }
  }

  // MARK: - One door

  private func doorPage(
    _ signedIn: SignedIn, _ forms: VisitPages.Forms, _ alerts: [HTML]
  ) async throws -> Page {
    let id: VisitDoorID = try signedIn.id("door")
    let opener = try await visits.keys.opening([nil], in: signedIn.community.id)
    let community = signedIn.community.id
    let door = try await rooms.look(
      signedIn, .door, of: id.rawValue,
      if: { open, snapshot in
        let door = try VisitDoorStore.find(id, of: open.id, in: community, snapshot)
        if door == nil { throw Problem.notFound }
      },
      { [takesGifts = visits.gifts.isKept] open, reading, snapshot in
        var door = try Self.door(id, open, reading, opener, snapshot)
        door.takesGifts = takesGifts
        return door
      })
    let pages = VisitRecordPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.door(door, forms, alerts: alerts)
  }

  private static func door(
    _ id: VisitDoorID, _ open: OpenVisit, _ reading: VisitReading, _ opener: CareOpener,
    _ snapshot: Snapshot
  ) throws -> VisitRecordPages.Door {
    let community = reading.community
    guard let door = try VisitDoorStore.find(id, of: open.id, in: community, snapshot) else {
      throw Problem.notFound
    }
    let outcomes = try VisitOutcomeStore.outcomes(of: id, in: community, snapshot)
    guard let place = try reading.places([door], outcomes, snapshot).first else { throw Problem.notFound }
    let texts = try CareTextStore.texts(
      outcomes.compactMap(\.text), open.texts, in: community, snapshot)
    let events = try VisitDoorStore.events(of: id, in: community, snapshot)
    let visitors = try VisitDoorStore.visitors(of: open.id, in: community, snapshot)
    let people = try reading.directory.persons(of: door.household, in: community, snapshot)
      .filter { $0 != open.reader.person }
    let named = visitors + people + outcomes.map(\.visitor.person) + events.map(\.actor.person)
    let names = try reading.directory.displayNames(of: named, in: community, snapshot)
    return VisitRecordPages.Door(
      open: open, place: place, events: events, documents: try opener.open(texts),
      questions: try VisitStore.questions(of: open.id, in: community, snapshot),
      people: people.compactMap { person in names[person].map { (person, $0) } }, visitors: visitors,
      names: names)
  }

  private func give(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, "give") { form, id in
      var reader = FormReader(form)
      let isTakenBack = reader.raw("visitor") == VisitForm.nobody
      let visitor: PersonID? = isTakenBack ? nil : reader.identifier("visitor")
      try reader.finish()
      try await rooms.change(signedIn, form) { [desk] open, transaction in
        try desk.give(.door(id), to: visitor, open, in: transaction)
      }
    }
  }

  private func remove(_ signedIn: SignedIn) async throws -> Response {
    try await answer(signedIn, "remove") { form, id in
      var reader = FormReader(form)
      let removal = reader.choice("removal", of: VisitDoor.Removal.self)
      try reader.finish()
      guard let removal else { throw Problem.internalFault }
      try await rooms.change(signedIn, form) { [desk] open, transaction in
        try desk.remove(id, removal, open, in: transaction)
      }
    }
  }

  private func answer(
    _ signedIn: SignedIn, _ place: String, _ work: (Form, VisitDoorID) async throws -> Void
  ) async throws -> Response {
    let form = try await signedIn.form()
    let id: VisitDoorID = try signedIn.id("door")
    return try await rooms.answer(
      signedIn, form, place, page: { try await doorPage(signedIn, $0, $1) }, { try await work(form, id) })
  }
}
