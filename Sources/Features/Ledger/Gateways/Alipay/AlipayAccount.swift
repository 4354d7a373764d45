package import Security

/// Our account at Alipay's open platform, with the keys that belong to it.
package struct AlipayAccount: Sendable {
  /// `app_id`
  package let appID: String
  /// `seller_id`: who is paid.
  package let sellerID: String
  let signingKey: RSASigningKey
  /// Alipay's public key, not our own: what its platform shows after ours was uploaded.
  let alipayKey: RSAVerifyingKey
  /// Address of the gateway, without a query.
  let gatewayURL: String

  /// Alipay itself.
  package static let productionURL = "https://openapi.alipay.com/gateway.do"

  package init(
    appID: String, sellerID: String, signingKey: RSASigningKey, alipayKey: RSAVerifyingKey,
    gatewayURL: String = productionURL
  ) {
    self.appID = appID
    self.sellerID = sellerID
    self.signingKey = signingKey
    self.alipayKey = alipayKey
    self.gatewayURL = gatewayURL
  }

  /// Reads the keys from their files.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package init(
    appID: String, sellerID: String, signingKeyPath: String, alipayKeyPath: String,
    gatewayURL: String = productionURL
  ) throws {
    self.init(
      appID: appID, sellerID: sellerID, signingKey: try RSASigningKey.load(path: signingKeyPath),
      alipayKey: try RSAVerifyingKey.load(path: alipayKeyPath), gatewayURL: gatewayURL)
  }
}
