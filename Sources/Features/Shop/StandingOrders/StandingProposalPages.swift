import Kernel
import People
import Web

/// The pages on which a helper writes a standing order down, reads it back, and hears the person's word.
struct StandingProposalPages {
  let parts: StandingOrderParts
  private var say: Wording { parts.say }

  init(say: Wording, formToken: String, now: Timestamp) {
    parts = StandingOrderParts(say: say, formToken: formToken, now: now)
  }

  /// What the helper sees of the person's list, and the form to write it anew.
  func form(
    _ helped: AssistedOrderPages.Helped, _ reading: StandingReading, _ choices: [StandingChoice],
    _ state: FormState?, pauseState: FormState = .empty, problem: Problem? = nil
  ) -> Page {
    let title = say("\(helped.name)的固定单", "\(helped.name)'s standing order")
    let path = "/assisted-orders/standing/\(helped.mandate.id)"
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    let changed = reading.questions(at: parts.now).compactMap { entry -> HTML? in
      reading.offers[entry.line.variant].map { offer in
        let new = entry.line.price.words(offer.unit)
        return PageParts.notice(
          say(
            "\(offer.name.chinese)价格变了，现在 \(new.chinese)。下面写的是新价格；本人同意后就会订上。",
            "The price of \(offer.name.english) has changed and is now \(new.english). It is filled in below; it is ordered once they agree."
          ))
      }
    }
    let pause: HTML = reading.standing.map { parts.pause($0, pauseState, to: "\(path)/pause") } ?? .empty
    return Page(
      title: title,
      main: """
        \(PageParts.steps([say("填单", "Fill in"), say("念给本人听", "Read out"), say("本人确认", "Their yes")], current: 0))\
        <h1>\(title)</h1>\(alert)\(HTML.joined(changed))\
        <p class="hint">\(say("每次开团还会照委托的上限再核一遍。", "The caps of the mandate are checked again each time."))</p>\
        <section class="card">\(parts.form(choices, state, to: path, revision: nil, submit: Phrase("下一步：念给本人听", "Next: read it out")))</section>\
        \(pause)\(parts.turns(reading))
        """)
  }

  /// What was written down, as it is read out.
  struct ReadBack: Sendable {
    let proposal: StandingProposal
    let person: String
    let helper: String
    let offers: [VariantID: VariantOffer]
    let reader: ReadBackPages.Reader
    let ways: Set<ConfirmationWay>
    let nextCode: Int64?
  }

  func readBack(_ asked: ReadBack, problem: Problem? = nil) -> Page {
    let proposal = asked.proposal
    let title = say("\(asked.person)每周要这些", "What \(asked.person) needs every week")
    let alert: HTML =
      problem.map { PageParts.notice(say($0.title) + ($0.advice.map { " " + say($0) } ?? ""), .bad) }
      ?? .empty
    let isOpen = proposal.isOpen(at: parts.now)
    let state: AssistedOrder.State = proposal.state == .waiting && !isOpen ? .void : proposal.state
    let standing: HTML =
      isOpen
      ? .empty
      : PageParts.notice(
        state == .placed ? say("本人同意了，固定单生效。", "They agreed; the list counts.") : say(state.name),
        state == .placed ? .good : .neutral)
    let lines = proposal.needs.compactMap { need -> HTML? in
      asked.offers[need.variant].map {
        "<li><strong>\(say($0.name))</strong> <span>\(parts.words(need, $0))</span> <span class=\"muted\">\(say($0.pack))</span></li>"
      }
    }
    return Page(
      title: title,
      main: """
        \(steps(asked, isOpen))<h1>\(title)</h1>\(alert)\(standing)\
        <section class="panel read-back" data-speak><ol class="read-back-lines">\(lines)</ol>\
        <p>\(say("哪个团有就替您订上，货到再付钱；贵了先问您，随时可以停。",
          "Whichever group-buy has it, it is ordered; you pay when it comes. If it is dearer we ask you first. You can stop it any day."))</p>\
        <p>\(say("\(asked.helper) 替您写下，不拿一分钱好处。", "\(asked.helper) writes this down for you and earns nothing by it."))</p></section>\
        \(isOpen ? word(asked) : back(asked))
        """, scripts: ["speak.js"])
  }

  private func steps(_ asked: ReadBack, _ isOpen: Bool) -> HTML {
    guard asked.reader == .helper, isOpen else { return .empty }
    return PageParts.steps(
      [say("填单", "Fill in"), say("念给本人听", "Read out"), say("本人确认", "Their yes")], current: 1)
  }

  private func word(_ asked: ReadBack) -> HTML {
    let word = PrincipalWordParts(
      path: "/standing-orders/proposals/\(asked.proposal.id)", person: asked.person, ways: asked.ways,
      nextCode: asked.nextCode, agree: Phrase("同意，每次就这样订", "Yes, order it like this each time"),
      formToken: parts.formToken, say: say)
    switch asked.reader {
    case .helper: return word.heard(.empty)
    case .household(let mayAgree): return word.own(mayAgree: mayAgree)
    }
  }

  private func back(_ asked: ReadBack) -> HTML {
    let path =
      asked.reader == .helper ? "/assisted-orders/standing/\(asked.proposal.mandate)" : "/standing-orders"
    return "<p class=\"actions\"><a class=\"button quiet\" href=\"\(path)\">\(say("返回", "Back"))</a></p>"
  }
}
