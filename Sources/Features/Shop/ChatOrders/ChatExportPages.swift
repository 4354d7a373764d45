import Kernel
import Web

/// The way out into the chat: texts to copy and a picture to save.
struct ChatExportPages {
  let export: ChatExport
  let progress: String
  /// How it stands, by language, the reader's own first.
  let news: [(language: Language, text: String)]
  let path: String

  var main: HTML {
    let say = export.say
    return """
      <p><a href="/desk/campaigns/\(export.campaign.id)">← \(say(export.campaign.title))</a></p>\
      <h1>\(say("发到群里", "Into the group chat"))</h1>\
      <p>\(say("长按或全选，复制，贴到群里。邻居照着写，回头整个粘回来就能下单。",
        "Select, copy, and paste it into the group. Neighbours add their lines; paste the whole list back to order."))</p>\
      \(news.map(newsText))\(text("opening", say("开团的话", "To open the list"), export.opening, rows: 14))\
      \(text("progress", say("报进度的话，只有数，没有名字", "How far it is: numbers, no names"), progress, rows: 6))\
      <section class="card"><h2>\(say("分享图", "Share card"))</h2>\(ChatCardParts(export: export).svg())\
      <p class="actions"><a class="button" href="\(path)/picture" data-picture="\(say(export.campaign.title))" data-label="\(say("存成图片，发到群里", "Save as a picture"))">\(say("存这张图（SVG）", "Save the picture (SVG)"))</a>\
      <a class="button quiet" href="\(path)/card">\(say("打印", "Print"))</a></p></section>
      """
  }

  private func newsText(_ entry: (language: Language, text: String)) -> HTML {
    let say = export.say
    let name =
      entry.language == .chinese
      ? say("现在怎么样（中文）", "How it stands (Chinese)") : say("现在怎么样（英文）", "How it stands (English)")
    return text(
      "news-\(entry.language.rawValue)", name, entry.text, rows: entry.text.split(separator: "\n").count + 1,
      language: entry.language)
  }

  private func text(
    _ id: String, _ label: String, _ text: String, rows: Int, language: Language? = nil
  ) -> HTML {
    """
    <div class="field"><label for="\(id)">\(label)</label>\
    <textarea class="input" id="\(id)" rows="\(rows)" readonly\(attribute: "lang", language?.tag)>
    \(text)</textarea></div>
    """
  }

  /// The card alone, for paper.
  var card: HTML {
    "<h1 class=\"visually-hidden\">\(export.say(export.campaign.title))</h1>\(ChatCardParts(export: export).svg())"
  }
}
