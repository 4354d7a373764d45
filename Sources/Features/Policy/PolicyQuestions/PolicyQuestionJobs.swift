import Database
import Kernel
import Web

/// Removes what was passed on with a question when its 30 days are over.
enum ForgetPolicyFacts {
  static let kind: StaticString = "policy.forget_facts"

  static let handler = JobHandler(kind) { transaction, job in
    guard let id = PolicyQuestionJob.question(of: job),
      let question = try PolicyQuestionStore.find(id, in: transaction.community, transaction),
      let until = question.factsUntil
    else { return }
    guard transaction.now >= until else { return try schedule(id, at: until, in: transaction) }
    try PolicyQuestionStore.forgetFacts(of: id, in: transaction)
  }

  static func schedule(
    _ id: PolicyQuestionID, at moment: Timestamp, in transaction: Transaction
  ) throws {
    try transaction.schedule(
      kind, key: id.description, at: moment, body: PolicyQuestionJob.body(of: id))
  }

  static func cancel(_ id: PolicyQuestionID, in transaction: Transaction) throws {
    try transaction.cancelJob(kind, key: id.description)
  }
}

/// Tells the supervisors when nobody got in touch in time.
enum RemindOfPolicyQuestion {
  static let kind: StaticString = "policy.question_overdue"

  static func handler(_ notices: PolicyQuestionNotices) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard let id = PolicyQuestionJob.question(of: job),
        let question = try PolicyQuestionStore.find(id, in: transaction.community, transaction),
        question.isOpen
      else { return }
      try notices.overdue(question, in: transaction)
    }
  }

  static func schedule(_ question: PolicyQuestion, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: question.id.description, at: question.dueAt, body: PolicyQuestionJob.body(of: question.id))
  }

  static func cancel(_ id: PolicyQuestionID, in transaction: Transaction) throws {
    try transaction.cancelJob(kind, key: id.description)
  }
}

/// Both jobs name their question in the same way.
private enum PolicyQuestionJob {
  static func body(of id: PolicyQuestionID) -> String { #"{"question":"\#(id)"}"# }

  static func question(of job: Job) -> PolicyQuestionID? {
    guard case .string(let text)? = (try? JSON(Array(job.body.utf8)))?["question"] else { return nil }
    return PolicyQuestionID(text)
  }
}
