import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing

@testable import Web

@Suite(.serialized) struct `A real server on this machine` {
  @Test func `Good requests are answered; slow, doubled and oversize ones are refused and closed`()
    async throws
  {
    var limits = WebLimits()
    // Long enough that a machine busy with other tests has read a whole header before it looks again.
    limits.headerTime = .seconds(4)
    limits.requestTime = .seconds(8)
    limits.tick = .milliseconds(50)
    limits.connectionsPerAddress = 8
    limits.heartbeat = .milliseconds(100)
    try await Self.serving(limits) { port in
      let good = try await Self.exchange(
        port, "GET / HTTP/1.1\r\nHost: neighbours.test\r\nConnection: close\r\n\r\n")
      #expect(good.hasPrefix("HTTP/1.1 200") && good.contains("<h1>hello</h1>"))
      let cases = [
        ("GET / HTTP/1.1\r\nHost: neighbours.test\r\nHost: evil.test\r\nConnection: close\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
        ("GET /\(String(repeating: "a", count: 5000)) HTTP/1.1\r\nHost: neighbours.test\r\n\r\n", "414"),
        (
          "GET / HTTP/1.1\r\nHost: neighbours.test\r\nX-Long: \(String(repeating: "a", count: 20_000))\r\n\r\n",
          "400"
        ),
        (
          "GET / HTTP/1.1\r\nHost: neighbours.test\r\n"
            + (0..<150).map { "X-\($0): 1\r\n" }.joined() + "\r\n", "400"
        ),
        (
          "POST /sign-in HTTP/1.1\r\nHost: neighbours.test\r\nOrigin: http://neighbours.test\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nname=", "408"
        ),
        ("POST /sign-in HTTP/1.1\r\nHost: neighbours.test\r\nContent-Length: 500\r\n\r\nname=", "403"),
      ]
      for (request, status) in cases {
        let answer = try await Self.exchange(port, request)
        #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(request.prefix(60)): \(answer.prefix(60))")
      }
      let halfHeader = try await Self.exchange(port, "GET / HTTP/1.1\r\nHost: neighb")
      #expect(halfHeader.hasPrefix("HTTP/1.1 408"))
      let silent = try await Self.exchange(port, "")
      #expect(silent.isEmpty)
    }
  }

  @Test func `A live stream outlasts the time of a request and ends by itself`() async throws {
    var stream = ""
    // A machine that is too busy to begin an answer in its time is given more of it.
    for factor in [1, 5, 25] {
      var limits = WebLimits()
      limits.requestTime = .milliseconds(200) * factor
      limits.tick = .milliseconds(20)
      limits.heartbeat = .milliseconds(50)
      limits.streamTime = .milliseconds(900) * factor
      stream = try await Self.serving(limits) { [limits] port in
        let asked = ContinuousClock.now
        let stream = try await Self.exchange(
          port, "GET /live HTTP/1.1\r\nHost: neighbours.test\r\nConnection: close\r\n\r\n")
        // It may beat late and end late, but it never ends early.
        if !Self.isLate(stream) { #expect(ContinuousClock.now - asked >= limits.streamTime) }
        return stream
      }
      if !Self.isLate(stream) { break }
    }
    #expect(stream.contains("text/event-stream"))
    #expect(stream.contains("event: left\ndata: 3\n"))
    #expect(stream.components(separatedBy: ":\n\n").count > 2, "it beats more than once")
  }

  private static func isLate(_ answer: String) -> Bool { answer.hasPrefix("HTTP/1.1 503") }

  @Test func `One address holds no more connections than its share`() async throws {
    var limits = WebLimits()
    limits.connectionsPerAddress = 2
    try await Self.serving(limits) { port in
      let request = "GET / HTTP/1.1\r\nHost: neighbours.test\r\nConnection: close\r\n\r\n"
      let held = try await [Self.connect(port), Self.connect(port)]
      try await Task.sleep(for: .milliseconds(100))
      #expect(try await Self.exchange(port, request).hasPrefix("HTTP/1.1 429"))
      for channel in held { try await channel.channel.close() }
      var status = ""
      for _ in 0..<50 where !status.hasPrefix("HTTP/1.1 200") {
        try await Task.sleep(for: .milliseconds(20))
        status = try await Self.exchange(port, request)
      }
      #expect(status.hasPrefix("HTTP/1.1 200"))
    }
  }

  private static func routes(_ limits: WebLimits) -> Routes {
    var routes = Routes()
    routes.get("/", .everyone, objects: .none) { visit in
      .page(Page(title: "hello", main: "<h1>hello</h1>"), visit)
    }
    routes.post("/sign-in", .everyone, objects: .none) { _ in .text("in") }
    routes.get("/live", .everyone, objects: .none) { _ in
      let (events, continuation) = AsyncStream.makeStream(of: LiveEvent.self)
      continuation.yield(LiveEvent("left", "3"))
      return .events(events, limits: limits)
    }
    return routes
  }

  private static func serving<Answer: Sendable>(
    _ limits: WebLimits, _ body: @Sendable (Int) async throws -> Answer
  ) async throws -> Answer {
    let test = try TestSite(limits: limits)
    var logger = Logger(label: "server")
    logger.logLevel = .critical
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
      responder: routes(limits).responder(site: test.site), server: WebServer.http1(test.site),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in continuation.yield(channel.localAddress?.port ?? 0) }, logger: logger)
    let group = ServiceGroup(services: [application], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var iterator = ports.makeAsyncIterator()
      let port = try #require(await iterator.next())
      let answer: Result<Answer, any Error>
      do { answer = .success(try await body(port)) } catch { answer = .failure(error) }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return try answer.get()
    }
  }

  private static func connect(_ port: Int) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      }
  }

  /// Sends bytes and returns all that comes until the server closes.
  private static func exchange(_ port: Int, _ request: String) async throws -> String {
    try await connect(port).executeThenClose { inbound, outbound in
      // A server that refuses early may close before the rest is written; its answer still counts.
      if !request.isEmpty { try? await outbound.write(ByteBuffer(string: request)) }
      var answer = ByteBuffer()
      do {
        for try await part in inbound { answer.writeImmutableBuffer(part) }
      } catch is IOError {
        // A server that closes while we still send resets the connection after its answer.
      } catch is ChannelError {
        // The same, seen by our own side first.
      }
      return String(buffer: answer)
    }
  }
}
