import Kernel

// Why a helper may not do what they are about to do. Programs depend on the codes.
extension Problem {
  static let mandateRevoked = refused(
    "mandate.revoked", Phrase("这份委托已经收回。", "This mandate was taken back."),
    Phrase("要继续代办，请本人再给一份新的委托。", "To go on, the person has to give a new one."))

  static let mandateOfOtherHelper = refused(
    "mandate.other_helper", Phrase("这份委托给的不是您。", "This mandate was given to somebody else."),
    Phrase("请让委托书上写的人来办。", "Only the person named in it may act."))

  static let mandateNotYetValid = refused(
    "mandate.not_yet_valid", Phrase("这份委托还没有开始。", "This mandate has not begun yet."),
    Phrase("请等到开始的那一天。", "Please wait for its first day."))

  static let mandateExpired = refused(
    "mandate.expired", Phrase("这份委托到期了。", "This mandate has ended."),
    Phrase("要继续代办，请本人再给一份新的委托。", "To go on, the person has to give a new one."))

  static let mandateMatterNotCovered = refused(
    "mandate.matter_not_covered", Phrase("委托里没有这件事。", "The mandate does not cover this."),
    Phrase("只能办委托书上写的事。", "Only what is written in it may be done."))

  static let mandateMerchantBarred = refused(
    "mandate.merchant_barred",
    Phrase("委托里不让从这家商户买。", "The mandate does not allow this merchant."),
    Phrase("请换一家，或请本人改委托。", "Please choose another, or let the person change the mandate."))

  static let mandatePayWay = refused(
    "mandate.pay_way", Phrase("委托里没有这种付款方式。", "The mandate does not allow this way of paying."),
    Phrase("请换一种付款方式。", "Please choose another way."))

  static let mandateConfirmation = refused(
    "mandate.confirmation", Phrase("还没有本人的确认。", "The person has not said yes in a way that they chose."),
    Phrase("请按委托书上写的办法，请本人确认这一单。", "Please ask them in one of the ways written in the mandate."))

  static func mandateOverOrderCap(_ cap: Money) -> Problem {
    refused(
      "mandate.over_order_cap",
      Phrase("超过了一单的上限 \(cap.display)。", "This is more than \(cap.display) for one order."), lower)
  }

  static func mandateOverDayCap(_ cap: Money) -> Problem {
    refused(
      "mandate.over_day_cap",
      Phrase("超过了一天的上限 \(cap.display)。", "This is more than \(cap.display) for one day."), lower)
  }

  static func mandateOverMonthCap(_ cap: Money) -> Problem {
    refused(
      "mandate.over_month_cap",
      Phrase("超过了一个月的上限 \(cap.display)。", "This is more than \(cap.display) for one month."), lower)
  }

  private static let lower = Phrase(
    "请少买一些。只有本人能调高上限，24 小时后才算数。",
    "Please order less. Only the person can raise the cap, and that counts after 24 hours.")

  private static func refused(_ code: String, _ title: Phrase, _ advice: Phrase) -> Problem {
    Problem(code, status: 409, title, advice: advice)
  }
}

// Why a mandate cannot be given or changed like this.
extension Problem {
  static let mandateToOneself = Problem(
    "mandate.to_oneself", status: 422, Phrase("自己的事不用委托自己。", "Nobody needs a mandate for themselves."))

  static let mandateHouseholdNeeded = Problem(
    "mandate.household_needed", status: 409,
    Phrase("本人还没有登记到住户。", "The person belongs to no household yet."),
    advice: Phrase("请先确认住在哪一户。", "Please confirm where they live first."))

  static let mandateNotNeeded = Problem(
    "mandate.not_needed", status: 409,
    Phrase("同一户的家人帮忙，不需要委托。", "People of one household help each other without a mandate."))

  static let mandateGivenAlready = Problem(
    "mandate.given_already", status: 409,
    Phrase("已经有一份给这位的委托。", "There is a mandate for this helper already."),
    advice: Phrase("请直接改那一份。", "Please change that one."))

  static let mandateByHelper = Problem(
    "mandate.by_helper", status: 403,
    Phrase("帮忙的人不能替自己登记、放宽或见证委托。", "A helper may not record, widen or witness their own mandate."),
    advice: Phrase("请让另一位同事来登记。", "Please let a colleague do it."))

  static let mandateNotByPrincipal = Problem(
    "mandate.not_by_principal", status: 403,
    Phrase("放宽委托要本人来，或有本人签了字的纸。", "Only the person can widen it, on screen or on signed paper."),
    advice: Phrase("请打印委托书，让本人签字后再登记。", "Please print the form and let them sign it first."))

  static let mandateWitnessNeeded = Problem(
    "mandate.witness_needed", status: 422,
    Phrase("口头委托要有另一个人见证。", "A spoken mandate needs another person as witness."),
    fields: [FieldProblem("witness", Phrase("请选在场的见证人。", "Please choose who was there."))])

  static let mandateTrustedHelper = Problem(
    "mandate.trusted_person", status: 422,
    Phrase("信得过的人不能是帮忙的人，也不能是本人。", "The trusted person can be neither the helper nor the person themselves."),
    advice: Phrase("请选另一位。", "Please choose somebody else."))

  static let mandateTrustedWithoutAccount = Problem(
    "mandate.trusted_without_account", status: 422,
    Phrase("这位亲友在这里还没有账号。", "This person has no account here."),
    advice: Phrase("请先给一张邀请，登记后再选。", "Please invite them first."))
}
