import Database
import Kernel

/// What is thrown away each day: dead sessions, old failures, invitations that ran out a month ago.
enum Housekeeping {
  static let kind: StaticString = "people.housekeeping"

  static let handler = JobHandler(kind) { transaction, _ in
    try transaction.removeDeadSessions()
    try transaction.forgetOldThrottles()
    try transaction.removeOldInvitations()
    try transaction.schedule(kind, key: "daily", at: transaction.now + .days(1))
  }
}
