package import HTTPTypes
package import Hummingbird

/// One door: method, path, who may enter, over which objects, and what happens there.
///
/// A class, though it never changes, so that each request carries one reference and not nine fields.
package final class Route: Sendable {
  package typealias Handler = @Sendable (Visit) async throws -> Response

  package let method: HTTPRequest.Method
  /// `/campaigns/:campaign/items/:item`
  package let path: String
  package let access: Access
  package let objects: Objects
  /// The budgets that a call spends from: each has to have room.
  package let limits: [RateLimit]
  package let bodyLimit: BodyLimit
  package let forgery: ForgeryProtection
  /// The description in the OpenAPI document; every route under `/api/v1` has one.
  package let operation: Operation?
  let handler: Handler

  /// Every door of the API spends from the caller's common budget as well.
  fileprivate init(
    method: HTTPRequest.Method, path: String, access: Access, objects: Objects, limits: [RateLimit],
    bodyLimit: BodyLimit, forgery: ForgeryProtection, operation: Operation?, handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.objects = objects
    self.limits = path.hasPrefix("/api/") ? limits + [.api] : limits
    self.bodyLimit = bodyLimit
    self.forgery = forgery
    self.operation = operation
    self.handler = handler
  }

  /// Whether this route answers the path, with its captured parts left open.
  package func matches(path target: String) -> Bool {
    let pattern = path.split(separator: "/")
    let parts = target.split(separator: "/")
    return pattern.count == parts.count
      && zip(pattern, parts).allSatisfy { $0.first == ":" || $0 == $1 }
  }
}

/// The routes of the site. A route exists only with its access and objects declared.
///
/// ```swift
/// routes.get("/campaigns/:campaign", .everyone, objects: .community) { visit in … }
/// routes.post("/orders", for: .signedIn, objects: .own("household's orders")) { signedIn in … }
/// ```
package struct Routes: Sendable {
  package private(set) var all: [Route] = []

  package init() {}

  package mutating func get(
    _ path: String, _ access: Access.Open, objects: Objects, limits: [RateLimit] = [],
    operation: Operation? = nil, handler: @escaping Route.Handler
  ) {
    all.append(
      Route(
        method: .get, path: path, access: access.access, objects: objects, limits: limits, bodyLimit: .form,
        forgery: .checked, operation: operation, handler: handler))
  }

  package mutating func get(
    _ path: String, for access: Access.Personal, objects: Objects, limits: [RateLimit] = [],
    operation: Operation? = nil, handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    all.append(
      Route(
        method: .get, path: path, access: access.access, objects: objects, limits: limits, bodyLimit: .form,
        forgery: .checked, operation: operation, handler: { try await handler(SignedIn($0)) }))
  }

  package mutating func post(
    _ path: String, _ access: Access.Open, objects: Objects, limits: [RateLimit] = [],
    bodyLimit: BodyLimit = .form, forgery: ForgeryProtection = .checked, operation: Operation? = nil,
    handler: @escaping Route.Handler
  ) {
    all.append(
      Route(
        method: .post, path: path, access: access.access, objects: objects, limits: limits,
        bodyLimit: bodyLimit, forgery: forgery, operation: operation, handler: handler))
  }

  package mutating func post(
    _ path: String, for access: Access.Personal, objects: Objects, limits: [RateLimit] = [],
    bodyLimit: BodyLimit = .form, operation: Operation? = nil,
    handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    change(.post, path, access, objects, limits, bodyLimit, operation, handler)
  }

  package mutating func put(
    _ path: String, for access: Access.Personal, objects: Objects, limits: [RateLimit] = [],
    bodyLimit: BodyLimit = .form, operation: Operation? = nil,
    handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    change(.put, path, access, objects, limits, bodyLimit, operation, handler)
  }

  package mutating func patch(
    _ path: String, for access: Access.Personal, objects: Objects, limits: [RateLimit] = [],
    bodyLimit: BodyLimit = .form, operation: Operation? = nil,
    handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    change(.patch, path, access, objects, limits, bodyLimit, operation, handler)
  }

  package mutating func delete(
    _ path: String, for access: Access.Personal, objects: Objects, limits: [RateLimit] = [],
    operation: Operation? = nil, handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    change(.delete, path, access, objects, limits, .form, operation, handler)
  }

  private mutating func change(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access.Personal, _ objects: Objects,
    _ limits: [RateLimit], _ bodyLimit: BodyLimit, _ operation: Operation?,
    _ handler: @escaping @Sendable (SignedIn) async throws -> Response
  ) {
    all.append(
      Route(
        method: method, path: path, access: access.access, objects: objects, limits: limits,
        bodyLimit: bodyLimit, forgery: .checked, operation: operation,
        handler: { try await handler(SignedIn($0)) }))
  }

  /// Puts all routes on a router that has none yet. Every GET answers HEAD too; what matches no route is answered
  /// with 404, or with 405 where another method would.
  package func install(on router: Router<WebContext>, site: Site) {
    for route in all {
      let responder = RouteResponder(route: route, site: site)
      router.on(RouterPath(route.path), method: route.method, responder: responder)
      if route.method == .get {
        router.on(RouterPath(route.path), method: .head, responder: responder)
      }
    }
    // Hummingbird gives a middleware to what is added after it: here, only to its answer for unknown paths.
    router.add(middleware: UnknownPath(site: site, routes: all))
  }

  /// A responder for an application, or for a test without one.
  package func responder(site: Site) -> RouterResponder<WebContext> {
    let router = Router(context: WebContext.self)
    install(on: router, site: site)
    return router.buildResponder()
  }
}
