import Database
import Kernel

/// The counts behind the indicators: no row of a person leaves this file.
enum IndicatorStore {
  static func counted(
    from start: Timestamp, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> Indicators.Counted {
    var counted = Indicators.Counted()
    try standings(&counted, from: start, community, snapshot)
    try work(&counted, from: start, community, snapshot)
    try scores(&counted, from: start, community, snapshot)
    try feedback(&counted, from: start, community, snapshot)
    try referrals(&counted, from: start, community, snapshot)
    return counted
  }

  private static func standings(
    _ counted: inout Indicators.Counted, from start: Timestamp, _ community: CommunityID, _ snapshot: Snapshot
  ) throws {
    try snapshot.forEach(
      """
      SELECT standing.stage, standing.outcome, standing.opened_at, standing.closed_at, EXISTS (
        SELECT 1 FROM care_assessment AS assessment WHERE assessment.case_id = standing.case_id
          AND assessment.community_id = standing.community_id AND assessment.episode = standing.episode)
      FROM care_case_standing AS standing WHERE standing.community_id = \(community)
        AND (standing.closed_at IS NULL OR standing.closed_at >= \(start))
      """
    ) { row in
      let stage: CaseStage = try row[0]
      let (opened, closed): (Timestamp, Timestamp?) = (try row[2], try row[3])
      if stage != .closure { counted.stages[stage, default: 0] += 1 }
      if let outcome: CaseOutcome = try row[1] { counted.outcomes[outcome, default: 0] += 1 }
      if let closed { counted.days.append((closed - opened).wholeMicroseconds / 86_400_000_000) }
      counted.opened += 1
      if try row[4] as Bool { counted.assessed += 1 }
    }
  }

  private static func work(
    _ counted: inout Indicators.Counted, from start: Timestamp, _ community: CommunityID, _ snapshot: Snapshot
  ) throws {
    try snapshot.forEach(
      """
      SELECT done.kind, count(DISTINCT standing.person_id), sum(done.minutes)
      FROM care_intervention AS done
      JOIN care_case_standing AS standing
        ON standing.case_id = done.case_id AND standing.community_id = done.community_id
      WHERE done.community_id = \(community) AND done.done_at >= \(start) GROUP BY done.kind
      """
    ) { row in counted.work[try row[0]] = (people: try row[1], minutes: try row[2]) }
  }

  private static func scores(
    _ counted: inout Indicators.Counted, from start: Timestamp, _ community: CommunityID, _ snapshot: Snapshot
  ) throws {
    var ends: [String: (measure: OutcomeScore.Measure, first: Int64, last: Int64, count: Int)] = [:]
    try snapshot.forEach(
      """
      SELECT case_id, measure, rated_by, value FROM care_outcome_score
      WHERE community_id = \(community) AND case_id IN (
        SELECT case_id FROM care_outcome_score WHERE community_id = \(community) AND scored_at >= \(start))
      ORDER BY id
      """
    ) { row in
      let file: CaseID = try row[0]
      let measure: OutcomeScore.Measure = try row[1]
      let rater: String = try row[2]
      let value: Int64 = try row[3]
      let earlier = ends["\(file)|\(measure)|\(rater)"]
      ends["\(file)|\(measure)|\(rater)"] = (
        measure, earlier?.first ?? value, value, (earlier?.count ?? 0) + 1
      )
    }
    for entry in ends.values where entry.count > 1 {
      counted.scores[entry.measure, default: []].append((entry.first, entry.last))
    }
  }

  private static func feedback(
    _ counted: inout Indicators.Counted, from start: Timestamp, _ community: CommunityID, _ snapshot: Snapshot
  ) throws {
    // Each person's last word counts.
    try snapshot.forEach(
      """
      SELECT privacy, listening, choices, deciding FROM care_feedback AS told
      WHERE told.community_id = \(community) AND told.given_at >= \(start) AND told.id = (
        SELECT max(id) FROM care_feedback AS later
        WHERE later.community_id = told.community_id AND later.case_id = told.case_id)
      """
    ) { row in
      for (index, question) in Feedback.Question.allCases.enumerated() {
        counted.feedback[question, default: [:]][try row[index], default: 0] += 1
      }
    }
  }

  private static func referrals(
    _ counted: inout Indicators.Counted, from start: Timestamp, _ community: CommunityID, _ snapshot: Snapshot
  ) throws {
    try snapshot.forEach(
      """
      SELECT sent.referral_id, EXISTS (
        SELECT 1 FROM care_referral_event AS taken WHERE taken.referral_id = sent.referral_id
          AND taken.state = 'accepted')
      FROM care_referral_event AS sent
      WHERE sent.community_id = \(community) AND sent.state = 'sent' AND sent.happened_at >= \(start)
      """
    ) { row in
      counted.referralsSent += 1
      if try row[1] as Bool { counted.referralsAccepted += 1 }
    }
  }
}
