import Database

/// What must always hold of matches and hours.
enum PostingInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "resources.offer_overtaken", [.identifier("offer"), "units", "taken"],
      """
      SELECT offer.id, coalesce(offer.units, 1),
        CAST(sum(CASE WHEN offer.units IS NULL THEN 1 ELSE taken.units END) AS BIGINT)
      FROM resources_posting AS offer
      JOIN resources_match AS taken
        ON taken.offer_id = offer.id AND taken.state IN ('agreed', 'under_way', 'done')
      GROUP BY offer.id, offer.units
      HAVING sum(CASE WHEN offer.units IS NULL THEN 1 ELSE taken.units END) > coalesce(offer.units, 1)
      ORDER BY offer.id LIMIT \(limit)
      """),
    Invariant(
      "resources.matched_with_itself", [.identifier("match")],
      """
      SELECT id FROM resources_match
      WHERE need_party_kind = give_party_kind AND need_party_id = give_party_id AND need_party_id <> 0
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "resources.proposal_outlives_posting", [.identifier("match")],
      """
      SELECT DISTINCT pair.id FROM resources_match AS pair
      JOIN resources_posting AS posting ON posting.id = pair.need_id OR posting.id = pair.offer_id
      WHERE pair.state IN ('proposed', 'agreed_once')
        AND (posting.state = 'withdrawn' OR pair.answer_by > posting.expires_at)
      ORDER BY pair.id LIMIT \(limit)
      """),
    Invariant(
      "resources.message_before_agreement", [.identifier("match")],
      """
      SELECT DISTINCT message.match_id FROM resources_match_message AS message
      JOIN resources_match AS pair ON pair.id = message.match_id
      WHERE pair.state IN ('proposed', 'agreed_once', 'declined', 'lapsed')
      ORDER BY message.match_id LIMIT \(limit)
      """),
    Invariant(
      "resources.phone_without_agreement", [.identifier("match")],
      """
      SELECT id FROM resources_match
      WHERE (need_phone_id IS NOT NULL OR give_phone_id IS NOT NULL) AND state NOT IN ('agreed', 'under_way')
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "resources.credit_unbalanced", [.identifier("match"), "sum", "movements"],
      """
      SELECT match_id, CAST(sum(minutes) AS BIGINT), count(*) FROM resources_credit_entry
      GROUP BY match_id HAVING sum(minutes) <> 0 OR count(*) <> 2 ORDER BY match_id LIMIT \(limit)
      """),
    Invariant(
      "resources.credit_missing", [.identifier("match")],
      """
      SELECT pair.id FROM resources_match AS pair
      LEFT JOIN resources_credit_entry AS entry ON entry.match_id = pair.id
      WHERE pair.mode = 'credit' AND pair.state = 'done' AND entry.id IS NULL
      ORDER BY pair.id LIMIT \(limit)
      """),
    Invariant(
      "resources.credit_beyond_limits", [.identifier("account"), "balance"],
      """
      SELECT account.id, CAST(sum(entry.minutes) AS BIGINT) FROM resources_credit_account AS account
      JOIN resources_credit_entry AS entry ON entry.account_id = account.id
      LEFT JOIN resources_credit_limit AS allowed ON allowed.community_id = account.community_id
      WHERE account.party_id IS NOT NULL GROUP BY account.id, allowed.least, allowed.most
      HAVING sum(entry.minutes) < coalesce(allowed.least, \(CreditLimits.standard.least))
        OR sum(entry.minutes) > coalesce(allowed.most, \(CreditLimits.standard.most))
      ORDER BY account.id LIMIT \(limit)
      """),
  ]
}
