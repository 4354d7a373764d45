import Database
import Kernel
import People

/// What a person had done at an agreed time.
enum ServicePersonRows {
  static let bookings: [PersonTable] = [
    PersonTable(
      "shop_booking_step", Phrase("预约的经过", "What became of my bookings"), ending: .clearedLater("note = ''"),
      columns: [
        PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
        .visit("shop_booking_step.booking_id"),
        PersonColumn("what", Phrase("怎么样", "What"), .choice(steps)),
        PersonColumn("party", Phrase("哪一方", "By"), stored(\Booking.Party.name)),
        PersonColumn("note", Phrase("说明", "Note")),
      ]
    ) { "booking_id IN (\(PersonSelection.bookings(of: $0)))" },
    PersonTable(
      "shop_booking_material", Phrase("另外用的材料", "Material at my visits"), ending: .kept(KeptRows.trade),
      columns: [
        PersonColumn("answered_at", Phrase("什么时候答复的", "Answered"), .moment),
        .visit("shop_booking_material.booking_id"),
        PersonColumn("name", Phrase("材料", "Material")),
        PersonColumn("amount", Phrase("多少钱", "Amount"), .money),
        PersonColumn("answer", Phrase("我的答复", "My answer"), stored(\VisitMaterial.Answer.name)),
      ]
    ) { "booking_id IN (\(PersonSelection.bookings(of: $0)))" },
    PersonTable(
      "shop_booking", Phrase("预约", "Bookings"),
      ending: .clearedLater(
        "note = '', after_note = CASE WHEN after_note IS NULL THEN NULL ELSE '' END"),
      columns: bookingColumns
    ) { "person_id = \($0.person)" },
    PersonTable(
      "shop_visit_calendar", Phrase("我的预约日历", "The calendar of my visits"), ending: .deleted,
      columns: [PersonColumn("created_at", Phrase("什么时候开的", "Opened"), .moment)]
    ) { "person_id = \($0.person)" },
  ]

  private static let bookingColumns: [PersonColumn] = [
    PersonColumn("requested_at", Phrase("什么时候约的", "Asked for"), .moment),
    PersonColumn("title", Phrase("服务", "Service"), PersonColumn.bilingual("title_zh", "title_en")),
    PersonColumn("place", Phrase("在哪里", "Where"), stored(\Service.Place.name)),
    PersonColumn("starts_at", Phrase("约在什么时候", "Agreed time"), .moment),
    PersonColumn("minutes", Phrase("预计几分钟", "Minutes planned"), .number),
    PersonColumn("price", Phrase("价钱", "Price"), .money),
    PersonColumn("cap", Phrase("最多多少钱", "At most"), .money),
    PersonColumn("note", Phrase("我写的", "What I wrote")),
    PersonColumn("state", Phrase("现在", "State"), stored(\Booking.State.name)),
    PersonColumn("ended_by", Phrase("因为哪一方没成", "By whom it did not come about"), stored(\Booking.Party.name)),
    PersonColumn("is_objected", Phrase("我说不是这样", "I objected"), .yesNo),
    PersonColumn("arrived_at", Phrase("什么时候到的", "Arrived"), .moment),
    PersonColumn("finished_at", Phrase("什么时候做好的", "Finished"), .moment),
    PersonColumn("worked_minutes", Phrase("做了几分钟", "Minutes of work"), .number),
    PersonColumn("labour", Phrase("人工", "Labour"), .money),
    PersonColumn("material", Phrase("材料", "Material"), .money),
    PersonColumn("charged", Phrase("收了", "Charged"), .money),
    PersonColumn("after_note", Phrase("做完后的话", "What I was told afterwards")),
  ]

  private static let steps = Dictionary(
    BookingStep.What.allCases.map { what in
      let step = BookingStep(what: what, party: .household, at: Timestamp(seconds: 0))
      return (what.rawValue, BookingWords.name(step))
    }
  ) { first, _ in first }
}
