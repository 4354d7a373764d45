import Database

/// What must always hold of entries; that gifts and stories are never public, the table itself demands.
enum AssetInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "resources.asset_gift_of_nobody", [.identifier("asset")],
      """
      SELECT id FROM resources_asset
      WHERE kind = 'person_gift' AND (holder_kind IS NULL OR holder_kind <> 'person')
      ORDER BY id LIMIT \(limit)
      """),
    Invariant(
      "resources.asset_question_misplaced", [.identifier("question"), .identifier("asset")],
      """
      SELECT question.id, question.asset_id FROM resources_asset_question AS question
      LEFT JOIN resources_asset AS asset
        ON asset.id = question.asset_id AND asset.community_id = question.community_id
      WHERE asset.id IS NULL ORDER BY question.id LIMIT \(limit)
      """),
  ]
}
