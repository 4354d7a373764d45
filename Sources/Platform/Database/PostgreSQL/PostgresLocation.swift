import CPostgres
import Kernel

/// Where PostgreSQL is: a `postgres://` URL, possibly of several hosts, with what every connection of ours
/// asks for.
///
/// The URL may carry a password, so it is never described, logged or put into an error.
struct PostgresLocation: Sendable {
  private let url: String

  /// What the URL may override: the primary among several hosts, and notice of a vanished host within half
  /// a minute.
  private static let defaults: [(String, String)] = [
    ("target_session_attrs", "read-write"),
    ("connect_timeout", "5"),
    ("keepalives", "1"),
    ("keepalives_idle", "15"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
    ("application_name", "nuanlin"),
  ]

  /// - Throws: `database.location` when libpq cannot read the URL.
  init(url: String) throws {
    // libpq's own message may repeat the whole URL, password included; it is dropped unread.
    var message: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &message)
    defer {
      PQconninfoFree(options)
      PQfreemem(message)
    }
    guard options != nil else {
      throw Problem(
        "database.location", status: 500,
        Phrase("看不懂 PostgreSQL 的地址。", "The PostgreSQL URL is not understood."),
        advice: Phrase(
          "请写 postgres://用户:密码@主机:端口/数据库；密码中的特殊字符要写成 %XX。",
          "Write postgres://user:password@host:port/database, with special characters of the password as %XX."
        ))
    }
    self.url = url
  }

  /// Opens a connection; blocks until the server has answered or each host has been tried for
  /// `connect_timeout`.
  /// - Throws: `DatabaseError.connectionLost` with libpq's message (host and user, never the password).
  func connect() throws -> OpaquePointer {
    let pairs = Self.defaults + [("dbname", url), ("client_encoding", "UTF8")]
    let handle = withTerminatedStrings(pairs.map(\.0)) { keywords in
      withTerminatedStrings(pairs.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
    }
    guard let handle else { throw DatabaseError.connectionLost("no memory for a connection") }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
      PQfinish(handle)
      throw DatabaseError.connectionLost(message)
    }
    return handle
  }

  /// Lends C strings in an array that ends with a null pointer, as libpq wants its keyword lists.
  private func withTerminatedStrings<T>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T
  ) -> T {
    let lengths = strings.map { $0.utf8.count + 1 }
    let characters: [CChar] = strings.flatMap { $0.utf8.map { CChar(bitPattern: $0) } + [0] }
    return characters.withUnsafeBufferPointer { characters in
      var position = 0
      var pointers: [UnsafePointer<CChar>?] = []
      for length in lengths {
        pointers.append(characters.baseAddress.map { $0 + position })
        position += length
      }
      pointers.append(nil)
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}
