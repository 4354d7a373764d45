package import Hummingbird
package import Logging
import NIOCore

/// What Hummingbird keeps for one request of ours.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The address of the other end of the connection; nil where there is no connection.
  private let remoteAddress: @Sendable () -> String?

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    let channel = source.channel
    remoteAddress = { channel.remoteAddress?.ipAddress }
  }

  /// A request that came over no connection, as tests make it.
  package init(logger: Logger, remoteAddress: String) {
    coreContext = CoreRequestContextStorage(source: LocalSource(logger: logger))
    self.remoteAddress = { remoteAddress }
  }

  var peerAddress: String? { remoteAddress() }

  private struct LocalSource: RequestContextSource {
    let logger: Logger
  }
}
