import Kernel
import Web

extension CaseForms {
  static let note = CaseFormDoor(
    "note", Phrase("写记录", "Write a note"),
    isOffered: { $0.mayWrite || $0.relation == .supervisor },
    prefill: { context in
      let kind: CaseNote.Kind = context.open.access.relation == .supervisor ? .supervision : .progress
      return FormState(["kind": kind.rawValue, "sensitivity": "1"])
    },
    content: { parts, context, say in
      let isSupervisor = context.open.access.relation == .supervisor
      let kinds = CaseNote.Kind.allCases.filter { ($0 == .supervision) == isSupervisor }
      let addendum = context.view.notes.map {
        (
          value: $0.id.description,
          name: Phrase(same: "\(say.dateTime($0.writtenAt)) · \(say($0.kind.name))")
        )
      }
      return """
        <p class="lead">\(say("写好以后三天内自己可以改，以后只能补充。", "You may mend it for three days; after that you can only add to it."))</p>\
        \(parts.radios("kind", Phrase("哪一类", "Kind"), options: kinds.map { ($0.rawValue, $0.name) }))\
        \(parts.radios("sensitivity", Phrase("谁能看", "Who may read it"), options: Sensitivity.allCases.map { (String($0.rawValue), $0.name) }, hint: Phrase("一般：办案社工、督导。敏感：同样，收回同意后督导看不到。", "Ordinary: worker and supervisor. Sensitive: the same, but not the supervisor once the consent is taken back.")))\
        \(parts.select("reader", Phrase("点名哪位督导", "Which supervisor is named"), options: context.supervisors, isRequired: false))\
        \(parts.textArea("note", CareDocument.Field.note.label, rows: 8))\
        \(addendum.isEmpty ? .empty : parts.select("adds_to", Phrase("补充哪一条", "Adds to"), options: addendum, isRequired: false))\
        \(parts.submit(Phrase("保存记录", "Save the note")))
        """
    }, read: CaseNoteForm.read)
}
