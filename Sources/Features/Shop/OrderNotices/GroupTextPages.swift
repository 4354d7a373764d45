import Kernel
import Web

/// The text that is pasted into the chat group.
struct GroupTextPages {
  let say: Wording

  /// - Parameter texts: one by language, the reader's own first.
  func page(_ campaign: Campaign, _ texts: [(language: Language, text: String)]) -> Page {
    let title = say("发到群里的话", "Words for the chat group")
    let blocks = texts.map { entry -> HTML in
      let name = entry.language == .chinese ? say("中文", "Chinese") : say("英文", "English")
      let lines = entry.text.split(separator: "\n").count + 1
      return """
        <div class="field"><label for="text-\(entry.language.rawValue)">\(name)</label>\
        <textarea class="input" id="text-\(entry.language.rawValue)" rows="\(lines)" readonly lang="\(entry.language.tag)">
        \(entry.text)</textarea></div>
        """
    }
    return Page(
      title: title, kind: .staff,
      main: """
        <p><a href="/desk/campaigns/\(campaign.id)">← \(say(campaign.title))</a></p><h1>\(title)</h1>\
        <p>\(say("长按或全选，复制了贴到群里。里面没有人名，也没有门牌。", "Select all, copy, and paste it into the group. No names and no doors stand in it."))</p>\
        <section class="panel">\(blocks)</section>
        """)
  }
}
