import Kernel
import Messages
import Security
import Web

/// The services through which messages leave the machine, as a community's operator has set them up: read from a JSON file,
/// which names secret files and holds no secret itself.
///
/// ```json
/// { "alibaba_sms": { "access_key_id": "…", "access_key_secret": "PATH", "sign_name": "…", "template": "SMS_…",
///                    "template_english": "SMS_…" },
///   "wechat": { "app_id": "…", "app_secret": "PATH", "token": "PATH", "encoding_key": "PATH", "template_id": "…",
///               "community_place": "thing1", "matter_place": "thing2", "phone_place": "phone_number3" } }
/// ```
///
/// `base_url` and `authorize_url` name other addresses than the services' own, for trying it out.
struct MessageServices: Sendable {
  let sms: AlibabaSMSAccount?
  let weChat: WeChatAccount?

  /// - Throws: `settings.message_services` naming what is missing, and what reading the secret files throws.
  init(path: String) throws {
    let file = try ServiceFile(path: path, lacking: Problem.messageServices)
    sms = try file.service("alibaba_sms").map { try AlibabaSMSAccount($0) }
    weChat = try file.service("wechat").map { try WeChatAccount($0) }
  }

  func gateways(_ transport: GatewayTransport, clock: Clock) -> [any MessageGateway] {
    var gateways: [any MessageGateway] = []
    if let sms { gateways.append(AlibabaSMS(account: sms, transport: transport, clock: clock)) }
    if let weChat { gateways.append(WeChatMessages(account: weChat, transport: transport, clock: clock)) }
    return gateways
  }
}

extension AlibabaSMSAccount {
  fileprivate init(_ fields: ServiceFile.Fields) throws {
    var templates = [Language.chinese: try fields["template"]]
    templates[.english] = fields.optional("template_english")
    try self.init(
      accessKeyID: fields["access_key_id"], secret: ServiceSecret.load(path: fields["access_key_secret"]),
      signName: fields["sign_name"], templates: templates,
      baseURL: fields.optional("base_url") ?? Self.productionURL)
  }
}

extension WeChatAccount {
  fileprivate init(_ fields: ServiceFile.Fields) throws {
    try self.init(
      appID: fields["app_id"], secret: ServiceSecret.load(path: fields["app_secret"]),
      token: ServiceSecret.load(path: fields["token"]),
      cipher: CallbackCipher.load(path: fields["encoding_key"]),
      template: Template(
        id: fields["template_id"], communityPlace: fields["community_place"],
        matterPlace: fields["matter_place"], phonePlace: fields["phone_place"]),
      baseURL: fields.optional("base_url") ?? Self.productionURL,
      authorizeURL: fields.optional("authorize_url") ?? Self.productionAuthorizeURL)
  }
}

extension Problem {
  fileprivate static func messageServices(_ part: String) -> Problem {
    Problem(
      "settings.message_services", status: 500,
      Phrase("短信和微信的设置缺 \(part)。", "The settings of the message services lack \(part)."),
      advice: Phrase("请看操作手册里的例子。", "Please see the example in the operator's manual."))
  }
}
