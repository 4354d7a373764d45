package import Hummingbird
package import Logging
import NIOCore

/// What Hummingbird keeps for one request of ours.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  private let peer: Peer

  private enum Peer {
    case connection(any Channel)
    case named(String)
  }

  package init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    peer = .connection(source.channel)
  }

  /// A request that came over no connection, as tests make it.
  package init(logger: Logger, remoteAddress: String) {
    coreContext = CoreRequestContextStorage(source: LocalSource(logger: logger))
    peer = .named(remoteAddress)
  }

  /// The address of the other end of the connection; nil where it has gone.
  var peerAddress: String? {
    switch peer {
    case .connection(let channel): channel.remoteAddress?.ipAddress
    case .named(let address): address
    }
  }

  private struct LocalSource: RequestContextSource {
    let logger: Logger
  }
}
