package import Kernel

package enum JobKind {}
package typealias JobID = Identifier<JobKind>

/// Work to be done later, kept as a row: written in the same transaction as its reason, done exactly once.
package struct Job: Sendable {
  package let id: JobID
  package let community: CommunityID
  /// `feature.what_to_do`, such as `shop.close_campaign`.
  package let kind: String
  /// JSON in the feature's own words.
  package let body: String
  package let dueAt: Timestamp
  /// How often it has failed.
  package let attempts: Int
  /// Why it failed the last time; for operators.
  package let lastError: String?
}

/// How a feature does one kind of job.
package struct JobHandler: Sendable {
  package let kind: String
  /// Runs in the transaction that also marks the job as finished.
  package let perform: @Sendable (Transaction, Job) throws -> Void

  package init(_ kind: StaticString, perform: @escaping @Sendable (Transaction, Job) throws -> Void) {
    self.kind = kind.description
    self.perform = perform
  }
}

extension Topic {
  /// Touched by every transaction that schedules a job.
  package static let jobs = Topic("platform.job")
}

extension Transaction {
  /// Schedules a job, or moves the unfinished one with the same key to the new time.
  ///
  /// - Parameter key: names the work within its kind, so that scheduling twice is one job.
  package func schedule(
    _ kind: StaticString, key: String, at due: Timestamp, body: String = "{}"
  ) throws {
    try execute(
      """
      INSERT INTO platform_job (id, community_id, kind, unique_key, body, due_at, attempts, created_at)
      VALUES (\(newIdentifier(JobKind.self)), \(community), \(kind.description), \(key), \(body), \(due), \(0), \(now))
      ON CONFLICT (community_id, kind, unique_key) DO UPDATE SET due_at = excluded.due_at,
        body = excluded.body, attempts = 0, last_error = NULL, finished_at = NULL
      """)
    touch(.jobs)
  }

  /// Takes back a job that has not been done.
  package func cancelJob(_ kind: StaticString, key: String) throws {
    try execute(
      """
      DELETE FROM platform_job WHERE community_id = \(community) AND kind = \(kind.description)
        AND unique_key = \(key) AND finished_at IS NULL
      """)
  }
}

/// Does the jobs that are due. Several programs may run one each: a job is done in a transaction that holds the lock
/// of its community and looks again whether it is still to be done.
package struct JobRunner: Sendable {
  private static let batchLimit = 50
  private let database: Database
  private let handlers: [String: JobHandler]

  package init(_ database: Database, handlers: [JobHandler]) {
    self.database = database
    self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
  }

  /// Does what is due now, in order of time.
  /// - Returns: how many jobs were finished.
  @discardableResult
  package func runDue() async throws -> Int {
    var finished = 0
    while true {
      let due = try await dueJobs()
      var finishedNow = 0
      for job in due where try await run(job) { finishedNow += 1 }
      finished += finishedNow
      if finishedNow == 0 || due.count < Self.batchLimit { return finished }
    }
  }

  /// When the next job is due; nil when none is waiting.
  package func nextDue() async throws -> Timestamp? {
    try await database.read { snapshot in
      try snapshot.value("SELECT due_at FROM platform_job WHERE finished_at IS NULL ORDER BY due_at LIMIT 1")
    }
  }

  private func dueJobs() async throws -> [Job] {
    try await database.read { snapshot in
      try snapshot.all(
        """
        SELECT id, community_id, kind, body, due_at, attempts, last_error FROM platform_job
        WHERE finished_at IS NULL AND due_at <= \(snapshot.now) ORDER BY due_at LIMIT \(Self.batchLimit)
        """, Job.init)
    }
  }

  private func run(_ job: Job) async throws -> Bool {
    do {
      return try await database.write(in: job.community) { transaction in
        let isDue = try transaction.exists(
          """
          SELECT 1 FROM platform_job WHERE id = \(job.id) AND finished_at IS NULL
            AND due_at <= \(transaction.now)
          """)
        guard isDue else { return false }
        guard let handler = handlers[job.kind] else {
          throw DatabaseError.engine(code: "job", message: "no handler for \(job.kind)")
        }
        try handler.perform(transaction, job)
        // A job that schedules itself again has moved its own time.
        try transaction.execute(
          """
          UPDATE platform_job SET finished_at = \(transaction.now)
          WHERE id = \(job.id) AND due_at <= \(transaction.now)
          """)
        return true
      }
    } catch {
      try await postpone(job, because: error)
      return false
    }
  }

  private func postpone(_ job: Job, because error: any Error) async throws {
    let reason = FailureText.of(error)
    try await database.write(in: job.community) { transaction in
      try transaction.execute(
        """
        UPDATE platform_job SET attempts = attempts + 1, last_error = \(reason),
          due_at = \(transaction.now + Backoff.pause(after: job.attempts + 1))
        WHERE id = \(job.id) AND finished_at IS NULL
        """)
    }
  }
}

extension Job {
  init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], community: try row[1], kind: try row[2], body: try row[3], dueAt: try row[4],
      attempts: try row[5], lastError: try row[6])
  }
}

/// Pauses between attempts: 1 s, 2 s, 4 s … at most an hour.
enum Backoff {
  static func pause(after attempts: Int) -> Duration {
    .seconds(min(3600, 1 << min(max(0, attempts - 1), 12)))
  }
}

/// What operators see of a failure: the problem's code or the engine's text, never what a person typed.
enum FailureText {
  static func of(_ error: any Error) -> String {
    if let problem = error as? Problem { return problem.code }
    if let error = error as? DatabaseError { return "\(error)" }
    return "\(type(of: error))"
  }
}
