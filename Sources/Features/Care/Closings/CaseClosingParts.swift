import Kernel
import Web

extension CaseForms {
  static let closing = CaseFormDoor(
    "closing", Phrase("评估和结案", "Look back and close"),
    isOffered: { $0.mayEnd && $0.relation == .worker },
    content: { parts, context, say in
      let stage = context.open.file.standing.stage
      let outcomes = CaseOutcome.allCases.filter { $0.mayEnd(stage) }
      return """
        <p class="lead">\(say("写好交给督导，督导批准以后才能结案。", "It goes to the supervisor; the case can be closed after their approval."))</p>\
        \(parts.radios("outcome", Phrase("怎么结束", "How it ends"), options: outcomes.map { ($0.rawValue, $0.name) }))\
        \(parts.textArea("evaluation", CareDocument.Field.evaluation.label, isRequired: false))\
        \(parts.textArea("client_view", CareDocument.Field.clientView.label, hint: Phrase("用本人的话写。", "In the person’s own words."), isRequired: false))\
        \(parts.textArea("no_view", CareDocument.Field.noView.label, rows: 2, isRequired: false))\
        \(parts.textArea("summary", CareDocument.Field.summary.label))\
        \(parts.textArea("follow_up", CareDocument.Field.followUp.label, rows: 2, isRequired: false))\
        \(parts.submit(Phrase("交给督导", "Give it to the supervisor")))
        """
    }, read: CaseClosingForm.read)
}
