import Kernel
import People
import Web

/// The desk's pages of visits: all campaigns, and one of them with its list.
struct VisitPages {
  let say: Wording
  let token: String
  let now: Timestamp

  private var parts: VisitParts { VisitParts(say: say) }

  static func base(_ campaign: VisitCampaignID) -> String { "/visit-campaigns/\(campaign)" }

  // MARK: - All

  func list(_ campaigns: [(campaign: VisitCampaign, doors: Int)]) -> Page {
    let title = say("入户走访", "Door visits")
    let rows = campaigns.map { entry -> [HTML] in
      let campaign = entry.campaign
      return [
        "<a href=\"\(Self.base(campaign.id))\">\(campaign.terms.title)</a>",
        HTML(text: say(campaign.terms.purpose.name)), parts.state(campaign, at: now),
        HTML(text: parts.days(campaign.terms)), HTML(text: String(entry.doors)),
      ]
    }
    let table: HTML =
      rows.isEmpty
      ? PageParts.empty(say("还没有您主办或督导的走访。", "You neither run nor supervise any visits yet."))
      : PageParts.table(
        caption: title, isCaptionShown: false,
        columns: [
          TableColumn(say("题目", "Title")), TableColumn(say("做什么", "Why")),
          TableColumn(say("状态", "State")), TableColumn(say("日子", "Days")),
          TableColumn(say("户数", "Households"), isNumeric: true),
        ], rows: rows)
    return Page(
      title: title, kind: .staff,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/visit-campaigns/new">\(say("准备一次走访", "Prepare visits"))</a> \
        <a class="button quiet" href="/my-visits">\(say("我要走访的", "Doors I go to"))</a></p>\(table)
        """)
  }

  // MARK: - One

  /// What the forms on the page hold: those of one are shown again when it could not be taken.
  struct Forms: Sendable {
    let key: String
    let place: String?
    let state: FormState

    static func fresh(_ key: String) -> Forms { Forms(key: key, place: nil, state: .empty) }

    func fields(_ place: String, _ say: Wording) -> FormParts {
      FormParts(self.place == place ? state : .empty, say, place: place)
    }
  }

  func campaign(_ view: VisitView, _ forms: Forms, notices: [HTML], alerts: [HTML]) -> Page {
    let campaign = view.campaign
    let main: HTML = """
      <h1>\(campaign.terms.title)</h1>\(over(campaign))<p>\(parts.state(campaign, at: now))</p>\
      \(steps(view, forms))\(papers(view))\(progress(view))\(visitors(view, forms))\(doors(view))\(removed(view))\
      <p><a href="/visit-campaigns">\(say("返回入户走访", "Back to the door visits"))</a></p>
      """
    return Page(title: campaign.terms.title, kind: .staff, main: main, alerts: notices + alerts)
  }

  /// Whoever forgot to finish it: visitors see nothing of it any more as it is.
  private func over(_ campaign: VisitCampaign) -> HTML {
    guard campaign.state == .running, now >= campaign.terms.endsAt else { return .empty }
    return PageParts.notice(
      say(
        "走访的日子过了，走访的人已经看不到名单。请结束这次走访，或者把日子延长。",
        "The days are over, and visitors see no doors any more. Please finish the visits, or give them more days."
      ))
  }

  private func steps(_ view: VisitView, _ forms: Forms) -> HTML {
    let (campaign, base) = (view.campaign, Self.base(view.campaign.id))
    let seen = ("seen", String(campaign.events))
    var links: [HTML] = []
    if campaign.state != .finished {
      links.append(link("\(base)/doors", say("加人家", "Add households")))
      links.append(link("\(base)/terms", say("改内容", "Change the papers")))
    }
    if campaign.isRunning(at: now) { links.append(link("\(base)/cards", say("打印任务卡", "Print cards"))) }
    if campaign.state != .draft {
      links.append(link("\(base)/results", say("回答和跟进", "Answers and follow-ups")))
      links.append(link("\(base)/report", say("打印进度简报", "Print a short report")))
    }
    let step: HTML =
      switch campaign.state {
      case .draft:
        PageParts.button(
          say("开始走访", "Start the visits"), to: "\(base)/start", token: token, key: "\(forms.key)-start",
          [seen])
      case .running:
        PageParts.button(
          say("结束走访", "Finish the visits"), to: "\(base)/finish", token: token,
          key: "\(forms.key)-finish", [seen], isQuiet: true)
      case .finished: .empty
      }
    return
      "<p class=\"actions\">\(HTML.joined(links, separator: " "))</p><div class=\"actions\">\(step)</div>"
  }

  private func papers(_ view: VisitView) -> HTML {
    let terms = view.campaign.terms
    let questions = terms.questions.map { question -> HTML in
      "<li>\(question.text) <span class=\"muted\">\(question.choices.joined(separator: " / "))</span></li>"
    }
    return PageParts.card(
      say("内容", "The papers"),
      PageParts.definitions([
        (say("做什么", "Why"), HTML(text: say(terms.purpose.name))),
        (say("日子", "Days"), HTML(text: parts.days(terms))),
        (say("主办", "Run by"), HTML(text: view.name(terms.runner))),
        (say("督导", "Supervised by"), HTML(text: view.name(terms.supervisor))),
        (say("每户要做的", "At each door"), HTML(text: terms.task)),
        (CareDocument.Field.phrase.label[say.language], CaseParts(say: say).paragraphs(terms.phrase)),
        (say("问题", "Questions"), questions.isEmpty ? "—" : "<ol>\(questions)</ol>"),
      ]))
  }

  private func progress(_ view: VisitView) -> HTML {
    let progress = view.progress
    guard progress.listed > 0 else { return .empty }
    let rows = progress.buildings.map { building -> [HTML] in
      [
        HTML(text: parts.building(building.building)), HTML(text: String(building.done)),
        HTML(text: String(building.listed)),
      ]
    }
    let label = say(
      "\(progress.listed) 户里走到了 \(progress.done) 户", "\(progress.done) of \(progress.listed) households done")
    return PageParts.card(
      say("走到哪了", "How far it is"),
      """
      \(PageParts.progress(progress.done, of: progress.listed, label: label))\
      \(view.campaign.state == .draft ? .empty : parts.outcomes(progress))\
      \(PageParts.table(caption: say("每栋楼", "By building"), columns: [
        TableColumn(say("楼栋", "Building")), TableColumn(say("走到了", "Done"), isNumeric: true),
        TableColumn(say("名单上", "On the list"), isNumeric: true),
      ], rows: rows))
      """)
  }

  private func visitors(_ view: VisitView, _ forms: Forms) -> HTML {
    let base = Self.base(view.campaign.id)
    let items = view.visitors.map { visitor -> HTML in
      let own = view.places.filter { $0.door.visitor == visitor }
      let done = own.count { $0.counting?.kind.isDone ?? false }
      return
        "<li>\(view.name(visitor)) · \(say("\(own.count) 户，走到了 \(done) 户", "\(say.count(own.count, "户", "household")), \(done) done"))</li>"
    }
    let list: HTML = items.isEmpty ? .empty : "<ul class=\"plain\">\(items)</ul>"
    guard view.campaign.state != .finished else {
      return items.isEmpty ? .empty : PageParts.card(say("谁去", "Who goes"), list)
    }
    let ask = forms.fields("ask", say)
    let staff = view.staff.filter { !view.visitors.contains($0) }
      .map { (value: $0.description, name: Phrase(same: view.name($0))) }
    let asking = ask.form(
      to: "\(base)/visitors", token: token, idempotencyKey: "\(forms.key)-ask",
      """
      \(staff.isEmpty ? .empty : ask.select("person", Phrase("社工", "Social worker"), options: staff, isRequired: false))\
      \(ask.text("phone", Phrase("或志愿者的手机号", "Or a volunteer’s telephone"), hint: Phrase("本社区登记过的人都可以。只看得到分给自己的门，看不到为什么去。", "Anybody entered in this community. They see their own doors alone, and not why."), type: "tel", isRequired: false, maximumLength: 40, inputMode: "tel"))\
      \(ask.submit(Phrase("请这位去", "Ask this person")))
      """)
    return PageParts.card(
      say("谁去", "Who goes"),
      "\(list)\(giving(view, forms))<details\(attribute: "open", if: items.isEmpty || forms.place == "ask")><summary>\(say("再请一个人", "Ask somebody"))</summary>\(asking)</details>"
    )
  }

  private func giving(_ view: VisitView, _ forms: Forms) -> HTML {
    if view.visitors.isEmpty || view.places.isEmpty { return .empty }
    let fields = forms.fields("give", say)
    let rest = view.places.count { $0.door.visitor == nil }
    var shares = view.progress.buildings.map {
      (
        value: "building:\($0.building)",
        name: Phrase(
          "\(Door.buildingName($0.building).chinese)（\($0.listed) 户）",
          "\(Door.buildingName($0.building).english) (\($0.listed))")
      )
    }
    if rest > 0 {
      shares.insert(
        (value: "rest", name: Phrase("还没人去的（\(rest) 户）", "Doors without anybody (\(rest))")), at: 0)
    }
    return fields.form(
      to: "\(Self.base(view.campaign.id))/share", token: token, idempotencyKey: "\(forms.key)-give",
      """
      \(fields.select("share", Phrase("哪些人家", "Which households"), options: shares))\
      \(fields.select("visitor", Phrase("请谁去", "Who goes there"), options: view.visitors.map { ($0.description, Phrase(same: view.name($0))) }))\
      \(fields.submit(Phrase("分给这位", "Give them to this person")))
      """)
  }

  private func doors(_ view: VisitView) -> HTML {
    if view.places.isEmpty {
      return PageParts.empty(
        say("名单上还没有人家。", "There is no household on the list yet."),
        action: view.campaign.state == .finished
          ? nil : ("\(Self.base(view.campaign.id))/doors", say("加人家", "Add households")))
    }
    let rows = view.places.map { place -> [HTML] in
      [
        "<a href=\"\(Self.base(view.campaign.id))/doors/\(place.door.id)\">\(say(place.label))</a>",
        HTML(text: place.name), HTML(text: view.name(place.door.visitor)), parts.standing(place.counting),
        HTML(text: say(place.door.source.name)),
      ]
    }
    return PageParts.table(
      caption: say("名单，按走的顺序", "The list, in the order of the walk"),
      columns: [
        TableColumn(say("门", "Door")), TableColumn(say("称呼", "Name")), TableColumn(say("谁去", "Visitor")),
        TableColumn(say("结果", "Outcome")), TableColumn(say("怎么选上的", "How it was chosen")),
      ], rows: rows)
  }

  private func removed(_ view: VisitView) -> HTML {
    if view.removed.isEmpty { return .empty }
    let items = view.removed.map { place -> HTML in
      "<li><a href=\"\(Self.base(view.campaign.id))/doors/\(place.door.id)\">\(say(place.label))</a> · \(place.name)</li>"
    }
    return
      "<details><summary>\(say("移出名单的（\(items.count)）", "Taken off the list (\(items.count))"))</summary><ul class=\"plain\">\(items)</ul></details>"
  }

  private func link(_ path: String, _ name: String) -> HTML {
    "<a class=\"button quiet\" href=\"\(path)\">\(name)</a>"
  }
}
