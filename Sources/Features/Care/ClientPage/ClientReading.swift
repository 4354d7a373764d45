import Database
import Kernel
import People

/// What a client sees of their own cases: where they stand, their plan, who looked, what was referred. Words told in
/// confidence, and notes, are not on the page; the copy of what is held brings those that may be given.
struct ClientCase: Sendable {
  let file: CaseFile
  let plan: CarePlan?
  let planWords: CareDocument?
  let looks: [CaseReadings.Entry]
  let glasses: [BrokenGlass]
  let referrals: [Referral]
  /// What they asked about their record, the newest first.
  let requests: [RightsRequest]
  let requestWords: [CareTextID: CareDocument]
  let hasFeedback: Bool
  let names: [PersonID: String]
}

struct ClientReading: Sendable {
  private static let looksShown = 100

  let directory: Directory

  /// All cases of one person, opened by their own keys.
  func cases(
    of person: PersonID, _ opener: CareOpener, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [ClientCase] {
    try CaseStore.cases(of: person, in: community, snapshot).map { file in
      let plan = try CarePlanStore.plans(of: file.id, in: community, snapshot)
        .first { $0.state == .pending || $0.state == .approved || $0.state == .completed }
      let scope = TextScope.client(person, cases: [file.id])
      let requests = try RightsStore.requests(of: file.id, in: community, snapshot)
      let shown = [plan?.text] + requests.flatMap { [$0.text, $0.answer?.text] }
      let texts = try CareTextStore.texts(shown.compactMap(\.self), scope, in: community, snapshot)
      let documents = try opener.open(texts)
      let looks = try CaseReadings.entries(
        of: file.id, limit: Self.looksShown, in: community, snapshot)
      let glasses = try GlassStore.glasses(of: file.id, in: community, snapshot)
      let standing = file.standing
      let people =
        looks.map(\.reader) + glasses.map(\.breaker.person)
        + [standing.worker, standing.supervisor].compactMap(\.self)
      return ClientCase(
        file: file, plan: plan, planWords: plan.flatMap { documents[$0.text] }, looks: looks,
        glasses: glasses, referrals: try ReferralStore.referrals(of: file.id, in: community, snapshot),
        requests: requests, requestWords: documents,
        hasFeedback: try !FeedbackStore.feedback(of: [file.id], in: community, snapshot).isEmpty,
        names: try directory.displayNames(of: people, in: community, snapshot))
    }
  }
}
