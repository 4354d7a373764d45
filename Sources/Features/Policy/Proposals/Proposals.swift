import Database
import Hummingbird
import Kernel
import Messages
import People
import Security
import Web

/// Proposals of residents, from the first word to the last result: what every part of them works with, and all their doors.
struct Proposals: Sendable {
  let database: Database
  let directory: Directory
  let vault: Vault
  let ports: ProposalPorts
  let desk: ProposalDesk

  /// What one person may send of proposals.
  static let writes = [RateLimit("policy.proposal_write", 60, per: .hours(1))]
  /// What one member of staff may send; keying a pile of slips is a few hundred.
  static let deskWrites = [RateLimit("policy.proposal_desk", 1200, per: .hours(1))]

  init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger, meetings: MeetingDirectory,
    policies: ProposalPolicies
  ) {
    self.database = database
    self.directory = directory
    self.vault = vault
    ports = ProposalPorts(meetings: meetings, policies: policies)
    desk = ProposalDesk(directory: directory, messenger: messenger, ports: ports)
  }

  var ballots: BallotDesk { BallotDesk(desk: desk) }
  var results: ResultDesk { ResultDesk(desk: desk) }

  // MARK: - For the front door

  func register(on routes: inout Routes) {
    ProposalDoors(proposals: self).register(on: &routes)
    BallotDoors(proposals: self).register(on: &routes)
    ResultDoors(proposals: self).register(on: &routes)
    ProposalDeskDoors(proposals: self).register(on: &routes)
    BallotDeskDoors(proposals: self).register(on: &routes)
    ResultDeskDoors(proposals: self).register(on: &routes)
  }

  var jobs: [JobHandler] { ProposalJobs.handlers(desk.notices) }

  static let navigation: [NavigationItem] = [
    NavigationItem("/proposals", Phrase("提案", "Proposals")),
    NavigationItem("/proposal-desk", Phrase("办提案", "Proposals’ desk"), roles: ProposalRoles.desk),
  ]

  /// What may be begun with a person, for the person's page at the desk.
  static let personItems: [NavigationItem] = [
    NavigationItem(
      "/proposal-desk/for", Phrase("替这位写个提案", "Write down a proposal"), roles: ProposalRoles.station)
  ]

  static let messageKinds = ProposalNotices.kinds

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("提案、发言、答复和办理结果", "Proposals, remarks, answers and results"),
      term: Phrase(
        "一直留着；注销当天起只剩编号", "They stay; from the day you are deleted as numbers alone"),
      reason: Phrase("大家商量的事要查得到", "So that what the community decided can be looked up")),
    RetentionRule(
      Phrase("哪户投了票", "Which households voted"),
      term: Phrase("一直留着；注销当天抹掉是谁投的", "It stays; who of you voted is wiped the day you are deleted"),
      reason: Phrase("一户一票要查得到", "To show that each household had one vote")),
    RetentionRule(
      Phrase("投的是什么", "What was voted"),
      term: Phrase(
        "封着，计票时一起打开，只留总数，选票当场销毁",
        "Sealed; all are opened at the count, totals are kept and the ballots destroyed"),
      reason: Phrase("投了什么是您自己的事", "It is nobody’s business but yours")),
  ]

  // MARK: - For the doors

  func reading(_ visiting: some Visiting) -> ProposalReading {
    ProposalReading(directory: directory, ports: ports, community: visiting.visit.community.id)
  }

  func box(of community: CommunityID) async throws -> BallotBox { try await BallotBox(vault, of: community) }
}
