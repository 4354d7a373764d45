/// A path on this site, so that nobody can be sent elsewhere by a link of ours.
package enum LocalPath {
  /// The path itself where it is local: one slash, no backslash, no control characters; otherwise `/`.
  package static func checked(_ path: String) -> String {
    isLocal(path) ? path : "/"
  }

  package static func isLocal(_ path: String) -> Bool {
    let bytes = path.utf8
    guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2048 else { return false }
    if bytes.dropFirst().first == UInt8(ascii: "/") { return false }
    return bytes.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") }
  }
}
