import Database
import Hummingbird
import Kernel
import People
import Web

/// The call list: who is to be rung up, for those who may see telephone numbers.
struct CallDesk: Sendable {
  static let roles = RoleRules.roles(for: .revealPhone)
  private static let listLimit = 50
  /// Source of the figure: field/reliability.md §3.14, as for looking at a telephone number.
  private static let revealLimit = RateLimit("messages.call", 30, per: .hours(1))

  let database: Database
  let directory: Directory
  let kinds: MessageKinds
  let deliveries: Deliveries

  func register(on routes: inout Routes) {
    let callers = Access.Personal.roles(Self.roles)
    let own = Objects.own("calls that the person has in hand")
    routes.get("/desk/calls", for: callers, objects: .community) { try await list($0) }
    routes.post(
      "/desk/calls/:call/take", for: callers, objects: .community, limits: [Self.revealLimit]
    ) { try await take($0) }
    routes.get("/desk/calls/:call", for: callers, objects: own) { try await call($0) }
    routes.post("/desk/calls/:call/outcome", for: callers, objects: own) { try await outcome($0) }
  }

  private func list(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community
    let (entries, inHand) = try await database.write(in: community.id) { transaction in
      let waiting = try callable(in: transaction)
      let names = try directory.displayNames(of: waiting.map(\.recipient), in: community.id, transaction)
      let messages = try MessageStore.find(waiting.map(\.message), in: community.id, transaction)
      return (
        waiting.compactMap { call -> CallPages.Entry? in
          guard let message = messages[call.message], let name = names[call.recipient] else { return nil }
          return CallPages.Entry(
            id: call.id, name: name, kind: kinds[message.kind].name, waitingSince: message.sentAt,
            tries: call.attempts)
        }, try CallStore.inHand(of: signedIn.personID, in: community.id, transaction)
      )
    }
    let say = signedIn.say
    var alerts: [HTML] = []
    if signedIn.query("taken") != nil {
      alerts.append(
        PageParts.notice(say("这个电话别人已经在打了。", "Somebody else has that call in hand already.")))
    }
    if signedIn.query("not_now") != nil {
      alerts.append(PageParts.notice(say("这个电话现在不用打。", "That call is not to be made now.")))
    }
    let page = CallPages(say: signedIn.say, formToken: signedIn.formToken).list(
      entries, inHand: inHand, seesDeliveries: !signedIn.roles.isDisjoint(with: DeliveryDesk.roles),
      alerts: alerts)
    return .page(page, signedIn)
  }

  private func take(_ signedIn: SignedIn) async throws -> Response {
    let id: DeliveryID = try signedIn.id("call")
    let path = try await database.write(in: signedIn.community.id) { transaction in
      guard let call = try DeliveryStore.find(id, in: transaction.community, transaction), call.way == .call
      else { throw Problem.notFound }
      let isTaken = try CallStore.take(
        call, by: signedIn.personID, until: transaction.now + CallRules.inHand, in: transaction)
      guard isTaken, let taken = try DeliveryStore.find(id, in: transaction.community, transaction) else {
        return "/desk/calls?taken=1"
      }
      guard try isToBeMade(taken, in: transaction) else { return "/desk/calls?not_now=1" }
      try audit("messages.call_take", call, signedIn, in: transaction)
      return "/desk/calls/\(id)"
    }
    return .redirect(to: path)
  }

  /// The calls to make now. Those for which it is quiet, or which are not wanted any more, leave the list.
  private func callable(in transaction: Transaction) throws -> [Delivery] {
    while true {
      let waiting = try DeliveryStore.waiting(
        .call, until: transaction.now, limit: Self.listLimit, in: transaction.community, transaction)
      let callable = try waiting.filter { try isToBeMade($0, in: transaction) }
      if callable.count == waiting.count { return callable }
    }
  }

  /// Whether a call is to be made at this moment; where it is not, it is put off or ends, and is in nobody's hands.
  private func isToBeMade(_ call: Delivery, in transaction: Transaction) throws -> Bool {
    guard let conditions = try deliveries.conditions(of: call, in: transaction),
      var held = call.heldBack(at: transaction.now, conditions)
    else { return true }
    held.turn += 1
    try CallStore.release(call.id, in: transaction)
    try deliveries.settle(held, from: call.turn, in: transaction)
    return false
  }

  private func call(_ signedIn: SignedIn) async throws -> Response {
    let id: DeliveryID = try signedIn.id("call")
    let community = signedIn.community
    let phones = try await directory.phones(of: community.id)
    let open = try await database.write(in: community.id) { transaction -> CallPages.Open in
      let call = try held(id, signedIn, transaction)
      guard try CallStore.isInHand(id, in: community.id, transaction) else { throw Problem.notFound }
      let names = try directory.displayNames(of: [call.recipient], in: community.id, transaction)
      guard let message = try MessageStore.find(call.message, in: community.id, transaction),
        let name = names[call.recipient],
        let recipient = try RecipientStore.recipient(call.recipient, directory, in: community.id, transaction)
      else { throw Problem.notFound }
      try audit("messages.call_view", call, signedIn, in: transaction)
      return CallPages.Open(
        id: id, name: name, phone: try phones.numbers(of: [call.recipient], transaction)[call.recipient],
        text: message.text, community: community.name, language: recipient.language)
    }
    return .page(CallPages(say: signedIn.say, formToken: signedIn.formToken).call(open), signedIn)
  }

  private func outcome(_ signedIn: SignedIn) async throws -> Response {
    let id: DeliveryID = try signedIn.id("call")
    var reader = FormReader(try await signedIn.form())
    let outcome = reader.choice("outcome", of: CallOutcome.self)
    try reader.finish()
    guard let outcome else { throw Problem.notFound }
    try await database.write(in: signedIn.community.id) { transaction in
      let call = try held(id, signedIn, transaction)
      let after = CallRules.after(outcome, call, at: transaction.now)
      try CallStore.release(id, in: transaction)
      try deliveries.settle(quiet(after, in: transaction), from: call.turn, in: transaction)
      try audit("messages.call_outcome", call, signedIn, purpose: outcome.rawValue, in: transaction)
    }
    return .redirect(to: "/desk/calls")
  }

  /// A call that is made again is not made in the quiet hours.
  private func quiet(_ call: Delivery, in transaction: Transaction) throws -> Delivery {
    guard let dueAt = call.dueAt,
      let card = try directory.community(transaction.community, transaction),
      let message = try MessageStore.find(call.message, in: transaction.community, transaction),
      let recipient = try RecipientStore.recipient(
        call.recipient, directory, in: transaction.community, transaction)
    else { return call }
    var quiet = call
    quiet.dueAt = recipient.earliest(
      .call, kinds[message.kind], from: dueAt, offsetSeconds: card.offsetSeconds)
    return quiet
  }

  /// The call that a person took and nobody took since, whether or not their time with it is over: how it went still counts.
  /// - Throws: `not_found` where the person does not have it in hand.
  private func held(_ id: DeliveryID, _ signedIn: SignedIn, _ snapshot: Snapshot) throws -> Delivery {
    let community = signedIn.community.id
    guard try CallStore.holder(of: id, in: community, snapshot) == signedIn.personID,
      let call = try DeliveryStore.find(id, in: community, snapshot)
    else { throw Problem.notFound }
    return call
  }

  private func audit(
    _ action: StaticString, _ call: Delivery, _ signedIn: SignedIn, purpose: String = "",
    in transaction: Transaction
  ) throws {
    try transaction.audit(
      AuditEntry(
        actor: signedIn.personID, role: Self.roles.intersection(signedIn.roles).min() ?? .operator,
        onBehalfOf: call.recipient, action: action, object: call.id.rawValue, purpose: purpose))
  }
}
