import Kernel
import Web

extension CaseForms {
  static let referral = CaseFormDoor(
    "referral", Phrase("写转介单", "Write a referral"), isOffered: \.mayWrite,
    prefill: { context in
      FormState(["destination": "committee", "shared_name": context.view.name(context.open.file.person)])
    },
    content: { parts, _, say in
      let shared = ReferralForm.places.map { _, field in
        parts.textArea(
          field.rawValue, field.label, rows: field == .sharedCircumstances ? 4 : 1, isRequired: false)
      }
      return """
        <p class="lead">\(say("只写对方办这件事用得着的。不写的就不告诉。写好以后问本人，本人同意的才转出去。", "Write only what the other side needs. What is left empty is not told. The person is asked next, and only what they agree to is sent."))</p>\
        \(parts.radios("destination", Phrase("转给谁", "To whom"), options: Referral.Destination.allCases.map { ($0.rawValue, $0.name) }))\
        \(parts.text("organisation", CareDocument.Field.organisation.label, hint: Phrase("转给别的机构时写全名。", "The full name of another organisation."), isRequired: false, maximumLength: 200))\
        \(parts.textArea("purpose", CareDocument.Field.purpose.label, rows: 2))\(shared)\
        \(parts.submit(Phrase("保存，去问本人", "Save and ask the person")))
        """
    }, read: ReferralForm.read)
}
