package import HummingbirdCore
package import Logging
import NIOCore

/// Joins the limits of connections and requests to Hummingbird's server.
package enum WebServer {
  /// The server of an `Application`, with every limit in force.
  package static func http1(_ site: Site) -> HTTPServerBuilder {
    .http1(configuration: configuration(site))
  }

  /// For other servers, such as Hummingbird's TLS upgrade of HTTP/1.
  package static func configuration(_ site: Site) -> HTTP1Channel.Configuration {
    let limits = site.limits
    let fields = site.securityHeaders.fields
    let connections = AddressConnections(limit: limits.connectionsPerAddress, exempt: site.trustedProxies)
    return HTTP1Channel.Configuration(
      additionalChannelHandlers: [
        AddressConnectionHandler(connections, securityFields: fields),
        RequestDeadline(limits: limits, securityFields: fields),
      ],
      httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: limits.headerListBytes, maxHeaderListSize: limits.headerListBytes,
        maxHeaderFieldCount: limits.headerFields))
  }

  /// The cap on all connections, for `ServerConfiguration`.
  package static func availableConnections(_ limits: WebLimits, logger: Logger) -> MaximumAvailableConnections
  {
    MaximumAvailableConnections(limits.connections, logger: logger)
  }
}
