import Kernel
import People
import Web

extension CaseForms {
  static let assignment = CaseFormDoor(
    "assignment", Phrase("分派", "Assign"), isOffered: \.mayAssign,
    prefill: { context in
      let standing = context.open.file.standing
      return FormState([
        "worker": standing.worker?.description ?? "",
        "supervisor": (standing.supervisor ?? context.open.actor.person).description,
      ])
    },
    content: { parts, context, _ in
      """
      \(parts.seen(context.open))\(parts.select("worker", Phrase("办案社工", "Worker"), options: context.workers))\
      \(parts.select("supervisor", Phrase("督导", "Supervisor"), options: context.supervisors))\
      \(parts.submit(Phrase("交给他们", "Assign")))
      """
    }, read: CaseStandingForm.assignment)

  static let judgement = CaseFormDoor(
    "judgement", Phrase("风险和回顾", "Risk and review"), isOffered: \.mayWrite,
    prefill: { context in
      let standing = context.open.file.standing
      return FormState(["risk": standing.risk.rawValue, "intensity": String(standing.intensity)])
    },
    content: { parts, context, _ in
      let levels = [
        ("1", Phrase("轻（一个月一次）", "Light (once a month)")),
        ("2", Phrase("一般（两周一次）", "Regular (every two weeks)")),
        ("3", Phrase("密（每周）", "Close (every week)")),
      ]
      return """
        \(parts.seen(context.open))\(parts.radios("risk", Phrase("风险", "Risk"), options: CaseRisk.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.radios("intensity", Phrase("密度", "Intensity"), options: levels.map { (value: $0.0, name: $0.1) }))\
        \(parts.date("review_at", Phrase("下次回顾", "Next review"), isRequired: false))\
        \(parts.submit(Phrase("保存", "Save")))
        """
    }, read: CaseStandingForm.judgement)

  static let basis = CaseFormDoor(
    "basis", Phrase("法定依据", "Ground in law"),
    isOffered: { $0.mayEnd },
    content: { parts, context, say in
      """
      <p class="lead">\(say("只有本人没法同意、法律又允许的时候才用。督导会看到。", "Only where the person cannot agree and a law allows it. The supervisor sees it."))</p>\
      \(parts.seen(context.open))\(parts.radios("basis", Phrase("依据", "Ground"), options: StatutoryBasis.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.textArea("reason", CareDocument.Field.reason.label))\
      \(parts.submit(Phrase("登记", "Record")))
      """
    }, read: CaseStandingForm.basis)
}
