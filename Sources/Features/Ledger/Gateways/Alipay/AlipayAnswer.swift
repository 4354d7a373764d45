/// An answer that was proven to be Alipay's.
struct AlipayAnswer: Sendable {
  /// Why Alipay will not do it (`sub_code`, or `code` where there is none); nil when it did.
  let errorCode: String?
  private let document: GatewayDocument

  /// Codes behind 40004 with which Alipay says that it does not know itself.
  private static let inDoubt: Set<String> = ["ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "SYSTEM_ERROR"]

  /// - Throws: `unproven` without a code, or `said` where nobody knows what became of the request: another code than done (10000),
  ///   refused by the business (40004) or wrongly asked (40001, 40002).
  init(_ document: GatewayDocument) throws(GatewayDoubt) {
    self.document = document
    guard let code = document.optionalText("code") else { throw .unproven(.malformed("code")) }
    if code == "10000" {
      errorCode = nil
      return
    }
    let reason = document.optionalText("sub_code") ?? code
    guard ["40001", "40002", "40004"].contains(code), !Self.inDoubt.contains(reason) else {
      throw .said(code: reason)
    }
    errorCode = reason
  }

  /// - Throws: `unproven` with the reader's refusal.
  func read<Value>(
    _ reader: (GatewayDocument) throws(GatewayRefusal) -> Value
  ) throws(GatewayDoubt) -> Value {
    do {
      return try reader(document)
    } catch {
      throw .unproven(error)
    }
  }

  func text(_ name: String) throws(GatewayDoubt) -> String {
    try read { (document) throws(GatewayRefusal) in try document.text(name) }
  }

  /// - Throws: `unproven(unknownTrade)` when the answer is about another trade.
  func requireTrade(_ trade: TradeNumber) throws(GatewayDoubt) {
    guard try text("out_trade_no") == trade.text else { throw .unproven(.unknownTrade) }
  }
}
