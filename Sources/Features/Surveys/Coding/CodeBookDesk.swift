package import Database
import Kernel
package import People

/// Where a code book is written: versions are only added.
package struct CodeBookDesk: Sendable {
  /// Adds a code.
  /// - Throws: `not_found`, `code.too_many`, `form.invalid` for a name that is taken or a parent that cannot be one.
  @discardableResult
  package func add(
    _ content: ThemeCode.Content, to study: StudyID, by actor: Actor, in transaction: Transaction
  ) throws -> ThemeCodeID {
    let community = transaction.community
    guard try StudyStore.find(study, in: community, transaction) != nil else { throw Problem.notFound }
    let codes = try ThemeCodeStore.all(of: study, in: community, transaction)
    guard codes.count(where: \.isActive) < CodeBookRules.mostCodes else { throw Problem.codesTooMany }
    try check(content, for: nil, among: codes)
    let code = ThemeCode(
      id: transaction.newIdentifier(), study: study, version: 1, content: content, retiredFor: nil)
    try ThemeCodeStore.insert(code, by: actor, in: transaction)
    try transaction.audit("surveys.code_add", by: actor, of: code.id.rawValue)
    return code.id
  }

  /// Writes another version of a code; it stays the same code.
  ///
  /// - Parameter seen: the version that the author saw.
  /// - Throws: `not_found`, `study.stale`, `code.retired`, `form.invalid` as `add`.
  func write(
    _ content: ThemeCode.Content, _ id: ThemeCodeID, of study: StudyID, seen: Int64, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let (code, codes) = try find(id, of: study, seen: seen, transaction)
    try check(content, for: id, among: codes)
    try ThemeCodeStore.insertVersion(
      ThemeCode(id: id, study: study, version: code.version + 1, content: content, retiredFor: nil),
      by: actor, in: transaction)
    try transaction.audit("surveys.code_write", by: actor, of: id.rawValue)
  }

  /// Takes a code out of use, with the reason. What was coded by it stays.
  /// - Throws: `not_found`, `study.stale`, `code.retired`, `code.has_children`.
  func retire(
    _ id: ThemeCodeID, of study: StudyID, seen: Int64, for reason: String, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let (code, codes) = try find(id, of: study, seen: seen, transaction)
    guard !codes.contains(where: { $0.content.parent == id && $0.isActive }) else {
      throw Problem.codeHasChildren
    }
    try ThemeCodeStore.insertVersion(
      ThemeCode(id: id, study: study, version: code.version + 1, content: code.content, retiredFor: reason),
      by: actor, in: transaction)
    try transaction.audit("surveys.code_retire", by: actor, of: id.rawValue)
  }

  private func find(
    _ id: ThemeCodeID, of study: StudyID, seen: Int64, _ transaction: Transaction
  ) throws -> (code: ThemeCode, codes: [ThemeCode]) {
    let codes = try ThemeCodeStore.all(of: study, in: transaction.community, transaction)
    guard let code = codes.first(where: { $0.id == id }) else { throw Problem.notFound }
    guard code.isActive else { throw Problem.codeRetired }
    guard code.version == seen else { throw Problem.studyStale }
    return (code, codes)
  }

  private func check(_ content: ThemeCode.Content, for id: ThemeCodeID?, among codes: [ThemeCode]) throws {
    var problems = Problems()
    if codes.contains(where: { $0.id != id && $0.isActive && $0.content.name == content.name }) {
      problems.add("name", Phrase("已经有一个叫这个名字的编码。", "There is a code of this name already."))
    }
    if let refusal = CodeBookRules.refusal(of: content.parent, for: id, among: codes) {
      problems.add("parent", refusal)
    }
    try problems.throwIfAny()
  }
}

extension Problem {
  static let codeHasChildren = Problem(
    "code.has_children", status: 409,
    Phrase("它下面还有在用的编码。", "There are codes in use below it."),
    advice: Phrase("请先把下面的移走或停用。", "Please move or retire those first."))
}
