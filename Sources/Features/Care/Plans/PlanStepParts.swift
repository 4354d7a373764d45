import Kernel
import Web

/// What may be done with a plan or a closing that is there: the supervisor's word and the client's.
struct PlanStepParts {
  let say: Wording
  let token: String
  /// The path of the case.
  let base: String
  let key: String

  func steps(_ plan: CarePlan, _ access: CaseAccess) -> HTML {
    var steps: [HTML] = []
    let path = "\(base)/plans/\(plan.id)"
    if access.mayWrite, plan.state == .draft || plan.state == .sentBack {
      steps.append(
        PageParts.button(
          say("交给督导", "Give it to the supervisor"), to: "\(path)/submission", token: token,
          key: "\(key)-submit"))
    }
    if access.mayApprove, plan.state == .pending {
      steps.append(decision(to: "\(path)/decision", id: plan.id.description))
    }
    if access.mayWrite, plan.state != .revised, plan.state != .completed { steps.append(answer(plan, path)) }
    return HTML.joined(steps)
  }

  /// Approve or send back, with a remark.
  func decision(to path: String, id: String) -> HTML {
    let fields = FormParts(.empty, say, place: id)
    return fields.form(
      to: path, token: token, idempotencyKey: "\(key)-\(id)",
      """
      \(fields.textArea("remark", CareDocument.Field.remark.label, rows: 2, isRequired: false))\
      <p class="actions"><button class="button" type="submit" name="decision" value="approved">\(say("批准", "Approve"))</button> \
      <button class="button quiet" type="submit" name="decision" value="sent_back">\(say("退回修改", "Send back"))</button></p>
      """)
  }

  private func answer(_ plan: CarePlan, _ path: String) -> HTML {
    let fields = FormParts(.empty, say, place: "answer")
    let methods = PlanAgreement.allCases.filter { $0 != .ownPage }
    let form = fields.form(
      to: "\(path)/answer", token: token, idempotencyKey: "\(key)-answer",
      """
      \(fields.radios("method", Phrase("怎么说的", "How they said so"), options: methods.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("remark", Phrase("本人的话", "In their words"), rows: 2, isRequired: false))\
      <p class="actions"><button class="button" type="submit" name="answer" value="agreed">\(say("本人同意", "They agreed"))</button> \
      <button class="button quiet" type="submit" name="answer" value="declined">\(say("本人不同意", "They did not agree"))</button></p>
      """)
    return "<details><summary>\(say("登记本人的回答", "Record the person’s answer"))</summary>\(form)</details>"
  }
}
