import Kernel
import Web

/// A household's vote: choosing, reading it back, and what there is afterwards.
struct BallotPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: ProposalParts { ProposalParts(say: say) }

  private func path(_ proposal: Proposal) -> String { "\(ProposalParts.path(proposal.id))/vote" }

  /// What the page shows: nothing of a choice is among it.
  struct Room: Sendable {
    let proposal: Proposal
    let voting: ProposalVoting
    /// That the household has voted; nil while it has not.
    let roll: RollEntry?
    let turnout: Int
  }

  // MARK: - Choosing

  func vote(_ room: Room, _ state: FormState, isDone: Bool, alerts: [HTML]) -> Page {
    let title = say("替我们家投票", "Vote for our household")
    let done: [HTML] =
      isDone && room.roll != nil
      ? [PageParts.notice(say("投好了，谢谢。", "Your vote is in. Thank you."), .good)] : []
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(room.proposal.title)</p>\(content(room, state))\
        <p><a href="\(ProposalParts.path(room.proposal.id))">\(say("返回提案", "Back to the proposal"))</a></p>
        """, alerts: done + alerts)
  }

  private func content(_ room: Room, _ state: FormState) -> HTML {
    if let roll = room.roll { return voted(roll, room) }
    guard room.proposal.standing.takesVotes(at: now) else {
      return
        "<p>\(say("现在不是投票的时候。投票时间：", "Votes are not taken now. They are: "))\(parts.span(room.voting))</p>"
    }
    let fields = FormParts(state, say)
    let options = room.voting.choices.enumerated().map { index, choice in
      (value: String(index + 1), name: choice.name)
    }
    let form = fields.form(
      to: "\(path(room.proposal))/check", token: token,
      """
      \(fields.radios("choice", Phrase("我们家投", "Our household votes"), options: options))\
      \(fields.submit(Phrase("看一遍再投", "Read it once more")))
      """)
    return """
      <section class="panel">\(form)</section>\(secrecy)\
      <p>\(parts.rule(room.voting.rule))</p><p>\(parts.span(room.voting))</p>
      """
  }

  /// What is kept, and what is not, before anybody chooses.
  private var secrecy: HTML {
    """
    <ul>\
    <li>\(say("一户一票，由家里一位成年人投。投好以后不能改。", "One vote for each household, given by one adult of it. It cannot be changed afterwards."))</li>\
    <li>\(say("记下哪户投了，不记投了什么：选票封着另放，社工和居委会都看不到。", "It is kept that your household voted, not what: the ballot lies sealed and apart, and neither the station nor the committee sees it."))</li>\
    <li>\(say("结束以后一起打开，只公布总数，选票当场销毁。", "After the end all are opened at once, only totals are published, and the ballots are destroyed."))</li></ul>
    """
  }

  private func voted(_ roll: RollEntry, _ room: Room) -> HTML {
    PageParts.card(
      say("您家已经投过票了", "Your household has voted"),
      """
      <p>\(say(roll.method.name)) · \(say.dateTime(roll.votedAt))</p>\
      <p>\(say("投了什么，这里没有记，谁也查不到。", "What it voted is not kept here; nobody can look it up."))</p>\
      <p>\(say("已经有 \(room.turnout) 户投了票。结束以后公布结果。", "\(say.count(room.turnout, "户", "household")) voted so far. The result is published after the end."))</p>
      """)
  }

  // MARK: - Reading it back

  /// The choice is read back in large type. It comes as the answer to the form and not by a redirect: it would stand in an
  /// address otherwise, in the browser's history and in the log of whatever passes it on.
  func check(_ room: Room, number: Int, key: String) -> Page {
    let title = say("看一遍，对吗？", "Is this right?")
    let name = room.voting.choice(number)?.name ?? Phrase(same: "—")
    let fields = FormParts(.empty, say)
    let form = fields.form(
      to: path(room.proposal), token: token, idempotencyKey: key,
      """
      \(fields.hidden("choice", String(number)))\
      \(fields.submit(Phrase("我是家里的成年人，就这样投", "I am an adult of the household: vote so")))
      """)
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(room.proposal.title)</p>\
        <p class="read-back">\(say("我们家投：", "Our household votes: "))<strong>\(say(name))</strong></p>\
        <p>\(say("投好以后不能改，因为没有人知道哪张选票是您家的。", "It cannot be changed afterwards, since nobody knows which ballot is yours."))</p>\
        \(form)<p class="actions"><a class="button quiet" href="\(path(room.proposal))">\(say("不对，重新选", "No, choose again"))</a></p>
        """)
  }
}
