import Kernel
import Web

/// A campaign as a text for the group chat. It names no neighbour, and our reader knows every line of it again.
struct ChatExport {
  let campaign: Campaign
  let items: [DeskItem]
  let point: PickupPoint?
  /// Where neighbours order by themselves.
  let link: String
  let now: Timestamp
  let say: Wording

  /// What can be ordered, each under the letter of its place: goods that are held back leave a letter out, so that a list
  /// that was begun before is read as it was meant.
  var offered: [(letter: String, entry: DeskItem)] {
    items.enumerated().filter { !$0.element.isHeld }.map { (ChatMark.letters($0.offset), $0.element) }
  }

  /// What opens the list: title, items with letters and prices, times, and how to write a line.
  var opening: String {
    var lines = ["#接龙 \(say(campaign.title))"]
    lines += offered.map { "\($0.letter) \(offer($0.entry))" }
    lines += [cutOff, pickup]
    let example = offered.first.map { " \($0.letter)2" } ?? ""
    lines += [
      say(
        "写法：门牌、称呼、字母加数量。", "How to write a line: door, name, letter and number."),
      say("例 3-501 王阿姨\(example)", "Example: 3-501 Wang\(example)"),
      say("自己下单也行：\(link)", "Or order by yourself: \(link)"),
    ]
    return lines.joined(separator: "\n")
  }

  /// How far the campaign has come: numbers, no names.
  func progress(_ progress: CampaignProgress) -> String {
    var lines = [
      say(
        "「\(campaign.title.chinese)」已有 \(progress.households) 户下单。",
        "“\(campaign.title.english)”: \(say.count(progress.households, "户", "household")) so far.")
    ]
    if let toMinimum = CampaignWords.progress(progress, to: campaign.minimum) {
      lines.append(say(toMinimum.label))
    }
    let scarce = items.filter { !$0.isHeld && ($0.level.left ?? .max) <= 10 }
    lines += scarce.map { entry in
      "\(say(entry.offer.name)): \(say(CampaignWords.left(entry.level, entry.offer.unit)))"
    }
    return (lines + [cutOff, link]).joined(separator: "\n")
  }

  /// `散养鸡蛋（30 枚）¥32.00 / 盒`.
  func offer(_ entry: DeskItem) -> String {
    let pack = say(entry.offer.pack)
    let price = say(WeighedWords.price(entry.item.price, entry.offer.unit, entry.item.weighed?.terms))
    return say(entry.offer.name) + (pack.isEmpty ? " " : say("（\(pack)）", " (\(pack)) ")) + price
  }

  var cutOff: String {
    let moment = CampaignWords.moment(campaign.cutOffAt, now: now, say)
    return say("\(moment) 截单", "Order until \(moment)")
  }

  var pickup: String {
    let place = point.map { say($0.name) } ?? ""
    let time = say.span(from: campaign.pickupFrom, to: campaign.pickupUntil)
    return say("取货：\(time) \(place)", "Pickup: \(time) \(place)")
  }
}
