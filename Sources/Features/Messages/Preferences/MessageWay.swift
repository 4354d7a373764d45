import Database
package import Kernel

/// A way by which a message reaches a person beside the inbox, in which it always lies.
package enum MessageWay: String, Sendable, CaseIterable, Hashable, Storable {
  case sms
  case wechat
  /// A person of the community rings up.
  case call
  /// Printed, and put under the door or into the bag.
  case slip

  /// Whether a service outside carries it, so that nobody here has to do anything.
  package var isElectronic: Bool { self == .sms || self == .wechat }

  /// Whether it would wake somebody up.
  var isHeard: Bool { self != .slip }

  package var name: Phrase {
    switch self {
    case .sms: Phrase("短信", "Text message")
    case .wechat: Phrase("微信", "WeChat")
    case .call: Phrase("打电话告诉我", "A telephone call")
    case .slip: Phrase("纸条", "A printed slip")
    }
  }
}
