import Kernel
import Web

extension CaseForms {
  static let assessment = CaseFormDoor(
    "assessment", Phrase("写预估", "Write the assessment"), isOffered: \.mayWrite,
    prefill: { context in
      let last = context.view.assessments.first
      return FormState(
        context.view.words(last?.text) ?? CareDocument(),
        ["risk": (last?.risk ?? context.open.file.standing.risk).rawValue])
    },
    content: { parts, _, say in
      let lead: HTML = """
        <p class="lead">\(say("先写本人的长处和身边能用的人和资源，再写需要。", "Begin with what the person can do and whom and what they can count on; then what they need."))</p>
        """
      let fields = Assessment.fields.map { field in
        parts.textArea(
          field.rawValue, field.label, rows: Assessment.required.contains(field) ? 4 : 2,
          isRequired: Assessment.required.contains(field))
      }
      return """
        \(lead)\(fields)\(parts.radios("risk", Phrase("风险", "Risk"), options: CaseRisk.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.submit(Phrase("保存预估", "Save the assessment")))
        """
    }, read: AssessmentForm.read)
}
