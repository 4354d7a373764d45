import Kernel

// Why a helper may not do what they are about to do. Programs depend on the codes.
extension Problem {
  static let mandateRevoked = mandate(
    "revoked", Phrase("这份委托已经收回。", "This mandate was taken back."), askAnew)

  static let mandateOfOtherHelper = mandate(
    "other_helper", Phrase("这份委托给的不是您。", "This mandate was given to somebody else."),
    Phrase("请让委托书上写的人来办。", "Only the person named in it may act."))

  static let mandateNotYetValid = mandate(
    "not_yet_valid", Phrase("这份委托还没有开始。", "This mandate has not begun yet."),
    Phrase("请等到开始的那一天。", "Please wait for its first day."))

  static let mandateExpired = mandate(
    "expired", Phrase("这份委托到期了。", "This mandate has ended."), askAnew)

  static let mandateMatterNotCovered = mandate(
    "matter_not_covered", Phrase("委托里没有这件事。", "The mandate does not cover this."),
    Phrase("只能办委托书上写的事。", "Only what is written in it may be done."))

  static let mandateMerchantBarred = mandate(
    "merchant_barred", Phrase("委托里不让从这家商户买。", "The mandate does not allow this merchant."),
    Phrase("请换一家，或请本人改委托。", "Please choose another, or let the person change the mandate."))

  static let mandatePayWay = mandate(
    "pay_way", Phrase("委托里没有这种付款方式。", "The mandate does not allow this way of paying."),
    Phrase("请换一种付款方式。", "Please choose another way."))

  static let mandateConfirmation = mandate(
    "confirmation", Phrase("还没有本人的确认。", "The person has not said yes in a way that they chose."),
    Phrase("请按委托书上写的办法，请本人确认这一单。", "Please ask them in one of the ways written in the mandate."))

  /// What a cap of a mandate is for.
  enum MandateCap: String {
    case order
    case day
    case month

    fileprivate var span: Phrase {
      switch self {
      case .order: Phrase("一单", "order")
      case .day: Phrase("一天", "day")
      case .month: Phrase("一个月", "month")
      }
    }
  }

  static func mandateOver(_ span: MandateCap, _ cap: Money) -> Problem {
    mandate(
      "over_\(span.rawValue)_cap",
      Phrase(
        "超过了\(span.span.chinese)的上限 \(cap.display)。",
        "This is more than \(cap.display) for one \(span.span.english)."),
      Phrase(
        "请少买一些。只有本人能调高上限，24 小时后才算数。",
        "Please order less. Only the person can raise the cap, and that counts after 24 hours."))
  }

  private static let askAnew = Phrase(
    "要继续代办，请本人再给一份新的委托。", "To go on, the person has to give a new one.")
}

// Why a mandate cannot be given or changed like this.
extension Problem {
  static let mandateToOneself = mandate(
    "to_oneself", status: 422, Phrase("自己的事不用委托自己。", "Nobody needs a mandate for themselves."))

  static let mandateHouseholdNeeded = mandate(
    "household_needed", Phrase("本人还没有登记到住户。", "The person belongs to no household yet."),
    Phrase("请先确认住在哪一户。", "Please confirm where they live first."))

  static let mandateNotNeeded = mandate(
    "not_needed", Phrase("同一户的家人帮忙，不需要委托。", "People of one household help each other without a mandate."))

  static let mandateGivenAlready = mandate(
    "given_already", Phrase("已经有一份给这位的委托。", "There is a mandate for this helper already."),
    Phrase("请直接改那一份。", "Please change that one."))

  static let mandateByHelper = mandate(
    "by_helper", status: 403,
    Phrase("帮忙的人不能替自己登记、改动或见证委托。", "A helper may not record, change or witness their own mandate."),
    Phrase("请让另一位同事来登记。", "Please let a colleague do it."))

  static let mandateNotByPrincipal = mandate(
    "not_by_principal", status: 403,
    Phrase("放宽委托要本人来，或有本人签了字的纸。", "Only the person can widen it, on screen or on signed paper."),
    Phrase("请打印委托书，让本人签字后再登记。", "Please print the form and let them sign it first."))

  static let mandateWitnessNeeded = mandate(
    "witness_needed", status: 422,
    Phrase("口头委托要有另一个人见证。", "A spoken mandate needs another person as witness."),
    fields: [FieldProblem("witness", Phrase("请选在场的见证人。", "Please choose who was there."))])

  static let mandateTrustedHelper = mandate(
    "trusted_person", status: 422,
    Phrase("信得过的人不能是帮忙的人，也不能是本人。", "The trusted person can be neither the helper nor the person themselves."),
    Phrase("请选另一位。", "Please choose somebody else."))

  static let mandateTrustedWithoutAccount = mandate(
    "trusted_without_account", status: 422, Phrase("这位亲友在这里还没有账号。", "This person has no account here."),
    Phrase("请先给一张邀请，登记后再选。", "Please invite them first."))

  private static func mandate(
    _ name: String, status: Int = 409, _ title: Phrase, _ advice: Phrase? = nil, fields: [FieldProblem] = []
  ) -> Problem {
    Problem("mandate.\(name)", status: status, title, advice: advice, fields: fields)
  }
}
