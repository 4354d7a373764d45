import Kernel
import Web

/// Parts that several pages of records share.
struct FieldRecordParts {
  let say: Wording

  func standing(_ record: FieldRecord, at moment: Timestamp) -> HTML {
    if record.withdrawnAt != nil { return PageParts.tag(say("已撤回", "Taken back"), .bad) }
    return FieldRecordRules.isLocked(record, at: moment)
      ? PageParts.tag(say("定稿", "Locked"), .good) : PageParts.tag(say("还能改", "Can be corrected"), .notice)
  }

  /// Setting, the guide's questions and free notes, as fields.
  func notes(_ fields: FormParts, _ guide: [String]) -> HTML {
    let questions = guide.enumerated().map { index, question in
      fields.textArea(
        "answer-\(index)", Phrase(same: "\(index + 1). \(question)"), rows: 3, isRequired: false)
    }
    return """
      \(fields.text("setting", Phrase("在哪里、什么场合", "Where, and on what occasion"), hint: Phrase("比如 活动室、买菜时；不写门牌和姓名。", "Such as the activity room, or shopping; no doors, no names."), isRequired: false, maximumLength: 200))\
      \(HTML.joined(questions))\
      \(fields.textArea("free", Phrase("别的", "Anything else"), hint: Phrase("一段写一件事，编码时一段一段看。不写姓名、电话、门牌。", "One thing in each paragraph: they are coded one by one. No names, numbers or doors."), rows: 6, isRequired: false))
      """
  }

  /// What was noted, under the questions of the guide.
  func words(_ notes: FieldNotes, _ guide: [String]) -> HTML {
    let setting: HTML = notes.setting.isEmpty ? .empty : "<p class=\"hint\">\(notes.setting)</p>"
    let answers = notes.answers.sorted { $0.key < $1.key }.map { question, words -> HTML in
      let asked = guide.indices.contains(question) ? guide[question] : String(question + 1)
      return "<h3>\(asked)</h3><p>\(PageParts.lines(words))</p>"
    }
    let free: HTML = notes.free.isEmpty ? .empty : "<p>\(PageParts.lines(notes.free))</p>"
    return setting + HTML.joined(answers) + free
  }
}
