import Kernel
import Web

/// What came and went for an order, and how it can be paid before pickup.
struct OrderMoneyPages {
  let order: Order
  let money: OrderMoney
  let formToken: String
  let say: Wording

  var part: HTML {
    let canPay =
      order.fulfilment.isOpen && order.payment == .due && order.total > .zero && !money.ways.isEmpty
    if money.movements.isEmpty, !canPay { return .empty }
    let rows = money.movements.map { movement -> HTML in
      """
      <li>\(say.dateTime(movement.at)) · \(say(movement.what)) · <strong>\(say.money(movement.amount))</strong></li>
      """
    }
    let list: HTML = rows.isEmpty ? .empty : "<ul>\(rows)</ul>"
    return """
      <section class="card" id="money"><h2>\(say("钱款", "Money"))</h2>\(list)\(canPay ? paying : .empty)</section>
      """
  }

  private var hint: Phrase {
    order.booking == nil
      ? Phrase("可以取货时付现金，也可以现在付：", "Pay cash at pickup, or now:")
      : Phrase(
        "做好了当面付现金就行；也可以现在先付上限，做完多的自动退。",
        "Pay cash when it is done, or the limit now: what it costs less goes back by itself.")
  }

  private var paying: HTML {
    let buttons = money.ways.map { way -> HTML in
      """
      <button class="button quiet" name="channel" value="\(way.value)">\(say(way.name))</button>
      """
    }
    return """
      <p>\(say(hint))</p>\
      <form method="post" action="/payments"><input type="hidden" name="form_token" value="\(formToken)">\
      <input type="hidden" name="order" value="\(order.id)"><p class="actions">\(buttons)</p></form>
      """
  }
}
