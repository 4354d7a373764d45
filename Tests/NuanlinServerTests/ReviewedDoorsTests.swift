import Foundation
import HTTPTypes
import Kernel
import Logging
import NuanlinServer
import TestKit
import Testing
import Web

/// No door opens that nobody has looked at.
@Suite struct ReviewedDoorsTests {
  private static let path = "Tests/HouseTests/reviewed-doors.txt"

  @Test func `the doors of the program are the ones that were reviewed`() async throws {
    let list = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "HouseTests/reviewed-doors.txt")
    let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
    let reviewed = lines.filter { !$0.hasPrefix("#") }
    let doors = try await Self.doors()
    #expect(Set(doors).count == doors.count, "a door stands in the program twice")
    for door in doors where !reviewed.contains(door) {
      Issue.record("not reviewed: add this line to \(Self.path) once you agree with it:\n\(door)")
    }
    for line in reviewed where !doors.contains(line) {
      Issue.record("no such door any more: take this line out of \(Self.path):\n\(line)")
    }
    #expect(reviewed == reviewed.sorted(), "\(Self.path) is not in order")
  }

  private static func doors() async throws -> [String] {
    try await TestEngine.sqlite.withLocation { location in
      let keyFile = FileManager.default.temporaryDirectory.appending(path: "nuanlin-\(UUID().uuidString).key")
        .path(percentEncoded: false)
      defer {
        for path in [keyFile, Settings.defaultPersonKeyFolder(for: keyFile)] {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      let switchboard = try await Switchboard.open(
        Settings(database: location, keyFile: keyFile), logger: .quiet)
      let doors = switchboard.routes().all.map(\.door)
      await switchboard.close()
      return doors
    }
  }
}

extension Route {
  /// `POST /orders | signed in | own household's orders`
  fileprivate var door: String {
    let unchecked = forgery == .checked ? "" : " | without a form token"
    return "\(method) \(path) | \(access.words) | \(objects.words)\(unchecked)"
  }
}

extension Access {
  fileprivate var words: String {
    switch self {
    case .stateless: "everyone, no session"
    case .everyone: "everyone"
    case .signedIn: "signed in"
    case .roles(let roles): roles.sorted().map(\.rawValue).joined(separator: ", ")
    }
  }
}

extension Objects {
  fileprivate var words: String {
    switch self {
    case .none: "nothing stored"
    case .community: "the community's"
    case .own(let words): "own \(words)"
    }
  }
}
