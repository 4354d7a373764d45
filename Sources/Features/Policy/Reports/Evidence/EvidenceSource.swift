package import Database
package import Kernel

/// Where tables come from that a report may rest on: published tables of questionnaires, themes of interviews, the shop's
/// monthly evidence, votes. Each is kept elsewhere; every table has gone through its gate before it gets here.
package struct EvidenceSource: Sendable {
  /// What may be chosen.
  package struct Choice: Sendable, Equatable {
    /// Names it within the source; 1–80 characters.
    package let code: String
    package let title: Phrase
    package let madeAt: Timestamp

    package init(code: String, title: Phrase, madeAt: Timestamp) {
      self.code = code
      self.title = title
      self.madeAt = madeAt
    }
  }

  /// `surveys`: 1–20 characters, each source another.
  package let code: String
  package let name: Phrase
  /// What a community may choose from, the newest first.
  package let choices: @Sendable (CommunityID, Snapshot) throws -> [Choice]
  /// One of them, with what it says now; nil where there is none.
  package let evidence: @Sendable (String, CommunityID, Snapshot) throws -> FrozenEvidence?
  /// Who took part in it and is told what came of it, in the order of their numbers after one of them, at most so many;
  /// none where that is not known, as with anonymous answers.
  package let participants: @Sendable (String, PersonID?, Int, CommunityID, Snapshot) throws -> [PersonID]

  package init(
    code: String, name: Phrase,
    choices: @escaping @Sendable (CommunityID, Snapshot) throws -> [Choice],
    evidence: @escaping @Sendable (String, CommunityID, Snapshot) throws -> FrozenEvidence?,
    participants: @escaping @Sendable (String, PersonID?, Int, CommunityID, Snapshot) throws -> [PersonID] = {
      _, _, _, _, _ in []
    }
  ) {
    self.code = code
    self.name = name
    self.choices = choices
    self.evidence = evidence
    self.participants = participants
  }
}

/// What people said in interviews, word for word. Their words are shown as long as they agree to it: each time they are
/// shown, they are asked for anew, and nothing of them is kept with a report.
package struct ReportQuoteSource: Sendable {
  package struct Choice: Sendable, Equatable {
    /// 1–80 characters.
    package let code: String
    package let text: String
    /// The interview or topic that it comes from, without a name.
    package let from: Phrase

    package init(code: String, text: String, from: Phrase) {
      self.code = code
      self.text = text
      self.from = from
    }
  }

  /// The quotes of one community, with what opens them.
  package struct Opened: Sendable {
    /// Those that may be quoted now.
    package let choices: @Sendable (Snapshot) throws -> [Choice]
    /// The words by their codes; missing where they may not be shown now.
    package let texts: @Sendable (Set<String>, Snapshot) throws -> [String: String]

    package init(
      choices: @escaping @Sendable (Snapshot) throws -> [Choice],
      texts: @escaping @Sendable (Set<String>, Snapshot) throws -> [String: String]
    ) {
      self.choices = choices
      self.texts = texts
    }
  }

  /// Opens those of a community, before the read in which they are used.
  package let opened: @Sendable (CommunityID) async throws -> Opened

  package init(opened: @escaping @Sendable (CommunityID) async throws -> Opened) {
    self.opened = opened
  }

  package static let none = ReportQuoteSource { _ in Opened(choices: { _ in [] }, texts: { _, _ in [:] }) }
}

/// What government readers see of others' work, quarter by quarter. Numbers of people are handed over as they are; they are
/// put through the gate before anybody sees them.
package struct ReportIndicatorSources: Sendable {
  /// What happened in a span of time.
  package struct Attendance: Sendable, Equatable {
    /// Activities that were held.
    package let held: Int
    /// People who came, each time counted.
    package let came: Int

    package init(held: Int, came: Int) {
      self.held = held
      self.came = came
    }
  }

  /// Questionnaires that closed in a span of time.
  package struct Questionnaires: Sendable, Equatable {
    package let closed: Int
    /// Answers to all of them together.
    package let answers: Int

    package init(closed: Int, answers: Int) {
      self.closed = closed
      self.answers = answers
    }
  }

  /// From the first moment up to, not including, the second.
  package let activities: @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> Attendance
  package let questionnaires: @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> Questionnaires

  package init(
    activities: @escaping @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> Attendance,
    questionnaires: @escaping @Sendable (Timestamp, Timestamp, CommunityID, Snapshot) throws -> Questionnaires
  ) {
    self.activities = activities
    self.questionnaires = questionnaires
  }

  package static let none = ReportIndicatorSources(
    activities: { _, _, _, _ in Attendance(held: 0, came: 0) },
    questionnaires: { _, _, _, _ in Questionnaires(closed: 0, answers: 0) })
}

/// What reports ask of others.
package struct ReportPorts: Sendable {
  package let evidence: [EvidenceSource]
  package let quotes: ReportQuoteSource
  package let indicators: ReportIndicatorSources

  package init(
    evidence: [EvidenceSource] = [], quotes: ReportQuoteSource = .none,
    indicators: ReportIndicatorSources = .none
  ) {
    self.evidence = evidence
    self.quotes = quotes
    self.indicators = indicators
  }

  package static let none = ReportPorts()

  /// Those of others, and the votes of this feature.
  var sources: [EvidenceSource] { evidence + [.proposals] }

  func source(_ code: String) -> EvidenceSource? { sources.first { $0.code == code } }
}
