import Database
import Hummingbird
import Kernel
import People
import Web

/// Slips on paper, for those who chose paper or have no telephone.
struct SlipDesk: Sendable {
  static let roles: Set<Role> = [.socialWorker, .supervisor, .committee, .operator]
  private static let limit = 500

  let database: Database
  let directory: Directory
  let kinds: MessageKinds

  func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Self.roles)
    routes.get("/desk/messages/slips", for: staff, objects: .community) { signedIn in
      let page = SlipPages(say: signedIn.say, phoneNumber: signedIn.community.phoneNumber).desk(
        try await waiting(signedIn).groups, printed: signedIn.query("printed").flatMap { Int($0) })
      return .page(page, signedIn)
    }
    routes.get("/desk/messages/slips/print", for: staff, objects: .community) { signedIn in
      let (groups, newest) = try await waiting(signedIn)
      return .page(
        SlipPages(say: signedIn.say, phoneNumber: signedIn.community.phoneNumber).sheets(
          groups, newest: newest, formToken: signedIn.formToken), signedIn)
    }
    routes.post("/desk/messages/slips/printed", for: staff, objects: .community) { signedIn in
      try await printed(signedIn)
    }
  }

  private typealias Waiting = (groups: [(building: String, slips: [Slip])], newest: DeliveryID?)

  private func waiting(_ signedIn: SignedIn) async throws -> Waiting {
    let community = signedIn.community.id
    let doors = try await directory.doors(of: community)
    return try await database.read { snapshot in
      let deliveries = try DeliveryStore.waiting(
        .slip, until: snapshot.now, limit: Self.limit, in: community, snapshot)
      return (
        groups: Slip.byBuilding(try slips(deliveries, doors, in: community, snapshot)),
        newest: deliveries.map(\.id).max()
      )
    }
  }

  private func slips(
    _ deliveries: [Delivery], _ doors: Doors, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Slip] {
    let persons = Set(deliveries.map(\.recipient))
    let messages = try MessageStore.find(deliveries.map(\.message), in: community, snapshot)
    let names = try directory.displayNames(of: persons, in: community, snapshot)
    let reach = try directory.reach(of: persons, in: community, snapshot)
    let recipients = try RecipientStore.recipients(reach, in: community, snapshot)
    let households = try doors.households(Set(reach.values.compactMap(\.household)), snapshot)
    return Dictionary(grouping: deliveries, by: \.recipient).compactMap { person, deliveries in
      guard let name = names[person], let recipient = recipients[person] else { return nil }
      let door = reach[person]?.household.flatMap { households[$0]?.door }
      return Slip(
        recipient: person, name: name, door: door?.label, building: door?.building ?? "",
        language: recipient.language,
        lines: deliveries.compactMap { messages[$0.message] }.sorted { $0.id < $1.id }.map {
          Slip.Line(kind: kinds[$0.kind].name, text: $0.text, sentAt: $0.sentAt)
        })
    }
  }

  private func printed(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let newest = reader.identifier("newest", of: DeliveryKind.self)
    try reader.finish()
    guard let newest else { throw Problem.notFound }
    let count = try await database.write(in: signedIn.community.id) { transaction in
      let role = Self.roles.intersection(signedIn.roles).min() ?? .operator
      return try Self.printed(
        upTo: newest, by: Actor(person: signedIn.personID, role: role), in: transaction)
    }
    return .redirect(to: "/desk/messages/slips?printed=\(count)")
  }

  /// Notes that slips are on their way, up to the newest that stood on the sheets.
  /// - Returns: how many.
  static func printed(upTo newest: DeliveryID, by actor: Actor, in transaction: Transaction) throws -> Int {
    let count = try SlipStore.markPrinted(upTo: newest, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "messages.slips_printed", object: newest.rawValue,
        purpose: String(count)))
    return count
  }
}
