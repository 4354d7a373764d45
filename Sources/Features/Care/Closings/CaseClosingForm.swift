import Kernel
import Web

/// Reads how a case is to end.
enum CaseClosingForm {
  static func read(_ form: Form, _ desk: CaseDesk, _ offsetSeconds: Int) throws -> CaseFormDoor.Write {
    var reader = FormReader(form)
    let outcome = reader.choice("outcome", of: CaseOutcome.self)
    let words = reader.words(CaseClosing.fields, required: [.summary])
    if words[.clientView].isEmpty, words[.noView].isEmpty {
      reader.add(
        CareDocument.Field.clientView.rawValue,
        Phrase("请写本人的看法；实在没有，请写原因。", "Please write the person’s own view, or why there is none."))
    }
    try reader.finish()
    guard let outcome else { throw Problem.internalFault }
    return { open, seal, transaction in
      try desk.propose(outcome, words: words, open, sealing: seal, in: transaction)
    }
  }
}
