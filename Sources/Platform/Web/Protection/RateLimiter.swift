package import Kernel
import Synchronization

/// So many events in so much time, as an even rate with a burst (the generic cell rate algorithm).
package struct RateLimit: Sendable, Equatable {
  /// Who shares one budget.
  package enum Scope: Sendable, Equatable {
    /// Everyone behind one address.
    case address
    /// The signed-in person; the address where nobody is signed in.
    case person
  }

  /// Keeps budgets of different purposes apart.
  package let name: String
  package let count: Int
  package let period: Duration
  package let scope: Scope

  /// - Parameter count: events in one `period`; all of them may come at once. At least 1.
  package init(_ name: String, _ count: Int, per period: Duration, by scope: Scope = .person) {
    self.name = name
    self.count = max(1, count)
    self.period = period
    self.scope = scope
  }

  /// All calls of one caller to the API. Source of the figure: field/reliability.md §3.14.
  package static let api = RateLimit("api", 600, per: .minutes(1))

  /// Microseconds between two events at the even rate.
  fileprivate var interval: Int64 { max(1, period.wholeMicroseconds / Int64(count)) }
}

/// Counts events by key in bounded memory.
///
/// One moment is kept for each key: when its budget will be whole again. A key whose budget is whole says nothing
/// and is forgotten first; where all of them still say something, arbitrary ones go, which only ever permits more.
package final class RateLimiter: Sendable {
  /// Whose budget it is.
  package enum Caller: Sendable, Hashable {
    case address(String)
    case person(PersonID)
  }

  private struct Key: Hashable {
    let limit: String
    let caller: Caller
  }

  private let capacity: Int
  private let factor: Int64
  private let wholeAt = Mutex<[Key: Int64]>([:])

  /// - Parameters:
  ///   - capacity: keys remembered at once; at least 1.
  ///   - factor: multiplies every limit, 1–1,000,000; above 1 only for tests and measuring.
  package init(capacity: Int, factor: Int = 1) {
    self.capacity = max(1, capacity)
    self.factor = Int64(min(max(1, factor), 1_000_000))
  }

  /// Spends one event of the caller's budget.
  /// - Returns: nil when it was there, otherwise the time after which a new attempt would succeed. A refused attempt
  ///   costs nothing.
  package func spend(_ limit: RateLimit, by caller: Caller, at now: Timestamp) -> Duration? {
    let interval = max(1, limit.interval / factor)
    let key = Key(limit: limit.name, caller: caller)
    return wholeAt.withLock { wholeAt in
      let position = wholeAt.index(forKey: key)
      let start = max(position.map { wholeAt.values[$0] } ?? 0, now.microseconds)
      let next = start + interval
      let allowed = now.microseconds + interval * Int64(limit.count) * factor
      if next > allowed { return .microseconds(next - allowed) }
      if let position {
        wholeAt.values[position] = next
      } else {
        if wholeAt.count >= capacity { makeRoom(&wholeAt, now.microseconds) }
        wholeAt[key] = next
      }
      return nil
    }
  }

  /// As `spend`, throwing `rate.limited` (429) with the seconds to wait.
  package func require(_ limit: RateLimit, by caller: Caller, at now: Timestamp) throws {
    if let wait = spend(limit, by: caller, at: now) { throw Problem.tooManyAttempts(wait) }
  }

  /// Keys remembered now.
  package var count: Int { wholeAt.withLock { $0.count } }

  private func makeRoom(_ wholeAt: inout [Key: Int64], _ now: Int64) {
    wholeAt = wholeAt.filter { $0.value > now }
    let surplus = wholeAt.count - capacity * 9 / 10
    if surplus > 0 {
      for key in Array(wholeAt.keys.prefix(surplus)) { wholeAt[key] = nil }
    }
  }
}

extension Problem {
  package static func tooManyAttempts(_ wait: Duration) -> Problem {
    let seconds = max(1, Int((wait.wholeMicroseconds + 999_999) / 1_000_000))
    return Problem(
      "rate.limited", status: 429,
      Phrase("操作太频繁了。", "That was too often."),
      advice: Phrase("请等 \(seconds) 秒再试。", "Please wait \(seconds) seconds and try again."),
      retryAfter: seconds)
  }
}
