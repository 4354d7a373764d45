import Kernel
import Web

/// The forms of the desk: a campaign's papers, and the households that are put on its list.
struct VisitFormPages {
  let say: Wording
  let token: String

  // MARK: - The papers

  /// - Parameter campaign: nil for a new one.
  func terms(
    _ campaign: VisitCampaign?, _ staff: StaffOptions, areQuestionsFrozen: Bool, key: String,
    _ state: FormState,
    alerts: [HTML]
  ) -> Page {
    let title = campaign == nil ? say("准备一次走访", "Prepare visits") : say("改走访的内容", "Change the visits")
    let fields = FormParts(state, say)
    let seen: HTML = campaign.map { fields.hidden("seen", String($0.events)) } ?? .empty
    let form = fields.form(
      to: campaign.map { "\(VisitPages.base($0.id))/terms" } ?? "/visit-campaigns", token: token,
      idempotencyKey: key,
      """
      \(seen)\(fields.radios("purpose", Phrase("做什么", "Why"), options: VisitPurpose.allCases.map { ($0.rawValue, $0.name) }))\
      \(fields.text("title", Phrase("题目", "Title"), hint: Phrase("走访的人看得到，别写到具体的人。", "Visitors read it, so name nobody in it."), maximumLength: 60))\
      \(fields.text("task", Phrase("每户要做的", "What to do at each door"), hint: Phrase("一句话，印在任务卡上，如：送一张防骗卡，讲一讲。", "In a few words; it is printed on the cards: give a scam card and explain it."), maximumLength: 60))\
      \(fields.textArea("phrase", Phrase("见面说的话", "What to say at the door"), hint: Phrase("介绍自己、说明来意，可以照着念。最多 200 字。", "Who you are and why you come, to be read out. At most 200 characters."), rows: 3))\
      \(fields.date("from", Phrase("第一天", "First day")))\(fields.date("to", Phrase("最后一天", "Last day")))\
      \(fields.select("runner", Phrase("主办社工", "Run by"), options: staff.everybody))\
      \(fields.select("supervisor", Phrase("督导", "Supervised by"), options: staff.supervisors))\
      \(areQuestionsFrozen ? frozen(campaign, fields) : questions(fields, state))\
      \(fields.submit(Phrase("保存", "Save")))
      """)
    let back = campaign.map { VisitPages.base($0.id) } ?? "/visit-campaigns"
    return FormDoorPages(say: say, token: token).page(title, back: back, alerts: alerts, form)
  }

  private func questions(_ fields: FormParts, _ state: FormState) -> HTML {
    let all = (1...VisitRules.questionLimit).map { pair($0, fields) }
    // What was typed or is wrong is never folded away.
    let isLong = (4...VisitRules.questionLimit).contains { number in
      ["question-\(number)", "choices-\(number)"].contains {
        !state.value($0).isEmpty || state.problem($0) != nil
      }
    }
    return """
      <h2>\(say("门口问的几个问题", "A few questions at the door"))</h2>\
      <p class="hint">\(say("最多 8 个，可以不问。第一户回答以后就不能再改。", "At most 8, or none. Once the first household has answered they stay as they are."))</p>\
      \(HTML.joined(all.prefix(3)))<details\(attribute: "open", if: isLong)><summary>\(say("再加几个问题", "More questions"))</summary>\
      \(HTML.joined(all.dropFirst(3)))</details>
      """
  }

  private func pair(_ number: Int, _ fields: FormParts) -> HTML {
    """
    \(fields.text("question-\(number)", Phrase("问题 \(number)", "Question \(number)"), isRequired: false, maximumLength: 80))\
    \(fields.text("choices-\(number)", Phrase("问题 \(number) 的选项", "Choices of question \(number)"), hint: Phrase("用 / 隔开，如：知道 / 听说过 / 不知道", "With / between them: Yes / Heard of it / No"), isRequired: false, maximumLength: 200))
    """
  }

  /// The questions as they are, sent along unseen.
  private func frozen(_ campaign: VisitCampaign?, _ fields: FormParts) -> HTML {
    let questions = campaign?.terms.questions ?? []
    if questions.isEmpty { return .empty }
    let items = questions.enumerated().map { index, question -> HTML in
      """
      <li>\(question.text) <span class="muted">\(question.choices.joined(separator: " / "))</span>\
      \(fields.hidden("question-\(index + 1)", question.text))\
      \(fields.hidden("choices-\(index + 1)", question.choices.joined(separator: "/")))</li>
      """
    }
    return """
      <h2>\(say("门口问的几个问题", "A few questions at the door"))</h2>\
      <p class="hint">\(say("已经有人回答了，不能再改。", "Somebody has answered already, so they stay as they are."))</p><ol>\(items)</ol>
      """
  }

  // MARK: - The list

  /// - Parameters:
  ///   - buildings: in their stored spelling, with their households.
  ///   - place: which of the forms is shown again.
  func doors(
    _ campaign: VisitCampaign, _ buildings: [(value: String, name: Phrase)], key: String,
    _ place: VisitListForm.Way?, _ state: FormState, alerts: [HTML]
  ) -> Page {
    let title = say("加人家", "Add households")
    let path = "\(VisitPages.base(campaign.id))/doors"
    func form(_ way: VisitListForm.Way, _ content: (FormParts) -> HTML) -> HTML {
      let fields = FormParts(place == way ? state : .empty, say, place: way.rawValue)
      return fields.form(
        to: path, token: token, idempotencyKey: "\(key)-\(way.rawValue)",
        "\(fields.hidden("way", way.rawValue))\(content(fields))\(fields.submit(Phrase("加到名单", "Put on the list")))"
      )
    }
    let byBuilding = form(.building) {
      $0.checkboxes("buildings", Phrase("哪几栋", "Which buildings"), options: buildings)
    }
    let byDoor = form(.door) {
      """
      \($0.text("building", Phrase("楼号", "Building"), hint: Phrase("比如 3号楼", "Such as 3"), maximumLength: 20))\
      \($0.text("unit", Phrase("单元", "Unit"), isRequired: false, maximumLength: 10))\
      \($0.text("room", Phrase("房号", "Room"), maximumLength: 20))
      """
    }
    let byList = form(.list) {
      $0.textArea(
        "doors", Phrase("门牌，一行一户", "Doors, one a line"),
        hint: Phrase("如 3号楼2单元501，或 3-2-501。只写门牌，不写为什么。", "Such as 3-2-501. Doors only, and no reasons."),
        rows: 8)
    }
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(campaign.terms.title)</p>\
      <p>\(say("同一户不会重复。名单上只记怎么选上的，不记为什么。", "No household stands there twice. The list keeps how it was chosen, never why."))</p>\
      \(buildings.isEmpty ? .empty : PageParts.card(say("按楼栋", "By building"), byBuilding))\
      \(PageParts.card(say("按门牌", "By its door"), byDoor))\(PageParts.card(say("贴一份名单", "Paste a list"), byList))\
      <p><a href="\(VisitPages.base(campaign.id))">\(say("返回走访", "Back to the visits"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }
}
