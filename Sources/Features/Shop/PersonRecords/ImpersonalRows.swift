import Database
import Kernel
import People

/// The tables of the Shop that keep nothing of a single person.
enum ImpersonalRows {
  static let all: [ImpersonalTable] = [
    ImpersonalTable("shop_product", Phrase("商品", "What is sold")),
    ImpersonalTable("shop_variant", Phrase("商品的规格", "How it is packed")),
    ImpersonalTable("shop_pickup_point", Phrase("自提点", "Where goods are fetched")),
    ImpersonalTable("shop_campaign_item", Phrase("团购里的商品", "What a group-buy offers")),
    ImpersonalTable("shop_price_tier", Phrase("团购的阶梯价", "Prices of a group-buy")),
    ImpersonalTable("shop_paper_code", Phrase("纸单目录里商品的编号", "Codes of goods in a catalogue on paper")),
    ImpersonalTable("shop_paper_item", Phrase("纸单目录里的商品", "Goods in a catalogue on paper")),
    ImpersonalTable("shop_product_search", Phrase("找商品用的索引", "By which goods are found")),
  ]
}
