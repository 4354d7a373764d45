import Database
import Kernel
import People

/// Reads what the pages of a quiz show.
struct QuizReading: Sendable {
  let directory: Directory

  /// What the visitor, or somebody of their household, answered.
  struct Own: Sendable {
    let entry: QuizEntry
    /// Whether the visitor did; what others of the household answered is theirs.
    let isMine: Bool
  }

  /// A quiz as residents see it.
  struct View: Sendable {
    let quiz: Quiz
    let questions: [QuizQuestion]
    let own: Own?
    let draw: QuizDraw?
    let awards: [QuizAward]
    /// Of winners who agreed to be named in public.
    let names: [Int64: String]
    /// The activity that it belongs to, where residents know of it.
    let activity: Activity?
  }

  /// - Parameter person: nil for visitors who are not signed in.
  /// - Throws: `not_found`, for drafts as well.
  func view(
    _ id: QuizID, for person: PersonID?, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> View {
    let quiz = try shown(id, in: community, snapshot)
    let awards = try QuizAwardStore.all(of: id, in: community, snapshot)
    let standing = awards.filter { $0.end == nil || $0.end?.kind == .handed }.map(\.number)
    return View(
      quiz: quiz,
      questions: try QuizQuestionStore.asked(in: id, version: quiz.version, in: community, snapshot),
      own: try person.flatMap { try own($0, in: quiz, community, snapshot) },
      draw: try QuizStore.draw(of: id, in: community, snapshot), awards: awards,
      names: try QuizNaming(directory: directory).names(
        behind: standing, of: id, in: community, snapshot),
      activity: try quiz.terms.activity.flatMap { try ActivityStore.find($0, in: community, snapshot) }
        .flatMap { $0.isShown ? $0 : nil })
  }

  /// - Throws: `not_found`, for drafts as well.
  func shown(_ id: QuizID, in community: CommunityID, _ snapshot: Snapshot) throws -> Quiz {
    guard let quiz = try QuizStore.find(id, in: community, snapshot), quiz.state != .draft else {
      throw Problem.notFound
    }
    return quiz
  }

  func own(
    _ person: PersonID, in quiz: Quiz, _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> Own? {
    guard
      let entrant = try QuizEntrant(person, in: quiz, directory, community: community, snapshot),
      let found = try QuizEntryStore.find(ofUnit: entrant.unitID, in: quiz.id, community, snapshot)
    else { return nil }
    return Own(entry: found.entry, isMine: found.entrant.person == person)
  }
}
