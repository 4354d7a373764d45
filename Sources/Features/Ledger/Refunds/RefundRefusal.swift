import Kernel

/// Why a payment service did not pay back, in words for the office.
enum RefundRefusal {
  /// Sources: the tables of error codes beside the refund interfaces of WeChat Pay (API v3) and Alipay
  /// (`alipay.trade.refund`); an unknown code is shown as it is.
  static func words(_ code: String) -> Phrase {
    switch code {
    case "NOT_ENOUGH", "ACQ.SELLER_BALANCE_NOT_ENOUGH":
      Phrase(
        "商户号里的钱不够退，充值以后可以再试。",
        "There is too little money in our account there; it can be asked again after a top-up.")
    case "USER_ACCOUNT_ABNORMAL", "ACQ.BUYER_ERROR", "ACQ.BUYER_NOT_EXIST":
      Phrase("付款人的账户注销了或不正常。", "The payer's account is closed or does not work.")
    case "ABNORMAL":
      Phrase(
        "付款的银行卡作废或冻结了，钱没有退到。", "The card that paid is void or frozen, and the money did not arrive.")
    case "CLOSED": Phrase("平台关闭了这笔退款。", "The service has closed this refund.")
    case "TRADE_OVERDUE", "ACQ.TRADE_HAS_FINISHED":
      Phrase("付款太久了，过了平台能退款的期限。", "It was paid too long ago: the service refunds no more.")
    case "REFUND_FEE_MISMATCH", "INVALID_REQUEST", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
      "ACQ.REASON_TRADE_REFUND_FEE_ERR", "ACQ.TRADE_REFUND_FEE_ERR":
      Phrase(
        "平台说金额不对，可能已经在商户平台上退过。",
        "The service says that the amount is wrong; it may have been refunded on its own pages.")
    case "RESOURCE_NOT_EXISTS", "MCH_NOT_EXISTS", "ACQ.TRADE_NOT_EXIST":
      Phrase("平台找不到这笔付款。", "The service does not find the payment.")
    case "ACQ.TRADE_STATUS_ERROR": Phrase("这笔付款现在的状态不能退。", "The payment cannot be refunded as it stands.")
    case "NO_AUTH", "SIGN_ERROR", "ACQ.TRADE_REFUND_NOT_ALLOWED", "isv.insufficient-isv-permissions":
      Phrase("我们的商户号没有退款的权限。", "Our account there may not make refunds.")
    case Refund.otherAmount:
      Phrase(
        "平台退的金额和我们要退的不一样，请到商户平台核对。",
        "The service paid back another amount than ours; please look at its merchant pages.")
    default: Phrase("平台给的原因代码：\(code)", "The service's code for it: \(code)")
    }
  }
}
