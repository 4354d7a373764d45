import Kernel
import Web

extension CaseForms {
  static let intervention = CaseFormDoor(
    "intervention", Phrase("记一次介入", "Note what was done"), isOffered: \.mayWrite,
    content: { parts, _, _ in
      """
      \(parts.radios("kind", Phrase("做了什么", "What"), options: Intervention.Kind.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.dateTime("done_at", Phrase("什么时候", "When")))\
      \(parts.number("minutes", Phrase("多少分钟", "How long"), suffix: Phrase("分钟", "minutes")))\
      \(parts.text("place", CareDocument.Field.place.label, isRequired: false, maximumLength: 200))\
      \(parts.textArea("happened", CareDocument.Field.happened.label))\
      \(parts.textArea("next", CareDocument.Field.next.label, rows: 2, isRequired: false))\
      \(parts.submit(Phrase("保存", "Save")))
      """
    }, read: InterventionForm.read)
}
