import Kernel
package import Security

/// The codes on the screen at an entrance: another one every half minute, so that a photo of the screen sent to somebody at
/// home is soon good for nothing.
///
/// A code is derived of the activity and the half minute and stored nowhere. Whoever scans one gets a ticket that is good for
/// ten minutes: long enough to sign in, or to write what one is called.
package struct CheckInCodes: Sendable {
  /// Seconds that a code is on the screen.
  static let step: Int64 = 30
  /// Codes before the present one that still count: somebody has to get the telephone out and the page to open.
  static let codesBefore: Int64 = 2
  /// Half minutes that a ticket is good for.
  static let ticketSteps: Int64 = 20

  private let key: MessageKey

  package init(key: MessageKey) {
    self.key = key
  }

  /// The number of the half minute since 1970 that a moment is in.
  static func step(at moment: Timestamp) -> Int64 { moment.seconds / step }

  /// What the screen shows at a moment: 22 characters.
  func code(of activity: ActivityID, at moment: Timestamp) -> String {
    mark("code", activity, Self.step(at: moment))
  }

  /// Whether somebody who scanned this stands before the screen now.
  func accepts(_ code: String, of activity: ActivityID, at moment: Timestamp) -> Bool {
    let now = Self.step(at: moment)
    return (now - Self.codesBefore...now).contains { Self.equal(mark("code", activity, $0), code) }
  }

  /// What whoever scanned a code may come in with.
  func ticket(of activity: ActivityID, at moment: Timestamp) -> String {
    let step = Self.step(at: moment)
    return "\(step).\(mark("ticket", activity, step))"
  }

  func acceptsTicket(_ ticket: String, of activity: ActivityID, at moment: Timestamp) -> Bool {
    let parts = ticket.split(separator: ".", omittingEmptySubsequences: false)
    let now = Self.step(at: moment)
    guard parts.count == 2, let step = Int64(parts[0]), step <= now, step > now - Self.ticketSteps else {
      return false
    }
    return Self.equal(mark("ticket", activity, step), String(parts[1]))
  }

  private func mark(_ use: String, _ activity: ActivityID, _ step: Int64) -> String {
    let fields = ["activities.check_in", use, activity.description, String(step)].map { Array($0.utf8) }
    return Base64URL.encode(Array(key.code(for: fields).prefix(16)))
  }

  /// By their digests, so that the time it takes tells nothing of how far two codes are alike.
  private static func equal(_ one: String, _ other: String) -> Bool { Digest(of: one) == Digest(of: other) }
}
