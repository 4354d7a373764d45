import Database
import Kernel
import People

/// What the demo's neighbours let others do for them, and what they agreed to: an elder without a telephone gave the social
/// worker a small mandate, on paper and before a witness, and named a neighbour whom she trusts.
struct DemoWishBuilder: Sendable {
  let switchboard: Switchboard
  let community: DemoCommunityIDs
  /// The present moment.
  let now: Timestamp

  func build() async throws {
    let elder = try person("wang-xiuzhen")
    let supervisor = Actor(person: try person("zheng-shumin"), role: .supervisor)
    let friend = try person("chen-hao")
    try await mandate(of: elder, trusting: friend, by: supervisor)
    _ = try await switchboard.people.printSpokenSheet(of: elder, in: community.id, by: supervisor)
    try await consents(of: elder, telling: friend, by: supervisor)
    try await statistics(by: supervisor)
  }

  /// Eight of nine neighbours agreed on paper that their orders are counted in reports, and who has to do with whom in
  /// totals.
  private func statistics(by supervisor: Actor) async throws {
    let witness = try person("lin-xiaoyun")
    let cast = Set(community.cast.values)
    let counted = community.buyerIDs.enumerated().filter { $0.offset % 9 != 8 && !cast.contains($0.element) }
    let expires = now + .days(180)
    try await switchboard.database.write(in: community.id) { transaction in
      for code in ["order-statistics", "network-ties"] {
        guard let notice = try Consents.notice(code, in: transaction) else { throw Problem.internalFault }
        for (_, person) in counted {
          try Consents.record(
            Consents.Draft(
              subject: person, notice: notice, expires: expires,
              evidence: ConsentEvidence(
                givenBy: .subject, giver: person, method: .written, witness: witness, place: .station)),
            isGiven: true, by: supervisor, in: transaction)
        }
      }
    }
  }

  private func person(_ key: String) throws -> PersonID {
    guard let person = community.cast[key] else { throw Problem.internalFault }
    return person
  }

  private func mandate(of elder: PersonID, trusting friend: PersonID, by supervisor: Actor) async throws {
    let (helper, witness) = (try person("xu-anran"), try person("lin-xiaoyun"))
    let terms = MandateTerms(
      matters: [.groceries, .collecting, .services], perOrder: .fen(6_000), perDay: .fen(6_000),
      perMonth: .fen(30_000),
      payWays: [.cash, .voucher], expires: now + .days(180),
      confirmations: [.pin, .paper, .callBack, .familyKey],
      familyKey: friend, alertPerson: friend)
    let asking = MandateAsking(by: supervisor, MandateEvidence(.signedPaper, witness: witness, place: .home))
    try await switchboard.database.write(in: community.id) { transaction in
      try Mandates.give(terms, by: elder, to: helper, asking: asking, in: transaction)
    }
  }

  private func consents(of elder: PersonID, telling friend: PersonID, by supervisor: Actor) async throws {
    let witness = try person("lin-xiaoyun")
    let evidence = ConsentEvidence(
      givenBy: .subject, giver: elder, method: .written, witness: witness, place: .home)
    let (sun, anna) = (try person("sun-yulan"), try person("anna-keller"))
    let expires = now + .days(180)
    try await switchboard.database.write(in: community.id) { transaction in
      func record(
        _ code: String, of subject: PersonID, _ evidence: ConsentEvidence, by actor: Actor,
        recipient: PersonID? = nil, isGiven: Bool = true
      ) throws {
        guard let notice = try Consents.notice(code, in: transaction) else { throw Problem.internalFault }
        try Consents.record(
          Consents.Draft(
            subject: subject, notice: notice, recipient: recipient, expires: expires, evidence: evidence),
          isGiven: isGiven, by: actor, in: transaction)
      }
      try record("wellbeing-check", of: elder, evidence, by: supervisor)
      try record("relative-sharing", of: elder, evidence, by: supervisor, recipient: friend)
      try record("photos", of: elder, evidence, by: supervisor, isGiven: false)
      for person in [sun, anna] {
        for code in ["order-statistics", "network-ties"] {
          try record(code, of: person, .electronic(person), by: Actor(person: person, role: .resident))
        }
      }
    }
  }
}
