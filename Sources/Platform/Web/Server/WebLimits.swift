import Kernel

/// Every limit that the web server keeps, in one place. Source of the figures: field/reliability.md §3.14.
package struct WebLimits: Sendable {
  /// Open connections in all; more wait in the backlog.
  package var connections = 2000
  /// Open connections from one address that is no configured proxy.
  package var connectionsPerAddress = 100
  /// Bytes of all header fields together.
  package var headerListBytes = 16 * 1024
  package var headerFields = 100
  /// Bytes of path and query.
  package var targetBytes = 4 * 1024
  /// From the first byte of a request, or from the connection, to the end of its header.
  package var headerTime: Duration = .seconds(10)
  /// A kept-alive connection may wait this long for the next request.
  package var keepAliveTime: Duration = .seconds(60)
  /// From the header to the end of the answer.
  package var requestTime: Duration = .seconds(30)
  /// The same, for a body of `multipart/form-data`.
  package var uploadTime: Duration = .seconds(120)
  /// Bytes a second that a body must reach on average, once `bodyRateGrace` has passed.
  package var bodyBytesPerSecond = 1024
  package var bodyRateGrace: Duration = .seconds(5)
  /// An answer that the other side takes no byte of for this long is given up.
  package var writeStall: Duration = .seconds(30)
  /// How often a connection is looked at; the precision of the times above.
  package var tick: Duration = .seconds(1)
  /// A live stream says something at least this often.
  package var heartbeat: Duration = .seconds(15)
  /// A live stream ends after this long; the browser opens the next by itself.
  package var streamTime: Duration = .hours(1)
  /// Callers that the rate limiter remembers at once.
  package var rateLimiterEntries = 100_000

  /// Multiplies every rate limit; above 1 only for tests and measuring on one's own machine.
  package var rateFactor = 1

  package init() {}
}

/// The bytes that a body may have. Source: field/reliability.md §3.14.
package struct BodyLimit: Sendable, Equatable {
  package let bytes: Int

  package init(bytes: Int) {
    self.bytes = bytes
  }

  /// A form without files: 64 KB.
  package static let form = BodyLimit(bytes: 64 * 1024)
  /// A JSON document: 2 MiB.
  package static let json = BodyLimit(bytes: 2 * 1024 * 1024)
  /// A form with files: 10 MB, and room for its other fields.
  package static let upload = BodyLimit(bytes: 10 * 1024 * 1024 + 64 * 1024)
}
