import Kernel
import Web

/// The page that tells everyone what is kept how long, and why. Source: PIPL art. 17.
enum RetentionPages {
  static func page(_ visit: Visit, _ rules: [RetentionRule]) -> Page {
    let say = visit.say
    let title = say("什么留多久", "What is kept how long")
    let rows = rules.map { rule -> [HTML] in
      [HTML(text: say(rule.what)), HTML(text: say(rule.term)), HTML(text: say(rule.reason))]
    }
    let main: HTML = """
      <h1>\(title)</h1>\
      <p class="lead">\(say("能少留就少留。到了日子，程序自己删。", "As little as possible for as short as possible; when the day comes, the program deletes it by itself."))</p>\
      \(PageParts.table(caption: title, isCaptionShown: false, columns: [TableColumn(say("什么", "What")), TableColumn(say("多久", "How long")), TableColumn(say("为什么", "Why"))], rows: rows))\
      <p>\(say("您随时可以看、改、拿走、注销自己的信息：登录以后点“我的 → 我的信息”，或者打页面下方的电话。", "You can read, correct, take along and delete what is kept about you at any time: sign in and choose My page → My data, or call the number below."))</p>
      """
    return Page(title: title, main: main)
  }
}

extension DataRights {
  func addRetention(_ routes: inout Routes) {
    routes.get("/data-rules", .everyone, objects: .none) { visit in
      .page(RetentionPages.page(visit, retention), visit)
    }
  }
}
