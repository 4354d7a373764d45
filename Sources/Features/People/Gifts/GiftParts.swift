import Kernel
package import Web

extension GiftAsking {
  /// What stands in the form before anybody typed.
  package static var suggestion: FormState { ConsentQuestion.suggestion }

  /// The form in which staff note a gift; where the person has not agreed, with what is read to them first.
  package func form(
    to path: String, token: String, key: String, _ say: Wording, _ state: FormState
  ) -> HTML {
    let fields = FormParts(state, say)
    let asked: HTML =
      question.map { "<h3>\(say($0.title))</h3>\($0.words(say))\($0.answering(fields, say))" }
        ?? """
        <p>\(PageParts.tag(say("本人同意过了", "The person has agreed"), .good))</p>\
        \(fields.submit(Phrase("登上去，等服务站核实", "Hand it on; the station has a look")))
        """
    return fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(fields.text("gift_name", Phrase("愿意拿出来的是什么", "What they would share"), hint: Phrase("比如：修自行车。只写本事，不写情况。", "Such as: mending bicycles. The gift alone, nothing of their situation."), isRequired: question == nil, maximumLength: GiftProposal.nameLength.upperBound))\
      \(fields.textArea("gift_words", Phrase("说几句", "A few words"), hint: Phrase("请不要写电话、门牌号和别的情况。", "Please no number, no door and nothing else about them."), rows: 3, isRequired: false))\
      \(fields.text("gift_times", Phrase("什么时候方便", "When it suits them"), isRequired: false, maximumLength: GiftProposal.timeLength.upperBound))\
      \(asked)
      """)
  }
}

/// What residents are asked where an answer of theirs may become a gift on the map.
package struct GiftYesParts {
  /// The name of the tick.
  package static let field = "gift_yes"

  let say: Wording
  let fields: FormParts

  package init(say: Wording, fields: FormParts) {
    self.say = say
    self.fields = fields
  }

  /// The tick, with the words of the notice right beside it where they have not agreed before. It is never ticked for them.
  package func yes(_ standing: GiftConsent.Standing) -> HTML {
    let words: HTML =
      switch standing {
      case .agreed:
        "<p>\(say("您以前同意过让邻居看到您的本事。", "You agreed before that neighbours see what you offer."))</p>"
      case .open(let notice):
        """
        <p>\(say(notice.body))</p><p>\(say(notice.retention))</p><p>\(say(notice.withdrawal))</p>
        """
      }
    return PageParts.card(
      say("愿意让邻居也看到吗？", "May neighbours see it as well?"),
      """
      \(words)\(fields.checkbox(Self.field, Phrase("我愿意：把上面写的本事登到“身边的本事”，服务站看过就登出来", "Yes: put what I offered above on the list of what we have here, once the station had a look")))\
      <p class="hint">\(say("不勾也一样交得上去。", "Without it your answers are taken just the same."))</p>
      """)
  }

  /// Whether somebody ticked it.
  package static func isTicked(_ form: Form) -> Bool { form.all(field).contains("on") }
}
