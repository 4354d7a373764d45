package import Kernel

/// What may be reported and answered, and how much may be given back: pure functions of an order's line and its claims.
package enum ClaimRules {
  /// How long an answer may be objected to.
  package static let appealTime = Duration.hours(72)
  /// How long the goods may take to come back before the promise of money for them ends.
  package static let returnTime = Duration.days(7)

  /// Pieces of a line that may still be reported: what was collected less what other claims are about. A claim that was
  /// taken back is about nothing any more; one that was answered, however, is not reported anew but objected to.
  static func reportable(_ line: OrderLine, _ claims: [Claim]) -> Int64 {
    let reported = claims.reduce(0) { sum, claim in
      claim.position == line.position && claim.state != .withdrawn ? sum + claim.pieces : sum
    }
    return max(0, line.collected - reported)
  }

  /// What so many pieces of a line cost the household: their share of what was handed over, rounded up, so that claims for
  /// single pieces together never come to less than one for all.
  /// - Throws: `money.overflow`.
  package static func worth(of pieces: Int64, in line: OrderLine) throws -> Money {
    let whole = try line.handedOver()
    guard line.collected > 0, pieces < line.collected else { return whole }
    let product = whole.minorUnits.multipliedFullWidth(by: max(0, line.collected - pieces))
    let rest = line.collected.dividingFullWidth(product).quotient
    return try whole.subtracting(Money(minorUnits: rest, currency: whole.currency))
  }

  /// The most that may be given back for a claim now: what its pieces cost less what it brought already, and never more than
  /// the household still pays for what it fetched of the line.
  /// - Throws: `money.overflow`.
  package static func refundable(_ claim: Claim, _ line: OrderLine) throws -> Money {
    let own = try worth(of: claim.pieces, in: line).subtracting(claim.refunded)
    return max(.zero, min(own, try line.handedOver().subtracting(line.givenBack.total())))
  }

  /// Who is asked first. A leader does not answer for the leader's own household.
  static func firstLevel(household: HouseholdID, leaderHousehold: HouseholdID?) -> Claim.Level {
    leaderHousehold == household ? .merchant : .leader
  }

  /// - Throws: `claim.nothing_collected`, `claim.too_late`, `form.invalid` naming `pieces`.
  static func checkReport(
    _ report: ClaimReport, on order: Order, _ campaign: Campaign, _ claims: [Claim], now: Timestamp
  ) throws -> (line: OrderLine, pieces: Int64) {
    guard let line = order.lines.first(where: { $0.position == report.position }) else {
      throw Problem.notFound
    }
    guard line.collected > 0 else { throw Problem.nothingCollected }
    guard now < campaign.returnsUntil else { throw Problem.claimTooLate }
    let most = reportable(line, claims)
    guard most > 0 else { throw Problem.claimedAlready }
    let pieces = report.pieces ?? most
    guard (1...most).contains(pieces) else {
      throw Problem.invalid([
        FieldProblem("pieces", Phrase("请填 1 到 \(most)。", "Please enter a number from 1 to \(most)."))
      ])
    }
    return (line, pieces)
  }

  /// - Throws: `claim.not_open`, `form.invalid` naming `amount`, `until`, `bearer` or `reason`.
  static func check(
    _ remedy: Remedy, of claim: Claim, _ line: OrderLine, by actor: ClaimActor, now: Timestamp
  ) throws {
    guard claim.state == .open else { throw Problem.claimNotOpen(claim.state) }
    var problems = Problems()
    switch remedy {
    case .refund(let refund):
      let most = try refundable(claim, line)
      if refund.amount <= .zero || refund.amount > most {
        problems.add(
          "amount",
          Phrase(
            "请填 0.01 到 \(most.decimal) 元。", "Please enter an amount from 0.01 to \(most.decimal) yuan."))
      }
      if !actor.bearers.contains(refund.bearer) {
        problems.add("bearer", Phrase("这个承担方只能由居委会决定。", "Only the committee can decide that."))
      }
    case .replacement(let until):
      if until <= now || until > now + Remedy.longestReplacement {
        problems.add("until", Phrase("请选两周以内的时间。", "Please choose a time within two weeks."))
      }
    case .decline(let reason):
      if !Remedy.reasonLength.contains(reason.count) {
        problems.add(
          "reason",
          Phrase("请写明原因，4 到 300 个字，邻居会看到。", "Please say why in 4 to 300 characters; the neighbour reads it."))
      }
    }
    try problems.throwIfAny()
  }

  /// Whether the household may object to the answer now.
  static func mayAppeal(_ claim: Claim, answeredAt: Timestamp, _ line: OrderLine, now: Timestamp) throws
    -> Bool
  {
    guard claim.level.next != nil, now < answeredAt + appealTime else { return false }
    switch claim.state {
    case .declined: return true
    case .refunded: return try refundable(claim, line) > .zero
    case .open, .replacing, .returning, .replaced, .withdrawn: return false
    }
  }
}

/// Someone who may answer a claim where it stands: its leader, its merchant's people, or the committee, which may do so at
/// any level. Nobody answers for their own household. There is no way to one but this check.
package struct ClaimActor: Sendable, Equatable {
  package let person: PersonID
  package let role: Role
  /// For whom the person answers.
  package let level: Claim.Level

  static let roles: Set<Role> = [.leader, .merchant, .committee, .operator]

  package init?(
    person: PersonID, roles: Set<Role>, household: HouseholdID?, merchants: some Collection<MerchantID>,
    for claim: Claim
  ) {
    if claim.household == household || claim.reportedBy == person { return nil }
    if claim.acting == .leader, claim.leader == person, roles.contains(.leader) {
      (role, level) = (.leader, .leader)
    } else if claim.level == .merchant, roles.contains(.merchant), merchants.contains(claim.merchant) {
      (role, level) = (.merchant, .merchant)
    } else if let staff = [Role.committee, .operator].first(where: roles.contains) {
      (role, level) = (staff, .committee)
    } else {
      return nil
    }
    self.person = person
  }

  /// Whom the person may charge with what is given back.
  package var bearers: [Remedy.Bearer] {
    switch level {
    case .leader: [.merchant, .leader]
    case .merchant: [.merchant]
    case .committee: [.merchant, .leader, .community]
    }
  }
}

extension Problem {
  static let nothingCollected = Problem(
    "claim.nothing_collected", status: 409,
    Phrase("这一样还没取货，先不用报。", "This was not collected yet, so there is nothing to report."),
    advice: Phrase("取货时发现不对，当场告诉团长就行。", "If something is wrong at pickup, just tell the leader."))

  static let claimTooLate = Problem(
    "claim.too_late", status: 409,
    Phrase("售后期已经过了。", "The return window is over."),
    advice: Phrase("有困难可以打居委会电话。", "If you are in difficulty, please call the committee."))

  static let claimedAlready = Problem(
    "claim.already", status: 409,
    Phrase("这一样已经报过了。", "This was reported already."),
    advice: Phrase("请在订单里看进展。", "Please see on your order how it stands."))

  static func claimNotOpen(_ state: Claim.State) -> Problem {
    Problem(
      "claim.not_open", status: 409,
      Phrase("这件售后已经有结果：\(state.name.chinese)。", "This claim has its answer: \(state.name.english)."),
      advice: Phrase("请刷新页面看看。", "Please reload the page."))
  }

  static let claimStale = Problem(
    "claim.stale", status: 409,
    Phrase("刚刚有人处理过这件售后。", "Somebody dealt with this claim a moment ago."),
    advice: Phrase("请看一下现在的情况，再决定。", "Please look at how it stands now, then decide."))

  static let claimHasPicture = Problem(
    "claim.picture", status: 409, Phrase("这件售后已经有照片了。", "This claim has its photo already."))

  static let claimAppealOver = Problem(
    "claim.no_appeal", status: 409,
    Phrase("这件售后不能再往上报了。", "This claim cannot be passed on any more."),
    advice: Phrase("有困难可以打居委会电话。", "If you are in difficulty, please call the committee."))
}
