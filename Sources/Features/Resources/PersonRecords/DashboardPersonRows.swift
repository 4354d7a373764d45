import Kernel
import People

/// What the tables of the dashboard keep about a person: nothing.
enum DashboardPersonRows {
  static let tables: [PersonTable] = []

  static let acts: [PersonActs] = []

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable(
      "resources_indicator_value",
      Phrase("社区每月的数字，只有合计", "The community’s figures of each month, totals alone"))
  ]
}
