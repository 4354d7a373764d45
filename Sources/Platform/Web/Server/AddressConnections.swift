import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Synchronization

/// Counts open connections by the address at their other end.
final class AddressConnections: Sendable {
  private let limit: Int
  private let exempt: [AddressBlock]
  private let counts = Mutex<[String: Int]>([:])

  /// - Parameter exempt: proxies, through which many people come.
  init(limit: Int, exempt: [AddressBlock]) {
    self.limit = limit
    self.exempt = exempt
  }

  /// Takes a place; false when there is none left for this address. Each true is given back with `leave`.
  func enter(_ address: String) -> Bool {
    if exempt.contains(where: { $0.contains(address) }) { return true }
    return counts.withLock { counts in
      let open = counts[address] ?? 0
      guard open < limit else { return false }
      counts[address] = open + 1
      return true
    }
  }

  func leave(_ address: String) {
    counts.withLock { counts in
      guard let open = counts[address] else { return }
      counts[address] = open > 1 ? open - 1 : nil
    }
  }

  /// Addresses with at least one open connection.
  var addresses: Int { counts.withLock { $0.count } }
}

/// Holds a connection's place among those of its address; answers 429 and closes where there is none.
final class AddressConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundOut = HTTPResponsePart

  private let connections: AddressConnections
  private let fields: HTTPFields
  private var held: String?
  private var isRefused = false

  init(_ connections: AddressConnections, securityFields: HTTPFields) {
    self.connections = connections
    var fields = securityFields
    fields[.connection] = "close"
    fields[.contentLength] = "0"
    fields[.retryAfter] = "10"
    self.fields = fields
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { enter(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    enter(context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard isRefused else { return context.fireChannelRead(data) }
    guard case .head = unwrapInboundIn(data) else { return }
    context.write(
      wrapOutboundOut(.head(HTTPResponse(status: .tooManyRequests, headerFields: fields))), promise: nil)
    let box = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in box.value.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  private func enter(_ context: ChannelHandlerContext) {
    guard held == nil, !isRefused, let address = context.channel.remoteAddress?.ipAddress else { return }
    if connections.enter(address) { held = address } else { isRefused = true }
  }

  private func leave() {
    if let held { connections.leave(held) }
    held = nil
  }
}

@available(*, unavailable)
extension AddressConnectionHandler: Sendable {}
