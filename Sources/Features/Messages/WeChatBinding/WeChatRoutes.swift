import Database
import HTTPTypes
import Hummingbird
import Kernel
import Security
import Web

/// Where a person connects their WeChat, and where WeChat tells what became of messages.
struct WeChatDoors: Sendable {
  private static let limits = [RateLimit("messages.wechat", 10, per: .minutes(10))]
  private static let events = RateLimit("messages.wechat_events", 3_000, per: .minutes(1), by: .address)
  static let eventsPath = "/messages/wechat"
  /// Most bytes of a callback. Source: field/reliability.md §3.8.
  private static let bodyLimit = 64 * 1024

  let database: Database
  let vault: Vault
  let weChat: WeChatMessages?
  let binding: WeChatBinding
  let deliveries: Deliveries
  let publicURL: String?

  func register(on routes: inout Routes) {
    let own = Objects.own("WeChat connection")
    routes.get("/account/wechat", for: .signedIn, objects: own) { try await page($0) }
    routes.post("/account/wechat", for: .signedIn, objects: own, limits: Self.limits) { try await bind($0) }
    routes.post("/account/wechat/remove", for: .signedIn, objects: own) { try await remove($0) }
    let theirs = Objects.own("deliveries that the signed callback names")
    routes.get(Self.eventsPath, .stateless, objects: theirs, limits: [Self.events]) { visit in
      try prove(visit)
    }
    routes.post(
      Self.eventsPath, .stateless, objects: theirs, limits: [Self.events],
      bodyLimit: BodyLimit(bytes: Self.bodyLimit),
      forgery: .exempt(because: "WeChat proves itself by its signature")
    ) { visit in try await told(visit) }
  }

  // MARK: - Connecting

  private func page(_ signedIn: SignedIn, alerts: [HTML] = []) async throws -> Response {
    let pages = WeChatPages(say: signedIn.say, formToken: signedIn.formToken)
    guard let weChat, let publicURL, !signedIn.community.isPractice, !signedIn.session.isCardSession else {
      return .page(pages.page(.absent), signedIn)
    }
    let isBound = try await database.read {
      try WeChatBindingStore.isBound(signedIn.personID, in: signedIn.community.id, $0)
    }
    let state = binding.state(for: signedIn.personID, in: signedIn.community.id, at: signedIn.now)
    let url = weChat.authorizeURL(back: "\(publicURL)/account/wechat", state: state)
    var standing: WeChatPages.Standing = isBound ? .bound : .free(authorizeURL: url)
    if let code = signedIn.query("code"), let state = signedIn.query("state"), isOurs(state, signedIn) {
      standing = .returned(code: code, state: state)
    }
    return .page(pages.page(standing, alerts: alerts), signedIn)
  }

  private func isOurs(_ state: String, _ signedIn: SignedIn) -> Bool {
    binding.accepts(state, for: signedIn.personID, in: signedIn.community.id, at: signedIn.now)
  }

  private func bind(_ signedIn: SignedIn) async throws -> Response {
    guard let weChat, !signedIn.session.isCardSession else { throw Problem.notFound }
    var reader = FormReader(try await signedIn.form())
    let code = reader.text("code", length: 1...200)
    let state = reader.text("state", length: 1...128)
    try reader.finish()
    guard let code, let state, isOurs(state, signedIn), let openID = await weChat.openID(forCode: code) else {
      let sorry = PageParts.notice(
        signedIn.say("微信没有认出来，请再试一次。", "WeChat did not say who you are; please try again."), .bad)
      return try await page(signedIn, alerts: [sorry])
    }
    let cipher = try await WeChatBinding.cipher(vault, signedIn.community.id)
    try await database.write(in: signedIn.community.id) { transaction in
      try WeChatBindingStore.bind(openID, to: signedIn.personID, sealing: cipher, in: transaction)
      try audit("messages.wechat_bind", signedIn, in: transaction)
    }
    return .redirect(to: "/account/wechat")
  }

  private func remove(_ signedIn: SignedIn) async throws -> Response {
    try await database.write(in: signedIn.community.id) { transaction in
      try WeChatBindingStore.unbind(signedIn.personID, in: transaction)
      try audit("messages.wechat_unbind", signedIn, in: transaction)
    }
    return .redirect(to: "/account/wechat")
  }

  private func audit(_ action: StaticString, _ signedIn: SignedIn, in transaction: Transaction) throws {
    try transaction.audit(
      AuditEntry(
        actor: signedIn.personID, role: signedIn.roles.min() ?? .resident, action: action,
        object: signedIn.personID.rawValue))
  }

  // MARK: - Callbacks

  private func proof(_ visit: Visit) -> WeChatCallback.Proof {
    WeChatCallback.Proof(
      signature: visit.query("signature"), messageSignature: visit.query("msg_signature"),
      timestamp: visit.query("timestamp") ?? "", nonce: visit.query("nonce") ?? "")
  }

  /// WeChat asks once whether this address is ours.
  private func prove(_ visit: Visit) throws -> Response {
    guard let weChat else { throw Problem.notFound }
    guard WeChatCallback(account: weChat.account).accepts(proof(visit), at: visit.now),
      let echo = visit.query("echostr")
    else { throw Problem.callbackRefused }
    return .text(echo)
  }

  private func told(_ visit: Visit) async throws -> Response {
    guard let weChat else { throw Problem.notFound }
    let body = try await visit.body(limit: BodyLimit(bytes: Self.bodyLimit))
    let report = try WeChatCallback(account: weChat.account).report(body, proof(visit), at: visit.now)
    if let report { try await deliveries.told(.wechat, report.receipt, report.outcome) }
    return .text("success")
  }
}
