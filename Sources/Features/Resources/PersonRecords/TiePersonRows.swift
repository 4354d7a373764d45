import Database
import Kernel
import People

/// What the tables of the network keep about a person.
enum TiePersonRows {
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_tie", Phrase("和邻居、商户、单位的来往", "Dealings with neighbours, merchants and organisations"),
      ending: .deleted,
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        PersonColumn(
          "kind", Phrase("什么来往", "What"),
          .choice(Dictionary(Tie.Kind.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
      ]
    ) { subject in
      """
      ((from_kind = 'person' AND from_id = \(subject.person))
        OR (to_kind = 'person' AND to_id = \(subject.person)))
      """
    }
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_network_report", Phrase("请算的网络季报", "Network reports asked for"), by: "asked_by_id",
      at: "asked_at")
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable("resources_tie_cursor", Phrase("来往收集到哪里", "How far ties were gathered"))
  ]
}
