import Database
import Kernel
import Messages
import People
import Web

/// Who can help whom: offers and needs, what brings them together, and the hours that are counted where both
/// want it.
struct OffersAndNeeds: Sendable {
  let ground: ResourceGround

  init(ground: ResourceGround) {
    self.ground = ground
  }

  var postings: PostingDesk { PostingDesk(ground: ground) }
  var matches: MatchDesk { MatchDesk(ground: ground) }
  var sight: MatchSight { MatchSight(ground: ground) }
  var parties: ResourceParties { ResourceParties(ground: ground) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/neighbour-help", Phrase("邻里互助", "Neighbours’ help")),
    NavigationItem("/help-desk", Phrase("牵线互助", "Match help"), roles: ResourceStaff.roles),
  ]

  func register(on routes: inout Routes) {
    addPostings(&routes)
    addMatches(&routes)
    addPhone(&routes)
    addHelpDesk(&routes)
    addCredits(&routes)
  }

  var jobs: [JobHandler] { [ForgetHelp.handler, LapseMatch.handler(ground)] }
  static let messageKinds: [MessageKind] = MatchNotices.kinds
  static let invariants: [Invariant] = PostingInvariants.invariants
  static let retentionRules: [RetentionRule] = [ForgetHelp.rule]

  /// What the deletion of a person means beyond their rows: all talk in which they took part goes, and what
  /// is not over ends.
  func forget(_ subject: DataSubject, in transaction: Transaction) throws {
    let party = Party.person(subject.person)
    for match in try MatchStore.of([party], limit: 5000, in: transaction.community, transaction) {
      if match.state.isOver { continue }
      let end: Match.State = match.state.isWaiting ? .declined : .failed
      let side: Match.Side = match.needParty == party ? .need : .give
      try MatchStore.move(match.id, to: end, failure: end == .failed ? .other : nil, in: transaction)
      try MatchStore.note(match.id, end, side: side, by: nil, .clock, in: transaction)
      try ForgetHelp.schedule(match: match.id, in: transaction)
      try MatchNotices(ground: ground).moved(match, to: end, exceptFor: side, in: transaction)
    }
    try MatchTalkStore.forgetAll(with: subject.person, in: transaction)
    try PostingStore.forgetAuthor(subject.person, in: transaction)
  }
}
