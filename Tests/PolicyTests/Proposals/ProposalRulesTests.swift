import Kernel
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: the rules")
struct ProposalRulesTests {
  private static let now = Timestamp(seconds: 1_000_000)
  private static let hour = Duration.hours(1)

  /// Every change, some with a vote whose times have come and gone and some with one that is to come.
  private static let changes: [ProposalChange] = [
    .submitted, .accepted(reason: "好"), .merged(into: ProposalID(rawValue: 9), reason: "一样"),
    .notTakenUp(reason: "管不着", hidesTitle: true),
    .votingSet(opensAt: now + hour, closesAt: now + .hours(2)),
    .votingSet(opensAt: now - hour, closesAt: now + hour),
    .votingSet(opensAt: now - .hours(2), closesAt: now - hour),
    .votingWithdrawn(reason: "再想想"), .counted(isPassed: true), .counted(isPassed: false),
    .sent(dueAt: now + .days(5)), .answered(.accepted), .answered(.partly), .answered(.refused), .tracked,
    .finished,
  ]

  /// What the words of the standing allow, said once more in another way: by the last change alone.
  private static func follows(
    _ change: ProposalChange, _ last: ProposalChange?, ended: Bool
  ) -> Bool {
    switch (last, change) {
    case (nil, .submitted): true
    case (.submitted, .accepted), (.submitted, .merged), (.submitted, .notTakenUp): true
    case (.accepted, .votingSet(_, let closes)), (.votingWithdrawn, .votingSet(_, let closes)): closes > now
    case (.votingSet(let opens, _), .votingWithdrawn): now < opens
    case (.votingSet(_, let closes), .counted): now >= closes
    case (.counted(true), .sent), (.sent, .sent), (.sent, .answered): true
    case (.answered(let outcome), .tracked): outcome != .refused
    case (.tracked, .finished): ended
    default: false
    }
  }

  @Test func `random changes are refused exactly where the last one does not lead there`() {
    var random = SeededGenerator(seed: 7)
    var reached: Set<ProposalState> = []
    for _ in 0..<4000 {
      var (standing, last): (ProposalStanding, ProposalChange?) = (ProposalStanding(), nil)
      for _ in 0..<40 {
        let change = Self.changes.randomElement(using: &random) ?? .submitted
        let ended = Bool.random(using: &random)
        let refusal = ProposalRules.refusal(
          of: change, to: standing, at: Self.now, haveActionsEnded: ended)
        // A vote that is over already may not be announced, but a stored one becomes it with time.
        let isPast = if case .votingSet(_, let closes) = change { closes <= Self.now } else { false }
        let announced = isPast && (standing.state == .discussion)
        #expect(
          (refusal == nil) == Self.follows(change, last, ended: ended),
          "\(change) after \(String(describing: last))")
        if refusal == nil || announced {
          (standing, last) = (standing.after(change), change)
          reached.insert(standing.state)
        }
      }
    }
    #expect(reached == Set(ProposalState.allCases), "the walk goes everywhere")
  }

  @Test func `a vote that is called off leaves no times behind`() {
    let set = ProposalStanding.submitted.after(.accepted(reason: "好"))
      .after(.votingSet(opensAt: Self.now + Self.hour, closesAt: Self.now + .hours(2)))
    #expect(set.takesContributions(at: Self.now) && !set.takesVotes(at: Self.now))
    let off = set.after(.votingWithdrawn(reason: "再想想"))
    #expect(off.opensAt == nil && off.closesAt == nil && off.state == .discussion && off.events == 4)
  }

  @Test func `votes are taken from the first moment to before the last, and counted from then on`() {
    let (opens, closes) = (Self.now, Self.now + Self.hour)
    let standing = ProposalStanding.submitted.after(.accepted(reason: "好"))
      .after(.votingSet(opensAt: opens, closesAt: closes))
    let tick = Duration.microseconds(1)
    #expect(!standing.takesVotes(at: opens - tick) && standing.takesContributions(at: opens - tick))
    #expect(standing.takesVotes(at: opens) && !standing.takesContributions(at: opens))
    #expect(standing.takesVotes(at: closes - tick) && !standing.waitsForCount(at: closes - tick))
    #expect(!standing.takesVotes(at: closes) && standing.waitsForCount(at: closes))
  }

  @Test func `phases follow from where a proposal stands`() {
    let open = ProposalStanding.submitted.after(.accepted(reason: "好"))
    let voted = open.after(.votingSet(opensAt: Self.now, closesAt: Self.now + Self.hour))
    let passed = voted.after(.counted(isPassed: true))
    let sent = passed.after(.sent(dueAt: Self.now + .days(1)))
    #expect(ProposalStanding.submitted.phase == .screening && !ProposalStanding.submitted.showsWords)
    #expect([open, voted].allSatisfy { $0.phase == .open && $0.showsWords })
    #expect([passed, sent, sent.after(.answered(.partly))].allSatisfy { $0.phase == .underway })
    #expect(voted.after(.counted(isPassed: false)).phase == .ended)
    #expect(sent.after(.answered(.refused)).phase == .ended)
    let refused = ProposalStanding.submitted.after(.notTakenUp(reason: "管不着", hidesTitle: true))
    #expect(refused.phase == .ended && !refused.showsWords && refused.isTitleHidden)
    #expect(sent.isOverdue(at: Self.now + .days(1)) && !sent.isOverdue(at: Self.now))
  }
}
