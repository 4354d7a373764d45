import Kernel
import People
import Web

/// A referral, for its worker and for the committee that answers it.
struct ReferralPages {
  let say: Wording
  let token: String
  let now: Timestamp
  let key: String

  private var parts: CaseParts { CaseParts(say: say) }

  // MARK: - The worker

  /// - Parameters:
  ///   - words: what the worker wrote; nil where it was destroyed.
  ///   - agreed: the fields that the client lets be told now; empty where they were not asked or said no.
  ///   - question: the consent that is asked, with its form.
  func worker(
    _ referral: Referral, _ open: OpenCase, name: String, words: CareDocument?,
    replies: [CareTextID: CareDocument],
    agreed: Set<DataCategory>, question: HTML, alerts: [HTML]
  ) -> Page {
    let title = say("转介单", "Referral")
    let base = "/cases/\(open.id)/referrals/\(referral.id)"
    let isWorker = open.access.relation == .worker
    let main: HTML = """
      <h1>\(title) · \(say(referral.destination.name))</h1>\
      <p>\(open.file.label) · \(name) · \(PageParts.tag(say(referral.state.name), referral.state.isOpen ? .notice : .neutral))</p>\
      \(PageParts.card(say("打算告诉对方的", "What they would be told"), parts.words(words)))\
      \(isWorker && referral.state == .asking ? asking(referral, agreed, question, base) : .empty)\
      \(isWorker ? steps(referral, base) : .empty)\(story(referral, replies))\
      <p><a href="/cases/\(open.id)">\(say("返回个案", "Back to the case"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts, scripts: ["speak.js"])
  }

  private func asking(
    _ referral: Referral, _ agreed: Set<DataCategory>, _ question: HTML, _ base: String
  ) -> HTML {
    let asked = list(referral.fields)
    let standing: HTML =
      agreed.isEmpty
      ? "<p>\(say("要问的是：\(asked)。", "Asked about: \(asked)."))</p>"
      : """
      <p>\(PageParts.tag(say("同意告诉：\(list(agreed))", "Agreed to tell: \(list(agreed))"), .good))</p>\
      \(PageParts.button(say("转出去，只带同意的这些", "Send it with what was agreed to"), to: "\(base)/send", token: token, key: "\(key)-send"))
      """
    return """
      <section class="card"><h2>\(say("先问本人", "First ask the person"))</h2>\(standing)\(question)</section>
      """
  }

  private func steps(_ referral: Referral, _ base: String) -> HTML {
    var states: [ReferralState] = []
    if referral.state == .asking || referral.state == .sent || referral.state == .accepted {
      states.append(.revoked)
    }
    if referral.destination == .organisation {
      states += referral.state.next.intersection([.accepted, .rejected, .done]).sorted {
        $0.rawValue < $1.rawValue
      }
    }
    if states.isEmpty { return .empty }
    let fields = FormParts(.empty, say, place: "step")
    let print: HTML =
      referral.destination == .organisation && referral.state.isShown
      ? "<p class=\"actions\"><a class=\"button quiet\" href=\"\(base)/print\">\(say("打印给对方", "Print it for them"))</a></p>"
      : .empty
    let form = fields.form(
      to: "\(base)/steps", token: token, idempotencyKey: "\(key)-step",
      """
      \(fields.radios("state", Phrase("现在怎样了", "How it stands"), options: states.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("reply", CareDocument.Field.reply.label, rows: 2, isRequired: false))\
      \(fields.submit(Phrase("记下", "Note it")))
      """)
    return PageParts.card(say("对方的答复", "What they answered"), "\(print)\(form)")
  }

  private func story(_ referral: Referral, _ replies: [CareTextID: CareDocument]) -> HTML {
    let items = referral.events.map { event -> HTML in
      let reply = event.text.flatMap { replies[$0] }.map { parts.words($0) } ?? .empty
      return "<li>\(say.dateTime(event.at)) · \(say(event.state.name))\(reply)</li>"
    }
    return PageParts.card(say("经过", "What happened"), "<ol class=\"story\">\(items)</ol>")
  }

  private func list(_ fields: Set<DataCategory>) -> String {
    fields.map { say($0.name) }.sorted().joined(separator: say("、", ", "))
  }

  // MARK: - On paper

  /// Exactly what was agreed to, and where to send the answer.
  func print(_ shared: CareDocument?, _ community: String, phone: String) -> Page {
    let title = say("转介单", "Referral")
    return Page(
      title: title, kind: .print,
      main: """
        <div class="print"><h1>\(title)</h1><p>\(community) · \(phone)</p>\(parts.words(shared))\
        <p>\(say("本人同意把上面这些告诉贵机构，请只用在这一件事上。", "The person agreed that you are told the above; please use it for this alone."))</p>\
        <p>\(say("请电话答复：接，还是不接，为什么。", "Please call with your answer: yes or no, and why."))</p></div>
        """)
  }

  // MARK: - The committee

  struct Entry: Sendable {
    let referral: Referral
    let shared: CareDocument?
  }

  func committee(_ entries: [Entry]) -> Page {
    let title = say("社工转来的", "Referred by social workers")
    let items = entries.map { entry -> HTML in
      let purpose = entry.shared?[.purpose] ?? ""
      return """
        <li><a href="/referrals/\(entry.referral.id)">\(say.day(entry.referral.events.first { $0.state == .sent }?.at ?? entry.referral.madeAt))</a> \
        \(PageParts.tag(say(entry.referral.state.name), entry.referral.state == .sent ? .notice : .neutral)) \(purpose)</li>
        """
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1>\
        <p class="lead">\(say("每张单子只写了办这件事要用的，本人都同意了。办完就看不到了。", "Each tells only what is needed for this one thing, and the person agreed to it. It is gone once it is done."))</p>\
        \(items.isEmpty ? PageParts.empty(say("现在没有。", "There is none at present.")) : "<ul class=\"plain\">\(items)</ul>")
        """)
  }

  func committee(_ entry: Entry, _ state: FormState, alerts: [HTML]) -> Page {
    let referral = entry.referral
    let title = say("社工转来的", "Referred by social workers")
    let fields = FormParts(state, say)
    let states = referral.state.next.intersection([.accepted, .rejected, .done]).sorted {
      $0.rawValue < $1.rawValue
    }
    let form = fields.form(
      to: "/referrals/\(referral.id)/answer", token: token, idempotencyKey: key,
      """
      \(fields.radios("state", Phrase("你们的答复", "Your answer"), options: states.map { ($0.rawValue, $0.name) }))\
      \(fields.textArea("reply", CareDocument.Field.reply.label, hint: Phrase("不接的话请写原因。", "Please give the reason if you say no."), rows: 2, isRequired: false))\
      \(fields.submit(Phrase("答复", "Answer")))
      """)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p>\(PageParts.tag(say(referral.state.name), .notice))</p>\
        <section class="card">\(parts.words(entry.shared))</section>\
        \(states.isEmpty ? .empty : "<section class=\"panel\">\(form)</section>")\
        <p><a href="/referrals">\(say("返回", "Back"))</a></p>
        """, alerts: alerts)
  }
}
