import Kernel
import Web

/// What is sent to make a batch, and to mark a sheet as spoilt.
enum PaperBatchForm {
  struct Draft: Sendable, Equatable {
    let sheets: Int64
    /// Nil where the questionnaire has one language and nobody had to choose.
    let language: FormLanguage?
  }

  /// - Throws: `form.invalid`.
  static func draft(_ form: Form) throws -> Draft {
    var reader = FormReader(form)
    let sheets = reader.integer("sheets", in: 1...PaperRules.mostSheets)
    let language = reader.raw("language").map { FormLanguage($0) }
    try reader.finish()
    guard let sheets else { throw Problem.staleForm }
    return Draft(sheets: sheets, language: language)
  }

  /// - Throws: `form.invalid`.
  static func reason(_ form: Form) throws -> PaperSheet.SpoiltReason {
    var reader = FormReader(form)
    let reason = reader.choice("reason", of: PaperSheet.SpoiltReason.self)
    try reader.finish()
    guard let reason, PaperSheet.SpoiltReason.given.contains(reason) else { throw Problem.staleForm }
    return reason
  }
}
