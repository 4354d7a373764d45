package import Kernel

/// Something with a beginning and an end that people put into their calendar: a cut-off, a pickup window.
package struct CalendarEvent: Sendable, Hashable {
  /// Stable and unique in the world: the same event keeps it through every change.
  package let uid: String
  package let start: Timestamp
  /// After `start`.
  package let end: Timestamp
  package let summary: String
  package let details: String
  package let location: String
  /// The page of the event; empty for none.
  package let address: String
  /// Raised with every change, from 0.
  package let revision: Int
  package let lastChanged: Timestamp
  package let isCancelled: Bool

  package init(
    uid: String, start: Timestamp, end: Timestamp, summary: String, details: String = "",
    location: String = "",
    address: String = "", revision: Int = 0, lastChanged: Timestamp, isCancelled: Bool = false
  ) {
    self.uid = uid
    self.start = start
    self.end = end
    self.summary = summary
    self.details = details
    self.location = location
    self.address = address
    self.revision = revision
    self.lastChanged = lastChanged
    self.isCancelled = isCancelled
  }
}

/// A calendar that programs subscribe to (iCalendar, RFC 5545; refresh and name by RFC 7986).
package struct CalendarFeed: Sendable, Hashable {
  package static let mediaType = "text/calendar; charset=utf-8"

  package let name: String
  package let events: [CalendarEvent]

  package init(name: String, events: [CalendarEvent]) {
    self.name = name
    self.events = events
  }

  /// The feed as text: CRLF line ends, lines folded at 75 octets.
  package func text() -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nuanlin//Community commerce//EN", "METHOD:PUBLISH",
    ]
    lines += ["NAME:\(Self.escaped(name))", "X-WR-CALNAME:\(Self.escaped(name))"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events { lines += Self.lines(of: event) }
    lines.append("END:VCALENDAR")
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private static func lines(of event: CalendarEvent) -> [String] {
    var lines = ["BEGIN:VEVENT", "UID:\(escaped(event.uid))", "DTSTAMP:\(moment(event.lastChanged))"]
    lines += ["DTSTART:\(moment(event.start))", "DTEND:\(moment(event.end))"]
    lines += ["LAST-MODIFIED:\(moment(event.lastChanged))", "SEQUENCE:\(max(0, event.revision))"]
    lines.append("SUMMARY:\(escaped(event.summary))")
    if !event.details.isEmpty { lines.append("DESCRIPTION:\(escaped(event.details))") }
    if !event.location.isEmpty { lines.append("LOCATION:\(escaped(event.location))") }
    // An address is no text value: it is not escaped, so what could end its line has no place in it.
    let address = event.address.unicodeScalars.filter { $0.value > 32 && $0.value < 127 }
    if !address.isEmpty { lines.append("URL:\(String(String.UnicodeScalarView(address)))") }
    lines += ["STATUS:\(event.isCancelled ? "CANCELLED" : "CONFIRMED")", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return lines
  }

  /// `20261123T080500Z`
  private static func moment(_ moment: Timestamp) -> String {
    let civil = CivilDateTime(moment, offsetSeconds: 0)
    let digits = "\(civil.isoDate)T\(civil.isoTime)".filter { $0 != "-" && $0 != ":" }
    return digits + "Z"
  }

  /// RFC 5545 §3.3.11. Other control characters are not allowed in text and are left out.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    var afterReturn = false
    for scalar in text.unicodeScalars {
      defer { afterReturn = scalar == "\r" }
      switch scalar {
      case "\\", ";", ",":
        escaped += "\\"
        escaped.unicodeScalars.append(scalar)
      case "\r": escaped += "\\n"
      case "\n": if !afterReturn { escaped += "\\n" }
      case "\t": escaped += "\t"
      default: if scalar.value >= 32, scalar.value != 127 { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }

  /// RFC 5545 §3.1: at most 75 octets a line, continuations begin with a space, no character is cut.
  static func folded(_ line: String) -> String {
    var folded = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if octets + width > 75 {
        folded += "\r\n "
        octets = 1
      }
      folded.unicodeScalars.append(scalar)
      octets += width
    }
    return folded
  }
}
