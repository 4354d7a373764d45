import Kernel
import Web

/// How receipts are asked for and counted on pages.
struct PolicyReceiptParts {
  let parts: PolicyParts
  let token: String

  private var say: Wording { parts.say }

  // MARK: - A person's own

  /// Two answers: it is clear, or somebody is to call.
  func own(_ receipt: PolicyReceipt?, _ version: Int64, of policy: PolicyID, key: String) -> HTML {
    let said: HTML = receipt.map { "<p>\(self.said($0))</p>" } ?? .empty
    let path = "\(PolicyPages.path(policy))/receipt"
    var buttons: HTML = .empty
    if receipt?.isClear != true {
      buttons += PageParts.loneButton(
        say("我看明白了", "It is clear to me"), to: path, token: token, key: "\(key)-clear",
        [("version", "\(version)"), ("answer", PolicyReceipt.Answer.clear.rawValue)])
    }
    if receipt == nil || receipt?.isClear == true {
      buttons += PageParts.loneButton(
        say("看过了，还有不明白的，请打给我", "I read it and have questions: please call me"), to: path, token: token,
        key: "\(key)-questions",
        [("version", "\(version)"), ("answer", PolicyReceipt.Answer.questions.rawValue)], isQuiet: true)
    }
    return said + buttons
  }

  private func said(_ receipt: PolicyReceipt) -> HTML {
    if !receipt.isClear {
      return """
        \(PageParts.tag(say("社工会和您联系", "A worker will get in touch"), .notice)) \
        <a href="\(PolicyQuestionPages.own)">\(say("看看我问的", "See what I asked"))</a>
        """
    }
    return switch receipt.source {
    case .read: PageParts.tag(say("您说看明白了", "You said that it is clear"), .good)
    case .explained, .readAloud:
      PageParts.tag(say("社工讲给您听过了", "It was explained to you"), .good)
    }
  }

  // MARK: - The station

  func counts(_ counts: PolicyReceiptCounts) -> HTML {
    PageParts.definitions([
      (say("看过或听过的", "Reached"), HTML(text: parts.people(counts.reached))),
      (say("其中说过不明白的", "Of them with questions"), HTML(text: parts.people(counts.withQuestions))),
    ])
  }

  /// For whoever sits on the telephone or comes back from a door.
  ///
  /// - Parameter household: who lives behind the door that was typed, to choose from.
  func explained(
    _ version: Int64, to path: String, household: [(id: PersonID, name: String)], key: String,
    _ state: FormState
  ) -> HTML {
    let fields = FormParts(state, say, place: "explained")
    let which: HTML =
      household.isEmpty
      ? .empty
      : fields.radios(
        "person", Phrase("家里哪一位", "Which of them"),
        options: household.map { ($0.id.description, Phrase(same: $0.name)) })
    return fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(fields.hidden("version", "\(version)"))\
      \(fields.radios("source", Phrase("怎么告诉本人的", "How they were told"), options: PolicyExplainedForm.sourceOptions))\(which)\
      \(fields.text("phone", Phrase("本人的手机号", "Their telephone number"), type: "tel", isAlternative: true, maximumLength: 40, inputMode: "tel"))\
      <p>\(say("或者填门牌", "or the door"))</p>\
      \(fields.text("building", Phrase("楼号", "Building"), isAlternative: true, maximumLength: 20))\
      \(fields.text("unit", Phrase("单元", "Unit"), isAlternative: true, maximumLength: 10))\
      \(fields.text("room", Phrase("房号", "Room"), isAlternative: true, maximumLength: 20))\
      \(fields.submit(Phrase("记下来", "Record it")))
      """)
  }
}
