import Kernel
import People

/// That a version reached somebody: they read it, or somebody told them what it says. One for each person and version.
struct PolicyReceipt: Sendable, Equatable {
  let policy: PolicyID
  let version: Int64
  let person: PersonID
  let source: Source
  /// Whether they say that it is clear to them.
  let isClear: Bool
  /// Whether they ever said that something is not; it stays when it has become clear.
  let hadQuestions: Bool
  let recordedAt: Timestamp
  /// Who told them; nil where they read it themselves.
  let recordedBy: Actor?

  enum Source: String, Sendable, CaseIterable {
    /// By the person themselves, on the page.
    case read
    case explained
    case readAloud = "read_aloud"

    var name: Phrase {
      switch self {
      case .read: Phrase("自己看的", "Read it")
      case .explained: Phrase("讲给本人听了", "Explained to them")
      case .readAloud: Phrase("念给本人听了", "Read aloud to them")
      }
    }

    /// What somebody of the station can record of another.
    static let ofStaff: [Source] = [.explained, .readAloud]
  }

  /// What somebody says of it themselves.
  enum Answer: String, Sendable, CaseIterable {
    case clear
    case questions
  }

  /// What is kept where there is a receipt already: questions that somebody had are not forgotten, and what became clear
  /// stays clear unless the person says otherwise.
  func after(_ earlier: PolicyReceipt?) -> PolicyReceipt {
    PolicyReceipt(
      policy: policy, version: version, person: person, source: source, isClear: isClear,
      hadQuestions: hadQuestions || (earlier?.hadQuestions ?? false), recordedAt: recordedAt,
      recordedBy: recordedBy)
  }
}

/// How many a version reached, as the station may see it: nobody is told from the others.
struct PolicyReceiptCounts: Sendable, Equatable {
  let reached: ShownCount
  let withQuestions: ShownCount

  init(reached: Int64, withQuestions: Int64) {
    self.reached = ShownCount(reached)
    self.withQuestions = ShownCount(withQuestions)
  }
}

extension Problem {
  static let policyOldVersion = Problem(
    "policy.old_version", status: 409,
    Phrase("这一版已经旧了。", "This version is no longer the current one."),
    advice: Phrase("请看现在的版本。", "Please look at the current version."))

  static let policyReceiptOwn = Problem(
    "policy_receipt.own", status: 409,
    Phrase("这是您自己，请在政策页面上按“我看明白了”。", "This is yourself; please say so on the policy’s own page."))
}
