import Kernel
import Web

/// What is said of claims wherever they are shown.
enum ClaimWords {
  static func tone(_ state: Claim.State) -> Tone {
    switch state {
    case .open, .replacing, .returning: .notice
    case .refunded, .replaced: .good
    case .declined, .withdrawn: .neutral
    }
  }

  /// Who has to do what until when; nil once nobody has.
  static func standing(_ claim: Claim, now: Timestamp, _ say: Wording) -> String? {
    guard let due = claim.dueAt else { return nil }
    let until = CampaignWords.moment(due, now: now, say)
    let isLate = now >= due
    switch claim.state {
    case .open where isLate:
      return say(
        "\(claim.level.name.chinese)该在 \(until) 前答复，晚了",
        "\(claim.level.name.english) should have answered by \(until)")
    case .open:
      return say(
        "\(claim.level.name.chinese)在 \(until) 前答复", "\(claim.level.name.english) answers by \(until)")
    case .replacing where claim.isVisit:
      return say("\(until) 前再来做好，没来就退钱", "Done again by \(until), or the money goes back")
    case .replacing: return say("\(until) 前换好，换不来就退钱", "Replaced by \(until), or the money goes back")
    case .returning where claim.isVisit:
      return say("\(until) 前把东西退给商户", "The goods go back to the merchant by \(until)")
    case .returning: return say("\(until) 前把东西退给团长", "The goods go back to the leader by \(until)")
    case .refunded, .replaced, .declined, .withdrawn: return nil
    }
  }

  /// How fast someone answers, for everybody to read; nil where nobody ever asked.
  static func clock(_ clock: AnswerClock, _ say: Wording) -> String? {
    guard clock.answered + clock.waiting > 0 else { return nil }
    var text = say(
      "近三个月 \(clock.answered) 件售后，\(clock.inTime) 件按时答复",
      "In three months \(clock.inTime) of \(say.count(clock.answered, "件", "claim")) answered in time")
    if let median = clock.median {
      let time = duration(median)
      text += say("，一半在\(time.chinese)内", ", half of them within \(time.english)")
    }
    if clock.waiting > 0 { text += say("，\(clock.waiting) 件在等", ", \(clock.waiting) waiting") }
    return text + say("。", ".")
  }

  private static func duration(_ duration: Duration) -> Phrase {
    let minutes = max(1, (duration.wholeMicroseconds + 59_999_999) / 60_000_000)
    if minutes < 90 { return Phrase(" \(minutes) 分钟", "\(minutes) min") }
    return Phrase(" \((minutes + 30) / 60) 小时", "\((minutes + 30) / 60) h")
  }

  /// What happened; goods that did not come back in time are no refusal by anybody.
  static func name(_ step: ClaimStep, of claim: Claim) -> Phrase {
    switch step.what {
    case .declined where step.actor == nil:
      Phrase("东西没有按时退回来，就不退钱了", "The goods did not come back in time, so no money goes back")
    case .replacementPromised where claim.isVisit: againPromised
    case .replaced where claim.isVisit: doneAgain
    default: step.what.name
    }
  }

  /// How a claim stands, in words of goods or of visits.
  static func state(_ claim: Claim) -> Phrase {
    switch claim.state {
    case .replacing where claim.isVisit: againPromised
    case .replaced where claim.isVisit: doneAgain
    default: claim.state.name
    }
  }

  static func wish(_ wish: Claim.Wish, isVisit: Bool) -> Phrase {
    isVisit && wish == .replacement ? Phrase("再来做一次", "Have it done again") : wish.name
  }

  private static let againPromised = Phrase("答应再来做一次", "To be done again")
  private static let doneAgain = Phrase("再做好了", "Done again")

  static func actor(_ step: ClaimStep) -> Phrase {
    switch step.what {
    case .reported, .appealed, .withdrawn: Phrase("邻居", "The household")
    case _ where step.actor == nil: Phrase("到时间自动", "By itself")
    case .escalated, .refundPromised, .refunded, .replacementPromised, .replaced, .declined: step.level.name
    }
  }
}
