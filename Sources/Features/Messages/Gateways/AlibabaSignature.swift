import Crypto
import Kernel
import Security
import Web

/// Signs requests to Alibaba Cloud.
///
/// Source: Alibaba Cloud, “Request syntax and signature method V3” (ACS3-HMAC-SHA256): the request in a fixed spelling, its
/// digest, and an HMAC over that with the account's secret.
struct AlibabaSignature: Sendable {
  static let algorithm = "ACS3-HMAC-SHA256"

  let accessKeyID: String
  let secret: ServiceSecret

  /// One request in the parts that are signed.
  struct Request: Sendable {
    let method: String
    let path: String
    /// Names and values, not encoded.
    let query: [(name: String, value: String)]
    /// `host`, `x-acs-…` and `content-type`, names in lower case; each is signed.
    let headers: [(name: String, value: String)]
  }

  /// The query in the spelling that is signed and sent: sorted by name, encoded as RFC 3986 asks.
  static func canonicalQuery(_ query: [(name: String, value: String)]) -> String {
    query.map { (URLEncodedText.encode($0.name), URLEncodedText.encode($0.value)) }
      .sorted { $0.0 < $1.0 }
      .map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// SHA-256 of a body, in hexadecimal; also the value of `x-acs-content-sha256`.
  static func digest(_ body: [UInt8]) -> String { Hexadecimal.encode(Array(SHA256.hash(data: body))) }

  func canonicalRequest(_ request: Request, bodyDigest: String) -> String {
    let headers = request.headers.sorted { $0.name < $1.name }
    let lines = headers.map { "\($0.name):\($0.value)\n" }.joined()
    return [
      request.method, request.path, Self.canonicalQuery(request.query), lines, Self.names(headers),
      bodyDigest,
    ].joined(separator: "\n")
  }

  /// The value of `Authorization`.
  func authorization(_ request: Request, bodyDigest: String) -> String {
    let text = canonicalRequest(request, bodyDigest: bodyDigest)
    let toSign = "\(Self.algorithm)\n\(Self.digest(Array(text.utf8)))"
    let signature = Hexadecimal.encode(secret.code(of: Array(toSign.utf8)))
    let names = Self.names(request.headers.sorted { $0.name < $1.name })
    return "\(Self.algorithm) Credential=\(accessKeyID),SignedHeaders=\(names),Signature=\(signature)"
  }

  private static func names(_ headers: [(name: String, value: String)]) -> String {
    headers.map(\.name).joined(separator: ";")
  }
}
