import Database
import Kernel
import Security

/// What must always hold of rules: a part of `nuanlin check`.
enum EligibilityInvariants {
  private static let limit = Invariant.limit

  static let invariants: [Invariant] = [
    Invariant(
      "policy.rule_head_differs", [.identifier("policy"), "head", "newest"],
      """
      SELECT version.policy_id, head.version, max(version.version) FROM policy_rule_version AS version
      LEFT JOIN policy_rule_head AS head
        ON head.policy_id = version.policy_id AND head.community_id = version.community_id
      GROUP BY version.policy_id, head.version
      HAVING head.version IS NULL OR head.version <> max(version.version)
        OR count(*) <> max(version.version)
      ORDER BY version.policy_id LIMIT \(limit)
      """),
    Invariant(
      "policy.rule_place_not_shown", [.identifier("policy")],
      """
      SELECT place.policy_id FROM policy_rule_place AS place
      LEFT JOIN policy_rule_head AS head
        ON head.policy_id = place.policy_id AND head.community_id = place.community_id
      WHERE head.policy_id IS NULL OR head.is_shown = 0 ORDER BY place.policy_id LIMIT \(limit)
      """),
    Invariant(
      "policy.rule_published_by_writer", [.identifier("policy"), "version"],
      """
      SELECT version.policy_id, version.version FROM policy_rule_version AS version
      WHERE EXISTS (
        SELECT 1 FROM policy_rule_revision AS revision WHERE revision.draft_id = version.draft_id
          AND revision.written_by_id = version.published_by_id)
      ORDER BY version.policy_id, version.version LIMIT \(limit)
      """),
    Invariant(
      "policy.rule_version_differs_from_draft", [.identifier("policy"), "version"],
      """
      SELECT version.policy_id, version.version FROM policy_rule_version AS version
      LEFT JOIN policy_rule_draft AS draft
        ON draft.id = version.draft_id AND draft.policy_id = version.policy_id
          AND draft.revision = version.revision AND draft.state = 'published'
      LEFT JOIN policy_rule_revision AS revision
        ON revision.draft_id = version.draft_id AND revision.revision = version.revision
          AND revision.digest = version.digest
      WHERE draft.id IS NULL OR revision.draft_id IS NULL
      ORDER BY version.policy_id, version.version LIMIT \(limit)
      """),
    Invariant(
      "policy.rule_draft_steps_missing", [.identifier("draft"), "revision", "kept"],
      """
      SELECT draft.id, draft.revision, count(revision.revision) FROM policy_rule_draft AS draft
      LEFT JOIN policy_rule_revision AS revision ON revision.draft_id = draft.id
      GROUP BY draft.id, draft.revision HAVING draft.revision <> count(revision.revision)
      ORDER BY draft.id LIMIT \(limit)
      """),
    Invariant(
      "policy.rule_draft_published_without_version", [.identifier("draft")],
      """
      SELECT draft.id FROM policy_rule_draft AS draft
      LEFT JOIN policy_rule_version AS version ON version.draft_id = draft.id
      WHERE (draft.state = 'published') <> (version.draft_id IS NOT NULL) ORDER BY draft.id LIMIT \(limit)
      """),
  ]

  /// Reads every published version anew: it is a rule, it is the one that its digest names, and its examples pass.
  static func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    var found = try snapshot.breaches(of: invariants)
    try snapshot.forEach(
      "SELECT policy_id, version, content, digest FROM policy_rule_version ORDER BY policy_id, version"
    ) { row in
      let policy: PolicyID = try row[0]
      let version: Int64 = try row[1]
      let fault = fault(of: try row[2], digest: try row[3])
      if let fault, found.count < 2 * limit {
        found.append(Breach(fault, "policy \(policy), version \(version)"))
      }
    }
    return found
  }

  /// What is wrong with a stored version; nil where all is well.
  static func fault(of content: String, digest: [UInt8]) -> StaticString? {
    guard Digest(of: content).bytes == digest else { return "policy.rule_version_changed" }
    guard let set = try? RuleSet(json: content) else { return "policy.rule_version_unreadable" }
    guard set.json == content else { return "policy.rule_version_not_canonical" }
    return set.gaps.isEmpty ? nil : "policy.rule_version_fails_examples"
  }
}
