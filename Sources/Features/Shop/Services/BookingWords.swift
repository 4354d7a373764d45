import Kernel
import Web

/// How bookings and prices are put into words.
enum BookingWords {
  /// `¥40 一次，最多 ¥60`.
  static func price(_ price: ServicePrice) -> Phrase {
    switch price.basis {
    case .visit:
      Phrase(
        "\(price.amount.display) 一次，最多 \(price.cap.display)",
        "\(price.amount.display) a visit, \(price.cap.display) at most")
    case .hour:
      Phrase(
        "每小时 \(price.amount.display)，最多 \(price.cap.display)",
        "\(price.amount.display) an hour, \(price.cap.display) at most")
    }
  }

  static let capPromise = Phrase(
    "不管做多久、用什么材料，都不会多收；要另加材料，先问您同意。",
    "However long it takes, you pay no more; material is added only if you agree first.")

  /// What cancelling costs, told before anybody books.
  static func rules(_ rules: VisitRules, fee: Money) -> Phrase {
    let free =
      rules.freeHours == 0
      ? Phrase("开始以前，取消都不收钱。", "Cancelling is free until it begins.")
      : Phrase(
        "开始前 \(rules.freeHours) 小时，取消都不收钱。",
        "Cancelling is free until \(rules.freeHours) \(rules.freeHours == 1 ? "hour" : "hours") before.")
    guard rules.lateRate != .none, fee > .zero else {
      return free
        + Phrase(
          "再晚取消或家里没人，也不收钱，只是会记下来。",
          "Later, or if nobody is at home, nothing is charged either; it is only noted.")
    }
    return free
      + Phrase(
        "再晚取消或家里没人：先付了款的，留 \(fee.display)，其余退回；没付的不收。",
        "Later, or if nobody is at home, \(fee.display) of what was paid before is kept and the rest goes back; nothing is charged if you have not paid."
      )
  }

  static let workerPromise = Phrase(
    "商户临时取消，或师傅没来：一分钱不收，付过的全退。",
    "If the merchant cancels or nobody comes, you pay nothing and get everything back.")

  static func tone(_ state: Booking.State) -> Tone {
    switch state {
    case .requested: .notice
    case .accepted, .onTheWay, .arrived, .done: .good
    case .declined, .expired, .cancelled: .neutral
    case .missed: .bad
    }
  }

  static func name(_ step: BookingStep) -> Phrase {
    switch step.what {
    case .requested: Phrase("提出预约", "Asked for the time")
    case .accepted: Phrase("接了预约", "Accepted it")
    case .declined: Phrase("没有接", "Declined it")
    case .expired: Phrase("没有在说好的时间里答复，预约结束", "Not answered in time; the request ended")
    case .left: Phrase("出发了", "Set out")
    case .arrived: Phrase("到了，码对上了", "Arrived; the code was right")
    case .done: Phrase("做好了", "Finished")
    case .cancelledInTime: Phrase("取消了预约", "Cancelled")
    case .cancelledLate: Phrase("临时取消了预约", "Cancelled late")
    case .workerMissed: Phrase("记下：师傅没来", "Noted: nobody came")
    case .householdMissed: Phrase("记下：家里没人", "Noted: nobody was at home")
    case .objected: Phrase("说不是这样", "Objected")
    case .feeKept: Phrase("按规则留下一部分", "A part was kept, as the rules say")
    case .feeWaived: Phrase("决定不收，全退", "Decided that nothing is kept")
    case .moveProposed: Phrase("提出改时间", "Proposed another time")
    case .moved: Phrase("同意改时间", "Agreed to the other time")
    case .moveRefused: Phrase("时间不改了", "The time stays")
    case .materialAsked: Phrase("问能不能加材料", "Asked about material")
    case .materialAgreed: Phrase("同意加材料", "Agreed to the material")
    case .materialRefused: Phrase("没有同意加材料", "Did not agree to the material")
    case .wrongCode: Phrase("到达码报错一次", "A wrong arrival code")
    case .codeRenewed: Phrase("错太多次，到达码换新", "Too many wrong tries; the code was renewed")
    }
  }

  /// What is said of an order that a visit made.
  static func name(_ fulfilment: Order.Fulfilment) -> Phrase {
    switch fulfilment {
    case .placed, .partlyCollected: Phrase("预约中", "Booked")
    case .cancelled, .released: Phrase("没有成行", "Did not take place")
    case .collected: Phrase("做好了", "Done")
    case .uncollected: Phrase("没有碰上", "Missed")
    }
  }
}

extension Phrase {
  fileprivate static func + (one: Phrase, other: Phrase) -> Phrase {
    Phrase("\(one.chinese)\(other.chinese)", "\(one.english) \(other.english)")
  }
}
