import Database
import Kernel
import Messages
import People
import Security
import Web

/// Where questions about policies are asked and dealt with, each step in one transaction: the one way from a page of Policy to
/// a worker, for the check and for whoever read a policy and is not clear about it.
struct PolicyQuestionDesk: Sendable {
  let directory: Directory
  let messenger: Messenger

  init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    self.messenger = messenger
  }

  /// Somebody asks for a worker about a policy, for themselves. While one question waits, asking again is the same question;
  /// facts that are passed on with it take the place of earlier ones.
  ///
  /// The caller has checked that there is such a policy and that it is shown to the person.
  /// - Parameter facts: nil unless the person ticked to pass them on.
  @discardableResult
  func ask(
    about policy: PolicyID, by person: PersonID, passingOn facts: PassedOnFacts? = nil,
    in transaction: Transaction
  ) throws -> PolicyQuestion {
    let community = transaction.community
    if let open = try PolicyQuestionStore.open(about: policy, of: person, in: community, transaction) {
      return try pass(facts, on: open, in: transaction)
    }
    guard let card = try directory.community(community, transaction) else { throw Problem.notFound }
    let question = PolicyQuestion(
      id: transaction.newIdentifier(), policy: policy, person: person, askedAt: transaction.now,
      dueAt: WorkingDays.end(
        of: PolicyQuestion.answerDays, after: transaction.now, offsetSeconds: card.offsetSeconds),
      factsUntil: nil, end: nil)
    try PolicyQuestionStore.insert(question, facts: nil, in: transaction)
    try RemindOfPolicyQuestion.schedule(question, in: transaction)
    try transaction.audit("policy.question", by: asker(person), of: question.id.rawValue)
    try notices.asked(question, in: transaction)
    return try pass(facts, on: question, in: transaction)
  }

  private func pass(
    _ facts: PassedOnFacts?, on question: PolicyQuestion, in transaction: Transaction
  ) throws -> PolicyQuestion {
    guard let facts, !facts.facts.isEmpty else { return question }
    let until = transaction.now + PolicyQuestion.factsTerm
    let sealed = try facts.cipher.seal(
      facts.facts.text, at: .facts(of: question.id, in: transaction.community))
    try PolicyQuestionStore.keep(sealed, until: until, of: question.id, in: transaction)
    try ForgetPolicyFacts.schedule(question.id, at: until, in: transaction)
    try transaction.audit(
      "policy.question_facts", by: asker(question.person), of: question.id.rawValue, purpose: "passed on")
    return PolicyQuestion(
      id: question.id, policy: question.policy, person: question.person, askedAt: question.askedAt,
      dueAt: question.dueAt, factsUntil: until, end: nil)
  }

  /// The person does not need it any more; what they passed on goes at once.
  /// - Throws: `not_found` for every question but the person's own, `policy_question.over`.
  func takeBack(_ id: PolicyQuestionID, by person: PersonID, in transaction: Transaction) throws {
    let question = try own(id, of: person, in: transaction)
    try end(question, .takenBack, by: asker(person), in: transaction)
  }

  /// The person wants what they passed on deleted now, and still waits for an answer.
  /// - Throws: as `takeBack`.
  func forgetFacts(of id: PolicyQuestionID, by person: PersonID, in transaction: Transaction) throws {
    let question = try own(id, of: person, in: transaction)
    try PolicyQuestionStore.forgetFacts(of: question.id, in: transaction)
    try ForgetPolicyFacts.cancel(question.id, in: transaction)
    try transaction.audit(
      "policy.question_facts", by: asker(person), of: question.id.rawValue, purpose: "forgotten")
  }

  /// A worker says what came of it.
  /// - Throws: `not_found`, `policy_question.over`, `policy_question.own`.
  func answer(
    _ id: PolicyQuestionID, _ outcome: PolicyQuestion.Outcome, by actor: Actor, in transaction: Transaction
  ) throws {
    guard PolicyQuestion.Outcome.ofWorkers.contains(outcome),
      let question = try PolicyQuestionStore.find(id, in: transaction.community, transaction)
    else { throw Problem.notFound }
    guard question.person != actor.person else { throw Problem.policyQuestionOwn }
    try end(question, outcome, by: actor, in: transaction)
    try notices.answered(question, in: transaction)
  }

  /// What a person passed on, for the worker who answers; each look stands in the audit chain.
  /// - Throws: `not_found`, `policy_question.own`, `vault.*`.
  func look(
    at id: PolicyQuestionID, opening cipher: FieldCipher?, by actor: Actor, in transaction: Transaction
  ) throws -> (question: PolicyQuestion, facts: FactSheet?) {
    let community = transaction.community
    guard let question = try PolicyQuestionStore.find(id, in: community, transaction) else {
      throw Problem.notFound
    }
    guard let cipher, question.hasFacts, question.person != actor.person,
      let sealed = try PolicyQuestionStore.facts(of: id, in: community, transaction)
    else { return (question, nil) }
    try transaction.audit("policy.question_look", by: actor, of: id.rawValue, onBehalfOf: question.person)
    return (question, try FactSheet(text: cipher.open(sealed, at: .facts(of: id, in: community))))
  }

  private func end(
    _ question: PolicyQuestion, _ outcome: PolicyQuestion.Outcome, by actor: Actor,
    in transaction: Transaction
  ) throws {
    guard question.isOpen else { throw Problem.policyQuestionOver }
    try PolicyQuestionStore.end(
      question.id, PolicyQuestion.End(outcome: outcome, at: transaction.now, by: actor), in: transaction)
    try ForgetPolicyFacts.cancel(question.id, in: transaction)
    try RemindOfPolicyQuestion.cancel(question.id, in: transaction)
    try transaction.audit(
      "policy.question_end", by: actor, of: question.id.rawValue, onBehalfOf: question.person,
      purpose: outcome.rawValue)
  }

  private func own(
    _ id: PolicyQuestionID, of person: PersonID, in transaction: Transaction
  ) throws -> PolicyQuestion {
    guard let question = try PolicyQuestionStore.find(id, in: transaction.community, transaction),
      question.person == person
    else { throw Problem.notFound }
    guard question.isOpen else { throw Problem.policyQuestionOver }
    return question
  }

  private func asker(_ person: PersonID) -> Actor { Actor(person: person, role: .resident) }

  private var notices: PolicyQuestionNotices {
    PolicyQuestionNotices(directory: directory, messenger: messenger)
  }
}
