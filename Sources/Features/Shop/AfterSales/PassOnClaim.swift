import Database
import Kernel
import People
import Web

/// What happens to a claim by itself when its time has come: nobody answered, no replacement was brought, no goods came back.
enum PassOnClaim {
  static let kind: StaticString = "shop.pass_on_claim"

  static func handler(_ books: Bookkeeping) -> JobHandler {
    JobHandler(kind) { transaction, job in
      guard case .string(let text)? = try JSON(Array(job.body.utf8))["claim"], let id = ClaimID(text) else {
        throw Problem.internalFault
      }
      try passOn(id, ClaimWriter(books: books), in: transaction)
    }
  }

  /// Schedules the moment, moves it, or takes it back where nobody has to act any more.
  static func schedule(_ claim: Claim, in transaction: Transaction) throws {
    if let due = claim.dueAt, claim.state.isPending {
      try transaction.schedule(
        kind, key: claim.id.description, at: due, body: #"{"claim":"\#(claim.id)"}"#)
    } else {
      try transaction.cancelJob(kind, key: claim.id.description)
    }
  }

  static func passOn(_ id: ClaimID, _ writer: ClaimWriter, in transaction: Transaction) throws {
    guard var claim = try ClaimStore.find(id, in: transaction.community, transaction), claim.state.isPending,
      let due = claim.dueAt
    else { return }
    guard transaction.now >= due else { return try schedule(claim, in: transaction) }
    switch claim.state {
    case .open:
      guard let next = claim.level.next else {
        // The committee is the last; that it is late stays to be seen, and the claim stays open.
        return try transaction.publish(
          "shop.claim_overdue", subject: id.rawValue, body: #"{"campaign":"\#(claim.campaign)"}"#)
      }
      claim.level = next
      _ = try writer.ask(
        try writer.write(.escalated, of: claim, by: nil, in: transaction), in: transaction)
    case .replacing:
      let (_, line) = try writer.order(of: claim, in: transaction)
      let amount = try ClaimRules.refundable(claim, line)
      if amount > .zero {
        _ = try writer.refund(
          Remedy.Refund(amount: amount, bearer: .merchant), for: claim, by: nil, in: transaction)
      } else {
        claim.close(as: .refunded)
        _ = try writer.write(.refunded, of: claim, by: nil, in: transaction)
      }
    case .returning:
      claim.close(as: .declined)
      _ = try writer.write(.declined, of: claim, by: nil, in: transaction)
    case .refunded, .replaced, .declined, .withdrawn: return
    }
  }
}

/// Deletes the picture of a claim half a year after it had its answer: nobody needs to see it any longer.
enum ForgetClaimPicture {
  static let kind: StaticString = "shop.forget_claim_picture"
  static let keepingTime = Duration.days(180)

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["claim"], let id = ClaimID(text),
      let claim = try ClaimStore.find(id, in: transaction.community, transaction)
    else { return }
    if claim.state.isPending { return try schedule(claim, in: transaction) }
    try ClaimStore.deletePicture(of: id, in: transaction)
  }

  static func schedule(_ claim: Claim, in transaction: Transaction) throws {
    try transaction.schedule(
      kind, key: claim.id.description, at: transaction.now + keepingTime, body: #"{"claim":"\#(claim.id)"}"#)
  }
}
