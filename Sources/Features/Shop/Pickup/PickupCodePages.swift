import Interop
import Kernel
package import Web

/// The codes of everything that a household can collect now, on one page that its telephone keeps.
enum PickupCodePages {
  /// - Parameter codes: what each order shows, empty where its goods are not here yet.
  static func page(_ codes: [HTML], _ say: Wording) -> Page {
    let shown = codes.filter { !$0.isEmpty }
    let nothing = PageParts.empty(
      say(
        "现在没有要取的东西。货到了，取货码就在这里。",
        "There is nothing to collect just now. When your goods are here, the code is on this page."),
      action: ("/orders", say("我家的订单", "My household's orders")))
    return Page(
      title: say("取货码", "Pickup code"),
      main: """
        <h1>\(say("取货时给团长看", "Show this at the table"))</h1>\(shown.isEmpty ? nothing : .joined(shown))\
        <p><a href="/orders">\(say("我家的订单", "My household's orders"))</a></p>
        """, offline: true)
  }
}

extension PickupCodes {
  /// What an order's page shows from the moment its goods have arrived until they are collected; empty otherwise.
  ///
  /// - Parameter id: what the part is called on its page.
  package func part(for order: Order, id: String = "pickup-code", _ visiting: some Visiting) -> HTML {
    guard let code = code(for: order), let path = qrPath(for: order) else { return .empty }
    let visit = visiting.visit
    let say = visit.say
    let spoken = "\(code.prefix(3)) \(code.suffix(3))"
    let address = "\(visit.site.isSecure ? "https" : "http")://\(visit.host)\(path)"
    let title = say("取货二维码，给团长扫", "Pickup code for the leader to scan")
    let picture = (try? QRCode(address).svg(title: title)).map { HTML(trusted: Array($0.utf8)) } ?? .empty
    return """
      <section class="card" id="\(id)"><h2>\(say("取货码", "Your pickup code"))</h2>\
      <p>\(say("货到了！取货时报订单号和这六位数，或者给团长扫码。", "Your goods are here! At the table, say your order number and these six digits, or let the leader scan the code."))</p>\
      <p>\(say("订单号", "Order number")) <strong>\(OrderNumber.text(order.number))</strong></p>\
      <p class="code">\(spoken)</p>\(picture)\
      <p class="hint">\(say("只给团长看，不要发到群里。", "Show it to the leader only; do not post it in a chat group."))</p></section>
      """
  }
}
