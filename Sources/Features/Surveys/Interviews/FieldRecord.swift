package import Kernel
import People
import Web

/// Where a passage comes from.
package enum MaterialKind: String, Sendable, CaseIterable {
  /// Somebody alone.
  case interview
  case groupInterview = "group_interview"
  /// Being there and looking, without names.
  case observation
  case meeting
  /// What somebody wrote in a questionnaire.
  case surveyAnswer = "survey_answer"

  package var name: Phrase {
    switch self {
    case .interview: Phrase("访谈", "Interview")
    case .groupInterview: Phrase("小组访谈", "Group interview")
    case .observation: Phrase("参与观察", "Participant observation")
    case .meeting: Phrase("会议", "Meeting")
    case .surveyAnswer: Phrase("问卷里写的话", "Written in a questionnaire")
    }
  }

  /// Those that a record can be of.
  static let recorded: [MaterialKind] = [.interview, .groupInterview, .observation, .meeting]
}

/// What was noted of one interview, observation or meeting. Its words stand apart and sealed.
package struct FieldRecord: Sendable, Equatable {
  package let id: FieldRecordID
  let study: StudyID
  /// 1, 2, 3 … within the study: what it is called where no name is shown.
  let number: Int64
  /// The version of the study's terms whose guide was used.
  let version: Int64
  let facts: Facts
  let recordedAt: Timestamp
  let recordedBy: Actor
  /// When its author said that it is complete; nil where time alone locks it.
  var lockedAt: Timestamp?
  /// When it was taken back; its words are gone since.
  var withdrawnAt: Timestamp?

  struct Facts: Sendable, Equatable {
    let kind: MaterialKind
    let way: Way
    let minutes: Int64
    /// How many people took part, or about how many were seen.
    let people: Int64
    let agreement: Agreement
    /// The resident who was interviewed, where that is known to the system.
    let speaker: PersonID?
    let happenedAt: Timestamp
  }

  package enum Way: String, Sendable, CaseIterable {
    case faceToFace = "face_to_face"
    case phone

    var name: Phrase {
      switch self {
      case .faceToFace: Phrase("当面", "Face to face")
      case .phone: Phrase("电话", "By telephone")
      }
    }
  }

  /// That whoever was listened to agreed to it. Source: field/socialwork.md §2.4; PIPL art. 13 and 14.
  package enum Agreement: String, Sendable, CaseIterable {
    case spoken
    case written
    /// Looking on in a public place, without names.
    case notNeeded = "not_needed"

    var name: Phrase {
      switch self {
      case .spoken: Phrase("口头同意了", "They agreed aloud")
      case .written: Phrase("书面同意了", "They agreed in writing")
      case .notNeeded: Phrase("公开场合的观察，不记姓名，不用问", "Seen in public and without names: not needed")
      }
    }
  }
}

enum FieldRecordRules {
  /// For how long its author may still correct the notes; then they are as they are. Memory and temptation grow with time.
  static let correction: Duration = .days(3)
  /// How old what is noted may be: later it is no note but a recollection.
  static let oldest: Duration = .days(60)
  /// How far a telephone's clock may be ahead.
  static let ahead: Duration = .minutes(10)

  /// Whether the notes stand as they are, so that they may be coded; later words are addenda.
  static func isLocked(_ record: FieldRecord, at moment: Timestamp) -> Bool {
    record.lockedAt != nil || moment >= record.recordedAt + correction
  }

  /// Whether somebody may still change the notes.
  static func mayCorrect(_ record: FieldRecord, _ person: PersonID, at moment: Timestamp) -> Bool {
    record.recordedBy.person == person && record.withdrawnAt == nil && !isLocked(record, at: moment)
  }

  /// What does not go together, by field.
  static func faults(of facts: FieldRecord.Facts, isNamed: Bool, at moment: Timestamp) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    func fault(_ field: String, _ message: Phrase) { faults.append(FieldProblem(field, message)) }
    switch facts.kind {
    case .interview where facts.people != 1:
      fault(
        "people",
        Phrase("访谈是一个人；几个人一起请选小组访谈。", "An interview is with one person; for several choose group interview."))
    case .groupInterview where facts.people < 2, .meeting where facts.people < 2:
      fault("people", Phrase("请填来了几个人。", "Please enter how many took part."))
    case .surveyAnswer:
      fault("kind", Phrase("请从列表里选择。", "Please choose from the list."))
    default: break
    }
    if facts.kind != .observation, facts.agreement == .notNeeded {
      fault(
        "agreement", Phrase("要先问过对方，同意了才能记。", "They have to be asked; nothing is noted without their yes."))
    }
    if facts.kind != .interview, isNamed {
      fault("phone", Phrase("只有一对一的访谈才对应到一位居民。", "Only an interview with one person belongs to a resident."))
    }
    if facts.kind == .observation, facts.way == .phone {
      fault("way", Phrase("观察只能在现场。", "Observing is done on the spot."))
    }
    if facts.happenedAt > moment + ahead || facts.happenedAt < moment - oldest {
      fault("happened_at", Phrase("请填最近 60 天里的时间。", "Please enter a time within the last 60 days."))
    }
    return faults
  }
}

/// The words of one record, or of one addendum to it; as one sealed value.
package struct FieldNotes: Sendable, Equatable {
  /// Where it was and what kind of occasion; never a name.
  var setting = ""
  /// By the place of the question in the guide, from 0; what was not talked about has no entry.
  var answers: [Int: String] = [:]
  /// What else was said or seen.
  var free = ""

  /// - Parameter answers: by the place of the question in the guide, from 0.
  package init(setting: String = "", answers: [Int: String] = [:], free: String = "") {
    self.setting = setting
    self.answers = answers
    self.free = free
  }

  var isEmpty: Bool { answers.isEmpty && free.isEmpty }

  /// The same notes always give the same bytes.
  var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("setting", setting)
      json.array("answers", answers.sorted { $0.key < $1.key }) { json, entry in
        json.object { json in
          json.field("question", entry.key)
          json.field("text", entry.value)
        }
      }
      json.field("free", free)
    }
    return json.bytes
  }
}

extension FieldNotes {
  /// Reads what `bytes` writes; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let json = try? JSON(bytes), case .string(let setting)? = json["setting"],
      case .array(let entries)? = json["answers"], case .string(let free)? = json["free"]
    else { return nil }
    var answers: [Int: String] = [:]
    for entry in entries {
      guard case .integer(let question)? = entry["question"], case .string(let text)? = entry["text"] else {
        return nil
      }
      answers[Int(question)] = text
    }
    self.init(setting: setting, answers: answers, free: free)
  }

  /// What was stored, line by line, for the person whose words they are.
  static func shown(stored: String) -> String {
    guard let notes = FieldNotes(Array(stored.utf8)) else { return stored }
    let answers = notes.answers.sorted { $0.key < $1.key }.map { "\($0.key + 1). \($0.value)" }
    return ([notes.setting] + answers + [notes.free]).filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// A piece of what was noted, small enough to be coded: one paragraph.
struct Passage: Sendable, Equatable {
  /// 1, 2, 3 … through the notes and then the addenda, so that what is added later changes no number.
  let number: Int64
  /// The place of the guide's question that it answers, from 0; nil for what was noted freely.
  let question: Int?
  /// 0 for the notes, 1, 2, 3 … for addenda.
  let text: Int
  let words: String
}

enum Passages {
  /// - Parameter texts: the notes, then the addenda in their order.
  static func cut(_ texts: [FieldNotes]) -> [Passage] {
    var passages: [Passage] = []
    for (index, notes) in texts.enumerated() {
      let parts = notes.answers.sorted { $0.key < $1.key }.map { ($0.key as Int?, $0.value) }
      for (question, words) in parts + [(nil, notes.free)] {
        for paragraph in TextLines.of(words) {
          passages.append(
            Passage(number: Int64(passages.count + 1), question: question, text: index, words: paragraph))
        }
      }
    }
    return passages
  }
}

extension Problem {
  static let recordLocked = Problem(
    "record.locked", status: 409,
    Phrase("这份记录已经定稿，不能再改。", "These notes stand as they are and cannot be changed."),
    advice: Phrase("有要补充的，请写补记。", "Please write an addendum instead."))

  static let recordWithdrawn = Problem(
    "record.withdrawn", status: 409,
    Phrase("对方已经撤回，这份记录的文字删掉了。", "It was taken back, and its words are gone."))

  static let recordNotOwn = Problem(
    "record.not_own", status: 403,
    Phrase("只有记的人能改。", "Only whoever took these notes may change them."),
    advice: Phrase("有要补充的，请写补记。", "Please write an addendum instead."))
}
