import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

/// What supervisors and clients say of plans and closings: approve, send back, agree.
struct CasePapers: Sendable {
  let visits: CaseVisits
  /// The page of the case, with what stood in the way.
  let page: @Sendable (SignedIn, Problem?) async throws -> Response

  private enum Decision: String, CaseIterable {
    case approved
    case sentBack = "sent_back"
  }

  private enum Answer: String, CaseIterable {
    case agreed
    case declined
  }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, CaseForms.own)
    routes.post("/cases/:case/plans/:plan/submission", for: readers, objects: own) { try await submit($0) }
    routes.post("/cases/:case/plans/:plan/decision", for: readers, objects: own) { try await decidePlan($0) }
    routes.post("/cases/:case/plans/:plan/answer", for: readers, objects: own) { try await answer($0) }
    routes.post("/cases/:case/closings/:closing/decision", for: readers, objects: own) {
      try await decideClosing($0)
    }
  }

  private func submit(_ signedIn: SignedIn) async throws -> Response {
    let plan: CarePlanID = try signedIn.id("plan")
    return try await done(signedIn) { form in
      try await visits.change(signedIn, form) { [desk = visits.desk] open, _, transaction in
        try desk.submit(plan, open, in: transaction)
      }
    }
  }

  private func decidePlan(_ signedIn: SignedIn) async throws -> Response {
    let plan: CarePlanID = try signedIn.id("plan")
    return try await done(signedIn) { form in
      let (isApproved, words) = try decision(form)
      try await visits.change(signedIn, form) { [desk = visits.desk] open, seal, transaction in
        try desk.decide(
          plan, isApproved: isApproved, words: words, open, sealing: seal, in: transaction)
      }
    }
  }

  private func decideClosing(_ signedIn: SignedIn) async throws -> Response {
    let closing: CaseClosingID = try signedIn.id("closing")
    return try await done(signedIn) { form in
      let (isApproved, words) = try decision(form)
      try await visits.change(signedIn, form) { [desk = visits.desk] open, seal, transaction in
        try desk.decide(
          closing, isApproved: isApproved, words: words, open, sealing: seal, in: transaction)
      }
    }
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let plan: CarePlanID = try signedIn.id("plan")
    return try await done(signedIn) { form in
      var reader = FormReader(form)
      let answer = reader.choice("answer", of: Answer.self)
      let method = reader.choice("method", of: PlanAgreement.self)
      let words = reader.words([.remark])
      try reader.finish()
      guard let answer, let method else { throw Problem.internalFault }
      try await visits.change(signedIn, form) { [desk = visits.desk] open, seal, transaction in
        try desk.answer(
          plan, isAgreed: answer == .agreed, by: method, words: words, open, sealing: seal, in: transaction)
      }
    }
  }

  private func decision(_ form: Form) throws -> (isApproved: Bool, words: CareDocument) {
    var reader = FormReader(form)
    let decision = reader.choice("decision", of: Decision.self)
    let words = reader.words([.remark])
    try reader.finish()
    guard let decision else { throw Problem.internalFault }
    return (decision == .approved, words)
  }

  private func done(
    _ signedIn: SignedIn, _ work: (Form) async throws -> Void
  ) async throws -> Response {
    let path = try visits.path(signedIn)
    let form = try await signedIn.form()
    do {
      try await work(form)
      return .redirect(to: "\(path)?saved=1")
    } catch let problem as Problem where problem.mayBeShownAgain {
      return try await page(signedIn, problem)
    }
  }
}
