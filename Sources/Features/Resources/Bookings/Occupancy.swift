import Kernel

/// A part of a capacity that somebody holds for a time; it is free again at the moment of its end.
struct OccupiedTime: Sendable, Hashable {
  let from: Timestamp
  let to: Timestamp
  let amount: Int64
}

/// How much of a capacity is taken, moment by moment.
struct Occupancy: Sendable {
  let capacity: Int64
  let times: [OccupiedTime]

  /// The most that is taken at any one moment from `start` until `end`, by a sweep over where something begins and ends.
  func peak(from start: Timestamp, to end: Timestamp) -> Int64 {
    var changes: [(at: Timestamp, by: Int64)] = []
    for time in times where time.from < end && start < time.to {
      changes.append((max(time.from, start), time.amount))
      changes.append((min(time.to, end), -time.amount))
    }
    // What ends at a moment makes room for what begins at it.
    changes.sort { ($0.at, $0.by) < ($1.at, $1.by) }
    var (taken, most): (Int64, Int64) = (0, 0)
    for change in changes {
      taken += change.by
      most = max(most, taken)
    }
    return most
  }

  /// What is free all the time from `start` until `end`.
  func free(from start: Timestamp, to end: Timestamp) -> Int64 {
    max(0, capacity - peak(from: start, to: end))
  }

  /// Whether one more thing has room beside what is taken.
  func fits(_ time: OccupiedTime) -> Bool {
    time.amount > 0 && time.from < time.to && time.amount <= free(from: time.from, to: time.to)
  }
}
