import Database
import Kernel
import People

/// Everything that the pages of a group show, opened as far as its reader may read.
struct GroupView: Sendable {
  let open: OpenGroup
  let documents: [CareTextID: CareDocument]
  let events: [GroupEvent]
  let members: [GroupMember]
  let sessions: [GroupSession]
  let scores: [GroupScore]
  let practices: [GroupPractice]
  let reports: [GroupReport]
  /// The text of the terms that each report looks back on.
  let reportedTerms: [GroupReportID: CareTextID]
  let names: [PersonID: String]
  let hasPracticeShop: Bool

  var group: CareGroup { open.group }

  /// Those who are in it now.
  var joined: [GroupMember] { members.filter { $0.state == .joined } }
  /// Those for whom it is to be said how they were at a meeting that is recorded now: whoever left a while ago is past it.
  func expected(at now: Timestamp) -> [GroupMember] {
    everJoined.filter { ($0.leftAt ?? now) > now - .days(14) }
  }
  /// Those who are or were in it.
  var everJoined: [GroupMember] { members.filter(\.hasJoined) }

  /// The words of a text; nil where they are not for this reader or were destroyed.
  func words(_ text: CareTextID?) -> CareDocument? { text.flatMap { documents[$0] } }

  func name(_ person: PersonID?) -> String { person.flatMap { names[$0] } ?? "—" }

  func name(of member: GroupMemberID) -> String {
    name(members.first { $0.id == member }?.person)
  }

  /// The last score of its kind.
  func score(
    _ measure: OutcomeScore.Measure, _ phase: OutcomeScore.Phase, of member: GroupMemberID
  ) -> Int64? {
    scores.last { $0.member == member && $0.measure == measure && $0.phase == phase }?.value
  }

  /// The last reading of a member at a meeting.
  func practice(of member: GroupMemberID, at session: GroupSessionID) -> GroupPractice? {
    practices.last { $0.member == member && $0.session == session }
  }

  func figures(asOf moment: Timestamp) -> GroupFigures {
    GroupFigures(
      members: members, sessions: sessions, scores: scores, practices: practices,
      planned: group.terms.sessions, asOf: moment)
  }
}

/// Puts together what the pages of groups show.
struct GroupReading: Sendable {
  let desk: GroupDesk

  func view(
    _ open: OpenGroup, _ opener: CareOpener, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> GroupView {
    let id = open.id
    let events = try GroupEventRow.events(of: id, in: community, snapshot)
    let members = try GroupMemberStore.members(of: id, in: community, snapshot)
    let sessions = try GroupSessionStore.sessions(of: id, in: community, snapshot)
    let reports = try GroupReportStore.reports(of: id, in: community, snapshot)
    var people = Set(events.map(\.actor.person)).union(open.group.standing.staff.all)
    for case .staffed(let staff) in events.map(\.what) { people.formUnion(staff.all) }
    people.formUnion(members.flatMap { [$0.person] + $0.events.map(\.actor.person) })
    people.formUnion(sessions.flatMap { [$0.author] + $0.addenda.map(\.writtenBy) })
    people.formUnion(reports.flatMap { [$0.madeBy] + [$0.decision?.by].compactMap(\.self) })
    var reportedTerms: [GroupReportID: CareTextID] = [:]
    for report in reports {
      reportedTerms[report.id] = try GroupStore.text(
        ofVersion: report.version, of: id, in: community, snapshot)
    }
    return GroupView(
      open: open,
      documents: try opener.open(CareTextStore.texts(TextScope(open), in: community, snapshot)),
      events: events, members: members, sessions: sessions,
      scores: try GroupScoreStore.scores(of: id, in: community, snapshot),
      practices: try GroupPracticeStore.practices(of: id, in: community, snapshot), reports: reports,
      reportedTerms: reportedTerms,
      names: try desk.directory.displayNames(of: people, in: community, snapshot),
      hasPracticeShop: try desk.practice.isSetUp(community, snapshot))
  }
}
