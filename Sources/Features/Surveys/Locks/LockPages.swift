import Kernel
import Security
import Web

/// The pages on which answers are locked: what is settled first, how far it is, and what was locked.
struct LockPages {
  let say: Wording
  let token: String
  let questionnaire: QuestionnaireID
  let title: String

  static func path(_ id: QuestionnaireID) -> String { "\(QuestionnairePages.path(id))/analysis/lock" }

  func form(
    _ items: [SurveyItem], answers: Int64, seen: Int64, key: String, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let fields = FormParts(state, say)
    let heading = say("封存答案", "Lock the answers")
    let choices = items.filter {
      $0.kind == .single && (2...LockSpec.mostCategories).contains($0.options.count)
    }
    let ratings = items.filter(\.isRating)
    let numbers = items.filter { $0.kind == .number }.map { item in
      fields.text(
        LockForm.field(item), Phrase("「\(item.title.chinese)」分组", "Groups of “\(item.title.english)”"),
        hint: Phrase(
          "每组从哪个数开始，比如 60、70、80；不分组就空着。",
          "Where each group begins, such as 60, 70, 80; leave it empty for none."),
        isRequired: false)
    }
    let scales: HTML =
      ratings.count < 2
      ? .empty
      : "\(fields.checkboxes("reversed", Phrase("反着问的题", "Questions that ask the opposite"), options: ratings.map { ($0.name, named($0)) }))\(fields.textArea("scales", Phrase("合成量表", "Scales"), hint: Phrase("一行一个，比如「孤独感：q1 q2 q3」；没有就空着。", "One on each line, such as “Loneliness: q1 q2 q3”; leave it empty for none."), isRequired: false))"
    let content: HTML = """
      <input type="hidden" name="seen" value="\(seen)">\
      \(fields.checkboxes("breakdown", Phrase("按什么分开看（最多 \(LockSpec.mostBreakdowns) 个）", "What answers may be broken down by (at most \(LockSpec.mostBreakdowns))"), options: choices.map { ($0.name, named($0)) }, hint: Phrase("像年龄段、楼栋、性别。封存以后不能再改。", "Such as age, building, gender. It cannot be changed afterwards.")))\
      \(numbers)\(scales)\
      \(fields.submit(Phrase("封存 \(answers) 份答案", "Lock \(answers) answers")))
      """
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      <p>\(say("封存以后不能再收、不能再改，统计和公布都用这一份。封存前先想好要按什么分开看：事后再挑，就会挑出好看的数。", "Once they are locked nothing is added or changed, and everything counted and published comes from them. Settle first what to break them down by: whoever chooses afterwards chooses what looks best."))</p>\
      <section class="panel">\(fields.form(to: Self.path(questionnaire), token: token, idempotencyKey: key, content))</section>\(back)
      """
    return Page(title: heading, kind: .staff, main: main, alerts: alerts)
  }

  private func named(_ item: SurveyItem) -> Phrase {
    Phrase("\(item.title.chinese)（\(item.name)）", "\(item.title.english) (\(item.name))")
  }

  /// How far the reading is. The page is fetched anew every few seconds until it is done.
  func progress(_ request: LockRequest) -> Page {
    let heading = say("正在封存", "Being locked")
    let label = say(
      "读了 \(request.read) 份，共 \(request.answers) 份", "\(request.read) of \(request.answers) answers read")
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\
      \(PageParts.progress(Int(request.read), of: Int(request.answers), label: label))\
      <p>\(say("这一页会自己刷新。您可以先去做别的，封存不会停。", "This page reloads by itself. You may leave it; the locking goes on."))</p>\
      <p><a class="button quiet" href="\(Self.path(questionnaire))">\(say("现在刷新", "Reload now"))</a></p>\(back)
      """
    return Page(title: heading, kind: .staff, main: main)
  }

  /// - Parameter isWhole: whether the digest was found to be that of what is kept; nil where nobody asked.
  func locked(_ lock: AnswerLock, items: [SurveyItem], by name: String, isWhole: Bool?) -> Page {
    let heading = say("已封存的答案", "Locked answers")
    let checked: [HTML] =
      switch isWhole {
      case true?:
        [PageParts.notice(say("重新算过指纹，和封存时一样。", "The digest was computed anew and is the same."), .good)]
      case false?:
        [
          PageParts.notice(
            say(
              "指纹对不上：存着的数据被动过。请告诉系统管理员。",
              "The digest is another one: what is kept was changed. Please tell the operator."), .bad)
        ]
      case nil: []
      }
    let titles = Dictionary(items.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
    func names(_ names: some Sequence<String>) -> HTML {
      let told = names.map { say(titles[$0] ?? Phrase(same: $0)) }
      return HTML(text: told.isEmpty ? say("没有", "None") : told.joined(separator: say("、", ", ")))
    }
    let facts = PageParts.definitions([
      (say("份数", "Answers"), "\(lock.answers)"),
      (say("什么时候", "When"), HTML(text: say.dateTime(lock.lockedAt, inYear: 0))),
      (say("谁封存的", "By"), HTML(text: name)),
      (say("指纹", "Digest"), "<code>\(lock.digest.description)</code>"),
      (say("按什么分开看", "Broken down by"), names(lock.spec.breakdowns.map(\.item))),
      (say("反着问的题", "In reverse"), names(lock.spec.reversed.sorted())),
      (say("量表", "Scales"), HTML(text: lock.spec.scales.map(\.name).joined(separator: say("、", ", ")))),
    ])
    let main: HTML = """
      <h1>\(heading)</h1><p class="lead">\(title)</p>\(facts)\
      <p class="actions"><a class="button quiet" href="\(Self.path(questionnaire))?verify=1">\(say("重新算一遍指纹", "Compute the digest anew"))</a></p>\(back)
      """
    return Page(title: heading, kind: .staff, main: main, alerts: checked)
  }

  private var back: HTML {
    "<p><a href=\"\(QuestionnairePages.path(questionnaire))/analysis\">\(say("返回统计", "Back to the analysis"))</a></p>"
  }
}
