import Kernel
import Web

/// Parts that several pages of groups share.
struct GroupParts {
  let say: Wording

  func state(_ state: GroupMemberState) -> HTML {
    let tone: Tone =
      switch state {
      case .proposed, .accepted: .notice
      case .joined: .good
      case .notAccepted, .referred, .declined, .left: .neutral
      }
    return PageParts.tag(say(state.name), tone)
  }

  func decision(_ decision: CaseClosing.Decision?) -> HTML {
    guard let decision else { return PageParts.tag(say("等督导", "With the supervisor"), .notice) }
    return decision.isApproved
      ? PageParts.tag(say("督导批准", "Approved"), .good) : PageParts.tag(say("督导退回", "Sent back"), .bad)
  }

  /// The words of a text in the order in which they were asked for; says so where they are gone.
  func words(_ document: CareDocument?, _ fields: [CareDocument.Field]) -> HTML {
    let parts = CaseParts(say: say)
    guard let document else { return parts.words(nil) }
    let written = fields.filter { !document[$0].isEmpty }
    return PageParts.definitions(written.map { (say($0.label), parts.paragraphs(document[$0])) })
  }

  /// Words about one member in a table; a dash where nothing was written.
  func note(_ text: CareTextID?, in view: GroupView) -> HTML {
    guard let text else { return "—" }
    let parts = CaseParts(say: say)
    guard let document = view.words(text) else { return parts.words(nil) }
    return parts.paragraphs(document[.note])
  }

  /// What the practice shop said, in one line.
  func deeds(_ deeds: PracticeDeeds) -> String {
    say(
      "做了 \(deeds.steps) 样；遇到骗局 \(deeds.trapsMet) 个，看穿 \(deeds.trapsSeenThrough) 个；下了 \(deeds.orders) 单",
      "steps done: \(deeds.steps); traps met: \(deeds.trapsMet), seen through: \(deeds.trapsSeenThrough); orders: \(deeds.orders)"
    )
  }

  /// What the practice shop cannot say.
  var aboutDeeds: String {
    say(
      "练习店只留下学会的：上了当的不记，所以“遇到”的是看穿了的，和老师记下的。",
      "The practice shop keeps what was managed: whoever walked into a trap leaves no trace, so those “met” are those seen through and those that a teacher noted."
    )
  }
}
