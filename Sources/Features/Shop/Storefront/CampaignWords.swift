import Kernel
import Web

/// What is said of a campaign's times, progress and stock: plain words, no countdown.
enum CampaignWords {
  /// The evening begins at this hour of the day, as people speak of it.
  private static let eveningHour = 18

  /// `今晚 22:00`, `明天 16:00`, `11月25日 周三 22:00`.
  static func moment(_ moment: Timestamp, now: Timestamp, _ say: Wording) -> String {
    let then = say.civil(moment)
    let days = then.dayNumber - say.civil(now).dayNumber
    let isEvening = then.hour >= eveningHour
    switch days {
    case 0: return "\(isEvening ? say("今晚", "tonight at") : say("今天", "today at")) \(then.shortTime)"
    case 1:
      return "\(isEvening ? say("明晚", "tomorrow evening at") : say("明天", "tomorrow at")) \(then.shortTime)"
    default: return say.dateTime(moment, inYear: say.civil(now).year)
    }
  }

  /// What becomes of the money for goods that were paid for and not fetched.
  static func uncollected(_ kept: Rate) -> Phrase {
    if kept == .none {
      return Phrase("付了钱没来取的，钱自动退。", "What is paid for and not fetched is refunded by itself.")
    }
    if kept.basisPoints == Rate.whole {
      return Phrase("付了钱没来取的，不退钱。", "What is paid for and not fetched is not refunded.")
    }
    return Phrase(
      "付了钱没来取的，留下 \(kept.display) 给供货的，其余自动退。",
      "Of what is paid for and not fetched, \(kept.display) stays with those who supplied it; the rest is refunded by itself."
    )
  }

  /// Where the campaign stands, in one line.
  static func standing(_ campaign: Campaign, now: Timestamp, _ say: Wording) -> (text: String, tone: Tone) {
    switch campaign.phase(at: now) {
    case .draft: return (say("草稿，还没发布", "Draft, not published"), .neutral)
    case .upcoming:
      let opens = moment(campaign.opensAt, now: now, say)
      return (say("\(opens) 开团", "Opens \(opens)"), .neutral)
    case .open:
      let closes = moment(campaign.cutOffAt, now: now, say)
      return (say("\(closes) 截单", "Order until \(closes)"), .good)
    case .closing: return (say("已截单，正在汇总", "Orders closed, being added up"), .neutral)
    case .closed: return (say("已截单，等到货", "Orders closed, goods on their way"), .neutral)
    case .pickup: return (say("可以取货了", "Ready for pickup"), .good)
    case .finished: return (say("已结束", "Finished"), .neutral)
    case .failed: return (say("没凑够起订量，这次没成", "The minimum was not reached"), .notice)
    case .cancelled: return (say("团长已取消", "Called off by the leader"), .notice)
    }
  }

  /// Of goods that the station holds back: neutral, since nothing is found yet.
  static let held = Phrase("暂停销售：有邻居反映，正在核实", "Held back while a report is looked into")

  /// How far to the minimum. The number comes first, so that the bar can follow the words.
  static func progress(
    _ progress: CampaignProgress, to minimum: Campaign.Minimum, of who: Campaign.Audience = .households
  ) -> (value: Int, whole: Int, label: Phrase)? {
    switch minimum {
    case .none: return nil
    case .households(let wanted):
      let missing = max(0, wanted - progress.households)
      return (
        Int(progress.households), Int(wanted),
        missing == 0
          ? Phrase(
            "\(progress.households) \(who.counted.chinese)已下单，够 \(wanted) \(who.counted.chinese)，已成团",
            "\(progress.households) \(who.counted.english) ordered; the \(wanted) needed are there")
          : Phrase(
            "\(progress.households) \(who.counted.chinese)已下单，满 \(wanted) \(who.counted.chinese)成团，还差 \(missing) \(who.counted.chinese)",
            "\(progress.households) of \(wanted) \(who.counted.english); \(missing) to go")
      )
    case .amount(let wanted):
      let missing = max(0, wanted.minorUnits - progress.amount.minorUnits)
      return (
        Int(progress.amount.minorUnits / 100), Int(max(1, wanted.minorUnits / 100)),
        missing == 0
          ? Phrase(
            "\(progress.amount.decimal) 元已订，满 \(wanted.display)，已成团",
            "\(progress.amount.decimal) yuan ordered; the \(wanted.display) needed are there")
          : Phrase(
            "\(progress.amount.decimal) 元已订，满 \(wanted.display) 成团，还差 \(Money.fen(missing).display)",
            "\(progress.amount.decimal) of \(wanted.display) ordered; \(Money.fen(missing).display) to go")
      )
    }
  }

  /// What is left of an item.
  static func left(_ level: StockLevel, _ unit: Unit) -> Phrase {
    switch level.left {
    case nil: Phrase("按订单备货，不限量", "Made to order")
    case 0?: Phrase("已售完", "Sold out")
    case let left?: Phrase("还剩 \(left) \(unit.name.chinese)", "\(left) left")
    }
  }

  static func limit(_ limit: Int64, _ unit: Unit, for who: Campaign.Audience = .households) -> Phrase {
    let each = who.limited.each
    return Phrase(
      "\(each.chinese)限 \(limit) \(unit.name.chinese)", "At most \(limit) \(each.english)")
  }

  static func minimumQuantity(_ quantity: Int64, _ unit: Unit) -> Phrase {
    Phrase("满 \(quantity) \(unit.name.chinese)才发货", "Supplied when \(quantity) are ordered in all")
  }
}
