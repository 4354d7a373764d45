import Database
import Kernel
import Security

/// Reads the answers that are to be locked, in parts, and locks them at the end. It runs in the background: opening fifty
/// thousand answers takes seconds, and nobody's page waits for it.
///
/// What is interrupted is begun anew; what was locked by another program meanwhile is left as it is.
package struct LockWork: Sendable {
  /// How many answers are read before the progress is told.
  private static let page = 2_000

  let database: Database
  let vault: Vault
  let desk = LockDesk()

  /// Does everything that was asked for.
  /// - Returns: how many questionnaires were locked.
  @discardableResult
  package func round() async throws -> Int {
    let waiting = try await database.read { try LockStore.waiting($0) }
    var locked = 0
    for entry in waiting where try await lock(entry.questionnaire, in: entry.community) { locked += 1 }
    return locked
  }

  /// - Returns: whether it was locked.
  func lock(_ id: QuestionnaireID, in community: CommunityID) async throws -> Bool {
    guard let request = try await database.read({ try LockStore.request(id, in: community, $0) }) else {
      return false
    }
    do {
      let data = try await read(request, in: community).withSortedLanguages.canonical
      let cipher = try await cipher(community)
      return try await database.write(in: community) { [desk] transaction in
        try desk.finish(request, data, sealing: cipher, in: transaction)
      }
    } catch let problem as Problem {
      try await database.write(in: community) { transaction in
        try LockStore.fail(id, code: problem.code, in: transaction)
        transaction.touch(.surveyLocks)
      }
      return false
    }
  }

  private func cipher(_ community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .survey))
  }

  private func read(_ request: LockRequest, in community: CommunityID) async throws -> SurveyData {
    let id = request.questionnaire
    let versions = try await database.read { snapshot in
      guard let questionnaire = try QuestionnaireStore.find(id, in: community, snapshot) else {
        throw Problem.notFound
      }
      return try LockStore.versions(of: questionnaire, in: community, snapshot)
    }
    let cipher = try await cipher(community)
    var builder = SurveyDataBuilder(versions)
    var last: ResponseID?
    var read: Int64 = 0
    while true {
      let after = last
      let page = try await database.read {
        try LockStore.answers(of: id, after: after, limit: Self.page, in: community, $0)
      }
      guard let end = page.last else { return builder.finish() }
      for answer in page {
        builder.add(
          try answer.opened(cipher, in: community), version: answer.version, mode: answer.mode,
          language: answer.language)
      }
      last = end.id
      read += Int64(page.count)
      let soFar = read
      try await database.write(in: community) { try LockStore.progress(id, read: soFar, in: $0) }
    }
  }
}
