import HTTPTypes
package import Kernel
package import Security
package import Web

/// Our account at Alibaba Cloud's text message service.
package struct AlibabaSMSAccount: Sendable {
  package let accessKeyID: String
  let secret: ServiceSecret
  /// The approved signature that stands before every text (短信签名).
  package let signName: String
  /// The approved template by language: with `${community}`, `${matter}` and `${phone}`.
  package let templates: [Language: String]
  /// Scheme and host, without a slash at the end.
  let baseURL: String

  /// The service itself.
  package static let productionURL = "https://dysmsapi.aliyuncs.com"

  /// - Parameter templates: the Chinese one serves every language that has none.
  package init(
    accessKeyID: String, secret: ServiceSecret, signName: String, templates: [Language: String],
    baseURL: String = productionURL
  ) {
    self.accessKeyID = accessKeyID
    self.secret = secret
    self.signName = signName
    self.templates = templates
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
  }
}

/// Text messages through Alibaba Cloud (Dysmsapi 2017-05-25).
///
/// `SendSms` takes no number of ours that it would keep us from using twice; it only repeats `OutId` in its list of what was
/// sent to a telephone on a day. So whatever is in doubt is looked for in that list before it is sent again.
package struct AlibabaSMS: MessageGateway {
  private static let version = "2017-05-25"
  /// Most entries of one page of the list of what was sent.
  private static let pageSize = 50

  let account: AlibabaSMSAccount
  let transport: GatewayTransport
  let clock: Clock
  let makeNonce: @Sendable () -> String

  package init(
    account: AlibabaSMSAccount, transport: GatewayTransport, clock: Clock,
    makeNonce: @escaping @Sendable () -> String = { Hexadecimal.encode(RandomBytes.make(16)) }
  ) {
    self.account = account
    self.transport = transport
    self.clock = clock
    self.makeNonce = makeNonce
  }

  package var way: MessageWay { .sms }

  // MARK: - Sending

  package func send(_ message: OutgoingMessage) async -> SendingOutcome {
    guard case .phone(let phone) = message.address else { return .refused(code: "sms.no_number") }
    guard let template = account.templates[message.text.language] ?? account.templates[.chinese] else {
      return .later(code: "sms.no_template")
    }
    let answer = await ask(
      "SendSms",
      [
        ("PhoneNumbers", Self.number(phone)), ("SignName", account.signName), ("TemplateCode", template),
        ("TemplateParam", Self.parameters(message.text)), ("OutId", message.id.description),
      ])
    switch answer {
    case .none: return .unknown(code: "sms.no_answer")
    case .some(let answer):
      guard answer.code != "OK" else { return .accepted(receipt: answer.text("BizId")) }
      return answer.sendingOutcome
    }
  }

  /// A Chinese mobile number without its country code; any other with it and without the plus.
  static func number(_ phone: PhoneNumber) -> String {
    let digits = phone.e164.dropFirst()
    return digits.hasPrefix("861") && digits.count == 13 ? String(digits.dropFirst(2)) : String(digits)
  }

  /// The values of the template; only the kind, the community and its telephone number.
  static func parameters(_ text: OutsideText) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("community", text.community)
      json.field("matter", text.matter)
      json.field("phone", text.phoneNumber)
    }
    return json.text
  }

  // MARK: - Receipts

  package func receipt(of message: OutgoingMessage, receipt: String?) async -> ReceiptOutcome {
    guard case .phone(let phone) = message.address else { return .undelivered(code: "sms.no_number") }
    let first = Self.day(message.firstTriedAt)
    let last = Self.day(clock.now())
    for day in first == last ? [first] : [first, last] {
      switch await entry(of: message, at: phone, on: day, receipt) {
      case .absent: continue
      case let outcome: return outcome
      }
    }
    return .absent
  }

  private func entry(
    of message: OutgoingMessage, at phone: PhoneNumber, on day: String, _ receipt: String?
  ) async -> ReceiptOutcome {
    var query = [
      ("PhoneNumber", Self.number(phone)), ("SendDate", day), ("PageSize", String(Self.pageSize)),
      ("CurrentPage", "1"),
    ]
    if let receipt { query.append(("BizId", receipt)) }
    guard let answer = await ask("QuerySendDetails", query) else {
      return .unknown(code: "sms.no_answer")
    }
    guard answer.code == "OK" else { return .unknown(code: answer.code) }
    let entries = answer.entries
    guard let entry = entries.first(where: { Self.text($0, "OutId") == message.id.description }) else {
      // What fills a whole page may have more behind it.
      return entries.count < Self.pageSize ? .absent : .unknown(code: "sms.too_many")
    }
    switch Self.text(entry, "SendStatus") {
    case "3": return .delivered
    case "2": return .undelivered(code: Self.code(entry, "ErrCode") ?? "sms.failed")
    default: return .pending
    }
  }

  /// `20261126`, in China.
  static func day(_ moment: Timestamp) -> String {
    CivilDateTime(moment, offsetSeconds: 28_800).isoDate.filter { $0 != "-" }
  }

  fileprivate static func text(_ json: JSON, _ name: String) -> String? {
    switch json[name] {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }

  /// A code of the service, which is written down and shown to operators: as short as a code is, and of nothing else.
  fileprivate static func code(_ json: JSON, _ name: String) -> String? {
    guard let text = text(json, name), (1...64).contains(text.utf8.count),
      text.utf8.allSatisfy({ (33...126).contains($0) })
    else { return nil }
    return text
  }

  // MARK: - The wire

  /// What the service said.
  fileprivate struct Answer {
    let status: Int
    let json: JSON

    /// `OK`, or why not.
    var code: String { AlibabaSMS.code(json, "Code") ?? "HTTP_\(status)" }

    func text(_ name: String) -> String? { AlibabaSMS.text(json, name) }

    var entries: [JSON] {
      if case .array(let entries)? = json["SmsSendDetailDTOs"]?["SmsSendDetailDTO"] { return entries }
      return []
    }

    /// Source: Alibaba Cloud, “Error codes of the short message service”.
    var sendingOutcome: SendingOutcome {
      if code.hasPrefix("isv.") {
        return Self.passing.contains(code) ? .later(code: code) : .refused(code: code)
      }
      if status >= 500 || code.hasPrefix("isp.") || code.hasPrefix("InternalError") {
        return .unknown(code: code)
      }
      // Wrong keys, unknown products and too many requests are found before anything is sent.
      return .later(code: code)
    }

    /// What somebody can put right, or time does.
    private static let passing: Set<String> = [
      "isv.BUSINESS_LIMIT_CONTROL", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL",
      "isv.AMOUNT_NOT_ENOUGH",
      "isv.OUT_OF_SERVICE", "isv.ACCOUNT_ABNORMAL", "isv.ACCOUNT_NOT_EXISTS", "isv.PRODUCT_UN_SUBSCRIPT",
      "isv.PRODUCT_UNSUBSCRIBE", "isv.SMS_SIGN_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL",
      "isv.SMS_TEMPLATE_ILLEGAL",
      "isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isv.SECURITY_FROZEN_ACCOUNT",
    ]
  }

  private func ask(_ action: String, _ query: [(name: String, value: String)]) async -> Answer? {
    let host = account.baseURL.firstRange(of: "://").map { String(account.baseURL[$0.upperBound...]) }
    let digest = AlibabaSignature.digest([])
    let headers = [
      ("host", host ?? account.baseURL), ("x-acs-action", action), ("x-acs-content-sha256", digest),
      ("x-acs-date", Timestamp(seconds: clock.now().seconds).description),
      ("x-acs-signature-nonce", makeNonce()), ("x-acs-version", Self.version),
    ]
    let request = AlibabaSignature.Request(method: "POST", path: "/", query: query, headers: headers)
    let signature = AlibabaSignature(accessKeyID: account.accessKeyID, secret: account.secret)
    var fields: HTTPFields = [.accept: "application/json", .userAgent: "Nuanlin"]
    for (name, value) in headers where name != "host" {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    fields[.authorization] = signature.authorization(request, bodyDigest: digest)
    let outgoing = GatewayTransport.Request(
      method: .post, url: "\(account.baseURL)/?\(AlibabaSignature.canonicalQuery(query))", headers: fields,
      limit: GatewayTransport.answerLimit)
    guard let response = try? await transport.send(outgoing) else { return nil }
    guard let json = try? JSON(response.body), case .object = json else {
      // An error before anything was done says so without a body that could be read.
      return (400..<500).contains(response.status)
        ? Answer(status: response.status, json: .object([])) : nil
    }
    return Answer(status: response.status, json: json)
  }
}
