import HTTPTypes
import Hummingbird
import Kernel

/// Finds the host that a request was sent to. A missing, doubled or malformed one is refused, because links made from
/// it could lead anywhere.
enum HostCheck {
  /// - Throws: `host.invalid` (400).
  static func host(of request: Request) throws -> String {
    guard let host = request.head.authority, !hasSecond(request.headers), isWellFormed(host)
    else { throw Problem.hostInvalid }
    return host.utf8.contains(where: { (65...90).contains($0) }) ? host.lowercased() : host
  }

  /// The first `Host` field became the authority; whatever is left under that name is one too many.
  private static func hasSecond(_ fields: HTTPFields) -> Bool {
    fields.contains { $0.name.canonicalName == "host" }
  }

  private static func isWellFormed(_ host: String) -> Bool {
    (1...255).contains(host.utf8.count)
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
          UInt8(ascii: "["), UInt8(ascii: "]"):
          true
        default: false
        }
      }
  }
}

extension Problem {
  static let hostInvalid = Problem(
    "host.invalid", status: 400,
    Phrase("请求没有写明唯一的主机名。", "The request does not name exactly one host."))

  static let hostUnknown = Problem(
    "host.unknown", status: 421,
    Phrase("这台服务器上没有这个网址。", "This server does not serve that address."),
    advice: Phrase("请检查网址。", "Please check the address."))
}
