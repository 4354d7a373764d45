import Database
import Kernel
import Security
import Web

extension ThrottleBucket {
  init(_ kind: StaticString, _ parts: [UInt8]...) {
    digest = Digest(domain: 1, fields: [Array(kind.description.utf8)] + parts).bytes
  }
}

extension Transaction {
  /// Counts a try before it is made, so that many tries at once are counted one by one. `forgive` takes it back.
  /// - Throws: `rate.limited` (429) while the pause lasts; the try is then not to be made.
  func charge(_ bucket: ThrottleBucket) throws {
    let throttle =
      try first(
        """
        SELECT failures, not_before FROM people_throttle
        WHERE community_id = \(community) AND bucket = \(bucket.digest)
        """
      ) { row in Throttle(failures: try row[0], notBefore: try row[1]) } ?? Throttle()
    if let wait = throttle.wait(at: now) { throw Problem.tooManyAttempts(wait) }
    let next = throttle.failed(at: now)
    try execute(
      """
      INSERT INTO people_throttle (community_id, bucket, failures, not_before, changed_at)
      VALUES (\(community), \(bucket.digest), \(next.failures), \(next.notBefore), \(now))
      ON CONFLICT (community_id, bucket) DO UPDATE SET failures = excluded.failures,
        not_before = excluded.not_before, changed_at = excluded.changed_at
      """)
  }

  /// Forgets the failures: the secret was right.
  func forgive(_ bucket: ThrottleBucket) throws {
    try execute(
      "DELETE FROM people_throttle WHERE community_id = \(community) AND bucket = \(bucket.digest)")
  }

  /// Forgets failures that are a day old.
  func forgetOldThrottles() throws {
    try execute(
      """
      DELETE FROM people_throttle WHERE community_id = \(community) AND changed_at < \(now - .days(1))
      """)
  }
}
