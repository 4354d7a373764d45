import Kernel
package import Security

/// Our official account at WeChat (服务号), which writes to those who follow it.
package struct WeChatAccount: Sendable {
  /// The template that messages are put into, and what its places are called: `thing1`, `thing2`, `phone_number3`.
  package struct Template: Sendable {
    package let id: String
    package let communityPlace: String
    package let matterPlace: String
    package let phonePlace: String

    package init(id: String, communityPlace: String, matterPlace: String, phonePlace: String) {
      self.id = id
      self.communityPlace = communityPlace
      self.matterPlace = matterPlace
      self.phonePlace = phonePlace
    }
  }

  package let appID: String
  let secret: ServiceSecret
  /// What callbacks are signed with.
  let token: ServiceSecret
  /// What callbacks are encrypted with (安全模式); a callback in the clear is not believed, since nothing proves its body.
  let cipher: CallbackCipher
  package let template: Template
  let baseURL: String
  /// Where people are sent to be recognised.
  let authorizeURL: String

  /// WeChat itself.
  package static let productionURL = "https://api.weixin.qq.com"
  package static let productionAuthorizeURL = "https://open.weixin.qq.com/connect/oauth2/authorize"

  package init(
    appID: String, secret: ServiceSecret, token: ServiceSecret, cipher: CallbackCipher, template: Template,
    baseURL: String = productionURL, authorizeURL: String = productionAuthorizeURL
  ) {
    self.appID = appID
    self.secret = secret
    self.token = token
    self.cipher = cipher
    self.template = template
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.authorizeURL = authorizeURL
  }
}
