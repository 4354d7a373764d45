import Database
import Kernel
import Security

extension EvidenceSource {
  /// What households decided by vote, where enough of them voted to tell how.
  static let proposals = EvidenceSource(
    code: "proposals", name: Phrase("提案投票", "Votes on proposals"),
    choices: { community, snapshot in
      try ProposalStore.counted(limit: 50, in: community, snapshot).map {
        Choice(code: $0.id.description, title: Phrase(same: $0.title), madeAt: $0.madeAt)
      }
    },
    evidence: { code, community, snapshot in
      guard let id = ProposalID(code),
        let vote = try ProposalEvidence.of(id, in: community, snapshot)
      else { return nil }
      return FrozenEvidence(vote)
    })
}

extension FrozenEvidence {
  /// - Returns: nil for a vote with more choices than a table holds.
  init?(_ vote: ProposalEvidence) {
    let (voted, all) = (Int64(vote.turnout), Int64(vote.households))
    var rows = [EvidenceTable.Row(Phrase("投了票的住户", "Households that voted"), [voted])]
    // The choices of a vote of few are left out, all of them: one would give away the others.
    rows +=
      vote.totals?.map { EvidenceTable.Row($0.choice, [Int64($0.votes)]) }
      ?? [EvidenceTable.Row(Phrase("各投了什么", "What they chose"), [nil])]
    guard
      let table = EvidenceTable(
        rowName: Phrase("投票", "Vote"), columns: [EvidenceTable.Column(Phrase("住户", "Households"))], rows: rows
      )
    else { return nil }
    let said = rows.flatMap { row in [row.name.chinese] + row.figures.map { $0.map(String.init) ?? "-" } }
    self.init(
      title: Phrase("“\(vote.title)”的投票", "The vote on “\(vote.title)”"),
      source: Phrase("提案投票", "Vote on a proposal"), count: voted, table: table,
      sample: Phrase(
        "全社区 \(all) 户，一户一票，\(voted) 户投了票。没投票的住户怎么想，这里看不出来。",
        "One vote for each of \(all) households; \(voted) voted. What the others think is not known from it."),
      notes: [
        vote.isPassed
          ? Phrase("按事先定的规则，通过。", "It passed by the rule set before.")
          : Phrase("按事先定的规则，没通过。", "It did not pass by the rule set before.")
      ], path: "/proposals/\(vote.id)",
      dataDigest: Digest(of: said.joined(separator: "\n")),
      queryDigest: Digest(of: "proposal \(vote.id) counted \(vote.countedAt)"))
  }
}
