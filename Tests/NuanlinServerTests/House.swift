import Database
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NuanlinServer
import People
import Security
import TestKit
import Web

/// The whole program on a small database, entered through its router.
struct House: Sendable {
  static let host = "maple.test"
  static let otherHost = "other.test"

  let switchboard: Switchboard
  let location: DatabaseLocation
  let community: CommunityID
  let routes: [Route]
  private let responder: any HTTPResponder<WebContext>

  static func with(
    _ engine: TestEngine = .sqlite, clock: Clock = .system, _ body: (House) async throws -> Void
  ) async throws {
    try await engine.withLocation { location in
      let keyFile = FileManager.default.temporaryDirectory.appending(path: "nuanlin-\(UUID().uuidString).key")
        .path(percentEncoded: false)
      defer {
        for path in [keyFile, Settings.defaultPersonKeyFolder(for: keyFile)] {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      var settings = Settings(database: location, keyFile: keyFile, clock: clock)
      settings.limits.rateFactor = 100_000
      let switchboard = try await Switchboard.open(settings, logger: .quiet)
      do {
        try await body(try await House(switchboard, location))
        await switchboard.close()
      } catch {
        await switchboard.close()
        throw error
      }
    }
  }

  private init(_ switchboard: Switchboard, _ location: DatabaseLocation) async throws {
    self.location = location
    self.switchboard = switchboard
    community = try await switchboard.people.createCommunity(
      CommunityDraft(name: Phrase("枫林社区", "Maple Grove"), phoneNumber: "021-5555 0123", hosts: [Self.host]))
    _ = try await switchboard.people.createCommunity(
      CommunityDraft(
        name: Phrase("桂花苑", "Osmanthus Court"), phoneNumber: "021-5555 0456", hosts: [Self.otherHost]))
    let routes = switchboard.routes()
    self.routes = routes.all
    responder = routes.responder(site: switchboard.site())
  }

  /// Somebody with these roles, who lives in the community when they are residents.
  func person(roles: Set<Role>) async throws -> PersonID {
    let people = switchboard.people
    let room = "\(Int.random(in: 100_000...999_999))"
    let household = try await people.createHouseholds(
      [HouseholdDraft(door: Door(building: "3", unit: "2", room: room))], in: community)
    let phone = PhoneNumber(typed: "199\(Int.random(in: 10_000_000...99_999_999))")
    var draft = try PersonDraft(
      displayName: "邻居", household: roles.contains(.resident) ? household[0] : nil, phone: phone)
    draft.passwordHash = "$scrypt$none"
    draft.roles = roles
    return try await people.createPersons([draft], in: community)[0]
  }

  /// The token of a new session.
  func bearer(of person: PersonID) async throws -> String {
    try await switchboard.people.openSession(of: person, level: .secondFactor, in: community).token.text
  }

  func browser(host: String = House.host) -> Browser { Browser(responder, host: host) }

  /// The route's path with identifiers of things that do not exist.
  func path(of route: Route) -> String {
    route.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.hasPrefix(":") ? Identifier<PersonKind>(rawValue: 987_654_321).description : String(part)
    }.joined(separator: "/")
  }

  /// Visits the route as a program would, with a bearer token where there is one.
  func visit(_ route: Route, bearer: String?, host: String = House.host) async throws -> Browser.Answer {
    var headers = HTTPFields()
    if let bearer { headers[.authorization] = "Bearer \(bearer)" }
    let browser = browser(host: host)
    if route.method == .get { return try await browser.send(.get, path(of: route), headers: headers) }
    headers[.contentType] =
      route.path.hasPrefix("/api/") ? "application/json" : "application/x-www-form-urlencoded"
    return try await browser.send(route.method, path(of: route), headers: headers, body: Array("{}".utf8))
  }
}
