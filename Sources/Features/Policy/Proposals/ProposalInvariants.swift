import Database

/// What must always hold of proposals, their votes, and what is done about them.
enum ProposalInvariants {
  private static let limit = Invariant.limit

  static let invariants = steps + votes + results

  private static let steps: [Invariant] = [
    Invariant(
      "policy.proposal_standing_differs", [.identifier("proposal"), "events", "told"],
      """
      SELECT proposal.id, standing.events, count(event.sequence) FROM policy_proposal AS proposal
      LEFT JOIN policy_proposal_standing AS standing ON standing.proposal_id = proposal.id
      LEFT JOIN policy_proposal_event AS event ON event.proposal_id = proposal.id
      GROUP BY proposal.id, standing.events
      HAVING standing.events IS NULL OR standing.events <> count(event.sequence)
        OR standing.events <> max(event.sequence)
      ORDER BY proposal.id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_state_differs", [.identifier("proposal"), "event"],
      """
      SELECT standing.proposal_id, event.sequence FROM policy_proposal_standing AS standing
      JOIN policy_proposal_event AS event
        ON event.proposal_id = standing.proposal_id AND event.sequence = standing.events
      WHERE standing.state <> CASE event.kind WHEN 'submitted' THEN 'submitted' WHEN 'accepted' THEN 'discussion'
          WHEN 'merged' THEN 'merged' WHEN 'not_taken_up' THEN 'not_taken_up' WHEN 'voting_set' THEN 'voting'
          WHEN 'voting_withdrawn' THEN 'discussion' WHEN 'counted' THEN 'decided' WHEN 'sent' THEN 'sent'
          WHEN 'answered' THEN 'answered' WHEN 'tracked' THEN 'tracked' WHEN 'finished' THEN 'done'
          ELSE '' END
        OR standing.phase <> CASE WHEN standing.state = 'submitted' THEN 'screening'
          WHEN standing.state IN ('discussion', 'voting') THEN 'open'
          WHEN standing.state IN ('sent', 'tracked') THEN 'underway'
          WHEN standing.state = 'decided' AND standing.is_passed = 1 THEN 'underway'
          WHEN standing.state = 'answered' AND standing.outcome <> 'refused' THEN 'underway' ELSE 'ended' END
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_step_impossible", [.identifier("proposal"), "event"],
      """
      SELECT later.proposal_id, later.sequence FROM policy_proposal_event AS later
      LEFT JOIN policy_proposal_event AS earlier
        ON earlier.proposal_id = later.proposal_id AND earlier.sequence = later.sequence - 1
      WHERE later.sequence > 1 AND NOT coalesce(
        later.kind IN ('accepted', 'merged', 'not_taken_up') AND earlier.kind = 'submitted'
        OR later.kind = 'voting_set' AND earlier.kind IN ('accepted', 'voting_withdrawn')
        OR later.kind IN ('voting_withdrawn', 'counted') AND earlier.kind = 'voting_set'
        OR later.kind = 'sent' AND (earlier.kind = 'sent' OR earlier.kind = 'counted' AND earlier.is_passed = 1)
        OR later.kind = 'answered' AND earlier.kind = 'sent'
        OR later.kind = 'tracked' AND earlier.kind = 'answered' AND earlier.outcome <> 'refused'
        OR later.kind = 'finished' AND earlier.kind = 'tracked', 1 = 0)
      ORDER BY later.proposal_id, later.sequence LIMIT \(limit)
      """),
    // What stands beside the state is what the last event of its kind told, and nothing where a vote was called off.
    Invariant(
      "policy.proposal_facts_differ", [.identifier("proposal")],
      """
      SELECT standing.proposal_id FROM policy_proposal_standing AS standing
      LEFT JOIN policy_proposal_event AS vote ON vote.proposal_id = standing.proposal_id
        AND vote.sequence = (SELECT max(sequence) FROM policy_proposal_event AS event
          WHERE event.proposal_id = standing.proposal_id AND event.kind IN ('voting_set', 'voting_withdrawn'))
      LEFT JOIN policy_proposal_event AS counted
        ON counted.proposal_id = standing.proposal_id AND counted.kind = 'counted'
      LEFT JOIN policy_proposal_event AS sent ON sent.proposal_id = standing.proposal_id
        AND sent.sequence = (SELECT max(sequence) FROM policy_proposal_event AS event
          WHERE event.proposal_id = standing.proposal_id AND event.kind = 'sent')
      LEFT JOIN policy_proposal_event AS answered
        ON answered.proposal_id = standing.proposal_id AND answered.kind = 'answered'
      LEFT JOIN policy_proposal_event AS merged
        ON merged.proposal_id = standing.proposal_id AND merged.kind = 'merged'
      LEFT JOIN policy_proposal_event AS refused
        ON refused.proposal_id = standing.proposal_id AND refused.kind = 'not_taken_up'
      WHERE coalesce(standing.opens_at, -1) <> coalesce(vote.opens_at, -1)
        OR coalesce(standing.closes_at, -1) <> coalesce(vote.closes_at, -1)
        OR coalesce(standing.is_passed, -1) <> coalesce(counted.is_passed, -1)
        OR coalesce(standing.due_at, -1) <> coalesce(sent.due_at, -1)
        OR coalesce(standing.outcome, '') <> coalesce(answered.outcome, '')
        OR coalesce(standing.merged_into_id, -1) <> coalesce(merged.target_id, -1)
        OR standing.hides_title <> coalesce(refused.hides_title, 0)
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_remark_misplaced", [.identifier("proposal"), .identifier("contribution")],
      """
      SELECT judged.proposal_id, judged.contribution_id FROM policy_proposal_judgement AS judged
      LEFT JOIN policy_proposal_contribution AS said
        ON said.id = judged.contribution_id AND said.proposal_id = judged.proposal_id
      WHERE said.id IS NULL
      UNION ALL
      SELECT report.proposal_id, report.contribution_id FROM policy_proposal_report AS report
      LEFT JOIN policy_proposal_contribution AS said
        ON said.id = report.contribution_id AND said.proposal_id = report.proposal_id
      WHERE said.id IS NULL
      ORDER BY 1, 2 LIMIT \(limit)
      """),
  ]

  private static let votes: [Invariant] = [
    Invariant(
      "policy.proposal_votes_differ", [.identifier("proposal"), "roll", "ballots", "counted"],
      """
      SELECT standing.proposal_id, coalesce(roll.votes, 0), coalesce(box.votes, 0), coalesce(tally.votes, 0)
      FROM policy_proposal_standing AS standing
      LEFT JOIN (SELECT proposal_id, count(*) AS votes FROM policy_proposal_roll GROUP BY proposal_id) AS roll
        ON roll.proposal_id = standing.proposal_id
      LEFT JOIN (SELECT proposal_id, count(*) AS votes FROM policy_proposal_ballot GROUP BY proposal_id) AS box
        ON box.proposal_id = standing.proposal_id
      LEFT JOIN (
        SELECT proposal_id, CAST(sum(votes) AS BIGINT) AS votes FROM policy_proposal_tally GROUP BY proposal_id) AS tally
        ON tally.proposal_id = standing.proposal_id
      WHERE coalesce(roll.votes, 0) <> coalesce(box.votes, 0) + coalesce(tally.votes, 0)
        OR coalesce(box.votes, 0) > 0 AND standing.state <> 'voting'
        OR coalesce(tally.votes, 0) > 0 AND standing.is_passed IS NULL
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_vote_untimely", [.identifier("proposal"), .identifier("household")],
      """
      SELECT roll.proposal_id, roll.household_id FROM policy_proposal_roll AS roll
      LEFT JOIN policy_proposal_standing AS standing ON standing.proposal_id = roll.proposal_id
      WHERE standing.opens_at IS NULL OR standing.closes_at IS NULL OR roll.voted_at < standing.opens_at
        OR roll.voted_at >= standing.closes_at
      ORDER BY roll.proposal_id, roll.household_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_choice_unknown", [.identifier("proposal"), "choice"],
      """
      SELECT tally.proposal_id, tally.number FROM policy_proposal_tally AS tally
      LEFT JOIN policy_proposal_count AS counted ON counted.proposal_id = tally.proposal_id
      LEFT JOIN policy_proposal_voting AS voting
        ON voting.proposal_id = counted.proposal_id AND voting.sequence = counted.sequence
      WHERE voting.choices IS NULL OR tally.number < 1 OR tally.number > voting.choices
      ORDER BY tally.proposal_id, tally.number LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_counted_early", [.identifier("proposal")],
      """
      SELECT counted.proposal_id FROM policy_proposal_count AS counted
      LEFT JOIN policy_proposal_standing AS standing ON standing.proposal_id = counted.proposal_id
      WHERE standing.closes_at IS NULL OR counted.counted_at < standing.closes_at
      ORDER BY counted.proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_decision_differs", [.identifier("proposal"), "passed", "winners"],
      """
      SELECT standing.proposal_id, standing.is_passed, coalesce(won.choices, 0)
      FROM policy_proposal_standing AS standing
      LEFT JOIN policy_proposal_count AS counted ON counted.proposal_id = standing.proposal_id
      LEFT JOIN (
        SELECT tally.proposal_id, count(*) AS choices FROM policy_proposal_tally AS tally
        JOIN policy_proposal_count AS known ON known.proposal_id = tally.proposal_id
        JOIN policy_proposal_voting AS voting
          ON voting.proposal_id = known.proposal_id AND voting.sequence = known.sequence
        WHERE known.turnout > 0 AND known.turnout * 10000 >= voting.quorum * known.households
          AND tally.number <= voting.winners
          AND (voting.majority = 'simple' AND 2 * tally.votes > known.turnout
            OR voting.majority = 'two_thirds' AND 3 * tally.votes >= 2 * known.turnout)
        GROUP BY tally.proposal_id) AS won ON won.proposal_id = standing.proposal_id
      WHERE (standing.is_passed IS NULL) <> (counted.proposal_id IS NULL)
        OR standing.is_passed <> counted.is_passed OR standing.is_passed <> coalesce(won.choices, 0)
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
  ]

  private static let results: [Invariant] = [
    Invariant(
      "policy.proposal_answer_differs", [.identifier("proposal")],
      """
      SELECT standing.proposal_id FROM policy_proposal_standing AS standing
      LEFT JOIN policy_proposal_answer AS answer ON answer.proposal_id = standing.proposal_id
      WHERE coalesce(standing.outcome, '') <> coalesce(answer.outcome, '')
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_action_differs", [.identifier("action"), "progress"],
      """
      SELECT action.id, action.progress FROM policy_proposal_action AS action
      LEFT JOIN policy_proposal_entry AS entry ON entry.proposal_id = action.proposal_id
        AND entry.action_id = action.id AND entry.sequence = (
          SELECT max(later.sequence) FROM policy_proposal_entry AS later
          WHERE later.proposal_id = action.proposal_id AND later.action_id = action.id)
      WHERE entry.sequence IS NULL OR entry.progress <> action.progress OR entry.status <> action.status
      ORDER BY action.id LIMIT \(limit)
      """),
    // The same figure as ResultProgress reckons: a half rounded up, and 100 only where all is done.
    Invariant(
      "policy.proposal_progress_differs", [.identifier("proposal"), "progress", "reckoned"],
      """
      SELECT proposal_id, progress, reckoned FROM (
        SELECT result.proposal_id, result.progress, CASE WHEN sums.total IS NULL THEN 0
          WHEN sums.done < 100 * sums.total AND (2 * sums.done + sums.total) / (2 * sums.total) > 99 THEN 99
          ELSE (2 * sums.done + sums.total) / (2 * sums.total) END AS reckoned
        FROM policy_proposal_result AS result
        LEFT JOIN (
          SELECT proposal_id,
            CAST(CASE WHEN count(weight) = count(*) THEN sum(weight) ELSE count(*) END AS BIGINT) AS total,
            CAST(CASE WHEN count(weight) = count(*) THEN sum(weight * progress) ELSE sum(progress) END
              AS BIGINT) AS done
          FROM policy_proposal_action GROUP BY proposal_id) AS sums
          ON sums.proposal_id = result.proposal_id) AS compared
      WHERE progress <> reckoned ORDER BY proposal_id LIMIT \(limit)
      """),
    Invariant(
      "policy.proposal_result_differs", [.identifier("proposal"), "entries", "told"],
      """
      SELECT standing.proposal_id, result.entries, count(entry.sequence) FROM policy_proposal_standing AS standing
      LEFT JOIN policy_proposal_result AS result ON result.proposal_id = standing.proposal_id
      LEFT JOIN policy_proposal_entry AS entry ON entry.proposal_id = standing.proposal_id
      GROUP BY standing.proposal_id, standing.state, result.entries
      HAVING (standing.state IN ('tracked', 'done')) <> (result.entries IS NOT NULL)
        OR coalesce(result.entries, 0) <> count(entry.sequence)
      ORDER BY standing.proposal_id LIMIT \(limit)
      """),
  ]
}
