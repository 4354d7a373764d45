import Kernel
import Web

/// Parts that several pages of cases share.
struct CaseParts {
  let say: Wording

  func status(_ status: CaseStatus) -> HTML {
    let tone: Tone =
      switch status {
      case .waitingForWorker, .withSupervisor, .beingReferred: .notice
      case .inService, .followUp: .good
      case .underReview, .closed, .notOpened: .neutral
      }
    return PageParts.tag(say(status.name), tone)
  }

  func risk(_ risk: CaseRisk) -> HTML {
    let tone: Tone =
      switch risk {
      case .low: .neutral
      case .middle: .notice
      case .high: .bad
      }
    return PageParts.tag(say(risk.name), tone)
  }

  /// The words of a text, each under its name; says so where they are gone or not for the reader.
  func words(_ document: CareDocument?) -> HTML {
    guard let document else {
      return
        "<p class=\"muted\">\(say("这一段已经按规定销毁，或者不对您开放。", "These words were destroyed as the rules ask, or are not open to you."))</p>"
    }
    return PageParts.definitions(document.written.map { (say($0.field.label), paragraphs($0.text)) })
  }

  /// Lines as they were typed.
  func paragraphs(_ text: String) -> HTML {
    PageParts.lines(text)
  }

  /// What happened to a case, in words.
  func told(_ what: CaseEvent.What, naming name: (PersonID) -> String) -> String {
    switch what {
    case .created: say("开了个案", "opened the case")
    case .assigned(let worker, let supervisor):
      say(
        "交给 \(name(worker))，督导 \(name(supervisor))",
        "gave it to \(name(worker)), supervised by \(name(supervisor))")
    case .judged(let risk, _, _): say("风险：\(risk.name.chinese)", "risk: \(risk.name.english)")
    case .grounded(let basis):
      basis.map { say("依据：\($0.name.chinese)", "ground: \($0.name.english)") }
        ?? say("撤下法定依据", "took the ground away")
    case .moved(let from, let to, _):
      say("\(from.name.chinese) → \(to.name.chinese)", "\(from.name.english) → \(to.name.english)")
    case .closed(_, let outcome, _):
      say("结案：\(outcome.name.chinese)", "closed: \(outcome.name.english)")
    case .reopened: say("重新开案", "opened it again")
    }
  }
}
