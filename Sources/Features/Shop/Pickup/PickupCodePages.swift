import Interop
import Kernel
package import Web

extension PickupCodes {
  /// What an order's page shows from the moment its goods have arrived until they are collected; empty otherwise.
  package func part(for order: Order, _ visiting: some Visiting) -> HTML {
    guard let code = code(for: order), let path = qrPath(for: order) else { return .empty }
    let visit = visiting.visit
    let say = visit.say
    let spoken = "\(code.prefix(3)) \(code.suffix(3))"
    let address = "\(visit.site.isSecure ? "https" : "http")://\(visit.host)\(path)"
    let title = say("取货二维码，给团长扫", "Pickup code for the leader to scan")
    let picture = (try? QRCode(address).svg(title: title)).map { HTML(trusted: Array($0.utf8)) } ?? .empty
    return """
      <section class="card" id="pickup-code"><h2>\(say("取货码", "Your pickup code"))</h2>\
      <p>\(say("货到了！取货时报订单号和这六位数，或者给团长扫码。", "Your goods are here! At the table, say your order number and these six digits, or let the leader scan the code."))</p>\
      <p>\(say("订单号", "Order number")) <strong>\(OrderNumber.text(order.number))</strong></p>\
      <p class="code">\(spoken)</p>\(picture)\
      <p class="hint">\(say("只给团长看，不要发到群里。", "Show it to the leader only; do not post it in a chat group."))</p></section>
      """
  }
}
