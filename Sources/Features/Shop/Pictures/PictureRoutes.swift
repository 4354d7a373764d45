package import Database
import Hummingbird
import Kernel
package import Web

/// Serves the pictures of a community's products.
package struct Pictures: Sendable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func register(on routes: inout Routes) {
    routes.get("/pictures/:picture/:size", .everyone, objects: .community) { visit in
      try await serve(visit)
    }
  }

  /// A picture never changes under its identifier, so whoever has it needs not ask again.
  private func serve(_ visit: Visit) async throws -> Response {
    let id = try visit.id("picture", of: PictureKind.self)
    guard let size = PictureSize(rawValue: try visit.parameter("size")) else { throw Problem.notFound }
    let community = visit.community.id
    guard let found = try await database.read({ try $0.pictureBytes(id, size, in: community) }) else {
      throw Problem.notFound
    }
    return .picture(found.bytes, type: found.mediaType)
  }
}
