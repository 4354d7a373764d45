import HTTPTypes
package import Hummingbird
import NIOCore
import ServiceLifecycle

/// One message of a live stream: elements with `data-live="name"` show its data.
package struct LiveEvent: Sendable, Equatable {
  /// Which element or value it is about; letters, digits, `-`, `.`, `_`.
  package let name: String
  package let data: String

  package init(_ name: String, _ data: String) {
    self.name = name
    self.data = data
  }

  /// As `text/event-stream` writes it. Line ends start a new `data` line and cannot start a new event.
  var bytes: ByteBuffer {
    var text: [UInt8] = []
    text.append("event: ")
    text.append(contentsOf: name.utf8.filter { $0 > 32 && $0 < 127 })
    let lines = data.utf8.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
    for line in lines {
      text.append("\ndata: ")
      text.append(contentsOf: line)
    }
    text.append("\n\n")
    return ByteBuffer(bytes: text)
  }
}

extension Response {
  /// A stream of server-sent events that lasts until its source ends, the browser goes away, the limit's time is over,
  /// or the program is to stop; the browser then opens the next by itself. A slow reader loses events rather than memory.
  package static func events<Events: AsyncSequence & Sendable>(
    _ events: Events, limits: WebLimits = WebLimits()
  ) -> Response where Events.Element == LiveEvent {
    var headers = HTTPFields()
    headers.append(HTTPField(name: .contentType, value: "text/event-stream"))
    headers.append(HTTPField(name: .cacheControl, value: "no-store"))
    let body = ResponseBody { writer in
      let (stream, continuation) = AsyncStream.makeStream(
        of: ByteBuffer.self, bufferingPolicy: .bufferingNewest(64))
      continuation.yield(ByteBuffer(string: "retry: 3000\n\n"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          defer { continuation.finish() }
          for try await event in events { continuation.yield(event.bytes) }
        }
        group.addTask {
          while true {
            try await Task.sleep(for: limits.heartbeat)
            continuation.yield(ByteBuffer(string: ":\n\n"))
          }
        }
        group.addTask {
          try await Task.sleep(for: limits.streamTime)
          continuation.finish()
        }
        group.addTask {
          // A program that is to stop does not wait for those who watch it; their browsers find the next one.
          try await gracefulShutdown()
          continuation.finish()
        }
        defer { group.cancelAll() }
        for await part in stream { try await writer.write(part) }
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: headers, body: body)
  }
}
