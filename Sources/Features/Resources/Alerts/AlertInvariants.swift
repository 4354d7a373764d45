import Database

/// What has to hold between reports, warnings and hearings; the rest the tables themselves demand.
enum AlertInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    // Nobody is warned of what was not found to be true.
    Invariant(
      "resources.alert_unverified", [.identifier("card"), .identifier("report")],
      """
      SELECT card.id, card.report_id FROM resources_alert_card AS card
      LEFT JOIN resources_scam_report AS report
        ON report.id = card.report_id AND report.community_id = card.community_id
      WHERE report.id IS NULL OR report.state <> 'verified' ORDER BY card.id LIMIT \(limit)
      """),
    Invariant(
      "resources.report_merged_apart", [.identifier("report"), .identifier("into")],
      """
      SELECT report.id, report.merged_into_id FROM resources_scam_report AS report
      JOIN resources_scam_report AS target ON target.id = report.merged_into_id
      WHERE target.community_id <> report.community_id OR target.state <> report.state
        OR target.merged_into_id IS NOT NULL
      ORDER BY report.id LIMIT \(limit)
      """),
    Invariant(
      "resources.report_texts_kept", [.identifier("report")],
      """
      SELECT report.id FROM resources_scam_report AS report
      LEFT JOIN resources_scam_voice AS voice ON voice.report_id = report.id
      WHERE report.forgotten_at IS NOT NULL AND (report.words IS NOT NULL OR report.phone IS NOT NULL
        OR report.reporter_id IS NOT NULL OR voice.report_id IS NOT NULL)
      ORDER BY report.id LIMIT \(limit)
      """),
    Invariant(
      "resources.hearing_misplaced", [.identifier("hearing")],
      """
      SELECT hearing.id FROM resources_hearing AS hearing
      LEFT JOIN resources_scam_report AS report
        ON report.id = hearing.report_id AND report.community_id = hearing.community_id
      WHERE report.id IS NULL ORDER BY hearing.id LIMIT \(limit)
      """),
  ]
}
