package import Kernel

/// What a community has decided about its money.
package struct MoneyRules: Sendable, Equatable {
  /// The community's own part of what is sold, for campaigns that are published from now on.
  package var platform: Rate
  /// How many banknotes a leader or courier may hold before they should hand over.
  package var cashFloat: Money
  /// Name, bank and number of the account that people transfer to, as it is shown to them; empty while transfers are not
  /// taken. At most 200 characters.
  package var bankAccount: String

  package init(platform: Rate, cashFloat: Money, bankAccount: String = "") {
    self.platform = platform
    self.cashFloat = cashFloat
    self.bankAccount = bankAccount
  }

  /// Until a community decides otherwise.
  package static let initial = MoneyRules(platform: Rate(basisPoints: 200) ?? .none, cashFloat: .fen(200_000))
  /// The most that a community may take.
  package static let platformLimit = Rate(basisPoints: 2_000) ?? .none
}
