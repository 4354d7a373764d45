import Kernel
import Testing

@testable import Shop

@Suite("The price of 500 grams")
struct UnitPriceTests {
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
