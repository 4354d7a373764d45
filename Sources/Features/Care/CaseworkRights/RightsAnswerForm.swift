import Kernel
import Web

/// Reads what a client asks, and what the station answers.
enum RightsAnswerForm {
  /// - Throws: `form.invalid` naming every wrong field.
  static func request(_ form: Form) throws -> (kind: RightsRequest.Kind, words: CareDocument) {
    var reader = FormReader(form)
    let kind = reader.choice("right", of: RightsRequest.Kind.self)
    let words =
      kind == .correction
      ? reader.words([.correction], required: [.correction], limit: 2000) : CareDocument()
    try reader.finish()
    guard let kind else { throw Problem.internalFault }
    return (kind, words)
  }

  /// A copy needs its day and its way, a correction a few words, a no its reason.
  static func answer(_ form: Form, offsetSeconds: Int) throws -> RightsDesk.Draft {
    var reader = FormReader(form)
    let kind = reader.choice("answer", of: RightsAnswer.Kind.self)
    let isHanded = kind == .copyHanded
    let handing = reader.choice("handing", of: RightsAnswer.Handing.self, isRequired: isHanded)
    let handedAt = reader.moment("handed_at", offsetSeconds: offsetSeconds, isRequired: isHanded)
    var words = CareDocument()
    switch kind {
    case .corrected: words = reader.words([.reply], required: [.reply], limit: 2000)
    case .refused: words = reader.words([.reason], required: [.reason], limit: 2000)
    case .copyHanded, .withdrawn, nil: break
    }
    if kind == .withdrawn { reader.add("answer", Phrase("请从列表里选择。", "Please choose from the list.")) }
    try reader.finish()
    guard let kind else { throw Problem.internalFault }
    return RightsDesk.Draft(kind, handing: handing, handedAt: handedAt, words: words)
  }
}
