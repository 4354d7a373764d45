import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// What happens around every handler, in this order: host, limits, session, access, forgery; then the handler.
///
/// The one place where errors become answers, and where they are logged.
struct RouteResponder: HTTPResponder {
  let route: Route
  let site: Site

  func respond(to request: Request, context: WebContext) async throws -> Response {
    var response: Response
    do {
      let visit = try await Arrival.visit(request, context, route, site)
      do {
        response = try await admitted(visit)
      } catch {
        response = try ErrorAnswer(visit: visit).response(to: error)
      }
    } catch let broken as BrokenBody {
      throw broken.cause
    } catch {
      response = BareAnswer.response(to: error, for: request, site: site, logger: context.logger)
    }
    site.securityHeaders.apply(to: &response)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func admitted(_ visit: Visit) async throws -> Response {
    guard route.access.admits(visit.session?.roles) else {
      throw visit.session == nil ? Problem.signInNeeded : Problem.forbidden
    }
    guard route.method != .get, route.forgery == .checked, !Arrival.hasBearerToken(visit.request.headers)
    else { return try await route.handler(visit) }
    var visit = visit
    try await refuseForgery(&visit)
    return try await route.handler(visit)
  }

  /// Reads the form where the token is in it, once, and keeps it for the handler.
  private func refuseForgery(_ visit: inout Visit) async throws {
    let fields = visit.request.headers
    let isAPI = visit.request.uri.path.utf8.starts(with: "/api/".utf8)
    if isAPI {
      let hasBody = fields.first(.contentLength).map { $0 != "0" } ?? fields.contains(.transferEncoding)
      guard !hasBody || MediaTypes.isJSON(fields.first(.contentType)) else { throw Problem.forgedRequest }
      // Without a cookie there is nothing that another site could borrow.
      if visit.session == nil { return }
    }
    guard OriginCheck.accepts(fields, origin: site.origin(ofHost: visit.host)) else {
      throw Problem.forgedRequest
    }
    var token = Self.tokenHeader.flatMap { fields.first($0) }
    if token == nil, !isAPI {
      let form = try await visit.form()
      token = try form["form_token"]
      visit.receivedForm = form
    }
    guard let token, site.formTokens.isValid(token, for: visit.formBinding.hash) else {
      throw Problem.forgedRequest
    }
  }

  private static let tokenHeader = HTTPField.Name("X-CSRF-Token")
}

/// Makes a `Visit` of a request.
enum Arrival {
  /// - Parameter route: nil where no route answers.
  /// - Throws: `host.invalid` (400), `host.unknown` (421), `rate.limited` (429).
  static func visit(
    _ request: Request, _ context: WebContext, _ route: Route?, _ site: Site
  ) async throws -> Visit {
    let host = try HostCheck.host(of: request)
    let isStateless = route?.access == .stateless
    guard let community = site.community(host) ?? (isStateless ? CommunityCard.none : nil) else {
      throw Problem.hostUnknown
    }
    let now = site.clock.now()
    let limits = route?.limits ?? []
    lazy var address = clientAddress(request, context, site)
    for limit in limits where limit.scope == .address || isStateless {
      try site.rateLimiter.require(limit, by: .address(address), at: now)
    }
    let session = isStateless ? nil : try await session(of: request, in: community.id, at: now, site)
    for limit in limits where limit.scope == .person && !isStateless {
      let caller = session.map { .person($0.personID) } ?? RateLimiter.Caller.address(address)
      try site.rateLimiter.require(limit, by: caller, at: now)
    }
    return Visit(
      Visit.Arrived(
        site: site, request: request, context: context, community: community, host: host, session: session,
        language: session?.language ?? Preferences.language(request.headers, isSecure: site.isSecure),
        isElderView: session?.elderView ?? Preferences.isElderView(request.headers, isSecure: site.isSecure),
        now: now, formBinding: isStateless ? .none : binding(of: request, session, site),
        bodyLimit: route?.bodyLimit ?? .form))
  }

  private static func clientAddress(_ request: Request, _ context: WebContext, _ site: Site) -> String {
    ClientAddress.of(peer: context.peerAddress, request.headers, trusting: site.trustedProxies)
  }

  private static func binding(of request: Request, _ session: Session?, _ site: Site) -> FormBinding {
    if let session { return FormBinding(session: session) }
    if Visit.wantsJSON(request) { return .none }
    let name = Cookies.name(CookieName.anonymous, isSecure: site.isSecure)
    return FormBinding(anonymousCookie: Cookies.value(name, in: request.headers))
  }

  /// The living session of a bearer token or cookie. A dead one is ended where it is kept.
  private static func session(
    of request: Request, in community: CommunityID, at now: Timestamp, _ site: Site
  ) async throws -> Session? {
    guard let token = token(of: request, site),
      let session = try await site.sessions.find(token.hash, community), session.communityID == community
    else { return nil }
    guard session.isAlive(at: now) else {
      try await site.sessions.end(token.hash, community)
      return nil
    }
    if session.lastSeenAt + session.terms.touchInterval <= now {
      try await site.sessions.touch(session, now)
    }
    return session
  }

  private static func token(of request: Request, _ site: Site) -> SessionToken? {
    if let bearer = bearerToken(request.headers) { return SessionToken(bearer) }
    let name = Cookies.name(CookieName.session, isSecure: site.isSecure)
    return Cookies.value(name, in: request.headers).flatMap { SessionToken($0) }
  }

  private static func bearerToken(_ fields: HTTPFields) -> Substring? {
    guard let value = fields.first(.authorization), value.utf8.starts(with: "Bearer ".utf8) else {
      return nil
    }
    return value.dropFirst(7)
  }

  /// A secret of its own, which no browser sends by itself.
  static func hasBearerToken(_ fields: HTTPFields) -> Bool { bearerToken(fields) != nil }
}

/// Answers what no route answers.
struct UnknownPath: RouterMiddleware {
  let site: Site
  let routes: [Route]

  func handle(
    _ request: Request, context: WebContext,
    next: @concurrent (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      let visit = try await Arrival.visit(request, context, nil, site)
      response = try answer(visit)
    } catch {
      response = BareAnswer.response(to: error, for: request, site: site, logger: context.logger)
    }
    site.securityHeaders.apply(to: &response)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ visit: Visit) throws -> Response {
    let methods = Set(routes.filter { $0.matches(path: visit.path) }.map(\.method.rawValue))
    guard !methods.isEmpty else { return try ErrorAnswer(visit: visit).response(to: Problem.notFound) }
    let problem = Problem(
      "method.not_allowed", status: 405,
      Phrase("这个网址不能这样使用。", "This address cannot be used in that way."),
      advice: Phrase("请从页面上的按钮操作。", "Please use the buttons on the page."))
    var response = try ErrorAnswer(visit: visit).response(to: problem)
    response.headers[.allow] = methods.union(methods.contains("GET") ? ["HEAD"] : []).sorted()
      .joined(separator: ", ")
    return response
  }
}
