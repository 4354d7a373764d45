import Database
import Kernel

/// An account of the community that somebody else keeps and tells of in a file: the bank's, or one at a payment service.
enum StatementAccount: String, Sendable, CaseIterable, Storable {
  case bank
  case weChatPay = "wechat_pay"
  case alipay

  /// How money comes onto it.
  var channel: PaymentChannel {
    switch self {
    case .bank: .bankTransfer
    case .weChatPay: .weChatPay
    case .alipay: .alipay
    }
  }

  /// Where its money stands in the books.
  var place: Account {
    switch self {
    case .bank: Account(.bank)
    case .weChatPay, .alipay: Account(.gatewayClearing, .gateway(channel))
    }
  }

  var name: Phrase {
    switch self {
    case .bank: Phrase("银行账户", "Bank account")
    case .weChatPay: Phrase("微信支付商户号", "WeChat Pay account")
    case .alipay: Phrase("支付宝商户号", "Alipay account")
    }
  }

  /// Whether a file of this format can be about this account: the bill of a payment service is about its own account, and
  /// everything else is about the bank's.
  func takes(_ format: StatementFormat) -> Bool {
    let owner: StatementAccount =
      format.code.hasPrefix("wechat.") ? .weChatPay : format.code.hasPrefix("alipay.") ? .alipay : .bank
    return owner == self
  }
}

extension Problem {
  static func statementOfAnotherAccount(_ format: StatementFormat, _ account: StatementAccount) -> Problem {
    Problem.invalid([
      FieldProblem(
        "account",
        Phrase(
          "这个文件是「\(format.name.chinese)」，不是「\(account.name.chinese)」的。",
          "This file is of the kind “\(format.name.english)”; it is not about the \(account.name.english)."))
    ])
  }

  static let statementOverlapsAnotherFormat = Problem(
    "statement.other_format", status: 422,
    Phrase(
      "这几天的流水已经用另一种格式导入过，再导入会重复。",
      "These days were imported from a file of another kind; their lines would be counted twice."),
    advice: Phrase(
      "请用和上次一样的格式下载，或只下载没有导入过的日期。",
      "Please download the same kind as before, or only the days that are not imported yet."))
}
