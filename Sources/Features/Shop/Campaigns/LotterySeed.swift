import Security

/// The number that decides a lottery, drawn before anybody orders and shown with the campaign.
package enum LotterySeed {
  /// 128 random bits as 32 hexadecimal digits.
  package static func make() -> String { CommittedDraw.Seed.make().text }
}
