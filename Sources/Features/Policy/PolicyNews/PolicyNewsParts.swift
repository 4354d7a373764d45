import Kernel
import People
import Web

/// Who was told of a policy, and the form that tells others, for the station.
struct PolicyNewsParts {
  let parts: PolicyParts
  let token: String

  private var say: Wording { parts.say }

  func told(_ news: [PolicyNews]) -> HTML {
    if news.isEmpty { return "<p>\(say("还没有告诉过谁。", "Nobody has been told yet."))</p>" }
    let rows = news.map { news -> [HTML] in
      [
        HTML(text: say("第 \(news.version) 版", "Version \(news.version)")), HTML(text: audience(news)),
        HTML(text: parts.people(ShownCount(news.told))),
        news.finishedAt == nil
          ? PageParts.tag(say("正在告诉", "Under way"), .notice) : PageParts.tag(say("告诉完了", "Done"), .good),
        HTML(text: say.dateTime(news.askedAt)),
      ]
    }
    return PageParts.table(
      caption: say("告诉了谁", "Who was told"), isCaptionShown: false,
      columns: [
        TableColumn(say("哪一版", "Version")), TableColumn(say("告诉谁", "Whom")),
        TableColumn(say("新告诉了", "Newly told"), isNumeric: true), TableColumn(say("进度", "State")),
        TableColumn(say("什么时候", "When")),
      ], rows: rows)
  }

  private func audience(_ news: PolicyNews) -> String {
    switch news.audience {
    case .followers: say("关注的人，和看过以前版本的人", "Those who follow it or read an earlier version")
    case .everyone: say("全社区：\(news.reason)", "Everybody: \(news.reason)")
    case .buildings(let named):
      named.map { say(Door.buildingName($0)) }.joined(separator: say("、", ", "))
        + say("：", ": ") + news.reason
    }
  }

  func form(
    to path: String, buildings: [(building: String, households: Int64)], key: String, _ state: FormState
  ) -> HTML {
    let fields = FormParts(state, say, place: "news")
    let names = buildings.map { entry in
      let name = Door.buildingName(entry.building)
      return (
        value: entry.building,
        name: Phrase(
          "\(name.chinese)（\(entry.households) 户）", "\(name.english) (\(entry.households) households)")
      )
    }
    return fields.form(
      to: path, token: token, idempotencyKey: key,
      """
      \(fields.radios("audience", Phrase("告诉谁", "Whom to tell"), options: PolicyNewsForm.choices))\
      \(fields.checkboxes("buildings", Phrase("哪几栋", "Which buildings"), options: names))\
      \(fields.text("reason", Phrase("为什么告诉他们", "Why they are told"), hint: Phrase("他们会看到这句话。比如：这几栋住的老人多。", "They will read this. For example: many elders live in these buildings."), maximumLength: 200))\
      \(fields.submit(Phrase("发消息告诉他们", "Tell them")))
      """)
  }
}
