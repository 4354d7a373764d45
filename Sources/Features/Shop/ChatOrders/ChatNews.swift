import Kernel
import Web

/// How a campaign stands, for the group chat: opened, closed, come, over. Times and place, no names, no doors.
struct ChatNews: Sendable {
  let campaign: Campaign
  let point: PickupPoint
  let offsetSeconds: Int

  /// One line to a thought, as people write in a chat.
  func text(_ language: Language, at now: Timestamp) -> String {
    let say = Wording(language, offsetSeconds: offsetSeconds)
    let title = say("【\(campaign.title.chinese)】", "[\(campaign.title.english)] ")
    return ([title + say(headline(at: now))] + lines(say, at: now)).joined(separator: "\n")
  }

  private func headline(at now: Timestamp) -> Phrase {
    switch campaign.phase(at: now) {
    case .draft, .upcoming: Phrase("快要开团了", "opens soon")
    case .open: Phrase("正在接单", "is taking orders")
    case .closing, .closed: Phrase("已截单，货在路上", "is closed, and the goods are on their way")
    case .pickup: Phrase("到货了，请来取", "is here: please come and collect")
    case .finished: Phrase("这一团结束了，谢谢大家", "is over: thank you all")
    case .failed: Phrase("没有成团，不用付款", "did not come about: nothing is to be paid")
    case .cancelled: Phrase("取消了，不用付款", "is called off: nothing is to be paid")
    }
  }

  private func lines(_ say: Wording, at now: Timestamp) -> [String] {
    let pickup = [
      say("时间：", "When: ") + say.span(from: campaign.pickupFrom, to: campaign.pickupUntil),
      say("地点：", "Where: ") + say(point.name),
    ]
    switch campaign.phase(at: now) {
    case .draft, .upcoming:
      return [say("开团：", "Opens: ") + say.dateTime(campaign.opensAt)] + pickup
    case .open: return [say("截单：", "Order until: ") + say.dateTime(campaign.cutOffAt)] + pickup
    case .closing, .closed: return pickup
    case .pickup:
      return pickup + [
        say("自己来不了，可以请家人或邻居带着取货码来。", "If you cannot come, somebody you trust may bring your pickup code.")
      ]
    case .finished, .failed, .cancelled: return []
    }
  }
}
