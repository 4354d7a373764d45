import Kernel
import Web

/// The learner's own pages in a practice shop: what to try next, and the traps.
struct PracticePages {
  let say: Wording
  let token: String

  /// What to do and where, one large thing after another.
  func home(_ entry: PracticeLearnerEntry?) -> Page {
    let title = say("今天练什么", "What to practise today")
    let levels = entry?.levels ?? [:]
    let seen = entry?.seen ?? [:]
    let steps = PracticeStep.allCases.filter { !PracticeStep.traps.contains($0) }.map {
      step($0, levels[$0], isSeen: seen[$0] != nil)
    }
    let traps = PracticeStep.traps.map { trap -> HTML in
      "<li><a class=\"button quiet\" href=\"/practice/traps/\(trap.rawValue)\">\(say(trap.name))</a> \(tag(levels[trap]))</li>"
    }
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="lead">\(say("这里的钱是练习币，东西不会送来。想怎么点就怎么点，不着急。", "The money here is practice money and nothing is delivered. Try whatever you like; there is no hurry."))</p>\
        <p class="actions"><a class="button" href="/">\(say("进店看看", "Into the shop"))</a> \
        <a class="button quiet" href="/orders">\(say("我的订单", "My orders"))</a></p>\
        <section class="card"><h2>\(say("一步一步来", "Step by step"))</h2><ol class="plain practice-steps">\(steps)</ol></section>\
        <section class="card" id="traps"><h2>\(say("防骗小练习", "Small exercises against fraud"))</h2><ul class="plain">\(traps)</ul></section>
        """)
  }

  private func tag(_ level: PracticeLevel?) -> HTML {
    level.map { PageParts.tag(say($0.name), .good) } ?? .empty
  }

  /// What the shop sees for itself needs no word of the learner; there is only the way to where it is done.
  private func step(_ step: PracticeStep, _ level: PracticeLevel?, isSeen: Bool) -> HTML {
    let standing = isSeen ? PageParts.tag(say("做到了", "Done"), .good) : tag(level)
    let way: HTML =
      isSeen
      ? .empty
      : "<p class=\"actions\"><a class=\"button quiet\" href=\"\(step.place)\">\(say("去试试", "Try it"))<span class=\"visually-hidden\"> \(say(step.name))</span></a></p>"
    return """
      <li><p><strong>\(say(step.name))</strong> \(standing)</p>\(way)\(step.isSeen ? .empty : word(step))</li>
      """
  }

  private func word(_ step: PracticeStep) -> HTML {
    let buttons = [PracticeLevel.together, .helpNear, .alone].map { level -> HTML in
      "<button class=\"button quiet\" name=\"level\" value=\"\(level.rawValue)\">\(say(level.name))</button> "
    }
    return """
      <details><summary>\(say("我做到了", "I managed it"))</summary>\
      <form method="post" action="/practice/steps"><input type="hidden" name="form_token" value="\(token)">\
      <input type="hidden" name="step" value="\(step.rawValue)"><p class="actions">\(buttons)</p></form></details>
      """
  }

  // MARK: - Traps

  func trap(_ trap: PracticeTrap) -> Page {
    let story = trap.story.map { "<p>\(say($0))</p>" as HTML }
    let body: HTML =
      trap.step == .tickedExtra ? ticked(trap) : choices(trap)
    return Page(
      title: say(trap.title),
      main: """
        <p><a href="/practice">← \(say("今天练什么", "What to practise today"))</a></p><h1>\(say(trap.title))</h1>\
        <section class="panel">\(story)</section><h2>\(say("您会怎么做？", "What would you do?"))</h2>\(body)
        """)
  }

  private func choices(_ trap: PracticeTrap) -> HTML {
    let buttons = trap.choices.map { choice -> HTML in
      "<button class=\"button\(choice.isWise ? " quiet" : "")\" name=\"choice\" value=\"\(choice.value)\">\(say(choice.name))</button> "
    }
    return form(trap, "<p class=\"actions\">\(buttons)</p>")
  }

  /// The extra is ticked, as dishonest shops do it.
  private func ticked(_ trap: PracticeTrap) -> HTML {
    guard let extra = trap.choices.first(where: { !$0.isWise }) else { return .empty }
    return form(
      trap,
      """
      <div class="field choice"><label class="choice-label"><input type="checkbox" name="choice" value="\(extra.value)" checked> \
      <span>\(say(extra.name))</span></label></div>\
      <p class="actions"><button class="button">\(say("下单", "Place the order"))</button></p>
      """)
  }

  private func form(_ trap: PracticeTrap, _ content: HTML) -> HTML {
    """
    <form method="post" action="/practice/traps/\(trap.step.rawValue)" class="form"><input type="hidden" name="form_token" value="\(token)">\(content)</form>
    """
  }

  /// Always calm, whatever was chosen.
  func explained(_ trap: PracticeTrap, isWise: Bool) -> Page {
    Page(
      title: say(trap.title),
      main: """
        <h1>\(isWise ? say("看出来了！", "Well seen!") : say("没关系，一起看看", "No harm done; let us look"))</h1>\
        <section class="panel"><p class="lead">\(say(isWise ? trap.wise : trap.caught))</p>\
        <p><strong>\(say("记住一句：", "One thing to keep: "))</strong>\(say(trap.rule))</p></section>\
        <p class="actions"><a class="button" href="/practice">\(say("继续练", "Go on"))</a> \
        <a class="button quiet" href="/practice/traps/\(trap.step.rawValue)">\(say("再试一次", "Once more"))</a></p>
        """)
  }
}
