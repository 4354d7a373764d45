import Kernel
import Web

extension CaseForms {
  static let plan = CaseFormDoor(
    "plan", Phrase("写计划", "Write the plan"),
    isOffered: \.mayWrite,
    prefill: { context in
      let last = context.view.plans.first { $0.episode == context.open.file.standing.episode }
      return FormState(context.view.words(last?.text) ?? CareDocument(), ["submit": "on"])
    },
    content: { parts, context, say in
      let next = (context.view.plans.first?.version ?? 0) + 1
      let fields = CarePlan.fields.map { field in
        parts.textArea(
          field.rawValue, field.label, rows: 3, isRequired: CarePlan.required.contains(field))
      }
      return """
        <p class="lead">\(say("这是第 \(next) 版。和本人一起写，本人做的那一部分也要写上。", "This is version \(next). Write it together with the person, their own part included."))</p>\
        \(fields)\(parts.date("review_at", Phrase("哪天回顾", "To be looked over on")))\
        \(parts.checkbox("submit", Phrase("写好就交给督导", "Give it to the supervisor at once")))\
        \(parts.submit(Phrase("保存计划", "Save the plan")))
        """
    }, read: CarePlanForm.read)
}
