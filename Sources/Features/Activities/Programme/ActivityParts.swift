import Kernel
import People
import Web

/// Parts that several pages of activities share.
struct ActivityParts {
  let say: Wording

  func state(_ activity: Activity) -> HTML {
    let tone: Tone =
      switch activity.state {
      case .draft: .notice
      case .published: .good
      case .held: .neutral
      case .cancelled: .bad
      }
    return PageParts.tag(say(activity.state.name), tone)
  }

  func times(_ activity: Activity) -> String {
    say.span(from: activity.terms.startsAt, to: activity.terms.endsAt)
  }

  /// What residents are told of free places while they can sign up.
  func places(_ activity: Activity) -> String {
    guard let capacity = activity.terms.capacity else {
      return say("人数不限", "As many as like to come")
    }
    let free = Seats(activity).free
    return free > 0
      ? say("还有 \(free) 个名额，一共 \(capacity) 个", "\(free) of \(capacity) places are free")
      : say("\(capacity) 个名额都满了，可以排队", "All \(capacity) places are taken; you can wait for one")
  }

  /// What an activity is about, with a way to it.
  func subject(_ card: ActivitySubjectCard) -> HTML {
    card.path.map { "<a href=\"\($0)\">\(say(card.name))</a>" } ?? HTML(text: say(card.name))
  }

  /// What both residents and the station read of it.
  func facts(_ activity: Activity, organiser: String?, _ subject: ActivitySubjectCard?) -> [(String, HTML)] {
    let terms = activity.terms
    var facts: [(String, HTML)] = [
      (say("时间", "When"), HTML(text: times(activity))), (say("地点", "Where"), HTML(text: terms.place)),
    ]
    if let organiser { facts.append((say("主办", "Organised by"), HTML(text: organiser))) }
    if !terms.partner.isEmpty { facts.append((say("一起办的", "Together with"), HTML(text: terms.partner))) }
    if let subject { facts.append((say("讲什么", "About"), self.subject(subject))) }
    return facts
  }

  func agenda(_ items: [String]) -> HTML {
    if items.isEmpty { return .empty }
    let list = items.map { "<li>\($0)</li>" as HTML }
    return "<h2>\(say("议程", "Agenda"))</h2><ol>\(list)</ol>"
  }

  func link(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }
}
