import Database

/// What holds of interviews, their coding and their quotes at every moment.
enum InterviewInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = studies + codings + quotes

  private static let studies = [
    Invariant(
      "surveys.study_standing_differs", [.identifier("study")],
      """
      SELECT standing.study_id FROM surveys_study_standing AS standing
      WHERE standing.events <> (SELECT COUNT(*) FROM surveys_study_event AS event
          WHERE event.study_id = standing.study_id)
        OR standing.version <> (SELECT COUNT(*) FROM surveys_study_version AS version
          WHERE version.study_id = standing.study_id)
        OR standing.records <> (SELECT COUNT(*) FROM surveys_record AS record
          WHERE record.study_id = standing.study_id)
      LIMIT \(limit)
      """),
    Invariant(
      "surveys.record_taken_back_and_there", [.identifier("record")],
      """
      SELECT record.id FROM surveys_record AS record WHERE record.withdrawn_at IS NOT NULL
        AND (record.speaker_id IS NOT NULL
          OR EXISTS (SELECT 1 FROM surveys_record_text AS noted WHERE noted.record_id = record.id)
          OR EXISTS (SELECT 1 FROM surveys_quote AS quote WHERE quote.record_id = record.id))
      LIMIT \(limit)
      """),
  ]

  private static let codings = [
    Invariant(
      "surveys.coding_units_differ", [.identifier("coding")],
      """
      SELECT coding.id FROM surveys_coding AS coding
      WHERE coding.units <> (SELECT COUNT(*) FROM surveys_coding_unit AS unit
        WHERE unit.coding_id = coding.id) LIMIT \(limit)
      """),
    Invariant(
      "surveys.coded_by_a_stranger", [.identifier("coding"), .identifier("coder")],
      """
      SELECT DISTINCT judgement.coding_id, judgement.coder_id FROM surveys_coding_judgement AS judgement
      JOIN surveys_coding AS coding ON coding.id = judgement.coding_id
      WHERE judgement.coder_id <> coding.first_coder_id AND judgement.coder_id <> coding.second_coder_id
      LIMIT \(limit)
      """),
    // Whoever said that they are done looked at every passage.
    Invariant(
      "surveys.coding_done_too_early", [.identifier("coding")],
      """
      SELECT coding.id FROM surveys_coding AS coding
      WHERE (coding.first_done_at IS NOT NULL AND coding.units <> (
          SELECT COUNT(*) FROM surveys_coding_judgement AS judgement
          WHERE judgement.coding_id = coding.id AND judgement.coder_id = coding.first_coder_id))
        OR (coding.second_done_at IS NOT NULL AND coding.units <> (
          SELECT COUNT(*) FROM surveys_coding_judgement AS judgement
          WHERE judgement.coding_id = coding.id AND judgement.coder_id = coding.second_coder_id))
      LIMIT \(limit)
      """),
    // Nothing is decided before both are done, and everything once it is settled.
    Invariant(
      "surveys.coding_settled_wrongly", [.identifier("coding")],
      """
      SELECT coding.id FROM surveys_coding AS coding
      WHERE (coding.settled_at IS NOT NULL AND coding.units <> (
          SELECT COUNT(*) FROM surveys_coding_consensus AS consensus
          WHERE consensus.coding_id = coding.id))
        OR ((coding.first_done_at IS NULL OR coding.second_done_at IS NULL) AND EXISTS (
          SELECT 1 FROM surveys_coding_consensus AS consensus WHERE consensus.coding_id = coding.id))
      LIMIT \(limit)
      """),
    Invariant(
      "surveys.coding_two_codes", [.identifier("coding"), "unit"],
      """
      SELECT finding.coding_id, finding.unit FROM surveys_coding_finding AS finding
      JOIN surveys_coding AS coding ON coding.id = finding.coding_id
      WHERE coding.scheme = 'single' GROUP BY finding.coding_id, finding.unit HAVING COUNT(*) > 1
      LIMIT \(limit)
      """),
    Invariant(
      "surveys.code_of_another_study", [.identifier("coding"), .identifier("code")],
      """
      SELECT DISTINCT mark.coding_id, mark.code_id FROM surveys_coding_mark AS mark
      JOIN surveys_coding AS coding ON coding.id = mark.coding_id
      JOIN surveys_code AS code ON code.id = mark.code_id
      WHERE code.study_id <> coding.study_id LIMIT \(limit)
      """),
    Invariant(
      "surveys.code_after_its_end", [.identifier("code"), "version"],
      """
      SELECT later.code_id, later.number FROM surveys_code_version AS later
      JOIN surveys_code_version AS earlier
        ON earlier.code_id = later.code_id AND earlier.number = later.number - 1
      WHERE earlier.retired_for IS NOT NULL LIMIT \(limit)
      """),
  ]

  private static let quotes = [
    Invariant(
      "surveys.quote_of_another", [.identifier("quote")],
      """
      SELECT quote.id FROM surveys_quote AS quote
      LEFT JOIN surveys_record AS record ON record.id = quote.record_id
      WHERE record.id IS NULL OR record.study_id <> quote.study_id
        OR (record.speaker_id IS NULL) <> (quote.speaker_id IS NULL) OR record.speaker_id <> quote.speaker_id
      LIMIT \(limit)
      """)
  ]
}
