import Kernel
import Ledger
import Web

/// The payment services that a community's operator has set up: read from a JSON file, which names key files and holds no
/// secret itself.
///
/// ```json
/// { "wechat_pay": { "merchant_id": "…", "app_id": "…", "certificate_serial": "…", "signing_key": "PATH",
///                   "api_key": "PATH", "public_key_id": "PUB_KEY_ID_…", "public_key": "PATH" },
///   "alipay": { "app_id": "…", "seller_id": "…", "signing_key": "PATH", "alipay_key": "PATH" } }
/// ```
///
/// Without `public_key_id` WeChat Pay's platform certificates are fetched. `base_url` and `gateway_url` name another
/// address than the service's own, for trying it out.
struct PaymentServices: Sendable {
  let weChatPay: WeChatPayAccount?
  let alipay: AlipayAccount?

  /// - Throws: `settings.payment_services` naming what is missing, and what reading the key files throws.
  init(path: String) throws {
    let file = try ServiceFile(path: path, lacking: Problem.paymentServices)
    weChatPay = try file.service("wechat_pay").map { try WeChatPayAccount($0) }
    alipay = try file.service("alipay").map { try AlipayAccount($0) }
  }

  func gateways(_ transport: GatewayTransport, clock: Clock) -> [any PaymentGateway] {
    var gateways: [any PaymentGateway] = []
    if let weChatPay { gateways.append(WeChatPay(account: weChatPay, transport: transport, clock: clock)) }
    if let alipay { gateways.append(Alipay(account: alipay, transport: transport, clock: clock)) }
    return gateways
  }
}

extension WeChatPayAccount {
  fileprivate init(_ fields: ServiceFile.Fields) throws {
    let pinned = try fields.optional("public_key_id").map { (id: $0, path: try fields["public_key"]) }
    try self.init(
      merchantID: fields["merchant_id"], appID: fields["app_id"],
      certificateSerial: fields["certificate_serial"],
      signingKeyPath: fields["signing_key"], apiKeyPath: fields["api_key"], pinnedKey: pinned,
      baseURL: fields.optional("base_url") ?? Self.productionURL)
  }
}

extension AlipayAccount {
  fileprivate init(_ fields: ServiceFile.Fields) throws {
    try self.init(
      appID: fields["app_id"], sellerID: fields["seller_id"], signingKeyPath: fields["signing_key"],
      alipayKeyPath: fields["alipay_key"], gatewayURL: fields.optional("gateway_url") ?? Self.productionURL)
  }
}

extension Problem {
  fileprivate static func paymentServices(_ part: String) -> Problem {
    Problem(
      "settings.payment_services", status: 500,
      Phrase("支付平台的设置缺 \(part)。", "The settings of the payment services lack \(part)."),
      advice: Phrase("请看操作手册里的例子。", "Please see the example in the operator's manual."))
  }
}
