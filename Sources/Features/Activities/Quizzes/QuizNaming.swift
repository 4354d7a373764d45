import Database
import Kernel
import People

/// With whose name winners are shown in public: only of those who agreed to be named, as long as they do.
///
/// It is asked each time that winners are shown and no page with a name is kept, so a consent that was taken back a second
/// ago, or has run out, takes the name away. Of everybody else the entry number is shown alone.
struct QuizNaming: Sendable {
  let directory: Directory

  /// What the winners behind these numbers are called, where everybody may know it.
  func names(
    behind numbers: [Int64], of quiz: QuizID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int64: String] {
    let persons = try QuizEntryStore.persons(behind: numbers, of: quiz, in: community, snapshot)
    if persons.isEmpty { return [:] }
    let agreed = try directory.consent.allowed(
      Set(persons.values).sorted(), .publishing, .name, to: .everyone, at: snapshot.now, in: community,
      snapshot)
    let names = try directory.displayNames(of: agreed, in: community, snapshot)
    return persons.compactMapValues { agreed.contains($0) ? names[$0] : nil }
  }
}
