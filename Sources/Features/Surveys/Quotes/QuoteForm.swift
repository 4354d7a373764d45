import Kernel
import Web

/// What people send of a quote.
package enum QuoteForm {
  package struct Draft: Sendable, Equatable {
    let passage: Int64
    let words: String

    package init(passage: Int64, words: String) {
      self.passage = passage
      self.words = words
    }
  }

  private static let length = 2...500

  /// - Throws: `form.invalid`.
  static func draft(_ form: Form) throws -> Draft {
    var reader = FormReader(form)
    let passage = reader.integer("passage", in: 1...Int64(Int32.max))
    let words = reader.lines("words", length: length)
    try reader.finish()
    guard let passage, let words else { throw Problem.staleForm }
    return Draft(passage: passage, words: words)
  }

  /// - Throws: `form.invalid`.
  static func words(_ form: Form) throws -> String {
    var reader = FormReader(form)
    let words = reader.lines("words", length: length)
    try reader.finish()
    guard let words else { throw Problem.staleForm }
    return words
  }

  /// Who heard the agreement.
  /// - Throws: `form.invalid`.
  static func witness(_ form: Form) throws -> PersonID {
    var reader = FormReader(form)
    let witness = reader.identifier("witness", of: PersonKind.self)
    try reader.finish()
    guard let witness else { throw Problem.staleForm }
    return witness
  }
}
