import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// The files that are shipped with the program, served under names that change with their content.
package struct StaticFiles: Sendable {
  struct File: Sendable {
    let path: String
    let bytes: ByteBuffer
    let contentType: String
    let entityTag: String
  }

  private let byName: [String: File]
  private let byHashedName: [String: File]

  /// Reads all of them from the program's resources. For the start of the program: it blocks.
  /// - Throws: what reading the folder throws.
  package static func load() throws -> StaticFiles {
    guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Static") else {
      throw CocoaError(.fileNoSuchFile)
    }
    var contents: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      contents[name] = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }
    return StaticFiles(contents)
  }

  /// - Parameter contents: bytes by file name, as `site.css`.
  package init(_ contents: [String: [UInt8]]) {
    var byName: [String: File] = [:]
    var byHashedName: [String: File] = [:]
    for (name, bytes) in contents {
      let digest = SHA256.hash(data: bytes).prefix(8).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
      let parts = name.split(separator: ".", maxSplits: 1)
      let type = parts.count == 2 ? String(parts[1]) : ""
      let hashed = "\(parts[0]).\(digest)\(type.isEmpty ? "" : ".\(type)")"
      let file = File(
        path: "/static/\(hashed)", bytes: ByteBuffer(bytes: bytes),
        contentType: Self.contentTypes[type] ?? "application/octet-stream", entityTag: "\"\(digest)\"")
      byName[name] = file
      byHashedName[hashed] = file
    }
    self.byName = byName
    self.byHashedName = byHashedName
  }

  /// Where a file is served: `/static/site.<hash>.css`. A name that is not shipped has the path of no file.
  package func path(of name: String) -> String { byName[name]?.path ?? "/static/\(name)" }

  /// The content of a shipped file; empty where there is none.
  func bytes(of name: String) -> [UInt8] { byName[name].map { Array($0.bytes.readableBytesView) } ?? [] }

  /// The names of all shipped files, sorted.
  package var names: [String] { byName.keys.sorted() }

  /// Adds `GET /static/:file`.
  package func addRoute(to routes: inout Routes) {
    routes.get("/static/:file", .stateless, objects: .none) { visit in
      guard let file = byHashedName[try visit.parameter("file")] else { throw Problem.notFound }
      return Self.response(file, unless: visit.request.headers[.ifNoneMatch])
    }
  }

  private static func response(_ file: File, unless known: String?) -> Response {
    var headers = HTTPFields()
    headers.append(HTTPField(name: .cacheControl, value: "public, max-age=31536000, immutable"))
    headers.append(HTTPField(name: .eTag, value: file.entityTag))
    if known == file.entityTag { return Response(status: .notModified, headers: headers) }
    headers.append(HTTPField(name: .contentType, value: file.contentType))
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
  }

  private static let contentTypes = [
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json", "png": "image/png", "woff2": "font/woff2",
  ]
}
