package import Kernel

/// Everything that all requests share: where things are kept, how the server is reached, what is joined to it.
///
/// A class, though it never changes, so that each request carries one reference and not twenty.
package final class Site: Sendable {
  /// Whether people reach the site over https, directly or through a proxy.
  package let isSecure: Bool
  /// Proxies whose `X-Forwarded-For` is believed.
  package let trustedProxies: [AddressBlock]
  package let limits: WebLimits
  package let clock: Clock
  /// The community that answers to this `Host`, already in lower case; nil when none does.
  package let community: @Sendable (_ host: String) -> CommunityCard?
  package let sessions: SessionDirectory
  package let staticFiles: StaticFiles
  package let rateLimiter: RateLimiter
  /// What an unexpected error may say in the log. It must name no person: the default says the type alone.
  package let describe: @Sendable (any Error) -> String
  let formTokens: FormTokens
  let layout: Layout
  let securityHeaders: SecurityHeaders

  /// - Parameter secret: at least 32 random bytes that outlive a restart; form tokens are derived from it.
  package init(
    isSecure: Bool, trustedProxies: [AddressBlock] = [], limits: WebLimits = WebLimits(), secret: [UInt8],
    clock: Clock, sessions: SessionDirectory, staticFiles: StaticFiles, navigation: [NavigationItem] = [],
    describe: @escaping @Sendable (any Error) -> String = { String(describing: type(of: $0)) },
    community: @escaping @Sendable (_ host: String) -> CommunityCard?
  ) {
    self.isSecure = isSecure
    self.trustedProxies = trustedProxies
    self.limits = limits
    self.clock = clock
    self.community = community
    self.sessions = sessions
    self.staticFiles = staticFiles
    self.describe = describe
    rateLimiter = RateLimiter(capacity: limits.rateLimiterEntries, factor: limits.rateFactor)
    formTokens = FormTokens(secret: secret)
    layout = Layout(navigation: navigation, staticFiles: staticFiles)
    securityHeaders = SecurityHeaders(isSecure: isSecure)
  }

  /// The origin under which a community is reached by this host.
  func origin(ofHost host: String) -> String {
    (isSecure ? "https://" : "http://") + host
  }
}
