import Kernel
import Web

/// Minutes as they are read.
struct MinutesParts {
  let say: Wording

  /// On the page of the activity.
  func section(_ minutes: Minutes) -> HTML {
    PageParts.card(say("活动记录", "Minutes"), content(minutes))
  }

  func content(_ minutes: Minutes) -> HTML {
    let decisions = minutes.content.decisions.map { "<li>\($0)</li>" as HTML }
    let decided: HTML =
      decisions.isEmpty ? .empty : "<h3>\(say("定下来的事", "What was decided"))</h3><ol>\(decisions)</ol>"
    let next: HTML =
      minutes.content.nextSteps.isEmpty
      ? .empty
      : "<h3>\(say("接下来", "What comes next"))</h3><p>\(PageParts.lines(minutes.content.nextSteps))</p>"
    return """
      <h3>\(say("谈了什么", "What was said"))</h3><p>\(PageParts.lines(minutes.content.discussed))</p>\(decided)\(next)\
      <p class="muted">\(say("\(say.day(minutes.writtenAt)) 写的，第 \(minutes.version) 版", "Written \(say.day(minutes.writtenAt)), version \(minutes.version)"))</p>
      """
  }
}
