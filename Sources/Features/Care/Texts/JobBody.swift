import Database
import Kernel
import Web

/// Reads what a job was scheduled with.
enum JobBody {
  /// An identifier under a name; nil where there is none.
  static func identifier<Kind>(
    _ name: String, of job: Job, as kind: Kind.Type
  ) throws -> Identifier<Kind>? {
    guard case .string(let text)? = try JSON(Array(job.body.utf8))[name] else { return nil }
    return Identifier<Kind>(text)
  }
}
