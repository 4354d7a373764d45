import Kernel
import People

enum PolicyNewsKind {}
typealias PolicyNewsID = Identifier<PolicyNewsKind>

/// A version that is told to many, and how far the telling is.
struct PolicyNews: Sendable, Equatable {
  let id: PolicyNewsID
  let policy: PolicyID
  let version: Int64
  let audience: Audience
  /// Why people are told who did not ask for it; shown to them. Empty for those who follow.
  let reason: String
  let askedAt: Timestamp
  let askedBy: Actor
  /// Up to which person, or for lists of doors which household, the telling has come; 0 before it begins.
  let reached: Int64
  /// How many were told who had not been told of this version before.
  let told: Int64
  /// Nil while there may be more to tell.
  let finishedAt: Timestamp?

  /// People told in one transaction, so that nobody waits for the rest.
  static let part = 200

  enum Audience: Sendable, Equatable {
    /// Whoever follows the policy or its field, and whoever read an earlier version.
    case followers
    /// One person of each household of these buildings, in their stored spelling.
    case buildings([String])
    /// One person of each household.
    case everyone

    var code: Code {
      switch self {
      case .followers: .followers
      case .buildings: .buildings
      case .everyone: .everyone
      }
    }

    enum Code: String, Sendable, CaseIterable {
      case followers
      case buildings
      case everyone
    }
  }
}

/// What somebody follows.
enum PolicyFollowing: Sendable, Hashable {
  case policy(PolicyID)
  case field(PolicyField)

  /// As forms send it: `policy:…`, `field:elders`.
  var text: String {
    switch self {
    case .policy(let id): "policy:\(id)"
    case .field(let field): "field:\(field.rawValue)"
    }
  }

  /// Nil for anything that `text` does not write.
  init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "policy":
      guard let id = PolicyID(parts[1]) else { return nil }
      self = .policy(id)
    case "field":
      guard let field = PolicyField(rawValue: parts[1]) else { return nil }
      self = .field(field)
    default: return nil
    }
  }
}

extension Problem {
  static let policyNewsTold = Problem(
    "policy_news.told", status: 409,
    Phrase("这一版已经告诉过每一户了。", "Every household has been told of this version."),
    advice: Phrase("有了新版本再告诉大家。", "Tell everybody again when there is a new version."))
}
