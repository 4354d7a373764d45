import Database
import Kernel
package import Messages
import People
import Web

/// What households and their helpers are told of standing orders.
package enum StandingOrderNotice {
  static let asked = MessageKind(
    "shop.standing_order_asked", name: ("价格变了，要问您", "A price has changed: a question for you"),
    headline: ("固定单里有东西价格变了，等您回答", "a question on price"),
    isUrgent: true, isWorthACall: true, patience: .days(1))
  static let lacking = MessageKind(
    "shop.standing_order_lacking", name: ("固定单没订全", "Not all could be ordered"),
    headline: ("固定单没有订全", "not all was ordered"))
  static let waits = MessageKind(
    "shop.standing_order_waits", name: ("固定单等您点头", "A standing order waits for your yes"),
    headline: ("有一张固定单等您点头", "please say yes or no"), isUrgent: true,
    patience: .days(1))

  package static let kinds: [MessageKind] = [asked, lacking, waits]
}

/// Tells of questions, lacks and refusals, each once, from the Shop's own events. What was ordered as it should be is told
/// of as every order is.
struct StandingOrderNotices: Sendable {
  let messenger: Messenger
  let people: Representation

  var handler: EventHandler {
    EventHandler(
      "shop.standing_order_notices", kinds: ["shop.standing_turn", "shop.standing_order_waits"],
      freshFor: OrderNotices.freshness
    ) { transaction, events in
      let messages = try events.flatMap { event -> [Message] in
        try event.kind == "shop.standing_turn"
          ? turnMessages(event, in: transaction) : try waitingMessages(event, in: transaction)
      }
      try messenger.send(messages, in: transaction)
    }
  }

  private func turnMessages(_ event: Event, in transaction: Transaction) throws -> [Message] {
    let community = transaction.community
    guard
      let turn = try StandingTurnStore.find(
        StandingTurnID(rawValue: event.subject), in: community, transaction),
      let standing = try StandingOrderStore.find(turn.standingOrder, in: community, transaction),
      standing.endedAt == nil,
      let campaign = try CampaignStore.find(turn.campaign, in: community, transaction)
    else { return [] }
    let offers = try transaction.variantOffers(turn.lines.map(\.variant), in: community)
    let names = Dictionary(offers.map { ($0.variant, $0) }) { first, _ in first }
    guard let text = Self.text(turn, campaign, names) else { return [] }
    let isAsked = turn.lines.contains { $0.state == .asked }
    let kind = isAsked ? StandingOrderNotice.asked : StandingOrderNotice.lacking
    func message(to person: PersonID, _ path: String) -> Message {
      Message(
        to: person, kind, about: turn.id.rawValue, occasion: "\(turn.revision)", text, path: path)
    }
    var messages = [message(to: standing.person, "/standing-orders")]
    if case .mandate(let mandate, let helper, _, _) = standing.word,
      try people.mandate(mandate, community, transaction)?.isAlive(at: transaction.now) == true
    {
      messages.append(message(to: helper, "/assisted-orders/standing/\(mandate)"))
    }
    return messages
  }

  /// What was not ordered as it should be; nil where all was.
  static func text(
    _ turn: StandingTurn, _ campaign: Campaign, _ offers: [VariantID: VariantOffer]
  ) -> Phrase? {
    let parts = turn.lines.compactMap { line -> Phrase? in
      guard let offer = offers[line.variant] else { return nil }
      let name = offer.name
      switch line.state {
      case .asked:
        let price = line.price.words(offer.unit)
        return Phrase(
          "\(name.chinese)现在 \(price.chinese)，还要吗",
          "\(name.english) is now \(price.english): do you still want it")
      case .soldOut: return Phrase("\(name.chinese)卖完了", "\(name.english) is sold out")
      case .refused: return Phrase("\(name.chinese)没能订", "\(name.english) could not be ordered")
      case .ordered where line.quantity < line.wanted:
        return Phrase(
          "\(name.chinese)只订到 \(line.quantity)", "only \(line.quantity) of \(name.english) could be had")
      case .ordered, .planned, .declined: return nil
      }
    }
    if parts.isEmpty { return nil }
    let reason = turn.refusal.map { Phrase("（\($0.chinese)）", " (\($0.english))") } ?? Phrase(same: "")
    let chinese = parts.map(\.chinese).joined(separator: "；")
    let english = parts.map(\.english).joined(separator: "; ")
    return Phrase(
      "固定单「\(campaign.title.chinese)」：\(chinese)\(reason.chinese)。",
      "Your standing order in “\(campaign.title.english)”: \(english)\(reason.english).")
  }

  private func waitingMessages(_ event: Event, in transaction: Transaction) throws -> [Message] {
    let id = StandingProposalID(rawValue: event.subject)
    guard let proposal = try StandingProposalStore.find(id, in: transaction.community, transaction),
      proposal.isOpen(at: transaction.now),
      let terms = try people.mandate(proposal.mandate, transaction.community, transaction)?.terms(
        at: transaction.now), terms.confirmations.contains(.familyKey), let relative = terms.familyKey
    else { return [] }
    return [
      Message(
        to: relative, StandingOrderNotice.waits, about: id.rawValue, occasion: "asked",
        Phrase(
          "家里人每周要买的东西写好了，等您点头才算数。",
          "What your family needs every week is written down; it counts only with your yes."),
        path: "/standing-orders/proposals/\(id)")
    ]
  }
}
