import Kernel
import People

/// What holds on listings keep about a person: who held the goods back.
enum ListingHoldPersonRows {
  static let acts: [PersonActs] = [
    PersonActs(
      "shop_listing_hold", Phrase("核实期间先不卖一样商品", "Holding goods back while a report is looked into"),
      by: "held_by_id", at: "held_at")
  ]
}
