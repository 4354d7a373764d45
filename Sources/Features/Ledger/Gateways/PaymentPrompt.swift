package import Web

/// What the payer is shown.
package enum PaymentPrompt: Sendable, Equatable {
  /// Text to draw as a QR code.
  case code(String)
  /// What the page hands to WeChat, which then asks for the payment.
  case inWeChat(WeChatPayCall)
  /// An address at the gateway that the browser is sent to.
  case page(String)
}

/// The parameters of the call that opens the payment inside WeChat, signed with our key.
package struct WeChatPayCall: Sendable, Equatable {
  package let appID: String
  /// Seconds since 1970.
  package let timestamp: String
  package let nonce: String
  /// `prepay_id=…`
  package let package: String
  package let signature: String
}

extension WeChatPayCall: JSONWritable {
  /// As the call takes it: `appId`, `timeStamp`, `nonceStr`, `package`, `signType`, `paySign`.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("appId", appID)
      json.field("timeStamp", timestamp)
      json.field("nonceStr", nonce)
      json.field("package", package)
      json.field("signType", "RSA")
      json.field("paySign", signature)
    }
  }
}
