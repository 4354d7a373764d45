import Kernel
import Web

/// Where leaders and the committee say at which places goods are handed over.
struct PickupPointPages {
  let say: Wording
  let formToken: String

  func list(_ points: [PickupPoint]) -> Page {
    let title = say("自提点", "Pickup points")
    let nothing = PageParts.empty(
      say(
        "还没有自提点。开团前先定一个邻居好找的地方。",
        "There is none yet. Before a group-buy, choose a place that neighbours find easily."))
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1><p class="actions"><a class="button" href="/desk/pickup-points/new">\
        \(say("加一个自提点", "Add a pickup point"))</a></p>\(points.isEmpty ? nothing : .joined(points.map(card)))
        """)
  }

  private func card(_ point: PickupPoint) -> HTML {
    let closed: HTML = point.closedAt == nil ? .empty : "<p>\(PageParts.tag(say("已停用", "Closed")))</p>"
    let action = point.closedAt == nil ? "close" : "reopen"
    let label = point.closedAt == nil ? say("停用", "Close") : say("恢复", "Reopen")
    return """
      <section class="card"><h2>\(say(point.name))</h2>\(closed)\(TextParts.paragraphs(say(point.details.note)))\
      <div class="actions"><a class="button quiet" href="/desk/pickup-points/\(point.id)" \
      aria-label="\(say("改\(point.name.chinese)", "Change \(point.name.english)"))">\(say("改", "Change"))</a>\
      <form method="post" action="/desk/pickup-points/\(point.id)/\(action)">\
      <input type="hidden" name="form_token" value="\(formToken)">\
      <button class="button quiet" aria-label="\(label)：\(say(point.name))">\(label)</button></form></div></section>
      """
  }

  func form(_ state: FormState, to path: String, title: String) -> Page {
    let parts = FormParts(state, say)
    let content: HTML = """
      \(parts.text("name_zh", Phrase("名称", "Name in Chinese"), hint: Phrase("比如：3号楼大堂", "For example: 3号楼大堂"),
        maximumLength: PickupPointForm.nameLength))\
      \(parts.text("name_en", Phrase("英文名称", "Name in English"), isRequired: false,
        maximumLength: 2 * PickupPointForm.nameLength))\
      \(parts.textArea("note_zh", Phrase("怎么找", "How to find it, in Chinese"), hint: Phrase("在哪个门、有没有台阶、找谁。",
        "Which door, whether there is a step, whom to ask."), rows: 3, isRequired: false))\
      \(parts.textArea("note_en", Phrase("英文说明", "How to find it, in English"), rows: 3, isRequired: false))\
      \(parts.submit(Phrase("保存", "Save")))
      """
    return Page(
      title: title,
      main: """
        <p><a href="/desk/pickup-points">← \(say("自提点", "Pickup points"))</a></p><h1>\(title)</h1>\
        \(parts.form(to: path, token: formToken, content))
        """)
  }
}
