import Kernel
import Web

/// The mandate on paper, in large type: what is agreed in plain words, and a place to sign.
struct MandatePrintPages {
  let say: Wording
  let community: CommunityCard
  let now: Timestamp

  /// A form to fill in by hand.
  func empty(principal: String, back: String) -> Page {
    let matters = MandateMatter.allCases.map { box($0.name) }
    let ways = ConfirmationWay.allCases.map { box($0.name) }
    let payWays = MandatePayWay.allCases.map { box($0.name) }
    return page(
      back: back,
      """
      <p>\(say("我是", "I am")) <strong>\(principal)</strong>\(say("，请这位帮我办事：", ", and ask this person to act for me:")) \(line)</p>\
      <h2>\(say("可以办", "May do"))</h2><ul class="plain">\(matters)</ul>\
      <h2>\(say("最多花多少", "At most"))</h2>\
      <p>\(say("一单", "An order")) ¥\(line) \(say("一天", "a day")) ¥\(line) \(say("一个月", "a month")) ¥\(line)</p>\
      <h2>\(say("怎么付钱", "Paid by"))</h2><ul class="plain">\(payWays)</ul>\
      <h2>\(say("每一单我这样点头", "I say yes to each order"))</h2><ul class="plain">\(ways)</ul>\
      <p>\(say("不从这几家买：", "Not from these merchants:")) \(line)</p>\
      <p>\(say("有不对劲告诉：", "Tell this person of anything odd:")) \(line)</p>\
      <p>\(say("用到哪天（最长 12 个月）：", "Last day (within 12 months):")) \(line)</p>
      """)
  }

  func filled(_ view: MandateView, back: String) -> Page {
    let parts = MandateParts(view, say)
    return page(
      back: back,
      """
      <p><strong>\(parts.name(view.mandate.principal))</strong> \(say("请", "asks")) \
      <strong>\(parts.name(view.mandate.helper))</strong> \(say("帮忙办下面的事：", "to do this for them:"))</p>\
      \(parts.terms(view.mandate.terms(at: now)))
      """)
  }

  private func page(back: String, _ content: HTML) -> Page {
    let title = say("委托书", "Mandate")
    let main: HTML = """
      <div class="print large-type"><h1>\(title) · \(say(community.name))</h1>\(content)\
      <p>\(say("我知道：随时可以收回，马上算数；要放宽，得我自己来说，过 24 小时才算数；帮忙的人从中拿不到一分钱；每一单没有我点头就不算。", "I know: I can take it back at any time and it ends at once; only I can widen it, and that counts after 24 hours; whoever helps earns nothing by it; an order without my yes is void."))</p>\
      <p>\(say("收回、改动，打电话：", "To end or change it, call")) ☎ \(community.phoneNumber)</p>\
      <p>\(say("本人签字", "Signed by the person")) \(line)</p><p>\(say("见证人签字", "Witness")) \(line)</p>\
      <p>\(say("日期", "Date")) \(line)</p></div>\
      <p class="actions"><a class="button quiet" href="\(back)">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: title, kind: .print, main: main)
  }

  private var line: HTML { "<span aria-hidden=\"true\">________________</span>" }
  private func box(_ name: Phrase) -> HTML { "<li>☐ \(say(name))</li>" }
}
