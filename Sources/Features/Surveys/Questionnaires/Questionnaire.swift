import Kernel
import People
import Security

/// A questionnaire: what is asked, why, and what is promised to those who answer.
///
/// Its questions are written as a draft. Opening it freezes them as a version that never changes; the draft may go on and be
/// opened as the next one. Source: field/socialwork.md §2.6.
struct Questionnaire: Sendable, Equatable {
  let id: QuestionnaireID
  let createdAt: Timestamp
  let createdBy: Actor
  var state: State
  /// The newest version that was opened; 0 while there is none.
  var version: Int64
  /// How many events it has; whoever changes it says which they saw.
  var events: Int64

  enum State: String, Sendable, CaseIterable {
    /// Never opened.
    case draft
    case open
    case closed
    /// Its answers were counted once and for all; nothing is added any more.
    case locked

    var name: Phrase {
      switch self {
      case .draft: Phrase("在写", "Being written")
      case .open: Phrase("正在收", "Open")
      case .closed: Phrase("停收了", "Closed")
      case .locked: Phrase("已封存", "Locked")
      }
    }
  }
}

/// What is said and promised before anything is asked. It is part of every version.
package struct QuestionnaireTerms: Sendable, Hashable {
  var title: String
  /// What it is for and what becomes of it, in words for those who answer.
  var purpose: String
  var privacy: ResponsePrivacy
  var unit: ResponseUnit
  /// Whether each question may be left with “I would rather not say”, which is counted apart from a missing answer.
  var allowsRefusal: Bool

  package init(
    title: String, purpose: String, privacy: ResponsePrivacy, unit: ResponseUnit, allowsRefusal: Bool
  ) {
    self.title = title
    self.purpose = purpose
    self.privacy = privacy
    self.unit = unit
    self.allowsRefusal = allowsRefusal
  }
}

/// How much is known of who answered. Nobody can loosen it once people may have answered under it.
///
/// Source: field/socialwork.md §2.6 and §3 item 10: what can be undone is no promise, and times give people away.
package enum ResponsePrivacy: String, Sendable, CaseIterable {
  /// Who gave which answers is known to the station.
  case named
  /// Who answered is known, which answers they gave is not.
  case separated
  /// Neither is known.
  case anonymous

  var name: Phrase {
    switch self {
    case .named: Phrase("记名", "With names")
    case .separated: Phrase("知道谁填了，不知道填了什么", "Who answered is known, what they answered is not")
    case .anonymous: Phrase("不记名", "Anonymous")
    }
  }

  /// What is promised to those who answer, in their words.
  var promise: Phrase {
    switch self {
    case .named:
      Phrase(
        "这份问卷记名：服务站的社工知道是您填的，用来跟您联系、跟进。报告里只有合计。",
        "This one carries your name: the station’s social workers know that it is yours, so that they can come back to you. Reports show totals only."
      )
    case .separated:
      Phrase(
        "系统只记下“您填过了”，免得重复；答案另外存放，不带名字、不带时间，谁也对不上。",
        "We only note that you have answered, so that nobody answers twice. Your answers are kept apart, without name and time: nobody can join the two."
      )
    case .anonymous:
      Phrase(
        "这份问卷不记名，也不记时间和设备：谁也不知道是谁填的。",
        "This one is anonymous. Neither name nor time nor device is kept: nobody knows who answered.")
    }
  }

  /// Whether the moment of an answer may be kept.
  var keepsTimes: Bool { self == .named }
}

/// Whose one answer it is.
package enum ResponseUnit: String, Sendable, CaseIterable {
  case person
  case household

  var name: Phrase {
    switch self {
    case .person: Phrase("一人一份", "One for each person")
    case .household: Phrase("一户一份", "One for each household")
    }
  }
}

/// What is being written: the questions of the next version.
struct QuestionnaireDraft: Sendable, Equatable {
  var terms: QuestionnaireTerms
  var definition: FormDefinition
  /// Raised with every change; whoever changes it says which they saw.
  var revision: Int64
  var updatedAt: Timestamp
  var updatedBy: Actor
}

/// What was asked from one opening to the next. It never changes.
struct QuestionnaireVersion: Sendable, Equatable {
  let questionnaire: QuestionnaireID
  /// 1, 2, 3 …
  let number: Int64
  let terms: QuestionnaireTerms
  let definition: FormDefinition
  /// Names the questions and the terms; stands on paper and in exports.
  let digest: Digest
  let openedAt: Timestamp
  let openedBy: Actor
}

struct QuestionnaireEvent: Sendable, Equatable {
  let kind: Kind
  let at: Timestamp
  let actor: Actor

  enum Kind: String, Sendable, CaseIterable {
    case made
    /// A version was opened for answers.
    case opened
    case closed
    case reopened
    case locked

    var name: Phrase {
      switch self {
      case .made: Phrase("新建", "Made")
      case .opened: Phrase("开始收", "Opened")
      case .closed: Phrase("停收", "Closed")
      case .reopened: Phrase("接着收", "Opened again")
      case .locked: Phrase("封存", "Locked")
      }
    }
  }
}

/// What may happen to a questionnaire, and why not.
enum QuestionnaireRules {
  /// The state that an event leads to from here; nil where it cannot happen.
  static func state(after kind: QuestionnaireEvent.Kind, in state: Questionnaire.State?) -> Questionnaire
    .State?
  {
    switch (state, kind) {
    case (nil, .made): .draft
    case (.draft, .opened), (.open, .opened), (.closed, .opened): .open
    case (.open, .closed): .closed
    case (.closed, .reopened): .open
    case (.closed, .locked): .locked
    default: nil
    }
  }

  /// Why a draft cannot be opened as the next version, or nil. Whether its questions can be asked is `FormCheck`'s to say.
  static func refusal(
    toOpen draft: QuestionnaireDraft, of questionnaire: Questionnaire, after newest: QuestionnaireVersion?
  ) -> Problem? {
    if state(after: .opened, in: questionnaire.state) == nil { return .questionnaireNotPossible }
    guard let newest else { return nil }
    // People answered under this promise, or may have it in their hands on paper.
    if newest.terms.privacy != draft.terms.privacy || newest.terms.unit != draft.terms.unit {
      return .questionnairePromise
    }
    if newest.definition == draft.definition, newest.terms == draft.terms { return .questionnaireUnchanged }
    return nil
  }
}

extension QuestionnaireVersion {
  /// Names questions and terms: a changed word is another digest.
  static func digest(_ definition: [UInt8], _ terms: QuestionnaireTerms) -> Digest {
    let fields = [
      terms.title, terms.purpose, terms.privacy.rawValue, terms.unit.rawValue,
      terms.allowsRefusal ? "refusal" : "",
    ]
    return Digest(domain: 21, fields: [definition] + fields.map { Array($0.utf8) })
  }
}

extension Problem {
  static let questionnaireNotPossible = Problem(
    "questionnaire.not_possible", status: 409,
    Phrase("这份问卷现在不能这样做。", "This cannot be done with the questionnaire now."),
    advice: Phrase("请刷新页面，看看它的状态。", "Please reload the page and see how it stands."))

  static let questionnaireStale = Problem(
    "questionnaire.stale", status: 409,
    Phrase("刚才有人改过这份问卷。", "Somebody changed this questionnaire meanwhile."),
    advice: Phrase(
      "您填的还在，请看一眼新的内容再提交。", "What you entered is still here; please look at the change and send again."))

  static let questionnairePromise = Problem(
    "questionnaire.promise", status: 409,
    Phrase("开始收以后，记名方式和一人一户不能再改。", "Once it was opened, privacy and unit cannot be changed."),
    advice: Phrase("要改的话，请另做一份问卷。", "Please make a new questionnaire for that."))

  static let questionnaireUnchanged = Problem(
    "questionnaire.unchanged", status: 409,
    Phrase("题目没有变，不用再开一版。", "Nothing has changed, so no new version is needed."))

  static let questionnaireNotReady = Problem(
    "questionnaire.not_ready", status: 422,
    Phrase("还有几处要先改好，才能开始收。", "Some things have to be put right before it can be opened."),
    advice: Phrase("请看标出的地方。", "Please see the marked places."))
}
