import Database
import Kernel
package import Messages
import People
import Web

/// What helpers, principals and those whom they chose are told of orders on somebody's behalf.
package enum AssistedOrderNotice {
  static let waits = MessageKind(
    "shop.assisted_order_waits", name: ("等您点头", "Waiting for your yes"),
    headline: ("有一单等您点头", "an order awaits you"), isUrgent: true, patience: .days(1))
  static let void = MessageKind(
    "shop.assisted_order_void", name: ("没确认，作废了", "Not confirmed, void"),
    headline: ("您代下的一单作废了", "an order is void"))
  static let unusual = MessageKind(
    "shop.drift_alarm", name: ("请您看一眼", "Please have a look"),
    headline: ("有一单和平时不一样", "an unusual order"), patience: .days(7))
  static let statement = MessageKind(
    "shop.mandate_statement", name: ("月账单", "Monthly statement"),
    headline: ("您的月账单好了", "statement is ready"), isWorthACall: true, patience: .days(14))

  package static let kinds: [MessageKind] = [waits, void, unusual, statement]
}

/// Tells of what waits, what is void and what looks unusual, each once, from the Shop's own events.
struct AssistedOrderNotices: Sendable {
  let messenger: Messenger
  let people: Representation

  var handler: EventHandler {
    EventHandler(
      "shop.assisted_order_notices",
      kinds: ["shop.assisted_order_waits", "shop.assisted_order_void", "shop.drift_alarm"],
      freshFor: OrderNotices.freshness
    ) { transaction, events in
      try messenger.send(try events.compactMap { try message($0, in: transaction) }, in: transaction)
    }
  }

  private func message(_ event: Event, in transaction: Transaction) throws -> Message? {
    if event.kind == "shop.drift_alarm" {
      let body = try JSON(Array(event.body.utf8))
      guard case .string(let text)? = body["told"], let told = PersonID(text) else { return nil }
      // What is raised again because more is unusual is told again.
      let kinds = if case .string(let kinds)? = body["kinds"] { " \(kinds)" } else { "" }
      return Message(
        to: told, AssistedOrderNotice.unusual, about: event.subject, occasion: "raised\(kinds)",
        Phrase(
          "有一单和平时不一样，请您看一眼，问一问本人。", "An order is not as usual. Please have a look and ask the person."),
        path: "/assisted-orders/alarms")
    }
    let id = AssistedOrderID(rawValue: event.subject)
    guard let asked = try AssistedOrderStore.find(id, in: transaction.community, transaction) else {
      return nil
    }
    if event.kind == "shop.assisted_order_void" {
      return Message(
        to: asked.helper, AssistedOrderNotice.void, about: event.subject, occasion: "void",
        Phrase("您代下的一单没有得到本人确认，已经作废。", "An order you asked for was not confirmed and is void."),
        path: "/assisted-orders/\(id)")
    }
    let terms = try people.mandate(asked.mandate, transaction.community, transaction)?.terms(
      at: transaction.now)
    guard let terms, terms.confirmations.contains(.familyKey), let relative = terms.familyKey else {
      return nil
    }
    return Message(
      to: relative, AssistedOrderNotice.waits, about: event.subject, occasion: "asked",
      asked.visit == nil
        ? Phrase("家里人托人买东西，等您点头才算数。", "Somebody orders for your family; it counts only with your yes.")
        : Phrase(
          "家里人托人约上门服务，等您点头才算数。", "Somebody arranges a visit for your family; it counts only with your yes."),
      path: "/assisted-orders/\(id)")
  }
}
