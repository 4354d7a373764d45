import Kernel
import Testing

@testable import Shop

@Suite("The price of 500 grams")
struct UnitPriceTests {
  @Test(
    "Packs that name one plain weight can be compared",
    arguments: [
      ("1 公斤/袋", 1000), ("500 克", 500), ("约 300 克", 300), ("2斤装", 1000), ("1.5kg", 1500), ("250g", 250),
      ("0.5 千克", 500), ("5 斤/箱", 2500), ("净含量1.250 公斤", 1250),
    ] as [(String, Int64)])
  func weights(_ pack: String, _ grams: Int64) {
    #expect(UnitPrice.grams(pack) == grams)
  }

  @Test(
    "Several weights, ranges and counts are not guessed",
    arguments: [
      "", "10 个", "2×250 克", "250 克×2", "400-500 克", "3~4 斤", "6 枚 360 克", "约 300 克，净重 250 克", "1 升",
      "1.2345kg", "3 包 1.25 公斤", "500 克 2*3",
    ])
  func doubtful(_ pack: String) {
    #expect(UnitPrice.grams(pack) == nil)
  }

  @Test("A price is scaled once, and not said where it is for 500 grams anyway")
  func prices() {
    func price(_ fen: Int64, _ unit: Unit, _ pack: String) -> Money? {
      UnitPrice.per500Grams(.fen(fen), unit: unit, pack: Phrase(same: pack), weighed: nil)
    }
    #expect(price(1980, .kilogram, "") == .fen(990))
    #expect(price(350, .bag, "300 克") == .fen(583))
    #expect(price(350, .jin, "") == nil)
    #expect(price(350, .bag, "500 克") == nil)
    #expect(price(350, .box, "10 个") == nil)
  }
}
