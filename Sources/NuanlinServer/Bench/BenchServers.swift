import Foundation
import Hummingbird
import Logging
import Web

/// The servers that the benchmark starts as children of itself.
package enum BenchServers {
  /// The program as it is deployed, on `127.0.0.1`; only limits that protect against a single caller are raised, since
  /// all load comes from one address.
  package static func serveSubject(_ settings: Settings) async throws {
    endWithInput()
    var settings = settings
    settings.limits.rateFactor = 1_000_000
    settings.limits.connectionsPerAddress = 2000
    try await Program(settings).serve()
  }

  /// The floor of pages: the same HTTP server with nothing of ours in it, answering `/0`, `/1` … with these files.
  /// Beside each file stands its media type in a file of the same name with `.type`.
  package static func serveBare(port: Int, files: [String]) async throws {
    endWithInput()
    let router = Router()
    for (number, file) in files.enumerated() {
      let body = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: file)))
      let type = try String(contentsOfFile: file + ".type", encoding: .utf8)
      router.get("/\(number)") { _, _ in
        Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: body))
      }
    }
    var logger = Logger(label: "nuanlin.bench")
    logger.logLevel = .notice
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port), serverName: nil, backlog: 1024), logger: logger)
    try await application.runService()
  }

  /// When the benchmark ends, however it ends, the pipe closes, and its servers with it.
  private static func endWithInput() {
    Thread.detachNewThread {
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 {}
      kill(getpid(), SIGTERM)
    }
  }
}
