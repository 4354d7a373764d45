import Database
import Kernel
import People

enum RuleDraftKind {}
typealias RuleDraftID = Identifier<RuleDraftKind>

/// A set while it is written. Every step is kept as a revision of its own, so that nothing that was written is lost, and so
/// that it is known who wrote: whoever did does not publish it.
struct RuleDraft: Sendable, Equatable {
  let id: RuleDraftID
  let policy: PolicyID
  /// The published version that it began with; nil for a rule from scratch.
  let basedOn: Int64?
  /// 1, 2, 3 …: a form that saw another is out of date.
  let revision: Int64
  let begunAt: Timestamp
  let begunBy: Actor
  let content: RuleSet

  enum State: String, Sendable, CaseIterable {
    case open
    case published
    case dropped
  }
}

/// One step in the history of a draft.
struct RuleRevision: Sendable, Equatable {
  let revision: Int64
  /// `RuleStep.code`, or `begin`, or `restore`.
  let step: String
  let writtenAt: Timestamp
  let writtenBy: Actor

  var name: Phrase {
    switch step {
    case "begin": Phrase("开始写", "Begun")
    case "import": Phrase("整个读进来", "Taken from a document")
    case "restore": Phrase("回到前面一步", "Went back to an earlier step")
    case "add": Phrase("加了一条", "Added a part")
    case "change": Phrase("改了条件", "Changed a condition")
    case "regroup": Phrase("改了一组", "Changed a group")
    case "remove": Phrase("删了一条", "Removed a part")
    case "move": Phrase("换了次序", "Changed the order")
    case "wrap": Phrase("放进一组", "Put into a group")
    case "unwrap": Phrase("拆了一组", "Took a group apart")
    case "standard": Phrase("改了标准", "Changed a standard")
    case "test": Phrase("改了样例", "Changed an example")
    case "places": Phrase("改了提示的地方", "Changed where it is a hint")
    default: Phrase("改动", "A change")
    }
  }
}

/// A set as it was published: never changed; a new version takes its place.
struct RuleVersion: Sendable, Equatable {
  let policy: PolicyID
  /// 1, 2, 3 … within the policy.
  let version: Int64
  let content: RuleSet
  let publishedAt: Timestamp
  let publishedBy: Actor
}

/// Which version of a policy's rule counts.
struct RuleHead: Sendable, Equatable {
  let policy: PolicyID
  let version: Int64
  /// False once it was taken down.
  let isShown: Bool
}

extension Problem {
  static let ruleDraftOpen = Problem(
    "rule.draft_open", status: 409,
    Phrase("这项政策已经有一份在写的规则。", "A rule of this policy is being written already."),
    advice: Phrase("请接着写那一份。", "Please go on with that one."))
  /// Somebody else changed it meanwhile.
  static let ruleDraftStale = Problem(
    "rule.draft_stale", status: 409,
    Phrase("您打开以后，有人改过这条规则。", "Somebody changed this rule after you opened it."),
    advice: Phrase(
      "您的这一步没有存。请看看现在的样子，再改一次。", "Your step was not kept. See how it stands now, and change it again."))
  static let ruleOwnDraft = Problem(
    "rule.own_draft", status: 403,
    Phrase("写过这份规则的人不能自己发布。", "Whoever wrote on it does not publish it."),
    advice: Phrase(
      "请一位没有改过它的督导或居委会来看、来发布。",
      "A supervisor or the committee who did not write on it reads and publishes it."))

  /// What is missing before it can be published.
  static func ruleIncomplete(_ gaps: [PublishingGap]) -> Problem {
    let words = gaps.map(\.words)
    return Problem(
      "rule.incomplete", status: 422,
      Phrase(
        "还不能发布：\(words.map(\.chinese).joined(separator: "；"))。",
        "It cannot be published yet: \(words.map(\.english).joined(separator: "; "))."))
  }
}
