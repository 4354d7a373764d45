import Kernel
import People
import Web

/// Parts that several pages of the support network share.
struct OrganisationParts {
  let say: Wording

  func contacts(_ terms: OrganisationTerms) -> [(String, HTML)] {
    var entries: [(String, HTML)] = []
    if !terms.phone.isEmpty {
      let digits = terms.phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
      entries.append((say("电话", "Telephone"), "<a class=\"phone\" href=\"tel:\(digits)\">\(terms.phone)</a>"))
    }
    if !terms.website.isEmpty {
      entries.append(
        (say("网址", "Website"), "<a href=\"\(terms.website)\" rel=\"noopener\">\(terms.website)</a>"))
    }
    return entries
  }

  /// A promise, how it stands, and what can be done with it.
  func promise(
    _ promise: SupportPromise, _ standing: PromiseStanding, at now: Timestamp, _ below: HTML
  ) -> HTML {
    var entries: [(String, HTML)] = []
    if !promise.terms.quantity.isEmpty {
      entries.append((say("多少", "How much"), HTML(text: promise.terms.quantity)))
    }
    if let until = promise.terms.until {
      entries.append((say("到什么时候", "Until"), HTML(text: say.dateTime(until))))
    }
    if standing.times > 0 {
      entries.append((say("看到的", "What was seen"), HTML(text: say(standing.phrase))))
    }
    let over: HTML = promise.isOver(at: now) ? PageParts.tag(say("已经到期", "Over")) : .empty
    return PageParts.card(
      say(promise.terms.category.name),
      """
      <p>\(state(standing)) \(over)</p><p>\(PageParts.lines(promise.terms.text))</p>\
      \(PageParts.definitions(entries))\(below)
      """)
  }

  /// In a word how promises were kept.
  func state(_ standing: PromiseStanding) -> HTML {
    let tone: Tone =
      switch standing.state {
      case .untried: .neutral
      case .kept: .good
      case .mixed: .notice
      case .notKept: .bad
      }
    return PageParts.tag(say(standing.state.name), tone)
  }

  func facts(_ terms: DirectoryServiceTerms, places: [String]) -> [(String, HTML)] {
    var entries: [(String, HTML)] = [(say("现在", "Now"), HTML(text: say(terms.status.name)))]
    func add(_ name: Phrase, _ text: String) {
      if !text.isEmpty { entries.append((say(name), PageParts.lines(text))) }
    }
    add(Phrase("什么时候", "When"), terms.opening)
    add(Phrase("在哪里", "Where"), places.joined(separator: "\n"))
    add(Phrase("费用", "Fees"), terms.fees)
    add(Phrase("谁可以来", "For whom"), terms.eligibility)
    if let minimum = terms.minimumAge {
      add(Phrase("最小年龄", "Youngest age"), String(minimum))
    }
    if let maximum = terms.maximumAge {
      add(Phrase("最大年龄", "Oldest age"), String(maximum))
    }
    add(Phrase("语言", "Languages"), terms.languages.joined(separator: "\n"))
    return entries
  }
}
