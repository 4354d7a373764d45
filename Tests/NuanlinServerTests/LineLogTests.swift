import Logging
import NuanlinServer
import Synchronization
import Testing

struct LineLogTests {
  private final class Lines: TextOutputStream, Sendable {
    private let kept = Mutex<[String]>([])

    func write(_ line: String) {
      kept.withLock { $0.append(line) }
    }

    var all: [String] { kept.withLock { $0 } }
  }

  @Test("An entry is one line, with what belongs to its logger and to itself")
  func oneLine() throws {
    let lines = Lines()
    var logger = Logger(label: "nuanlin") { LineLog(label: $0, to: lines) }
    logger[metadataKey: "request"] = "7"
    logger[metadataKey: "kind"] = "old"
    logger.notice("closed", metadata: ["kind": "new"])
    let line = try #require(lines.all.first)
    #expect(lines.all.count == 1)
    #expect(line.hasSuffix("notice nuanlin: kind=new request=7 [NuanlinServerTests] closed\n"))
  }

  @Test(
    "What others sent neither begins a line nor moves a terminal",
    arguments: [
      "\n", "\r", "\u{1B}", "\u{9B}", "\u{2028}", "\u{2029}", "\u{85}", "\u{202E}", "\u{0}", "\r\n",
    ])
  func forged(character: String) throws {
    let lines = Lines()
    var logger = Logger(label: "nuanlin") { LineLog(label: $0, to: lines) }
    logger[metadataKey: "path"] = "a\(character)b"
    logger.error("failed\(character)notice nuanlin: all is well", metadata: ["list": ["c\(character)d"]])
    let line = try #require(lines.all.first)
    #expect(lines.all.count == 1)
    #expect(line.last == "\n")
    for scalar in character.unicodeScalars { #expect(!line.dropLast().unicodeScalars.contains(scalar)) }
    #expect(line.contains("all is well"))
  }

  @Test("Letters of all languages stay as they are")
  func letters() {
    let lines = Lines()
    let logger = Logger(label: "nuanlin") { LineLog(label: $0, to: lines) }
    logger.warning("暖邻，é 🍐 \\ \"")
    #expect(lines.all.first?.hasSuffix("暖邻，é 🍐 \\ \"\n") == true)
  }

  @Test("Entries below the level are not written")
  func level() {
    let lines = Lines()
    var logger = Logger(label: "nuanlin") { LineLog(label: $0, to: lines) }
    logger.logLevel = .notice
    logger.info("hello")
    #expect(lines.all.isEmpty)
  }
}
