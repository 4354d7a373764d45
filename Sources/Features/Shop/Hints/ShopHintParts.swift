import Kernel
import Web

enum ShopHintParts {
  /// Links to what may be of use; nothing where there is nothing.
  static func list(_ hints: [ShopHints.Hint], _ say: Wording) -> HTML {
    if hints.isEmpty { return .empty }
    let links = hints.map { "<li><a href=\"\($0.path)\">\(say($0.title))</a></li>" as HTML }
    return PageParts.card(
      say("也许用得上的政策", "Policies that may help"),
      """
      <ul>\(links)</ul><p class="hint">\(say(
        "点开自己对一对，不会留下记录，也不算审批。",
        "Open one to see whether it fits; nothing is kept, and it decides nothing."))</p>
      """)
  }
}
