import HTTPTypes
import Kernel
import NIOCore
import NIOHTTPTypes

/// Ends requests that take too long, bodies that trickle, answers that nobody takes, and targets that are too long.
///
/// One repeating look at the connection (`WebLimits.tick`) costs less than a timer for each request, and cannot be
/// kept away by bytes that arrive just in time.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private struct Exchange {
    let startedAt: NIODeadline
    let isUpload: Bool
    var bodyBytes = 0
    var isReceived = false
    /// Answered before the body was whole; what is left of it is read and dropped, within the same limits.
    var isAnswered = false
    var isAnswerStarted = false
    var isStream = false
  }

  private let limits: WebLimits
  private let closingFields: HTTPFields
  private var exchange: Exchange?
  private var waitingSince: NIODeadline = .distantPast
  /// When the first byte of a header arrived that is not complete yet.
  private var headerSince: NIODeadline?
  private var sawPartInThisRead = false
  private var unwritableSince: NIODeadline?
  private var isFirstRequest = true
  private var isClosing = false
  private var looks: RepeatedTask?

  /// - Parameter securityFields: what every answer carries, also those written here.
  init(limits: WebLimits, securityFields: HTTPFields) {
    self.limits = limits
    var fields = securityFields
    fields[.connection] = "close"
    fields[.contentType] = "text/plain; charset=utf-8"
    fields[.cacheControl] = "no-store"
    closingFields = fields
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    start(context)
    context.fireChannelActive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    sawPartInThisRead = true
    switch unwrapInboundIn(data) {
    case .head(let head):
      headerSince = nil
      isFirstRequest = false
      let isUpload = head.headerFields.first(.contentType)?.utf8.starts(with: "multipart/".utf8) ?? false
      exchange = Exchange(startedAt: context.eventLoop.now, isUpload: isUpload)
      if (head.path?.utf8.count ?? 0) > limits.targetBytes {
        return refuse(.uriTooLong, "网址太长。\nThe address is too long.\n", context)
      }
    case .body(let buffer): exchange?.bodyBytes += buffer.readableBytes
    case .end:
      exchange?.isReceived = true
      if exchange?.isAnswered == true { finishExchange(context) }
    }
    context.fireChannelRead(data)
  }

  /// Bytes came. Where they made no part and no request is being handled, they begin a header.
  func channelReadComplete(context: ChannelHandlerContext) {
    if exchange == nil, headerSince == nil, !sawPartInThisRead { headerSince = context.eventLoop.now }
    sawPartInThisRead = false
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    unwritableSince = context.channel.isWritable ? nil : context.eventLoop.now
    context.fireChannelWritabilityChanged()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isClosing else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.kind != .informational:
      exchange?.isAnswerStarted = true
      exchange?.isStream = head.headerFields.first(.contentType) == "text/event-stream"
    case .end:
      exchange?.isAnswered = true
      if exchange?.isReceived ?? true { finishExchange(context) }
    default: break
    }
    context.write(data, promise: promise)
  }

  private func finishExchange(_ context: ChannelHandlerContext) {
    exchange = nil
    headerSince = nil
    waitingSince = context.eventLoop.now
  }

  private func start(_ context: ChannelHandlerContext) {
    guard looks == nil else { return }
    waitingSince = context.eventLoop.now
    let tick = TimeAmount(limits.tick)
    let box = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
    looks = context.eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in
      box.value.handler.look(box.value.context)
    }
  }

  private func stop() {
    looks?.cancel()
    looks = nil
  }

  private func look(_ context: ChannelHandlerContext) {
    guard !isClosing else { return }
    let now = context.eventLoop.now
    if let since = unwritableSince, now - since > TimeAmount(limits.writeStall) { return close(context) }
    guard let exchange else { return lookWhileWaiting(now, context) }
    let age = now - exchange.startedAt
    if !exchange.isReceived, isTrickling(exchange, age) {
      if exchange.isAnswerStarted { return close(context) }
      return refuse(.requestTimeout, "发送得太慢。\nThe body came too slowly.\n", context)
    }
    let time = exchange.isUpload ? limits.uploadTime : limits.requestTime
    guard !exchange.isStream, age > TimeAmount(time) else { return }
    if exchange.isAnswerStarted { return close(context) }
    exchange.isReceived
      ? refuse(.serviceUnavailable, "处理超时，请稍后再试。\nThis took too long; please try again later.\n", context)
      : refuse(.requestTimeout, "请求没有在规定时间内发完。\nThe request did not arrive in time.\n", context)
  }

  private func lookWhileWaiting(_ now: NIODeadline, _ context: ChannelHandlerContext) {
    let time = isFirstRequest || headerSince != nil ? limits.headerTime : limits.keepAliveTime
    guard now - (headerSince ?? waitingSince) > TimeAmount(time) else { return }
    guard headerSince != nil else { return close(context) }
    refuse(.requestTimeout, "请求没有在规定时间内发完。\nThe request did not arrive in time.\n", context)
  }

  private func isTrickling(_ exchange: Exchange, _ age: TimeAmount) -> Bool {
    guard age > TimeAmount(limits.bodyRateGrace), limits.bodyBytesPerSecond > 0 else { return false }
    return Double(exchange.bodyBytes) < Double(limits.bodyBytesPerSecond) * Double(age.nanoseconds) / 1e9
  }

  private func refuse(_ status: HTTPResponse.Status, _ text: StaticString, _ context: ChannelHandlerContext) {
    let body = ByteBuffer(staticString: text)
    var fields = closingFields
    fields[.contentLength] = String(body.readableBytes)
    if status == .serviceUnavailable { fields[.retryAfter] = "5" }
    isClosing = true
    stop()
    context.write(wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    let box = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      box.value.close(promise: nil)
    }
  }

  private func close(_ context: ChannelHandlerContext) {
    isClosing = true
    stop()
    context.close(promise: nil)
  }
}

@available(*, unavailable)
extension RequestDeadline: Sendable {}
