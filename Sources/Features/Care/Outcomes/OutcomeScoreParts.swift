import Kernel
import Web

extension CaseForms {
  static let score = CaseFormDoor(
    "score", Phrase("打分", "Enter a score"),
    isOffered: { $0.mayWrite || $0.relation == .worker },
    content: { parts, _, _ in
      """
      \(parts.radios("measure", Phrase("量什么", "What is measured"), options: OutcomeScore.Measure.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.radios("phase", Phrase("什么时候的", "When"), options: OutcomeScore.Phase.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.radios("rated_by", Phrase("谁打的分", "Whose judgement"), options: OutcomeScore.Rater.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.text("value", Phrase("分数", "Score"), maximumLength: 3))\
      \(parts.submit(Phrase("保存", "Save")))
      """
    }, read: OutcomeScoreForm.read)
}
