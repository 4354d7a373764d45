package import Kernel

/// How a person wants to be told of things, as they chose, or somebody who helps them.
package struct MessagePreference: Sendable, Equatable {
  /// In the order in which they are tried; empty for the inbox alone.
  package var ways: [MessageWay]
  /// Nil for the language of the person's pages.
  package var language: Language?
  package var quietHours: QuietHours
  /// Whether what is urgent may come in the quiet hours.
  package var isUrgentAllowedAtNight: Bool

  /// - Parameter ways: a second mention of a way does not count.
  package init(
    ways: [MessageWay], language: Language? = nil, quietHours: QuietHours = .ordinary,
    isUrgentAllowedAtNight: Bool = false
  ) {
    var seen: Set<MessageWay> = []
    self.ways = ways.filter { seen.insert($0).inserted }
    self.language = language
    self.quietHours = quietHours
    self.isUrgentAllowedAtNight = isUrgentAllowedAtNight
  }
}

/// What is known of one person when something is to be brought to them.
struct Recipient: Sendable, Equatable {
  /// Nil where the person has chosen nothing.
  let preference: MessagePreference?
  let hasPhone: Bool
  let hasWeChat: Bool
  /// The language of their pages.
  let pageLanguage: Language?
  /// Nobody writes to who was disabled.
  var isDisabled = false

  var language: Language { preference?.language ?? pageLanguage ?? .chinese }
  var quietHours: QuietHours { preference?.quietHours ?? .ordinary }

  /// The ways to try, in order.
  ///
  /// Where a person has chosen nothing, they are written to where that is possible. Rung up is then only whom no service
  /// could reach, and who has no telephone gets a slip: nobody has to ask for it first.
  ///
  /// - Parameter services: the ways for which a service is set up.
  func ways(for kind: MessageKind, services: Set<MessageWay>) -> [MessageWay] {
    chosen(for: kind, services: services).filter { way in
      switch way {
      case .sms: hasPhone && services.contains(.sms)
      case .wechat: hasWeChat && services.contains(.wechat)
      case .call, .slip: true
      }
    }
  }

  /// Whether something is to be brought by a way, or may be if another fails.
  func isTold(by way: MessageWay, of kind: MessageKind, services: Set<MessageWay>) -> Bool {
    !isDisabled && ways(for: kind, services: services).contains(way)
  }

  private func chosen(for kind: MessageKind, services: Set<MessageWay>) -> [MessageWay] {
    if let preference { return preference.ways }
    guard hasPhone else { return [.slip] }
    let reached =
      (hasWeChat && services.contains(.wechat) ? [MessageWay.wechat] : [])
      + (services.contains(.sms) ? [.sms] : [])
    return reached.isEmpty || !kind.isWorthACall ? reached : reached + [.call]
  }

  /// When something may be brought at the earliest.
  func earliest(
    _ way: MessageWay, _ kind: MessageKind, from moment: Timestamp, offsetSeconds: Int
  ) -> Timestamp {
    let mayWake = kind.isUrgent && preference?.isUrgentAllowedAtNight == true
    guard way.isHeard, !mayWake else { return moment }
    return quietHours.next(after: moment, offsetSeconds: offsetSeconds)
  }
}
