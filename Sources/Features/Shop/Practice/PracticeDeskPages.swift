import Interop
import Kernel
import Web

/// The pages of those who teach: codes to hand out, how each step was managed, and the script of the call.
struct PracticeDeskPages {
  let say: Wording
  let token: String

  private var title: String { say("练习店", "Practice shop") }

  /// Where there is none yet.
  func missing(mayMake: Bool, state: FormState) -> Page {
    let parts = FormParts(state, say)
    let form: HTML =
      mayMake
      ? PageParts.card(
        say("建一个练习店", "Make a practice shop"),
        parts.form(
          to: "/desk/practice", token: token,
          "\(parts.text("host", Phrase("练习店的网址", "Host name of the practice shop"), hint: Phrase("要和正式店不同，比如 lianxi.example.org", "Another than the shop's own, such as practice.example.org"), maximumLength: 200, autocomplete: "off"))\(parts.submit(Phrase("照现在的货建一个", "Make it from the present goods")))"
        ))
      : PageParts.empty(
        say("还没有练习店，请系统管理员建一个。", "There is no practice shop yet; please ask the operator to make one."))
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("练习店和正式店一样，只是钱是练习币、什么都不会送出去。只抄商品、商户名、照片和取货点，不抄任何人和订单。", "It is like the real shop, with play money, and nothing leaves it. Goods, merchants' names, pictures and pickup points are copied; people and orders are not."))</p>\(form)
        """)
  }

  func list(_ learners: [PracticeLearnerEntry], host: String?) -> Page {
    let rows = learners.map { entry -> [HTML] in
      let alone = entry.levels.values.count { $0 == .alone }
      return [
        "<a href=\"/desk/practice/learners/\(entry.person)\">\(entry.code)</a>",
        HTML(text: say.day(entry.handedOutAt)),
        HTML(text: "\(entry.levels.count) / \(PracticeStep.allCases.count)"),
        HTML(text: "\(entry.seen.count)"), HTML(text: "\(alone)"),
        HTML(text: say.day(entry.forgetAt)),
      ]
    }
    let table =
      rows.isEmpty
      ? PageParts.empty(say("还没有发过练习码。", "No code was handed out yet."))
      : PageParts.table(
        caption: say("学员", "Learners"),
        columns: [
          TableColumn(say("练习码", "Code")), TableColumn(say("发码", "Handed out")),
          TableColumn(say("做过的步骤", "Steps tried"), isNumeric: true),
          TableColumn(say("练习店看到的", "Seen by the shop"), isNumeric: true),
          TableColumn(say("自己会的", "Alone"), isNumeric: true),
          TableColumn(say("到期删除", "Deleted on")),
        ], rows: rows)
    let address: HTML =
      host.map { "<p>\(say("学员打开", "Learners open")) <strong>\($0)/practice-sign-in</strong></p>" } ?? .empty
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(say("发一张练习码，不登记姓名电话。码和学会的步骤半年后一起删掉。", "Hand out a code; no name and no number is entered. The code and what was learned under it are deleted after half a year."))</p>\(address)\
        <form method="post" action="/desk/practice/learners"><input type="hidden" name="form_token" value="\(token)">\
        <p class="actions"><button class="button">\(say("发一张练习码", "Hand out a code"))</button> \
        <a class="button quiet" href="/desk/practice/call">\(say("假退款电话的台词", "Script of the fake refund call"))</a> \
        <a class="button quiet" href="/desk/practice/steps.csv">\(say("导出给小组（CSV）", "Export for the group (CSV)"))</a></p></form>\(table)
        """)
  }

  func learner(_ entry: PracticeLearnerEntry, isDone: Bool) -> Page {
    let state = FormState(
      Dictionary(entry.levels.map { ($0.key.rawValue, $0.value.rawValue) }) { first, _ in first })
    let parts = FormParts(state, say)
    let fields = PracticeStep.allCases.map { step in
      parts.select(
        step.rawValue, step.name, options: PracticeLevel.allCases.map { ($0.rawValue, $0.name) },
        hint: entry.seen[step].map {
          Phrase("练习店看到做成了：\(say.dateTime($0))", "The shop saw it done: \(say.dateTime($0))")
        },
        isRequired: false)
    }
    let heading = say("练习码 \(entry.code)", "Code \(entry.code)")
    return Page(
      title: heading, kind: .staff,
      main: """
        <p><a href="/desk/practice">← \(title)</a></p><h1>\(heading)</h1>\
        <p class="actions"><a class="button quiet" href="/desk/practice/learners/\(entry.person)/slip">\(say("打印纸条", "Print the slip"))</a></p>\
        \(parts.form(to: "/desk/practice/learners/\(entry.person)/steps", token: token,
          "<div class=\"columns\">\(fields)</div>\(parts.submit(Phrase("记下来", "Keep it")))"))
        """, alerts: isDone ? [PageParts.notice(say("记好了。", "Kept."), .good)] : [])
  }

  /// A slip of paper for the learner's pocket.
  func slip(_ entry: PracticeLearnerEntry, address: String) throws -> Page {
    let qr = HTML(
      trusted: Array(
        try QRCode(address, correction: .quartile).svg(title: say("练习店的二维码", "QR code of the practice shop"))
          .utf8))
    let heading = say("您的练习码", "Your practice code")
    return Page(
      title: heading, kind: .print,
      main: """
        <section class="panel"><h1>\(heading)</h1><p class="code">\(entry.code.prefix(4)) \(entry.code.suffix(4))</p>\(qr)\
        <p>\(address.split(separator: "?").first.map(String.init) ?? address)</p>\
        <p>\(say("钱是假的，东西不会送来，点错了没关系。用到 \(say.day(entry.forgetAt))。", "The money is not real, nothing is delivered, mistakes do no harm. Good until \(say.day(entry.forgetAt))."))</p></section>
        """)
  }

  /// What the teacher reads out, and what to say afterwards.
  func call() -> Page {
    guard let trap = PracticeTrap.of(.refundCall) else { return missing(mayMake: false, state: .empty) }
    let lines = trap.story.map { "<li>\(say($0))</li>" as HTML }
    return Page(
      title: say("假退款电话的台词", "Script of the fake refund call"), kind: .staff,
      main: """
        <p><a href="/desk/practice">← \(title)</a></p><h1>\(say("假退款电话的台词", "Script of the fake refund call"))</h1>\
        <p>\(say("先说好这是练习，再照着念，语气可以急一点。学员挂断了，就夸一句；念了验证码，也不批评。", "Say first that it is practice, then read it out, a little hurried. Praise who hangs up, and do not blame who reads out the code."))</p>\
        <ol class="story">\(lines)</ol><section class="card"><h2>\(say("之后说", "Afterwards"))</h2><p>\(say(trap.caught))</p><p>\(say(trap.wise))</p>\
        <p><strong>\(say(trap.rule))</strong></p></section>
        """)
  }
}
