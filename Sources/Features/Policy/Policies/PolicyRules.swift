import Kernel
import People
import Web

/// How a policy stands on a day.
enum PolicyStanding: Sendable, Hashable, CaseIterable {
  case notYet
  case inForce
  case expired
  case replaced
  case retired

  var name: Phrase {
    switch self {
    case .notYet: Phrase("还没开始", "Not in force yet")
    case .inForce: Phrase("现在有效", "In force")
    case .expired: Phrase("已过期", "Expired")
    case .replaced: Phrase("已被新政策替代", "Replaced by a newer policy")
    case .retired: Phrase("已停用", "Out of use")
    }
  }

  /// The word for programs.
  var code: String {
    switch self {
    case .notYet: "not_yet"
    case .inForce: "in_force"
    case .expired: "expired"
    case .replaced: "replaced"
    case .retired: "retired"
    }
  }
}

/// The rules of the library. Pure.
enum PolicyRules {
  /// Who writes what stands in it.
  static let authors: Set<Role> = [.socialWorker, .supervisor, .committee]
  /// Who publishes it and takes it out of use.
  static let publishers: Set<Role> = [.supervisor, .committee]
  /// So many days before its last one, a policy is looked at again.
  static let warningDays: Int64 = 30
  /// How far replacements are followed; no chain is as long.
  static let longestChain = 100

  /// How a version stands on a day, by the dates of its paper and nothing else.
  static func standing(
    of document: PolicyDocument, isRetired: Bool, replacedFrom: PolicyDay?, on day: PolicyDay
  ) -> PolicyStanding {
    if isRetired { return .retired }
    if let replacedFrom, replacedFrom <= day { return .replaced }
    if day < document.effective { return .notYet }
    if let expires = document.expires, expires < day { return .expired }
    return .inForce
  }

  /// Why a draft may not be published by this person; nil where they may. Two pairs of eyes see everything that the library
  /// says: whoever wrote any of a draft does not publish it.
  static func refusal(toPublish draft: PolicyDraft, after newest: PolicyVersion?, by actor: Actor) -> Problem?
  {
    guard publishers.contains(actor.role) else { return .forbidden }
    if draft.writers.contains(actor.person) { return .policyOwnDraft }
    if let newest {
      if draft.content.whatChanged.isEmpty { return .policyChangeUnsaid }
      var before = newest.content
      before.whatChanged = draft.content.whatChanged
      if before == draft.content { return .policyUnchanged }
    }
    return nil
  }
}

extension Problem {
  static let policyOwnDraft = Problem(
    "policy.own_draft", status: 409,
    Phrase(
      "您写过这份草稿，要请另一位督导或居委会来发布。", "You wrote at this draft; another supervisor or the committee publishes it."),
    advice: Phrase("请同事看过再发布。", "Please have a colleague read and publish it."))

  static let policyChangeUnsaid = Problem(
    "policy.change_unsaid", status: 409,
    Phrase("还没写“这次改了什么”。", "It does not say yet what has changed."),
    advice: Phrase("请先在草稿里写一句。", "Please write one sentence in the draft first."))

  static let policyUnchanged = Problem(
    "policy.unchanged", status: 409,
    Phrase("这份草稿和现在的版本一样。", "This draft is the same as the present version."),
    advice: Phrase("没有要改的，就不用发新版本。", "Nothing changed, so no new version is needed."))

  static let policyStale = Problem(
    "policy.stale", status: 409,
    Phrase("您打开以后，有人改过这份草稿。", "Somebody has changed this draft since you opened it."),
    advice: Phrase("请刷新页面，看看新的内容再做。", "Please reload the page and look at what is new first."))

  static let policyNoDraft = Problem(
    "policy.no_draft", status: 409,
    Phrase("现在没有草稿。", "There is no draft now."),
    advice: Phrase("请刷新页面看看。", "Please reload the page."))

  static let policyDraftOpen = Problem(
    "policy.draft_open", status: 409,
    Phrase("这项政策正有人在写草稿。", "A draft of this policy is being written."),
    advice: Phrase("请先把那份草稿发布，或者不要了。", "Please have that draft published or given up first."))

  static let policyRetired = Problem(
    "policy.retired", status: 409,
    Phrase("这项政策已经停用了。", "This policy is out of use."),
    advice: Phrase("要写新的，请另建一项，注明替代它。", "To write anew, make another one that replaces it."))

  static let policyNotPublished = Problem(
    "policy.not_published", status: 409,
    Phrase("这项政策还没有发布。", "This policy has not been published yet."))

  static let policyReplacesItself = Problem.invalid([
    FieldProblem(
      "replaces", Phrase("这样一项替一项，又绕回了自己。", "Replacing one another, these would end where they began."))
  ])

  static let policyReplacesUnknown = Problem.invalid([
    FieldProblem("replaces", Phrase("请从列表里选择。", "Please choose from the list."))
  ])
}
