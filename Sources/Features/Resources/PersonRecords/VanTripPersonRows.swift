import Database
import Kernel
import People
import Security

/// What the tables of van trips keep about a person.
enum VanTripPersonRows {
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_van_part", Phrase("搭车带的东西", "What I had carried by van"),
      // What somebody who is gone had asked for is free again.
      ending: .cleared(
        """
        party_id = NULL, what = NULL, load_place = NULL,
        state = CASE WHEN state IN ('asked', 'confirmed') THEN 'cancelled' ELSE state END
        """),
      columns: [
        PersonColumn("asked_at", Phrase("什么时候登的", "When"), .moment),
        PersonColumn("crates", Phrase("几筐", "Crates"), .number),
        PersonColumn("kilograms", Phrase("几公斤", "Kilograms"), .number),
        PersonColumn("what", Phrase("什么东西", "What"), .sealed(.contact, row: "id")),
        PersonColumn("load_place", Phrase("在哪里装", "Where to load"), .sealed(.contact, row: "id")),
        PersonColumn(
          "state", Phrase("现在", "State"),
          .choice(Dictionary(VanPart.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
    // Trips that are still planned are called off before, so that those who count on them are told.
    PersonTable(
      "resources_van_trip", Phrase("我开的车", "Trips that I drive"),
      ending: .cleared(
        """
        party_id = NULL, from_words = '', to_words = '', from_place_id = NULL, to_place_id = NULL,
        vehicle = '', price = '', note = NULL, reason = NULL
        """),
      columns: [
        PersonColumn("leaves_at", Phrase("什么时候出发", "Leaves"), .moment),
        PersonColumn("from_words", Phrase("从哪里", "From")),
        PersonColumn("to_words", Phrase("到哪里", "To")),
        PersonColumn("vehicle", Phrase("什么车", "Vehicle")),
        PersonColumn("crates", Phrase("能装几筐", "Crates"), .number),
        PersonColumn("kilograms", Phrase("能装几公斤", "Kilograms"), .number),
        PersonColumn("price", Phrase("费用", "Cost")),
        PersonColumn("note", Phrase("说明", "Note"), .sealed(.contact, row: "id")),
        PersonColumn("reason", Phrase("为什么不去", "Why it was called off"), .sealed(.contact, row: "id")),
        PersonColumn(
          "state", Phrase("现在", "State"),
          .choice(Dictionary(VanTrip.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_van_trip", Phrase("登的车", "Trips entered"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "resources_van_trip", Phrase("结束的车", "Trips closed"), by: "closed_by_id", at: "closed_at"),
    PersonActs("resources_van_part", Phrase("登的货", "Parts entered"), by: "asked_by_id", at: "asked_at"),
    PersonActs(
      "resources_van_part", Phrase("答复的货", "Parts decided"), by: "decided_by_id", at: "decided_at"),
  ]

  static let impersonal: [ImpersonalTable] = []
}
