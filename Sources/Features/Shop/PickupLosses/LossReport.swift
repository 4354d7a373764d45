import Database
package import Kernel
import People

/// A household says that its bag is not there. It is looked for like a thing and never like a culprit: a bag that
/// somebody else took home was taken by mistake. Source: field/socialwork.md §4.7; paper 5.3 自提点防盗.
package struct LossReport: Sendable, Equatable {
  package let id: LossReportID
  package let order: OrderID
  package let campaign: CampaignID
  package let point: PickupPointID
  package let household: HouseholdID
  package let reportedBy: PersonID
  package let reportedAt: Timestamp
  package var state: State
  /// Until when whoever runs the campaign says what became of it; then it counts as lost.
  package let dueAt: Timestamp
  /// Where it was found; empty otherwise.
  package var foundAt: String
  /// The order whose household took it home by mistake. Staff see it, households never.
  package var mistakenOrder: OrderID?
  /// How many steps it has: a form that shows fewer is stale.
  package var sequence: Int64

  package enum State: String, Sendable, CaseIterable, Storable {
    case reported
    case looking
    /// Another household took it by mistake.
    case mistaken
    case found
    /// Nobody knows where it is: after-sales goes on from here.
    case lost

    package var name: Phrase {
      switch self {
      case .reported: Phrase("已报给团长", "Reported")
      case .looking: Phrase("正在找", "Being looked for")
      case .mistaken: Phrase("有人拿错了，正在换回来", "Taken by mistake; it is being brought back")
      case .found: Phrase("找到了", "Found")
      case .lost: Phrase("没找到，已转售后", "Not found; with after-sales")
      }
    }

    package var isOpen: Bool { self == .reported || self == .looking || self == .mistaken }

    /// What may follow.
    var next: [State] {
      switch self {
      case .reported: [.looking, .found, .mistaken, .lost]
      case .looking: [.found, .mistaken, .lost]
      case .mistaken: [.found, .lost]
      case .found, .lost: []
      }
    }
  }

  /// As after-sales gives a leader (`Claim.Level.answerTime`).
  package static var answerTime: Duration { Claim.Level.leader.answerTime }
  static let whereLength = 1...60
}

/// One thing that happened with a report. Steps are only ever added.
package struct LossStep: Sendable, Equatable {
  /// 1, 2, 3 … within the report.
  package let sequence: Int64
  package let state: LossReport.State
  /// Nil for what happened by itself.
  package let actor: PersonID?
  package let at: Timestamp
  package let note: String
}

/// What whoever looks for a bag says of it.
package enum LossOutcome: Sendable, Equatable {
  case looking
  case found(where: String)
  /// The number of the order with whose household the bag is.
  case mistaken(number: Int64)
  case lost

  var state: LossReport.State {
    switch self {
    case .looking: .looking
    case .found: .found
    case .mistaken: .mistaken
    case .lost: .lost
    }
  }
}

/// What may be reported and answered: pure functions.
enum LossRules {
  /// - Throws: `loss.too_early`, `loss.nothing_there`, `loss.not_fetched`, `claim.too_late`.
  static func check(_ order: Order, _ campaign: Campaign, now: Timestamp) throws {
    // A visit leaves nothing at a pickup point.
    guard order.booking == nil else { throw Problem.lossNothingThere }
    guard campaign.marks.arrivedAt != nil, now >= campaign.pickupFrom else { throw Problem.lossTooEarly }
    guard now < campaign.returnsUntil else { throw Problem.claimTooLate }
    if order.lines.contains(where: { $0.collected > 0 }) { return }
    if order.fulfilment == .uncollected { throw Problem.lossNotFetched }
    guard order.isReadyForPickup || order.awaitsWeighing else { throw Problem.lossNothingThere }
  }

  /// Whether the order's page offers the report.
  static func mayReport(_ order: Order, _ campaign: Campaign, now: Timestamp) -> Bool {
    (try? check(order, campaign, now: now)) != nil
  }

  /// The report after an outcome.
  /// - Parameter order: the other household's order, for `mistaken`.
  /// - Throws: `loss.closed`, `form.invalid` naming `where` or `number`.
  static func after(_ outcome: LossOutcome, of report: LossReport, other order: Order?) throws -> LossReport {
    guard report.state.next.contains(outcome.state) else { throw Problem.lossClosed(report.state) }
    var report = report
    report.state = outcome.state
    report.sequence += 1
    switch outcome {
    case .looking, .lost: break
    case .found(let place):
      guard LossReport.whereLength.contains(place.count) else {
        throw Problem.invalid([
          FieldProblem("where", Phrase("请写在哪里找到的，最多 60 个字。", "Please say where, in at most 60 characters."))
        ])
      }
      report.foundAt = place
    case .mistaken:
      guard let order, order.id != report.order, order.household != report.household else {
        throw Problem.invalid([
          FieldProblem("number", Phrase("这个团里没有这个订单号。", "There is no such other order in this group-buy."))
        ])
      }
      report.mistakenOrder = order.id
    }
    return report
  }

  /// Pieces to report to after-sales, by the position of the line: what left the shelf unseen, or, where everything had
  /// been handed over by the record, all that was.
  static func missing(_ order: Order, lost: [Int: Int64], _ claims: [Claim]) -> [(
    position: Int, pieces: Int64
  )] {
    order.lines.compactMap { line in
      let most = ClaimRules.reportable(line, claims)
      let pieces = lost.isEmpty ? most : min(most, lost[line.position] ?? 0)
      return pieces > 0 ? (line.position, pieces) : nil
    }
  }
}

extension Problem {
  static let lossTooEarly = Problem(
    "loss.too_early", status: 409,
    Phrase("还没到取货时间，袋子可能还没摆出来。", "It is not pickup time yet; the bag may not be out."),
    advice: Phrase("请到取货时间再看看。", "Please look again at pickup time."))

  static let lossNothingThere = Problem(
    "loss.nothing_there", status: 409,
    Phrase("这一单现在没有放在取货点的东西。", "Nothing of this order is at the pickup point now."),
    advice: Phrase("有疑问请打页面下方的电话。", "If in doubt, please call the number below."))

  static let lossNotFetched = Problem(
    "loss.not_fetched", status: 409,
    Phrase("这个团已经收尾，这一单记的是没来取。", "This group-buy is finished, and the order is noted as not fetched."),
    advice: Phrase(
      "如果您来过却没找到袋子，请打页面下方的电话。", "If you came and your bag was not there, please call the number below."))

  static func lossClosed(_ state: LossReport.State) -> Problem {
    Problem(
      "loss.closed", status: 409,
      Phrase("这件事已经到了下一步：\(state.name.chinese)。", "This has moved on already: \(state.name.english)."),
      advice: Phrase("请刷新页面看看。", "Please reload the page."))
  }

  static let lossStale = Problem(
    "loss.stale", status: 409,
    Phrase("刚刚有人处理过这件事。", "Somebody dealt with this a moment ago."),
    advice: Phrase("请看一下现在的情况，再决定。", "Please look at how it stands now, then decide."))

  static let lossOwnBag = Problem(
    "loss.own_bag", status: 403,
    Phrase("这是您自己家的袋子，要请别人来处理。", "This is your own household's bag; somebody else has to deal with it."),
    advice: Phrase("请居委会的同事帮忙。", "Please ask the committee."))
}
