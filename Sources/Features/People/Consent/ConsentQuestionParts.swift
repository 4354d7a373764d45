import Kernel
package import Web

extension ConsentQuestion {
  /// What stands in the form before anybody typed.
  package static var suggestion: FormState { ConsentForm.suggestion }

  /// The words to read aloud, and the form in which the answer is written down.
  ///
  /// - Parameter offered: categories that the person agrees to one by one; nil where the notice is asked as a whole.
  package func asking(
    to path: String, token: String, key: String, _ say: Wording, _ state: FormState,
    choosing offered: Set<DataCategory>? = nil
  ) -> HTML {
    let parts = FormParts(state, say)
    let categories: HTML =
      offered.map { offered in
        parts.checkboxes(
          ConsentAnswer.field, Phrase("可以告诉对方哪些", "What they may be told"),
          options: DataCategory.allCases.filter(offered.contains).map { ($0.rawValue, $0.name) },
          hint: Phrase("一样一样问，同意哪样勾哪样。", "Ask one by one and tick what they agree to."))
      } ?? .empty
    let form = parts.form(
      to: path, token: token, idempotencyKey: key, "\(categories)\(answering(parts, say))")
    return """
      <h3>\(say(notice.content.title))</h3>\(words(say))<h3>\(say("本人的回答", "The answer"))</h3>\(form)
      """
  }

  /// What is read aloud.
  func words(_ say: Wording) -> HTML { ConsentPages.words(notice.content, say) }

  /// How the answer is written down, with a button for yes and one for no.
  func answering(_ parts: FormParts, _ say: Wording) -> HTML {
    let fields = ConsentFields(parts: parts)
    return "\(fields.span)\(fields.evidence(people.witnesses))\(fields.answers(say))"
  }
}
