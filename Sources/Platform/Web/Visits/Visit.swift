import HTTPTypes
package import Hummingbird
package import Kernel
package import Logging
import NIOCore
import Synchronization

/// All that is known of one request, whoever makes it.
package struct Visit: Sendable {
  /// What was known when the request arrived: one reference, since a visit is handed on many times.
  final class Arrived: Sendable {
    let site: Site
    let request: Request
    let context: WebContext
    let community: CommunityCard
    let host: String
    let session: Session?
    let language: Language
    let isElderView: Bool
    let now: Timestamp
    let formBinding: FormBinding
    let bodyLimit: BodyLimit
    private let madeFormToken = Mutex<String?>(nil)

    init(
      site: Site, request: Request, context: WebContext, community: CommunityCard, host: String,
      session: Session?, language: Language, isElderView: Bool, now: Timestamp, formBinding: FormBinding,
      bodyLimit: BodyLimit
    ) {
      self.site = site
      self.request = request
      self.context = context
      self.community = community
      self.host = host
      self.session = session
      self.language = language
      self.isElderView = isElderView
      self.now = now
      self.formBinding = formBinding
      self.bodyLimit = bodyLimit
    }

    /// Made where the first form asks for it; all forms of one page share it.
    var formToken: String {
      madeFormToken.withLock { made in
        if let made { return made }
        let token = site.formTokens.make(for: formBinding.hash)
        made = token
        return token
      }
    }
  }

  let arrived: Arrived
  /// The form that was read to find its token, so that the body is read once.
  var receivedForm: Form?

  init(_ arrived: Arrived) {
    self.arrived = arrived
  }

  package var site: Site { arrived.site }
  package var request: Request { arrived.request }
  /// The captured parts of the path, by the names that the route gives them.
  package var parameters: Parameters { arrived.context.parameters }
  package var community: CommunityCard { arrived.community }
  /// The host that the request came to, one of the community's.
  package var host: String { arrived.host }
  /// Scheme and host that the request came to, for addresses that are used elsewhere.
  package var origin: String { site.origin(ofHost: host) }
  /// The session of whoever is signed in; nil for everyone else.
  package var session: Session? { arrived.session }
  package var language: Language { arrived.language }
  /// Whether pages are shown with large type, one task a screen.
  package var isElderView: Bool { arrived.isElderView }
  package var now: Timestamp { arrived.now }
  package var logger: Logger { arrived.context.logger }
  /// The address of the person's device, seen through configured proxies only.
  package var clientAddress: String {
    ClientAddress.of(peer: arrived.context.peerAddress, request.headers, trusting: site.trustedProxies)
  }
  var formBinding: FormBinding { arrived.formBinding }

  package var say: Wording {
    Wording(language, offsetSeconds: community.offsetSeconds, isPractice: community.isPractice)
  }

  /// The name of this request, for the person on the telephone and for the log.
  package var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "local" }

  /// The secret of a form's hidden field `form_token`; good for this session or this browser only.
  package var formToken: String { arrived.formToken }

  /// Whether the answer should be JSON rather than a page.
  package var wantsJSON: Bool { Self.wantsJSON(request) }

  static func wantsJSON(_ request: Request) -> Bool {
    if let path = request.head.path, path.utf8.starts(with: "/api/".utf8) { return true }
    guard let accept = request.headers.first(.accept) else { return false }
    return accept.utf8.starts(with: "application/json".utf8)
      || accept.utf8.starts(with: "application/problem+json".utf8)
  }

  /// The path without its query.
  package var path: String { request.uri.path }

  /// Path and query as they were sent.
  package var target: String { request.head.path ?? "/" }

  /// One value from the query; nil when it is missing. The first counts where there are several.
  package func query(_ name: String) -> String? {
    guard let target = request.head.path, let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
    else { return nil }
    let text = target.utf8[target.utf8.index(after: mark)...]
    return URLEncodedText.pairs(text, maximum: 100)?.first { $0.name == name }?.value
  }

  /// The part of the path that the route captures under `name`.
  /// - Throws: `not_found` (404) when it is no identifier.
  package func id<Kind>(_ name: String, of kind: Kind.Type = Kind.self) throws -> Identifier<Kind> {
    guard let text = parameters[name[...]], let identifier = Identifier<Kind>(String(text))
    else { throw Problem.notFound }
    return identifier
  }

  /// The part of the path that the route captures under `name`, percent-decoded.
  /// - Throws: `not_found` (404) when it is missing or not valid text.
  package func parameter(_ name: String) throws -> String {
    guard let text = parameters[name[...]], let decoded = URLEncodedText.decode(text.utf8, plusIsSpace: false)
    else { throw Problem.notFound }
    return decoded
  }

  /// What was sent as a form.
  /// - Throws: `form.unreadable` (400), `body.too_large` (413), `form.type` (415).
  package func form() async throws -> Form {
    if let receivedForm { return receivedForm }
    return try await Form(reading: request, limit: arrived.bodyLimit)
  }

  /// What was sent as JSON, at most 2 MiB.
  /// - Throws: `json.malformed` (400), `body.too_large` (413), `json.type` (415).
  package func json() async throws -> JSON {
    guard MediaTypes.isJSON(request.headers.first(.contentType)) else {
      throw Problem(
        "json.type", status: 415,
        Phrase("请求内容的类型应是 application/json。", "The body's type should be application/json."))
    }
    return try JSON(try await body(limit: .json))
  }

  /// The raw bytes of the body.
  /// - Throws: `body.too_large` (413).
  package func body(limit: BodyLimit) async throws -> [UInt8] {
    try await RequestBytes.read(request, limit: limit)
  }
}

extension Visit: Visiting {
  package var visit: Visit { self }
}

/// A request of which we know more or less: anyone's, or a signed-in person's.
package protocol Visiting: Sendable {
  var visit: Visit { get }
}

/// A request by someone who is signed in. There is no other way to one than through the check.
package struct SignedIn: Visiting {
  package let visit: Visit
  package let session: Session

  /// - Throws: `sign_in.needed` (401).
  package init(_ visit: Visit) throws {
    guard let session = visit.session else { throw Problem.signInNeeded }
    self.visit = visit
    self.session = session
  }

  package var personID: PersonID { session.personID }
  package var householdID: HouseholdID? { session.householdID }
  package var roles: Set<Role> { session.roles }
  package var site: Site { visit.site }
  package var request: Request { visit.request }
  package var community: CommunityCard { visit.community }
  package var language: Language { visit.language }
  package var isElderView: Bool { visit.isElderView }
  package var say: Wording { visit.say }
  package var now: Timestamp { visit.now }
  package var logger: Logger { visit.logger }
  package var requestID: String { visit.requestID }
  package var clientAddress: String { visit.clientAddress }
  package var formToken: String { visit.formToken }
  package var wantsJSON: Bool { visit.wantsJSON }
  package var path: String { visit.path }
  package var target: String { visit.target }

  package func query(_ name: String) -> String? { visit.query(name) }

  /// As `Visit.id`.
  package func id<Kind>(_ name: String, of kind: Kind.Type = Kind.self) throws -> Identifier<Kind> {
    try visit.id(name, of: kind)
  }

  /// As `Visit.parameter`.
  package func parameter(_ name: String) throws -> String { try visit.parameter(name) }

  /// As `Visit.form`.
  package func form() async throws -> Form { try await visit.form() }

  /// As `Visit.json`.
  package func json() async throws -> JSON { try await visit.json() }

  /// As `Visit.body`.
  package func body(limit: BodyLimit) async throws -> [UInt8] { try await visit.body(limit: limit) }

  /// - Throws: `household.needed` (403) for people who belong to no household, as most staff.
  package func household() throws -> HouseholdID {
    guard let householdID else {
      throw Problem(
        "household.needed", status: 403,
        Phrase("您的账号还没有登记到住户。", "Your account is not registered with a household yet."),
        advice: Phrase("请联系居委会登记门牌号。", "Please ask the neighbourhood committee to add your address."))
    }
    return householdID
  }
}

extension Problem {
  package static let signInNeeded = Problem(
    "sign_in.needed", status: 401, Phrase("请先登录。", "Please sign in first."),
    advice: Phrase("登录后再回到这一页。", "Sign in, then come back to this page."))

  package static let forbidden = Problem(
    "forbidden", status: 403, Phrase("这一页不对您的身份开放。", "This page is not open to your role."),
    advice: Phrase("如果您认为应该可以使用，请拨打页面下方的电话。", "If you think it should be, please call the number below."))
}
