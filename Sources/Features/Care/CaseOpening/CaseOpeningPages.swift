import Kernel
import Web

/// The page on which a case is opened.
struct CaseOpeningPages {
  let say: Wording
  let token: String

  /// Whom the case is about: found among those at the people desk.
  struct Subject: Sendable {
    let id: PersonID
    let name: String
  }

  func new(
    _ subject: Subject?, _ staff: StaffOptions,
    mayWait: Bool, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("开一个个案", "Open a case")
    let parts = FormParts(state, say)
    let who: HTML =
      subject.map {
        "<p class=\"lead\">\(say("服务对象：", "For: "))<strong>\($0.name)</strong></p>\(parts.hidden("person", $0.id.description))"
      }
      ?? parts.text(
        "phone", Phrase("服务对象的电话", "Telephone number of the person"),
        hint: Phrase(
          "没有电话的，从“邻居”里那个人的页面进来。", "For somebody without one, come here from their page under “People”."),
        type: "tel", maximumLength: 40, inputMode: "tel")
    let form = parts.form(
      to: "/cases", token: token, idempotencyKey: key,
      """
      \(who)\(parts.select("field", Phrase("哪方面的事", "What it is about"), options: CaseField.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.select("source", Phrase("怎么知道的", "How we came to know"), options: CaseSource.allCases.map { ($0.rawValue, $0.name) }))\
      \(parts.textArea("concern", CareDocument.Field.concern.label))\
      \(parts.textArea("wish", CareDocument.Field.wish.label, rows: 2, isRequired: false))\
      \(parts.select("worker", Phrase("办案社工", "Worker"), options: staff.everybody, isRequired: !mayWait))\
      \(parts.select("supervisor", Phrase("督导", "Supervisor"), options: staff.supervisors, isRequired: !mayWait))\
      \(parts.submit(Phrase("开案", "Open the case")))
      """)
    return FormDoorPages(say: say, token: token).page(title, back: "/cases", alerts: alerts, form)
  }
}
