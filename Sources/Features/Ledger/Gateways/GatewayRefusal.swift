package import Kernel

/// Why something that claims to come from a gateway is not believed.
package enum GatewayRefusal: Error, Sendable, Hashable {
  /// A header or parameter is not there; its name.
  case missing(String)
  /// A header or parameter is there more than once; its name.
  case doubled(String)
  /// It was signed more than 300 seconds before or after now, or says no time.
  case staleTimestamp
  /// No key of this number is known and valid.
  case unknownSerial
  case badSignature
  /// What is encrypted does not open: changed, or made for another key.
  case badCiphertext
  /// Signed or encrypted in another way than was agreed.
  case unsupportedAlgorithm
  case unsupportedCharset
  case otherMerchant
  case otherApplication
  case otherSeller
  case wrongCurrency
  /// It cannot be read; the name of the part that is wrong.
  case malformed(String)
  case tooLarge
  /// There is no such payment or refund of ours. For the caller, who holds them.
  case unknownTrade
  /// It is about another amount than ours. For the caller.
  case otherAmount

  /// Stable, dotted, lower case.
  package var code: String { "gateway.\(word)" }

  private var word: String {
    switch self {
    case .missing: "missing"
    case .doubled: "doubled"
    case .staleTimestamp: "stale_timestamp"
    case .unknownSerial: "unknown_serial"
    case .badSignature: "bad_signature"
    case .badCiphertext: "bad_ciphertext"
    case .unsupportedAlgorithm: "unsupported_algorithm"
    case .unsupportedCharset: "unsupported_charset"
    case .otherMerchant: "other_merchant"
    case .otherApplication: "other_application"
    case .otherSeller: "other_seller"
    case .wrongCurrency: "wrong_currency"
    case .malformed: "malformed"
    case .tooLarge: "too_large"
    case .unknownTrade: "unknown_trade"
    case .otherAmount: "other_amount"
    }
  }

  /// 401 where it is not proven who sent it, 413 where it is too large, 400 where what was sent cannot be right.
  package var status: Int {
    switch self {
    case .missing, .doubled, .staleTimestamp, .unknownSerial, .badSignature, .unsupportedAlgorithm: 401
    case .tooLarge: 413
    default: 400
    }
  }

  package var problem: Problem { Problem(code, status: status, title) }

  /// For the desk that looks after payments.
  package var title: Phrase {
    switch self {
    case .missing(let name): Phrase("缺少 \(name)。", "\(name) is missing.")
    case .doubled(let name): Phrase("\(name) 出现了不止一次。", "\(name) is there more than once.")
    case .staleTimestamp: Phrase("签名时间与现在相差超过五分钟。", "It was not signed within five minutes of now.")
    case .unknownSerial: Phrase("没有这个序列号的有效密钥。", "There is no valid key of this serial number.")
    case .badSignature: Phrase("签名不对。", "The signature is wrong.")
    case .badCiphertext: Phrase("密文解不开。", "The ciphertext does not open.")
    case .unsupportedAlgorithm: Phrase("算法不是约定的那一种。", "The algorithm is not the agreed one.")
    case .unsupportedCharset: Phrase("字符集不是 UTF-8。", "The character set is not UTF-8.")
    case .otherMerchant: Phrase("商户号不是我们的。", "The merchant number is not ours.")
    case .otherApplication: Phrase("应用号不是我们的。", "The application number is not ours.")
    case .otherSeller: Phrase("收款方不是我们。", "The payee is not us.")
    case .wrongCurrency: Phrase("币种不是人民币。", "The currency is not the yuan.")
    case .malformed(let part): Phrase("\(part) 的内容读不懂。", "What \(part) holds cannot be read.")
    case .tooLarge: Phrase("内容太大。", "It is too large.")
    case .unknownTrade: Phrase("没有这笔交易。", "There is no such trade.")
    case .otherAmount: Phrase("金额与订单不符。", "The amount is not that of the order.")
    }
  }
}
