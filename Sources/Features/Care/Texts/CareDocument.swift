import Kernel
import Web

/// What is written about somebody: named texts that are sealed together and never lie anywhere else.
package struct CareDocument: Sendable, Equatable {
  /// What may be written, in the order in which it is shown. The raw value names a text within the sealed bytes.
  package enum Field: String, Sendable, CaseIterable {
    // The first word.
    case concern, wish
    // What the client asks to have corrected.
    case correction
    // Assessment.
    case strengths, assets, needs, person, family, community, livelihood, shopping, health, ownWords =
      "own_words"
    // Plan.
    case goals, measures, workerPart = "worker_part", clientPart = "client_part", othersPart = "others_part",
      dates
    // Intervention.
    case place, happened, next
    // Note, and the words of whoever decides.
    case note, reason, remark
    // Closing.
    case evaluation, clientView = "client_view", noView = "no_view", summary, followUp = "follow_up"
    // Referral.
    case organisation, purpose, sharedName = "shared_name", sharedPhone = "shared_phone",
      sharedDoor = "shared_door", sharedCircumstances = "shared_circumstances", sharedHealth =
      "shared_health",
      reply
    // Group work and visits.
    case process, techniques, screening, voice, task, phrase, answers
    case theory, sessionPlan = "session_plan", learnerCode = "learner_code"
  }

  private var texts: [Field: String]

  package init(_ texts: [Field: String] = [:]) {
    self.texts = texts.filter { !$0.value.isEmpty }
  }

  /// Empty where nothing was written.
  package subscript(field: Field) -> String {
    get { texts[field] ?? "" }
    set { texts[field] = newValue.isEmpty ? nil : newValue }
  }

  /// What was written, in the order of the fields.
  package var written: [(field: Field, text: String)] {
    Field.allCases.compactMap { field in texts[field].map { (field, $0) } }
  }

  /// A JSON array of names and texts in turn, to be sealed.
  package var bytes: [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for (field, text) in written {
        json.value(field.rawValue)
        json.value(text)
      }
    }
    return json.bytes
  }

  /// - Throws: `care.text_damaged` where the bytes are none that `bytes` made. Names that this program does not know
  ///   are left out.
  package init(bytes: [UInt8]) throws {
    guard case .array(let values)? = try? JSON(bytes), values.count.isMultiple(of: 2) else {
      throw Problem.careTextDamaged
    }
    var texts: [Field: String] = [:]
    for index in stride(from: 0, to: values.count, by: 2) {
      guard case .string(let name) = values[index], case .string(let text) = values[index + 1] else {
        throw Problem.careTextDamaged
      }
      if let field = Field(rawValue: name) { texts[field] = text }
    }
    self.init(texts)
  }
}

extension Problem {
  static let careTextDamaged = Problem(
    "care.text_damaged", status: 500,
    Phrase("有一段记录读不出来，可能被改动过。", "A record cannot be read; it may have been changed."),
    advice: Phrase("请联系系统管理员运行 nuanlin check。", "Please ask the operator to run nuanlin check."))
}
