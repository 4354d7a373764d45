import Kernel
import Web

/// One household and its paper: whether it is on the list, what became of its slips, and how it wants its bags.
struct PaperHomePages {
  let say: Wording
  let token: String

  struct Home: Sendable {
    let household: HouseholdID
    let door: Phrase
    let isOnList: Bool
    /// Without the words to whoever brings the bags: those are for that person alone.
    let wish: DeliveryWish
    /// Each open group-buy that has a catalogue on paper, with the household's slips.
    let papers: [Paper]
    /// Whether the reader may print catalogues and make slips.
    let mayPrint: Bool
  }

  struct Paper: Sendable {
    let campaign: Campaign
    let slips: [(slip: PaperSlip, keyedBy: String)]
  }

  func page(_ home: Home) -> Page {
    let title = say("\(home.door.chinese)：纸上订货", "\(home.door.english): orders on paper")
    let cards = home.papers.map { paper($0, mayPrint: home.mayPrint) }
    let none = PageParts.empty(
      say("现在没有印了纸上目录的团购在接单。", "No group-buy with a catalogue on paper takes orders right now."))
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/paper-households">← \(say("要纸单的住户", "Households that want paper"))</a></p>
        <h1>\(title)</h1>\(listing(home))\(cards.isEmpty ? none : .joined(cards))\(wishes(home.wish))
        """)
  }

  private func listing(_ home: Home) -> HTML {
    let parts = FormParts(.empty, say)
    let standing =
      home.isOnList
      ? PageParts.tag(say("在名单上", "On the list"), .good)
      : PageParts.tag(say("不在名单上", "Not on the list"))
    let words =
      home.isOnList
      ? say("每次印目录，都给这户印一张单子。", "Whenever a catalogue is printed, they get a slip.")
      : say("印目录时不会自动给这户印单子。", "They get no slip by themselves.")
    let what: HTML =
      home.isOnList
      ? "\(parts.hidden("remove", "on"))<button class=\"button quiet\">\(say("不再要了", "No more paper"))</button>"
      : "<button class=\"button\">\(say("以后每次都给这户印", "Print one for them each time"))</button>"
    let fields: HTML = """
      \(parts.hidden("household", home.household.description))\(parts.hidden("back", "household"))\
      <p class="actions">\(what)</p>
      """
    return """
      <p>\(standing) \(words)</p>\(parts.form(to: "/desk/paper-households", token: token, fields))
      """
  }

  private func paper(_ paper: Paper, mayPrint: Bool) -> HTML {
    let campaign = paper.campaign
    let rows = paper.slips.map { slip($0.slip, keyedBy: $0.keyedBy) }
    let make: HTML =
      mayPrint
      ? """
      <p class="actions"><a class="button quiet" href="/desk/campaigns/\(campaign.id)/catalogue">\(say("去印目录和单子", "To catalogues and slips"))</a></p>
      """ : .empty
    let list: HTML =
      rows.isEmpty
      ? "<p>\(say("这户还没有单子。", "They have no slip yet."))</p>\(make)" : "<ul class=\"plain\">\(rows)</ul>"
    return PageParts.card(
      say(campaign.title), "<p>\(say("截单", "Cut-off")) \(say.dateTime(campaign.cutOffAt))</p>\(list)")
  }

  private func slip(_ slip: PaperSlip, keyedBy: String) -> HTML {
    let number: HTML = "\(say("单号", "Slip")) <strong>\(slip.code.spaced)</strong>"
    guard let keyed = slip.keyed else {
      return """
        <li><p>\(number) \(PageParts.tag(say("等着收回来录", "Waiting to be keyed"), .notice))</p>
        <p class="actions"><a class="button" href="/desk/slips/\(slip.code.description)/print">\(say("打印这张单子", "Print this slip"))</a>\
        <a class="button quiet" href="/desk/slips/\(slip.code.description)">\(say("录这张单子", "Key this slip"))</a></p></li>
        """
    }
    return """
      <li><p>\(number) \(PageParts.tag(say("录好了", "Keyed"), .good)) \(PaperWords.keyed(by: keyedBy, at: keyed.at, say))</p>
      <p class="actions"><a class="button quiet" href="/desk/slips/\(slip.code.description)">\(say("看订了什么", "See what was ordered"))</a>\
      <a class="button quiet" href="/desk/campaigns/\(slip.campaign)/paper/confirmations?order=\(keyed.order)">\(say("印确认单", "Print its confirmation"))</a></p></li>
      """
  }

  private func wishes(_ wish: DeliveryWish) -> HTML {
    PageParts.card(
      say("送货上门", "Deliveries"),
      PageParts.definitions([
        (say("怎么拿", "How"), "\(say(wish.mode.name))"), (say("时间", "When"), "\(say(wish.window.name))"),
      ]))
  }
}
