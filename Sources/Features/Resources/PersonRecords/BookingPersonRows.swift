import Database
import Kernel
import People
import Security

/// What the tables of bookings keep about a person.
enum BookingPersonRows {
  static let tables: [PersonTable] = [
    PersonTable(
      "resources_booking", Phrase("预订的地方", "Places that I booked"),
      // What somebody who is gone had asked for is free again; keepers of what is to come were told before.
      ending: .cleared(
        """
        party_id = NULL, purpose = NULL, revision = revision + 1,
        booked_by_id = CASE WHEN booked_by_id = party_id THEN NULL ELSE booked_by_id END,
        state = CASE WHEN state IN ('asked', 'confirmed') THEN 'cancelled' ELSE state END
        """),
      columns: [
        PersonColumn("from_at", Phrase("从什么时候", "From"), .moment),
        PersonColumn("to_at", Phrase("到什么时候", "Until"), .moment),
        PersonColumn("amount", Phrase("多少", "How much"), .number),
        PersonColumn("purpose", Phrase("用来做什么", "What for"), .sealed(.contact, row: "id")),
        PersonColumn(
          "state", Phrase("现在", "State"),
          .choice(
            Dictionary(PlaceBooking.State.allCases.map { ($0.rawValue, $0.name) }) { first, _ in first })),
      ]
    ) { "party_kind = 'person' AND party_id = \($0.person)" },
    PersonTable(
      "resources_bookable", Phrase("我管的地方", "Places that I keep"), ending: .cleared("keeper_id = NULL"),
      columns: [PersonColumn("opened_at", Phrase("从什么时候起", "Since"), .moment)]
    ) { "keeper_kind = 'person' AND keeper_id = \($0.person)" },
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "resources_bookable", Phrase("开放预订的地方", "Places opened for booking"), by: "opened_by_id",
      at: "opened_at"),
    PersonActs("resources_booking", Phrase("订的", "Bookings made"), by: "booked_by_id", at: "booked_at"),
    PersonActs(
      "resources_booking", Phrase("处理的预订", "Bookings decided"), by: "decided_by_id", at: "decided_at"),
  ]

  static let impersonal: [ImpersonalTable] = []
}
