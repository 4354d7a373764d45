package import Security

/// Our merchant account at WeChat Pay (API v3), with the keys that belong to it.
package struct WeChatPayAccount: Sendable {
  /// WeChat Pay's own public key, fixed in the settings (微信支付公钥).
  package struct PinnedKey: Sendable {
    /// `PUB_KEY_ID_…`
    package let id: String
    package let key: RSAVerifyingKey

    package init(id: String, key: RSAVerifyingKey) {
      self.id = id
      self.key = key
    }
  }

  /// `mchid`
  package let merchantID: String
  /// `appid`
  package let appID: String
  /// Serial number of our API certificate, which names the key that we sign with.
  package let certificateSerial: String
  let signingKey: RSASigningKey
  /// The APIv3 key, 32 bytes.
  let apiKey: SharedCipherKey
  /// Nil where platform certificates are used, which are then fetched.
  let pinnedKey: PinnedKey?
  /// Scheme and host, without a slash at the end.
  let baseURL: String

  /// WeChat Pay itself.
  package static let productionURL = "https://api.mch.weixin.qq.com"

  package init(
    merchantID: String, appID: String, certificateSerial: String, signingKey: RSASigningKey,
    apiKey: SharedCipherKey, pinnedKey: PinnedKey?, baseURL: String = productionURL
  ) {
    self.merchantID = merchantID
    self.appID = appID
    self.certificateSerial = certificateSerial
    self.signingKey = signingKey
    self.apiKey = apiKey
    self.pinnedKey = pinnedKey
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
  }

  /// Reads the keys from their files.
  /// - Throws: `key_file.missing`, `key_file.open_to_others`, `key_file.unusable`.
  package init(
    merchantID: String, appID: String, certificateSerial: String, signingKeyPath: String,
    apiKeyPath: String, pinnedKey: (id: String, path: String)?, baseURL: String = productionURL
  ) throws {
    self.init(
      merchantID: merchantID, appID: appID, certificateSerial: certificateSerial,
      signingKey: try RSASigningKey.load(path: signingKeyPath),
      apiKey: try SharedCipherKey.load(path: apiKeyPath),
      pinnedKey: try pinnedKey.map { PinnedKey(id: $0.id, key: try RSAVerifyingKey.load(path: $0.path)) },
      baseURL: baseURL)
  }
}
