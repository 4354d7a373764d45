import Database
import Kernel
import Web

/// One form of a case: a page that asks, and what follows from the answer. Every capability of casework states its own;
/// `CaseForms` registers them all alike.
struct CaseFormDoor: Sendable {
  typealias Write = @Sendable (inout OpenCase, CareSeal, Transaction) throws -> Void

  /// The last part of the path: `/cases/:case/assessment`.
  let path: String
  let title: Phrase
  /// Who is offered the form; the desk decides again when it is sent.
  let isOffered: @Sendable (CaseAccess) -> Bool
  /// What stands in the fields before anybody typed.
  let prefill: @Sendable (CaseFormContext) -> FormState
  /// The fields and the button.
  let content: @Sendable (FormParts, CaseFormContext, Wording) -> HTML
  /// Reads what was sent.
  /// - Throws: `form.invalid` naming every wrong field.
  let read: @Sendable (Form, CaseDesk, _ offsetSeconds: Int) throws -> Write

  init(
    _ path: String, _ title: Phrase, isOffered: @escaping @Sendable (CaseAccess) -> Bool,
    prefill: @escaping @Sendable (CaseFormContext) -> FormState = { _ in .empty },
    content: @escaping @Sendable (FormParts, CaseFormContext, Wording) -> HTML,
    read: @escaping @Sendable (Form, CaseDesk, Int) throws -> Write
  ) {
    self.path = path
    self.title = title
    self.isOffered = isOffered
    self.prefill = prefill
    self.content = content
    self.read = read
  }
}

/// What a form of a case may show beside its fields.
struct CaseFormContext: Sendable {
  let view: CaseView
  /// Social workers and supervisors who may work the case.
  let workers: [(value: String, name: Phrase)]
  let supervisors: [(value: String, name: Phrase)]

  var open: OpenCase { view.open }
}

extension FormReader {
  /// The words of a form, each under the raw name of its field.
  ///
  /// - Parameters:
  ///   - required: fields that may not be empty.
  ///   - limit: the most code points of one text.
  mutating func words(
    _ fields: [CareDocument.Field], required: Set<CareDocument.Field> = [], limit: Int = 4000
  ) -> CareDocument {
    var document = CareDocument()
    for field in fields {
      let text = lines(field.rawValue, length: 1...limit, isRequired: required.contains(field))
      document[field] = text ?? ""
    }
    return document
  }

  /// How many events of the case the form had seen; 0 for a form that does not say, which is stale.
  mutating func seen() -> Int64 { integer("seen", in: 0...1_000_000, isRequired: false) ?? 0 }
}

extension FormState {
  /// A form filled with words that were written before.
  init(_ document: CareDocument, _ more: [String: String] = [:]) {
    var stored = more
    for (field, text) in document.written { stored[field.rawValue] = text }
    self.init(stored)
  }
}
