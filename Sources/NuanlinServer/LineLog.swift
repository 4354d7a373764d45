import Foundation
package import Logging

/// The program's log: one entry is one line of standard error, whatever it tells of.
///
/// What a request brought can neither begin a line of its own nor move a terminal (ASVS 5.0 16.4.1). What belongs to an
/// entry becomes text when the entry is written: every request is given a number for the log, and nearly none is told of.
package struct LineLog: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  private let lines: StreamLogHandler

  /// - Parameter stream: gets each entry whole, with the end of its line.
  package init(label: String, to stream: some TextOutputStream & Sendable = StandardError()) {
    lines = StreamLogHandler(label: label, stream: WholeLines(stream: stream), metadataProvider: nil)
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var event = event
    event.metadata = metadata.merging(event.metadata ?? [:]) { _, own in own }
    lines.log(event: event)
  }

  /// Where the log goes. What cannot be written there, as on a full disk, is lost: the server's work goes on.
  package struct StandardError: TextOutputStream, Sendable {
    package init() {}

    package func write(_ line: String) {
      try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
  }

  /// Writes control characters and line separators, but for the last end of a line, as `\u{…}`.
  private struct WholeLines<Stream: TextOutputStream & Sendable>: TextOutputStream, Sendable {
    var stream: Stream

    mutating func write(_ line: String) {
      var safe = ""
      for scalar in line.unicodeScalars.dropLast() {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          safe += scalar.escaped(asASCII: true)
        default: safe.unicodeScalars.append(scalar)
        }
      }
      stream.write(safe + "\n")
    }
  }
}
