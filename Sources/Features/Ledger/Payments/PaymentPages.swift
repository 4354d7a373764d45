import Interop
import Kernel
import Web

/// Paying for an order: what to do now, and how it stands.
struct PaymentPages {
  let say: Wording
  let token: String

  struct Content: Sendable {
    let payment: Payment
    let number: Int64
    let bankAccount: String
  }

  func payment(_ content: Content) -> HTML {
    let payment = content.payment
    let body: HTML =
      switch payment.state {
      case .received:
        PageParts.notice(say("收到了，谢谢！", "Received, thank you!"), .good)
      case .closed:
        PageParts.notice(
          say("这次没有付款，已经关闭。还可以再付一次。", "This payment was not made and is closed. You can begin another."))
      case .pending: waiting(content)
      }
    return """
      <section class="panel"><h1>\(say("付款", "Payment"))</h1>\
      <p>\(say("订单 \(content.number)", "Order \(content.number)")) · \(say(payment.channel.name))</p>\
      <p class="price">\(say.money(payment.amount))</p>\(body)\
      <p><a href="/orders/\(payment.order)">\(say("回订单", "Back to the order"))</a></p></section>
      """
  }

  private func waiting(_ content: Content) -> HTML {
    switch content.payment.channel {
    case .bankTransfer: transfer(content)
    case .weChatPay, .alipay: scan(content) + check(content.payment)
    case .cash, .voucher: .empty
    }
  }

  private func transfer(_ content: Content) -> HTML {
    """
    <p>\(say("请转账到这个账户，并在附言里写上这七位数：", "Please transfer to this account, with these seven digits in the remittance text:"))</p>\
    <p class="code">\(content.payment.reference?.spoken ?? "")</p>\
    <p><strong>\(content.bankAccount)</strong></p>\
    <p class="hint">\(say("居委会对账以后，这里会显示收到了，一般一两天。没转也没关系，取货时还可以付现金。",
      "Once the committee has read its bank statement this page says that it came, usually within two days. If you do not transfer, you can still pay cash at pickup."))</p>
    """
  }

  private func scan(_ content: Content) -> HTML {
    guard let prompt = content.payment.prompt else {
      return PageParts.notice(
        say("支付平台还没有回答，请过一会儿再看。", "The payment service has not answered yet; please look again in a moment."))
    }
    let title = say("付款二维码", "Payment code")
    let picture = (try? QRCode(prompt).svg(title: title)).map { HTML(trusted: Array($0.utf8)) } ?? .empty
    return """
      <p>\(say("请用\(content.payment.channel.name.chinese)扫这个码。在手机上看的话，长按保存再识别。",
        "Scan this with \(content.payment.channel.name.english). On a phone, save the picture and open it there."))</p>\(picture)
      """
  }

  private func check(_ payment: Payment) -> HTML {
    let parts = FormParts(.empty, say)
    return parts.form(
      to: "/payments/\(payment.id)/check", token: token,
      parts.submit(Phrase("我付好了，看看到了没有", "I have paid: look whether it came")))
  }
}
