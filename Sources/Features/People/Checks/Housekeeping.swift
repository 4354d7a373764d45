import Database
import Kernel

/// What is done each day: dead sessions, old failures and invitations that ran out a month ago are thrown away, notices of
/// a newer program come in, and consents that ran out are marked.
enum Housekeeping {
  static let kind: StaticString = "people.housekeeping"

  static let handler = JobHandler(kind) { transaction, _ in
    try transaction.removeDeadSessions()
    try transaction.forgetOldThrottles()
    try transaction.removeOldInvitations()
    try Consents.addNotices(in: transaction)
    try Consents.expire(in: transaction)
    try transaction.schedule(kind, key: "daily", at: transaction.now + .days(1))
  }
}
