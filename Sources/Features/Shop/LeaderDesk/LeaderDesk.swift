import Kernel

/// One campaign as the leader's desk shows it.
struct DeskCampaign: Sendable {
  let campaign: Campaign
  let orders: Int64
  let households: Int64
  let amount: Money
  /// Orders with something still on the table.
  let waiting: Int64
  let step: DeskStep
}

/// The next thing to do for a campaign.
enum DeskStep: String, Sendable, CaseIterable {
  case publish
  case watch
  case arrival
  case handOver = "hand_over"
  case finish
  case look

  /// - Parameters:
  ///   - open: orders that still hold goods which were not handed over.
  static func next(for campaign: Campaign, open: Int64, now: Timestamp) -> DeskStep {
    switch campaign.phase(at: now) {
    case .draft: .publish
    case .upcoming, .open, .closing: .watch
    case .closed: .arrival
    case .pickup: open == 0 || now >= campaign.pickupUntil ? .finish : .handOver
    case .finished, .failed, .cancelled: .look
    }
  }

  var name: Phrase {
    switch self {
    case .publish: Phrase("看一遍，发布", "Check and publish")
    case .watch: Phrase("看看订单", "Watch the orders")
    case .arrival: Phrase("货到了，来登记", "Record what has come")
    case .handOver: Phrase("开始交货", "Hand over")
    case .finish: Phrase("收尾", "Finish")
    case .look: Phrase("回看", "Look back")
    }
  }
}
