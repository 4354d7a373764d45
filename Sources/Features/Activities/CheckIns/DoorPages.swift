import Kernel
import Web

/// The desk at the door: ticks for those who signed up, names for those who did not, all on one page and sent together.
struct DoorPages {
  let say: Wording
  let token: String

  private var parts: ActivityParts { ActivityParts(say: say) }

  struct View: Sendable {
    let activity: Activity
    let attendance: ActivityAttendance
    /// In the order of their numbers.
    let signUps: [NamedSignUp]
    /// The number behind which the list goes on; nil at its end.
    let next: Int64?
  }

  func door(_ view: View, key: String, _ state: FormState, notices: [HTML], alerts: [HTML]) -> Page {
    let (activity, base) = (view.activity, ActivityDeskPages.base(view.activity.id))
    let title = say("门口签到", "At the door")
    let main: HTML = """
      <h1>\(title)</h1><p>\(activity.terms.title) · \(parts.times(activity))</p>\
      <p class="lead">\(say("已经来了", "Here:")) <strong>\(view.attendance.present)</strong> · \
      \(say("报了还没来", "Still expected:")) <strong>\(view.attendance.absent)</strong></p>\
      \(form(view, base, key, state))\(present(view, base, key))\
      \(PageParts.pager(say, previous: nil, next: view.next.map { "\(base)/door?after=\($0)" }))\
      <p class="actions">\(parts.link("\(base)/code", say("签到码大屏", "Code on the screen"))) \(parts.link(base, say("返回", "Back")))</p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: notices + alerts)
  }

  private func form(_ view: View, _ base: String, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say)
    let expected = view.signUps.filter { $0.signUp.checkIn == nil }
    let ticks: HTML =
      expected.isEmpty
      ? .empty
      : fields.checkboxes(
        "came", Phrase("报了名的，来一位勾一位", "Tick who has come"), options: expected.map(option))
    return """
      <section class="panel">\(fields.form(to: "\(base)/door", token: token, idempotencyKey: key, """
        \(ticks)\
        \(fields.text("numbers", Phrase("纸上名单的号", "Numbers from the list on paper"), hint: Phrase("把打了勾的号写在一起，如：3 5 8-12。多写几遍也只算一次。", "All that are ticked: 3 5 8-12. Written twice, they count once."), isRequired: false, autocomplete: "off"))\
        \(fields.textArea("names", Phrase("没报名直接来的，一行写一位", "Who came without signing up, one on each line"), rows: 3, isRequired: false))\
        \(fields.number("nameless", Phrase("不愿留称呼的还有几位", "And how many who gave no name"), isRequired: false))\
        \(fields.submit(Phrase("记好", "Note them all")))
        """))</section>
      """
  }

  private func option(_ entry: NamedSignUp) -> (value: String, name: Phrase) {
    let (turn, name) = (entry.signUp.turn, entry.name)
    let waits = entry.signUp.state == .waiting
    return (
      entry.signUp.id.description,
      Phrase(
        "\(turn) · \(name ?? "没留称呼")\(waits ? "（排队）" : "")",
        "\(turn) · \(name ?? "no name given")\(waits ? " (waiting)" : "")")
    )
  }

  /// Who is there, each with a way to take it back.
  private func present(_ view: View, _ base: String, _ key: String) -> HTML {
    let here = view.signUps.filter { $0.signUp.checkIn != nil }
    if here.isEmpty { return .empty }
    let rows = here.map { entry -> [HTML] in
      let signUp = entry.signUp
      return [
        HTML(text: String(signUp.turn)), HTML(text: entry.name ?? say("没留称呼", "No name given")),
        HTML(text: say(signUp.state.name)),
        HTML(text: signUp.checkIn.map { say.time($0.at) } ?? ""),
        PageParts.loneButton(
          say("记错了", "A mistake"), to: "\(base)/door/undo", token: token, key: "\(key)-\(signUp.turn)",
          [("sign_up", signUp.id.description)], isQuiet: true),
      ]
    }
    return """
      <details><summary>\(say("这一页已经来的（\(here.count)）", "Here, on this page (\(here.count))"))</summary>\
      \(PageParts.table(caption: say("来了的", "Who is here"), isCaptionShown: false, columns: [
        TableColumn(say("号", "Number"), isNumeric: true), TableColumn(say("称呼", "Name")),
        TableColumn(say("名额", "Place")), TableColumn(say("几点", "At")), TableColumn(say("改", "Correct")),
      ], rows: rows))</details>
      """
  }
}
