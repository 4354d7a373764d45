package import Database
package import Kernel
package import People
import Security
import Web

/// Practice shops: made beside a live community, entered with a code on paper, forgotten after half a year.
package struct PracticeDesk: Sendable {
  let database: Database
  let people: People
  let campaigns: PracticeCampaigns

  static let forgetKind: StaticString = "shop.practice_forget"

  package init(_ database: Database, people: People, codes: PickupCodes, books: Bookkeeping) {
    self.database = database
    self.people = people
    campaigns = PracticeCampaigns(books: books, codes: codes, directory: people.directory)
  }

  /// Makes the practice shop of a live community: its goods without its people.
  /// - Throws: `practice.exists`, `community.host_taken`, `form.invalid` naming `hosts`.
  @discardableResult
  package func make(
    besides live: CommunityID, name: Phrase, phoneNumber: String, host: String, offsetSeconds: Int = 28_800
  ) async throws -> PracticeShop {
    if try await database.read({ try PracticeStore.shop(besides: live, $0) }) != nil {
      throw Problem.practiceExists
    }
    let community = try await people.createCommunity(
      CommunityDraft(
        name: name, phoneNumber: phoneNumber, hosts: host.isEmpty ? [] : [host],
        offsetSeconds: offsetSeconds, isPractice: true))
    return try await adopt(community, besides: live, copies: true)
  }

  /// Takes a practice community into use beside a live one.
  /// - Parameter copies: whether the live community's goods are copied; false where it has its own.
  package func adopt(
    _ community: CommunityID, besides live: CommunityID, copies: Bool
  ) async throws -> PracticeShop {
    guard people.isPractice(community), !people.isPractice(live) else { throw Problem.practiceNotHere }
    var draft = try PersonDraft(displayName: "练习团长")
    draft.roles = [.leader]
    guard let leader = try await people.createPersons([draft], in: community).first else {
      throw Problem.internalFault
    }
    let shop = PracticeShop(community: community, live: live, leader: leader)
    try await database.write(in: community) { [campaigns] transaction in
      if try PracticeStore.shop(besides: live, transaction) != nil { throw Problem.practiceExists }
      if copies { try PracticeCopy.make(of: live, in: transaction) }
      try PracticeStore.insert(shop, in: transaction)
      try campaigns.renew(shop, in: transaction)
      try transaction.audit(
        AuditEntry(
          actor: Actor.machine.person, role: .operator, action: "shop.practice_make",
          object: community.rawValue))
    }
    return shop
  }

  /// Hands out a code: a made-up learner with an order that is ready.
  /// - Throws: `practice.missing`, `sign_in.busy`.
  package func handOut(
    code: String? = nil, besides live: CommunityID, by actor: Actor
  ) async throws -> PracticeLearner {
    guard let shop = try await database.read({ try PracticeStore.shop(besides: live, $0) }) else {
      throw Problem.practiceMissing
    }
    let learner = try await people.makeLearner(code: code, in: shop.community, by: actor)
    try await database.write(in: shop.community) { [campaigns] transaction in
      try PracticeStore.insert(learner.person, code: learner.code, by: actor.person, in: transaction)
      try transaction.schedule(
        Self.forgetKind, key: learner.person.description,
        at: transaction.now + PracticeLearnerEntry.keepingTime,
        body: #"{"person":"\#(learner.person)"}"#)
      try campaigns.welcome(learner, shop, in: transaction)
    }
    return learner
  }

  /// Whoever teaches notes how a step was managed.
  /// - Throws: `practice.missing`, `not_found`.
  package func note(
    _ levels: [PracticeStep: PracticeLevel], of person: PersonID, besides live: CommunityID, by actor: Actor
  ) async throws {
    guard let shop = try await database.read({ try PracticeStore.shop(besides: live, $0) }) else {
      throw Problem.practiceMissing
    }
    try await database.write(in: shop.community) { transaction in
      guard try PracticeStore.isLearner(person, transaction) else { throw Problem.notFound }
      for step in PracticeStep.allCases {
        guard let level = levels[step] else { continue }
        try PracticeStore.keep(step, level, of: person, by: .teacher(actor.person), in: transaction)
      }
      try transaction.audit(
        AuditEntry(
          actor: actor.person, role: actor.role, action: "shop.practice_note", object: person.rawValue))
    }
  }

  package var jobs: [JobHandler] {
    campaigns.jobs + [
      JobHandler(Self.forgetKind) { [people] transaction, job in
        guard case .string(let text)? = try JSON(Array(job.body.utf8))["person"], let person = PersonID(text)
        else { return }
        try PracticeStore.forget(person, in: transaction)
        try people.endLearner(person, in: transaction)
      }
    ]
  }

  /// The shop sees orders, changes, cancellations and reports by itself; what is only looked at it sees in `PracticeSight`.
  package var eventHandlers: [EventHandler] {
    [
      EventHandler("shop.practice_steps", kinds: Set(PracticeStep.events.keys)) {
        transaction, events in
        guard people.isPractice(transaction.community) else { return }
        for event in events { try note(event, in: transaction) }
      }
    ]
  }

  private func note(_ event: Event, in transaction: Transaction) throws {
    guard let step = PracticeStep.events[event.kind],
      let person = try PracticeStore.person(behind: event.kind, event.subject, transaction),
      // What a new learner finds ready was ordered by nobody.
      try step != .order || !PracticeStore.isWelcome(event.subject, transaction)
    else { return }
    try PracticeStore.keep(step, .helpNear, of: person, by: .shop, in: transaction)
  }
}
