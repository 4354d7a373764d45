import Database
import Hummingbird
import Interop
import Kernel
import People
import Security
import Web

/// The station's doors by which locked answers leave for other programs. Each time stands in the audit chain.
struct ExportDoors: Sendable {
  /// Rows of fewer people give them away.
  static let least = 5

  let staff: SurveyStaff
  private var reader: AnalysisReader { AnalysisReader(staff: staff) }

  private enum Form: String, CaseIterable {
    case xlsx
    case csv
    case codebook
    case sps
  }

  func register(on routes: inout Routes) {
    let path = "\(QuestionnairePages.base)/:questionnaire/analysis/export"
    let (readers, objects) = (SurveyStaff.readers, SurveyStaff.objects)
    routes.get(path, for: readers, objects: objects) { try await page($0) }
    routes.post(path, for: readers, objects: objects, limits: SurveyStaff.writes) { try await export($0) }
  }

  /// - Throws: `not_found`, `publication.not_locked`, `export.too_few`.
  private func material(_ signedIn: SignedIn) async throws -> (AnalysisReader.Material, AnswerLock) {
    let material = try await reader.material(
      try signedIn.id("questionnaire"), names: [], in: signedIn.community.id)
    guard let lock = material.lock else { throw Problem.publicationNotLocked }
    guard lock.answers >= Self.least else { throw Problem.exportTooFew }
    return (material, lock)
  }

  private func page(_ signedIn: SignedIn) async throws -> Response {
    let (material, _) = try await material(signedIn)
    return .page(
      ExportPages(say: signedIn.say, token: signedIn.formToken).page(
        material.questionnaire.id, material.title, key: Web.Form.newKey), signedIn)
  }

  private func export(_ signedIn: SignedIn) async throws -> Response {
    let actor = try signedIn.actor(of: SurveyStaff.roles)
    let sent = try await signedIn.form()
    guard let form = try sent["form"].flatMap(Form.init(rawValue:)) else { throw Problem.staleForm }
    let (material, lock) = try await material(signedIn)
    let (id, community) = (lock.questionnaire, signedIn.community.id)
    // As they are kept, since texts are in no locked column; in the order of their random names.
    let data = try await reader.answers(of: id, in: community)
    guard data.count >= Self.least else { throw Problem.exportTooFew }
    let isAsLocked = data.withSortedLanguages.canonical.digest == lock.digest
    let export = AnswerExport(data.withSortedLanguages)
    let book = export.book(lock, material.note, isAsLocked: isAsLocked)
    let (bytes, name, type) = try Self.file(form, export, book, signedIn.language)
    try await staff.database.change(
      in: community, once: try sent.onceKey("POST /surveys/analysis/export", signedIn)
    ) { transaction in
      try transaction.audit(
        AuditEntry(
          actor: actor.person, role: actor.role, action: "surveys.answers_export", object: id.rawValue,
          detailDigest: lock.digest.bytes))
    }
    return .file(bytes, name: name, type: type)
  }

  private static func file(
    _ form: Form, _ export: AnswerExport, _ book: SheetTable, _ language: Language
  ) throws -> (bytes: [UInt8], name: String, type: String) {
    let writer = CSVWriter()
    return switch form {
    case .xlsx: (try XLSXWriter.write([export.answers, book]), "answers.xlsx", XLSXWriter.mediaType)
    case .csv: (try writer.write(export.answers), "answers.csv", writer.mediaType)
    case .codebook: (try writer.write(book), "codebook.csv", writer.mediaType)
    case .sps:
      (
        Array(SPSSSyntax(export: export, language: language).text.utf8), "answers.sps",
        "text/plain; charset=utf-8"
      )
    }
  }
}

extension Problem {
  static let exportTooFew = Problem(
    "export.too_few", status: 409,
    Phrase("不到 5 份答案，不能一行行导出。", "There are fewer than 5 answers, so they are not exported row by row."))
}
