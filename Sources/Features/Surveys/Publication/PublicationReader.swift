import Database
import Kernel
import People
import Statistics

/// Fetches what tables are made of and asks the gate, for the pages and for whoever publishes by program.
struct PublicationReader: Sendable {
  let staff: SurveyStaff

  /// What tables are made of.
  struct Source: Sendable {
    let lock: AnswerLock
    let title: String
    let note: SampleNote
    let plan: PublicationPlan
  }

  /// What the gate lets through of a query, by the tables that had been published when it was asked.
  struct Judged: Sendable {
    let lock: AnswerLock
    let query: PublicationQuery
    let result: PublicationResult
    /// How many tables there were.
    let tables: Int64
  }

  /// - Throws: `not_found`, `analysis.nothing_yet`, `publication.not_locked`, `publication.refused`.
  func source(_ id: QuestionnaireID, in community: CommunityID) async throws -> Source {
    let material = try await AnalysisReader(staff: staff).material(id, in: community)
    guard let lock = material.lock else { throw Problem.publicationNotLocked }
    let version = try await staff.database.read {
      try QuestionnaireVersionStore.version(material.questionnaire.version, of: id, in: community, $0)
    }
    guard let version else { throw Problem.notFound }
    do {
      return Source(
        lock: lock, title: material.title, note: material.note,
        plan: try PublicationPlan(material.data, lock.spec, version.definition))
    } catch {
      throw Problem.publication(error)
    }
  }

  /// - Throws: `publication.refused`.
  func judged(
    _ query: PublicationQuery, of source: Source, in community: CommunityID
  ) async throws -> Judged {
    let ledger = try await staff.database.read {
      try PublicationStore.ledger(of: source.lock.questionnaire, in: community, $0)
    }
    do {
      let result = try source.plan.result(
        of: query, after: ledger.releases, lock: source.lock, note: source.note)
      return Judged(lock: source.lock, query: query, result: result, tables: ledger.tables)
    } catch {
      throw Problem.publication(error)
    }
  }
}
