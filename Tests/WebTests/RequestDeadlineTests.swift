import HTTPTypes
import Kernel
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import TestKit
import Testing

@testable import Web

/// An embedded channel whose time stands still until it is moved.
private struct Connection {
  let channel: EmbeddedChannel
  private let loop: EmbeddedEventLoop

  init(_ limits: WebLimits = WebLimits()) throws {
    loop = EmbeddedEventLoop()
    let fields = SecurityHeaders(isSecure: false).fields
    channel = EmbeddedChannel(handler: RequestDeadline(limits: limits, securityFields: fields), loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
  }

  func pass(_ seconds: Int64) { loop.advanceTime(by: .seconds(seconds)) }

  func head(_ path: String = "/", type: String? = nil) throws {
    var fields = HTTPFields()
    fields[.contentType] = type
    let request = HTTPRequest(
      method: .post, scheme: "http", authority: "a", path: path, headerFields: fields)
    try channel.writeInbound(HTTPRequestPart.head(request))
  }

  func body(_ count: Int) throws {
    try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 1, count: count)))
  }

  func end() throws { try channel.writeInbound(HTTPRequestPart.end(nil)) }

  func answer(type: String? = nil, isWhole: Bool = true) throws {
    var fields = HTTPFields()
    fields[.contentType] = type
    try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: fields)))
    if isWhole { try channel.writeOutbound(HTTPResponsePart.end(nil)) }
  }

  /// The status of what was written first; nil when nothing was.
  func status() throws -> Int? {
    while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
      if case .head(let head) = part { return head.status.code }
    }
    return nil
  }
}

@Suite struct `Deadlines of a connection` {
  @Test func `A connection that says nothing is closed`() throws {
    let connection = try Connection()
    connection.pass(9)
    #expect(connection.channel.isActive)
    connection.pass(3)
    #expect(!connection.channel.isActive)
  }

  @Test func `A kept-alive connection may rest for longer, but not a header that has begun`() throws {
    let resting = try Connection()
    try resting.head()
    try resting.end()
    try resting.answer()
    resting.pass(50)
    #expect(resting.channel.isActive)
    resting.pass(15)
    #expect(!resting.channel.isActive)

    let slow = try Connection()
    try slow.head()
    try slow.end()
    try slow.answer()
    #expect(try slow.status() == 200)
    slow.pass(20)
    slow.channel.pipeline.fireChannelReadComplete()
    slow.pass(12)
    #expect(!slow.channel.isActive)
    #expect(try slow.status() == 408)
  }

  @Test func `A body that trickles is refused, one that flows is not`() throws {
    let slow = try Connection()
    try slow.head()
    for _ in 0..<8 where slow.channel.isActive {
      slow.pass(1)
      if slow.channel.isActive { try slow.body(100) }
    }
    #expect(!slow.channel.isActive)
    #expect(try slow.status() == 408)

    let steady = try Connection()
    try steady.head()
    for _ in 0..<20 {
      try steady.body(2000)
      steady.pass(1)
    }
    #expect(steady.channel.isActive)
  }

  @Test func `The rest of a body that was refused early cannot hold the connection`() throws {
    let connection = try Connection()
    try connection.head()
    try connection.answer()
    #expect(try connection.status() == 200)
    connection.pass(4)
    #expect(connection.channel.isActive)
    connection.pass(4)
    #expect(!connection.channel.isActive)
    #expect(try connection.status() == nil)

    let finished = try Connection()
    try finished.head()
    try finished.answer()
    try finished.end()
    finished.pass(50)
    #expect(finished.channel.isActive)
  }

  @Test func `A request has its time, an upload more`() throws {
    let plain = try Connection()
    try plain.head()
    try plain.end()
    plain.pass(29)
    #expect(plain.channel.isActive)
    plain.pass(3)
    #expect(!plain.channel.isActive)
    #expect(try plain.status() == 503)

    let upload = try Connection()
    try upload.head(type: "multipart/form-data; boundary=x")
    for _ in 0..<119 {
      try upload.body(4096)
      upload.pass(1)
    }
    #expect(upload.channel.isActive)
    upload.pass(3)
    #expect(!upload.channel.isActive)
  }

  @Test func `A live stream may last, an answer of another kind may not`() throws {
    let stream = try Connection()
    try stream.head()
    try stream.end()
    try stream.answer(type: "text/event-stream", isWhole: false)
    stream.pass(600)
    #expect(stream.channel.isActive)
    stream.channel.isWritable = false
    stream.channel.pipeline.fireChannelWritabilityChanged()
    stream.pass(29)
    #expect(stream.channel.isActive)
    stream.pass(3)
    #expect(!stream.channel.isActive)

    let page = try Connection()
    try page.head()
    try page.end()
    try page.answer(isWhole: false)
    page.pass(32)
    #expect(!page.channel.isActive)
  }

  @Test func `A target that is too long is refused at once`() throws {
    let connection = try Connection()
    try connection.head("/" + String(repeating: "a", count: 4096))
    #expect(try connection.status() == 414)
    #expect(!connection.channel.isActive)
    let fits = try Connection()
    try fits.head("/" + String(repeating: "a", count: 4095))
    #expect(fits.channel.isActive)
  }

  @Test func `Connections of one address are counted, and given back`() {
    var random = SeededGenerator(seed: 9)
    let connections = AddressConnections(limit: 3, exempt: [AddressBlock("10.0.0.1")].compactMap(\.self))
    var open: [String: Int] = [:]
    for _ in 0..<2000 {
      let address = ["1.1.1.1", "2.2.2.2"].randomElement(using: &random) ?? "1.1.1.1"
      let count = open[address] ?? 0
      if Bool.random(using: &random) {
        #expect(connections.enter(address) == (count < 3))
        open[address] = min(3, count + 1)
      } else if count > 0 {
        connections.leave(address)
        open[address] = count - 1
      }
    }
    #expect(connections.addresses == open.values.filter { $0 > 0 }.count)
    for _ in 0..<50 { #expect(connections.enter("10.0.0.1")) }
  }
}
