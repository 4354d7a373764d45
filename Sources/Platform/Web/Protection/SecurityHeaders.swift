import HTTPTypes
import Hummingbird

/// The headers that every answer carries, errors and static files included.
/// Source: field/reliability.md §3.4.
///
/// Names and values are single literals, to which no references are counted: two cores that count those of the same
/// texts for every request wait for each other.
struct SecurityHeaders: Sendable {
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-uri /csp-report
    """

  /// Without the policy, so that an answer may bring a stricter one of its own.
  private let withoutPolicy: HTTPFields
  /// All of them.
  let fields: HTTPFields

  init(isSecure: Bool) {
    var fields = HTTPFields()
    if isSecure { fields[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
    fields[.xContentTypeOptions] = "nosniff"
    for (name, value) in Self.named {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    fields[.crossOriginResourcePolicy] = "same-origin"
    withoutPolicy = fields
    fields[.contentSecurityPolicy] = Self.policy
    self.fields = fields
  }

  // In lower case, so that a name and its canonical form are the same literal.
  private static let named = [
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
    ("x-frame-options", "DENY"),
  ]

  /// Adds the headers in one copy; the answer's own fields come after them.
  func apply(to response: inout Response) {
    let bringsPolicy = response.headers.contains { $0.name == .contentSecurityPolicy }
    var fields = bringsPolicy ? withoutPolicy : self.fields
    // With room for the date, which the server adds.
    fields.reserveCapacity(fields.count + response.headers.count + 1)
    for field in response.headers { fields.append(field) }
    response.headers = fields
  }
}
