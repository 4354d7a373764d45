import Kernel
import People
import Web

/// Votes at the desk: announcing one, keying in what households handed in or said, and the slips for it.
struct BallotDeskPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }

  // MARK: - Announcing

  func announce(_ proposal: Proposal, key: String, _ state: FormState, alerts: [HTML]) -> Page {
    let title = say("定一次投票", "Announce a vote")
    let base = ProposalParts.desk(proposal.id)
    let fields = FormParts(state, say)
    let form = fields.form(
      to: "\(base)/voting", token: token, idempotencyKey: key,
      """
      \(fields.hidden("seen", String(proposal.standing.events)))\
      \(fields.radios("question", Phrase("怎么问", "The question"), options: BallotForm.Question.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("options", Phrase("选项，一行一个", "The options, one a line"), hint: Phrase("选“几个办法里选一个”才填，2 到 8 个。弃权自动加上。", "For “one of several options” alone, 2 to 8. Abstaining is added by itself."), isRequired: false))\
      \(fields.dateTime("opens", Phrase("从什么时候起", "From")))\(fields.dateTime("closes", Phrase("到什么时候止", "Until")))\
      \(fields.radios("majority", Phrase("多少票算通过", "What passes it"), options: DecisionRule.Majority.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.rate("quorum", Phrase("至少多少住户投票才算数", "Households that have to vote"), hint: Phrase("占全社区住户的百分比；不填就不限。", "Per cent of all households; leave it empty for no limit."), isRequired: false))\
      \(fields.submit(Phrase("公布这次投票", "Announce it")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(proposal.title)</p>\
        <p>\(say("公布以后不能改；还没开始的，可以取消重来。业主共同决定的事（民法典第二百七十八条）有法定的人数和面积要求，这里的投票只供参考。", "What is announced cannot be changed; before it opens it can be called off. Matters that owners decide together have majorities of their own by law (Civil Code art. 278); a vote here is advice to them."))</p>\
        <section class="panel">\(form)</section><p><a href="\(base)">\(say("返回提案", "Back to the proposal"))</a></p>
        """, alerts: alerts)
  }

  // MARK: - Keying in

  func key(_ room: BallotPages.Room, _ state: FormState, isDone: Bool, alerts: [HTML]) -> Page {
    let title = say("录入选票", "Key in votes")
    let base = ProposalParts.desk(room.proposal.id)
    let fields = FormParts(state, say)
    let options = room.voting.choices.enumerated().map { index, choice in
      (value: String(index + 1), name: choice.name)
    }
    let form = fields.form(
      to: "\(base)/votes/check", token: token,
      """
      \(fields.text("building", Phrase("楼号", "Building"), hint: Phrase("比如 3号楼", "Such as 3"), maximumLength: 20))\
      \(fields.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
      \(fields.text("room", Phrase("房号", "Room"), maximumLength: 20))\
      \(fields.radios("method", Phrase("怎么来的", "How it came"), options: BallotMethod.keyed.map { ($0.rawValue, $0.name) }))\
      \(fields.radios("choice", Phrase("这户投", "The household votes"), options: options))\
      \(fields.submit(Phrase("念一遍再录", "Read it back first")))
      """)
    let content: HTML =
      room.proposal.standing.takesVotes(at: now)
      ? "<section class=\"panel\">\(form)</section>"
      : "<p>\(say("现在不是投票的时候。投票时间：", "Votes are not taken now. They are: "))\(parts.span(room.voting))</p>"
    let done: [HTML] = isDone ? [PageParts.notice(say("录好了。", "Keyed in."), .good)] : []
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(room.proposal.title)</p>\
        <p>\(say("已经有 \(room.turnout) 户投了票。", "\(say.count(room.turnout, "户", "household")) voted so far."))</p>\
        <p>\(say("录的时候您听到了、看到了，请不要记在别处，也不要说出去：这里不记哪户投了什么，录好以后谁也查不到。", "You hear or see it while you key it in. Note it nowhere else and tell nobody: what a household voted is not kept here, and nobody can look it up afterwards."))</p>\
        \(content)<p><a href="\(base)">\(say("返回提案", "Back to the proposal"))</a></p>
        """, alerts: done + alerts)
  }

  func check(_ room: BallotPages.Room, _ keyed: BallotForm.Keyed, key: String) -> Page {
    let title = say("念一遍，对吗？", "Is this right?")
    let base = ProposalParts.desk(room.proposal.id)
    let name = room.voting.choice(keyed.number)?.name ?? Phrase(same: "—")
    let fields = FormParts(.empty, say)
    let form = fields.form(
      to: "\(base)/votes", token: token, idempotencyKey: key,
      """
      \(fields.hidden("building", keyed.door.building))\(fields.hidden("unit", keyed.door.unit))\
      \(fields.hidden("room", keyed.door.room))\(fields.hidden("method", keyed.method.rawValue))\
      \(fields.hidden("choice", String(keyed.number)))\(fields.submit(Phrase("对，录进去", "Yes, key it in")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(room.proposal.title)</p>\
        <p class="read-back">\(say(keyed.door.label)) · \(say(keyed.method.name))<br>\(say("投：", "votes: "))<strong>\(say(name))</strong></p>\
        <p>\(say("请念给对方听。录好以后不能改。", "Please read it back to them. It cannot be changed afterwards."))</p>\
        \(form)<p class="actions"><a class="button quiet" href="\(base)/votes">\(say("不对，重新录", "No, start again"))</a></p>
        """)
  }

  // MARK: - Slips

  /// Slips for the households of one building, or blank ones: the choice above, and a stub with the door to tear off.
  ///
  /// - Parameter doors: nil where the household writes its door itself.
  func slips(_ proposal: Proposal, _ voting: ProposalVoting, doors: [Phrase?], phone: String) -> Page {
    let boxes = voting.choices.map { "<li>☐ \(say($0.name))</li>" as HTML }
    let drawn = doors.map { door -> HTML in
      let stub =
        door.map { say($0) } ?? say("____ 号楼 ____ 单元 ______ 室", "Building ____ Unit ____ Room ______")
      return """
        <article class="large-paper paper-slip"><h1>\(proposal.title)</h1><p>\(PageParts.lines(proposal.text))</p>\
        <p>\(say("一户一票，由家里一位成年人选一个，打勾：", "One vote for each household. One adult of it ticks one:"))</p>\
        <ul>\(boxes)</ul><p>\(say("投票时间：", "Votes are taken: "))\(parts.span(voting))<br>\(say("电话 ", "Telephone "))\(phone)</p>\
        <p>✂ - - - - - - - - - - - - - - - - - - - - - - - - -</p>\
        <p><strong>\(stub)</strong></p>\
        <p>\(say("录入后从这里撕开：门牌这一半留底，选票那一半不留门牌，结束后销毁。", "Torn off here when it was keyed in: this half is kept; the other half bears no door and is destroyed after the end."))</p></article>
        """
    }
    return Page(title: say("选票", "Ballot slips"), kind: .print, main: HTML.joined(drawn))
  }

  func slipChoice(
    _ proposal: Proposal, buildings: [(building: String, households: Int64)]
  ) -> Page {
    let title = say("打印选票", "Print slips")
    let base = ProposalParts.desk(proposal.id)
    let items = buildings.map { entry -> HTML in
      let name = say(Door.buildingName(entry.building))
      let path = "\(base)/slips/sheet?building=\(URLEncodedText.encode(entry.building))"
      return
        "<li><a class=\"button quiet\" href=\"\(path)\">\(name)</a> \(say.count(entry.households, "户", "household"))</li>"
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="lead">\(proposal.title)</p>\
        <p>\(say("按楼栋打印，每户一张，投过的也打：名单不会说出谁还没投。", "By building, one for each household, also for those that have voted: so the pile does not tell who has not."))</p>\
        <ul class="plain"><li><a class="button quiet" href="\(base)/slips/sheet">\(say("空白的两张", "Two blank ones"))</a></li>\(items)</ul>\
        <p><a href="\(base)">\(say("返回提案", "Back to the proposal"))</a></p>
        """)
  }
}
