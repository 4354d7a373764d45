import Kernel
import People
import Web

/// The station's page of who signed up, and of signing somebody up.
struct SignUpDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ActivityParts { ActivityParts(say: say) }

  /// Which of the forms of the page is shown again.
  enum Place: String, Sendable {
    case named
    case nameless
  }

  struct View: Sendable {
    let activity: Activity
    let attendance: ActivityAttendance
    let signUps: [NamedSignUp]
    /// The number behind which the list goes on; nil at its end.
    let next: Int64?
    /// Those of the household that was typed, with their names; empty where none was.
    let household: [(id: PersonID, name: String)]
  }

  func list(
    _ view: View, key: String, _ place: Place?, _ state: FormState, notices: [HTML], alerts: [HTML]
  ) -> Page {
    let (activity, base) = (view.activity, ActivityDeskPages.base(view.activity.id))
    let title = say("报名名单", "Sign-ups")
    let mayAdd =
      SignUpRules.refusal(toSignUpFor: activity, byStation: true, turns: 0, at: now) == nil
    let forms: HTML =
      mayAdd
      ? "\(nameless(base, key, place == .nameless ? state : .empty))\(named(view, base, key, place == .named ? state : .empty))"
      : "<p>\(say("活动开始了，或者没有公布，不能再报名；来的人在“门口签到”里记。", "Nobody can be signed up now; who comes is noted at the door."))</p>"
    let main: HTML = """
      <h1>\(title)</h1><p>\(activity.terms.title) · \(parts.times(activity))</p><p><strong>\(parts.places(activity))</strong> · \
      \(say("排队 \(view.attendance.waiting) 位", "\(view.attendance.waiting) waiting"))</p>\(forms)\(table(view, base, key))\
      \(PageParts.pager(say, previous: nil, next: view.next.map { "\(base)/sign-ups?after=\($0)" }))\
      <p><a href="\(base)">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: notices + alerts)
  }

  /// One field and one button: somebody stands at the counter.
  private func nameless(_ base: String, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say, place: Place.nameless.rawValue)
    return PageParts.card(
      say("没有账号的", "Without an account"),
      fields.form(
        to: "\(base)/walk-ins", token: token, idempotencyKey: "\(key)-nameless",
        """
        \(fields.text("name", Phrase("怎么称呼", "What to call them"), hint: Phrase("可以不填。活动结束 90 天后自动抹掉。", "May be left empty. It is forgotten 90 days after the activity."), isRequired: false, maximumLength: 20, autocomplete: "off"))\
        \(fields.submit(Phrase("报上", "Sign up")))
        """))
  }

  private func named(_ view: View, _ base: String, _ key: String, _ state: FormState) -> HTML {
    let fields = FormParts(state, say, place: Place.named.rawValue)
    let household: HTML =
      view.household.isEmpty
      ? .empty
      : fields.radios(
        "person", Phrase("家里哪一位", "Which of them"),
        options: view.household.map { ($0.id.description, Phrase(same: $0.name)) })
    return PageParts.card(
      say("有账号的邻居", "Neighbours with an account"),
      fields.form(
        to: "\(base)/sign-ups", token: token, idempotencyKey: "\(key)-named",
        """
        \(fields.radios("channel", Phrase("怎么来报的", "How they asked"), options: SignUpForm.channelOptions))\(household)\
        \(fields.text("phone", Phrase("手机号", "Telephone number"), type: "tel", isAlternative: true, maximumLength: 40, inputMode: "tel"))\
        <p>\(say("或者填门牌", "or the door"))</p>\(fields.text("building", Phrase("楼号", "Building"), isAlternative: true, maximumLength: 20))\
        \(fields.text("unit", Phrase("单元", "Unit"), isAlternative: true, maximumLength: 10))\
        \(fields.text("room", Phrase("房号", "Room"), isAlternative: true, maximumLength: 20))\
        \(fields.submit(Phrase("帮他报名", "Sign them up")))
        """))
  }

  private func table(_ view: View, _ base: String, _ key: String) -> HTML {
    if view.signUps.isEmpty {
      return PageParts.empty(say("还没有人报名。", "Nobody has signed up yet."))
    }
    let mayCancel = SignUpRules.refusal(toCancelAt: now, for: view.activity) == nil
    let rows = view.signUps.map { entry -> [HTML] in
      let signUp = entry.signUp
      let cancel: HTML =
        mayCancel && signUp.checkIn == nil
        ? PageParts.loneButton(
          say("不来了", "Cancel"), to: "\(base)/sign-ups/\(signUp.id)/cancel", token: token,
          key: "\(key)-\(signUp.turn)", isQuiet: true) : .empty
      return [
        HTML(text: String(signUp.turn)), HTML(text: entry.name ?? say("没留称呼", "No name given")),
        PageParts.tag(say(signUp.state.name), signUp.state == .waiting ? .notice : .good),
        HTML(text: say(signUp.channel.name)), HTML(text: say.dateTime(signUp.signedUpAt)), cancel,
      ]
    }
    return PageParts.table(
      caption: say("名单", "The list"), isCaptionShown: false,
      columns: [
        TableColumn(say("号", "Number"), isNumeric: true), TableColumn(say("称呼", "Name")),
        TableColumn(say("状态", "State")), TableColumn(say("怎么报的", "How")),
        TableColumn(say("什么时候", "When")), TableColumn(say("取消", "Cancel")),
      ], rows: rows)
  }
}
