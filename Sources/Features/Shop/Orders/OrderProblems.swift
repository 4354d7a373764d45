import Kernel

extension Problem {
  static let moneyTooLarge = Problem(
    "order.too_large", status: 422,
    Phrase("这一单金额太大了。", "This order is too large."),
    advice: Phrase("请核对数量，或分成几单。", "Please check the quantities, or split the order."))

  static let orderIsNotOpen = Problem(
    "order.not_open", status: 409,
    Phrase("这个订单已经不能更改了。", "This order can no longer be changed."),
    advice: Phrase("需要帮忙请拨打页面下方的电话。", "For help, please call the number below."))

  static let orderIsStale = Problem(
    "order.stale", status: 409,
    Phrase("订单刚刚被改过，您看到的是旧内容。", "The order was changed a moment ago; you saw an older version."),
    advice: Phrase("请重新打开订单，看过后再改。", "Please open the order again and check before you change it."))

  /// The campaign takes no orders at this moment, and why.
  static func campaignTakesNoOrders(_ campaign: Campaign, _ now: Timestamp) -> Problem {
    switch campaign.phase(at: now) {
    case .draft: .notFound
    case .upcoming:
      Problem(
        "campaign.not_open_yet", status: 409,
        Phrase("团购还没开始。", "The group-buy is not open yet."),
        advice: Phrase("开始时间写在团购页上，到时再来。", "Its page says when it opens; please come back then."))
    case .cancelled:
      Problem("campaign.cancelled", status: 409, Phrase("这个团购已取消。", "This group-buy was called off."))
    default:
      Problem(
        "campaign.closed", status: 409,
        Phrase("已过截单时间，不能再下单或改单。", "The cut-off has passed; orders can no longer be placed or changed."),
        advice: Phrase("请看看其他正在开的团购，或联系团长。", "Please see the other open group-buys, or ask the group leader.")
      )
    }
  }

  /// Something wished for cannot be had: each line says what is left.
  static func cannotBeHad(_ fields: [FieldProblem], isLimitReached: Bool) -> Problem {
    isLimitReached
      ? Problem(
        "order.limit_reached", status: 409,
        Phrase("超过了每户限购的数量。", "This is more than one household may order."),
        advice: Phrase("请减少数量再提交。", "Please order less and send again."), fields: fields)
      : Problem(
        "order.sold_out", status: 409,
        Phrase("有商品不够了，订单没有提交。", "Something is no longer available; the order was not placed."),
        advice: Phrase("请调整数量再提交。", "Please adjust the quantities and send again."), fields: fields)
  }

  /// Problems that the rules of the shop answer for good: a repeat of the same key gets the same one.
  var isFinalForOrders: Bool { status == 409 }
}
