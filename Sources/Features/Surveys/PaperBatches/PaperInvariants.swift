import Database

/// What holds of sheets of paper at every moment.
enum PaperInvariants {
  static let invariants: [Invariant] = [
    Invariant(
      "surveys.paper_sheets_differ", [.identifier("batch"), "sheets", "kept"],
      """
      SELECT batch.id, batch.sheets, counted.kept FROM surveys_paper_batch AS batch
      LEFT JOIN (SELECT batch_id, COUNT(*) AS kept, MAX(number) AS last FROM surveys_paper_sheet GROUP BY batch_id)
        AS counted ON counted.batch_id = batch.id
      WHERE counted.kept IS NULL OR counted.kept <> batch.sheets OR counted.last <> batch.sheets
      LIMIT \(Invariant.limit)
      """),
    // What was keyed in goes with the storing of the answer, and with everything else that ends a sheet.
    Invariant(
      "surveys.paper_entry_left", [.identifier("batch"), "sheet"],
      """
      SELECT entry.batch_id, entry.sheet FROM surveys_paper_entry AS entry
      JOIN surveys_paper_sheet AS sheet ON sheet.batch_id = entry.batch_id AND sheet.number = entry.sheet
      WHERE sheet.state <> 'open' LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.paper_one_keyer", [.identifier("batch"), "sheet", "entries", "keyers"],
      """
      SELECT batch_id, sheet, COUNT(*), COUNT(DISTINCT keyer_id) FROM surveys_paper_entry
      GROUP BY batch_id, sheet HAVING COUNT(*) <> COUNT(DISTINCT keyer_id) OR COUNT(*) > 2
      LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.paper_entry_after_lock", [.identifier("batch"), "sheet"],
      """
      SELECT entry.batch_id, entry.sheet FROM surveys_paper_entry AS entry
      JOIN surveys_paper_batch AS batch ON batch.id = entry.batch_id
      JOIN surveys_questionnaire_standing AS standing
        ON standing.questionnaire_id = batch.questionnaire_id
      WHERE standing.state = 'locked' LIMIT \(Invariant.limit)
      """),
    // Whoever is anonymous is named nowhere; of everybody else it is known who answers.
    Invariant(
      "surveys.paper_entry_tells_who", [.identifier("batch"), "sheet"],
      """
      SELECT entry.batch_id, entry.sheet FROM surveys_paper_entry AS entry
      JOIN surveys_paper_batch AS batch ON batch.id = entry.batch_id
      JOIN surveys_questionnaire_version AS version
        ON version.questionnaire_id = batch.questionnaire_id AND version.number = batch.version
      WHERE (version.privacy = 'anonymous') <> (entry.person_id IS NULL) LIMIT \(Invariant.limit)
      """),
    Invariant(
      "surveys.paper_counts_differ", [.identifier("batch"), "fields", "tallied"],
      """
      SELECT kept.batch_id, kept.fields, tallied.fields FROM (
        SELECT batch_id, SUM(fields) AS fields, SUM(differences) AS differences FROM surveys_paper_sheet
        GROUP BY batch_id) AS kept
      LEFT JOIN (
        SELECT batch_id, SUM(fields) AS fields, SUM(differences) AS differences FROM surveys_paper_tally
        GROUP BY batch_id) AS tallied ON tallied.batch_id = kept.batch_id
      WHERE kept.fields <> COALESCE(tallied.fields, 0)
        OR kept.differences <> COALESCE(tallied.differences, 0) LIMIT \(Invariant.limit)
      """),
    // Answers with names go when somebody is deleted; others never do.
    Invariant(
      "surveys.paper_answers_missing", [.identifier("collector"), "sheets", "answers"],
      """
      SELECT stored.collector_id, stored.sheets, COALESCE(kept.answers, 0) FROM (
        SELECT batch.collector_id, batch.questionnaire_id, COUNT(*) AS sheets FROM surveys_paper_sheet AS sheet
        JOIN surveys_paper_batch AS batch ON batch.id = sheet.batch_id
        WHERE sheet.state = 'stored' GROUP BY batch.collector_id, batch.questionnaire_id) AS stored
      JOIN surveys_questionnaire_version AS version
        ON version.questionnaire_id = stored.questionnaire_id AND version.number = 1
      LEFT JOIN (
        SELECT collector_id, COUNT(*) AS answers FROM surveys_response WHERE mode = 'paper'
        GROUP BY collector_id) AS kept ON kept.collector_id = stored.collector_id
      WHERE version.privacy <> 'named' AND COALESCE(kept.answers, 0) < stored.sheets LIMIT \(Invariant.limit)
      """),
  ]
}
