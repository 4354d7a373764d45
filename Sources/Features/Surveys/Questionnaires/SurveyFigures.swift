package import Database
package import Kernel

/// What other features may count of questionnaires: how many, and never what was answered.
package struct SurveyFigures: Sendable {
  /// Questionnaires that were closed within a time.
  package struct Closed: Sendable, Equatable {
    package let questionnaires: Int64
    /// Answers to all of them together, whenever they came.
    package let answers: Int64
  }

  package init() {}

  /// Those that were last closed from the first moment up to, not including, the second.
  package func closed(
    from start: Timestamp, until end: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Closed {
    try QuestionnaireStore.closed(from: start, until: end, in: community, snapshot)
  }
}
