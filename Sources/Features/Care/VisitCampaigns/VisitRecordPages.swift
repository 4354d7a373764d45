import Kernel
import People
import Web

/// What came of the visits, for the campaign's own people: one door, and all answers together.
struct VisitRecordPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: VisitParts { VisitParts(say: say) }

  /// Everything that is known of one door.
  struct Door: Sendable {
    let open: OpenVisit
    let place: VisitPlace
    let events: [VisitDoorEvent]
    let documents: [CareTextID: CareDocument]
    /// By the version of the terms.
    let questions: [Int64: [VisitQuestion]]
    /// Those who live there, without the reader.
    let people: [(person: PersonID, name: String)]
    let visitors: [PersonID]
    let names: [PersonID: String]
    /// Whether what they would share may be noted here.
    var takesGifts = false

    func name(_ person: PersonID?) -> String { person.flatMap { names[$0] } ?? "—" }
  }

  // MARK: - One door

  func door(_ door: Door, _ forms: VisitPages.Forms, alerts: [HTML]) -> Page {
    let title = say(door.place.label)
    let base = VisitPages.base(door.open.id)
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(door.place.name) · \(door.open.campaign.terms.title)</p>\
      <p>\(parts.standing(door.place.counting)) \(say("谁去：\(door.name(door.place.door.visitor))", "Visitor: \(door.name(door.place.door.visitor))"))</p>\
      \(attempts(door))\(people(door))\(arranging(door, forms, base))\(history(door))\
      <p><a href="\(base)">\(say("返回走访", "Back to the visits"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  private func attempts(_ door: Door) -> HTML {
    let title = say("走访经过", "What came of the visits")
    if door.place.outcomes.isEmpty {
      return PageParts.card(title, "<p>\(say("还没有人去过。", "Nobody was there yet."))</p>")
    }
    let items = door.place.outcomes.map { outcome -> HTML in
      let late: HTML =
        outcome.isLate
        ? PageParts.tag(say("晚到的记录", "Came late"), .notice) : .empty
      return """
        <li>\(say.dateTime(outcome.happenedAt)) · \(door.name(outcome.visitor.person)) \(parts.standing(outcome)) \(late)\
        \(words(outcome, door))</li>
        """
    }
    return PageParts.card(title, "<ol class=\"story\">\(items)</ol>")
  }

  private func words(_ outcome: VisitOutcome, _ door: Door) -> HTML {
    guard let text = outcome.text else { return .empty }
    guard let document = door.documents[text] else { return CaseParts(say: say).words(nil) }
    let questions = door.questions[outcome.version] ?? []
    let answers = VisitAnswers(text: document[.answers], to: questions)
    var rows = answers.choices.sorted { $0.key < $1.key }.map { number, choice in
      (term: questions[number].text, value: HTML(text: questions[number].choices[choice]))
    }
    if !document[.note].isEmpty {
      rows.append(
        (say("对方同意记下的", "What they agreed to have noted"), CaseParts(say: say).paragraphs(document[.note])))
    }
    return PageParts.definitions(rows)
  }

  private func people(_ door: Door) -> HTML {
    if door.people.isEmpty { return .empty }
    let base = "\(VisitPages.base(door.open.id))/doors/\(door.place.door.id)/gifts"
    let items = door.people.map { person -> HTML in
      let gift: HTML =
        door.takesGifts
        ? """
         · <a href="\(base)/\(person.person)">\(say("愿意登一项本事", "Would share something"))\
        <span class="visually-hidden"> \(person.name)</span></a>
        """ : .empty
      return """
        <li>\(person.name) · <a href="/cases/for/\(person.person)">\(say("开个案", "Open a case"))\
        <span class="visually-hidden"> \(person.name)</span></a>\(gift)</li>
        """
    }
    return PageParts.card(
      say("这一户的人", "Who lives there"),
      """
      <p class="hint">\(say("需要跟进的，先问本人愿不愿意，再开个案。", "Where something is to follow, ask the person first, then open a case."))</p>\
      <ul class="plain">\(items)</ul>
      """)
  }

  private func arranging(_ door: Door, _ forms: VisitPages.Forms, _ base: String) -> HTML {
    guard door.open.campaign.state != .finished, door.place.door.isListed else { return .empty }
    let shown = FormState(["visitor": door.place.door.visitor?.description ?? VisitForm.nobody])
    let give = FormParts(forms.place == "give" ? forms.state : shown, say, place: "give")
    let nobody = (value: VisitForm.nobody, name: Phrase("先不请人", "Nobody for now"))
    let choices = door.visitors.map { (value: $0.description, name: Phrase(same: door.name($0))) }
    let giving: HTML =
      door.visitors.isEmpty
      ? .empty
      : give.form(
        to: "\(base)/doors/\(door.place.door.id)/visitor", token: token, idempotencyKey: "\(forms.key)-give",
        """
        \(give.select("visitor", Phrase("请谁去", "Who goes there"), options: [nobody] + choices))\
        \(give.submit(Phrase("就这样", "Set it")))
        """)
    let take = forms.fields("remove", say)
    let removing = take.form(
      to: "\(base)/doors/\(door.place.door.id)/removal", token: token, idempotencyKey: "\(forms.key)-remove",
      """
      \(take.radios("removal", Phrase("为什么", "Why"), options: VisitDoor.Removal.allCases.map { ($0.rawValue, $0.name) }))\
      \(take.submit(Phrase("移出名单", "Take it off the list")))
      """)
    return """
      \(giving.isEmpty ? .empty : PageParts.card(say("谁去", "Who goes"), giving))\
      <details\(attribute: "open", if: forms.place == "remove")><summary>\(say("移出名单", "Take it off the list"))</summary>\(removing)</details>
      """
  }

  private func history(_ door: Door) -> HTML {
    let items = door.events.map { event -> HTML in
      let told =
        switch event.what {
        case .listed(let source):
          say("列入名单：\(source.name.chinese)", "put on the list: \(source.name.english)")
        case .removed(let removal): say("移出名单：\(removal.name.chinese)", "taken off: \(removal.name.english)")
        case .given(let visitor):
          visitor.map { say("请 \(door.name($0)) 去", "given to \(door.name($0))") }
            ?? say("先不请人", "given to nobody")
        }
      return "<li>\(say.dateTime(event.at)) · \(door.name(event.actor.person)) · \(told)</li>"
    }
    return
      "<details><summary>\(say("名单上的变化", "What changed on the list"))</summary><ul class=\"plain\">\(items)</ul></details>"
  }

  // MARK: - All of them

  func results(_ view: VisitView, _ tally: VisitTally) -> Page {
    let title = say("回答和跟进", "Answers and follow-ups")
    let base = VisitPages.base(view.campaign.id)
    let waiting = view.places.filter { $0.counting?.kind == .followUp }
    let again = view.places.filter { $0.counting?.kind == .comeAgain }
      .sorted {
        ($0.counting?.comeAgainAt?.microseconds ?? 0) < ($1.counting?.comeAgainAt?.microseconds ?? 0)
      }
    let answers = tally.questions.map { question -> HTML in
      let bars = zip(question.question.choices, question.counts).map {
        VisitParts.Bar(name: $0, length: $1, told: String($1))
      }
      return PageParts.card(
        question.question.text,
        """
        <p>\(say("\(question.answered) 户回答了", "n = \(question.answered)"))</p>\
        \(parts.chart(question.question.text, bars, column: say("回答", "Answer")))
        """)
    }
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(view.campaign.terms.title)</p>\
      \(list(waiting, say("需要社工跟进", "Doors that need the worker"), base))\
      \(list(again, say("约好再去的", "To be visited again"), base))\
      \(answers.isEmpty ? .empty : HTML.joined(answers))\
      <p><a href="\(base)">\(say("返回走访", "Back to the visits"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main)
  }

  private func list(_ places: [VisitPlace], _ title: String, _ base: String) -> HTML {
    let items = places.map { place -> HTML in
      """
      <li><a href="\(base)/doors/\(place.door.id)">\(say(place.label))</a> · \(place.name) \(parts.standing(place.counting))</li>
      """
    }
    return PageParts.card(
      title,
      items.isEmpty
        ? "<p>\(say("没有。", "None."))</p>" : "<ul class=\"plain\">\(items)</ul>")
  }
}
