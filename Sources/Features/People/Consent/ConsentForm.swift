import Kernel
import Web

/// How long somebody agrees for.
enum ConsentSpan: String, CaseIterable {
  case quarter
  case half
  case year

  var days: Int64 {
    switch self {
    case .quarter: 91
    case .half: 182
    case .year: 365
    }
  }

  var name: Phrase {
    switch self {
    case .quarter: Phrase("三个月", "Three months")
    case .half: Phrase("半年", "Half a year")
    case .year: Phrase("一年", "One year")
    }
  }
}

enum ConsentForm {
  enum Answer: String, CaseIterable {
    case given
    case refused
  }

  struct Filled: Sendable {
    let isGiven: Bool
    let span: ConsentSpan
    let recipient: ChosenPerson
    let giver: ChosenPerson
    let givenBy: ConsentEvidence.Giver
    let method: ConsentEvidence.Method
    let witness: PersonID?
    let place: MandateEvidence.Place?

    /// Everything that was chosen, so that no other answer is taken for a repeat of this one.
    var chosen: String {
      let parts: [String?] = [
        String(isGiven), span.rawValue, recipient.chosen, giver.chosen, givenBy.rawValue, method.rawValue,
        witness?.description, place?.rawValue,
      ]
      return parts.map { $0 ?? "" }.joined(separator: "|")
    }
  }

  /// - Parameter isOwn: whether the subject answers in their own session, which needs no evidence.
  /// - Throws: `form.invalid` with every wrong field.
  static func answer(_ form: Form, isOwn: Bool) throws -> Filled {
    var reader = FormReader(form)
    let answer = reader.choice("answer", of: Answer.self)
    // A no lasts as long as it likes and names nobody who is told.
    let isRefused = answer == .refused
    let span = isRefused ? ConsentSpan.year : reader.choice("span", of: ConsentSpan.self)
    let recipient =
      isRefused
      ? ChosenPerson.nobody : MandateForm.person("recipient", phone: "recipient_phone", &reader)
    var (givenBy, method): (ConsentEvidence.Giver?, ConsentEvidence.Method?) = (.subject, .electronic)
    var giver = ChosenPerson.nobody
    var (witness, place): (PersonID?, MandateEvidence.Place?) = (nil, nil)
    if !isOwn {
      givenBy = reader.choice("given_by", of: ConsentEvidence.Giver.self)
      method = reader.choice("method", of: ConsentEvidence.Method.self)
      giver = MandateForm.person("giver", phone: "giver_phone", &reader)
      witness = reader.identifier("witness", isRequired: false)
      place = reader.choice("place", of: MandateEvidence.Place.self)
    }
    try reader.finish()
    guard let answer, let span, let givenBy, let method else { throw Problem.internalFault }
    return Filled(
      isGiven: answer == .given, span: span, recipient: recipient, giver: giver, givenBy: givenBy,
      method: method, witness: witness, place: place)
  }

  static var suggestion: FormState { FormState(["span": ConsentSpan.year.rawValue, "given_by": "self"]) }
}

extension ChosenPerson {
  fileprivate var chosen: String? {
    switch self {
    case .nobody: nil
    case .person(let person): person.description
    case .phone(let typed): "\(Self.byPhone) \(typed)"
    }
  }
}
