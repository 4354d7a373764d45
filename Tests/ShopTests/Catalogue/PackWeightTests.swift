import TestKit
import Testing

@testable import Shop

@Suite("What a pack weighs")
struct PackWeightTests {
  @Test(
    "One weight is believed, and a count that is multiplied with it",
    arguments: [
      ("1 公斤/袋", 1000), ("500 克", 500), ("约 300 克", 300), ("2斤装", 1000), ("1.5kg", 1500), ("250g", 250),
      ("0.5 千克", 500), ("5 斤/箱", 2500), ("净含量1.250 公斤", 1250), ("约 2.5公斤", 2500), ("1kg/袋", 1000),
      ("500 g box", 500), ("Mixed, 500 g a bag", 500), ("250g × 2", 500), ("250gx2", 500), ("250 克*2 袋", 500),
      ("2×250 克", 500), ("整箱 12 X 0.5kg", 6000),
    ] as [(String, Int64)])
  func weights(_ pack: String, _ grams: Int64) {
    #expect(PackWeight.grams(pack) == grams)
  }

  @Test(
    "Several weights, ranges and numbers of something else are not guessed",
    arguments: [
      "", "10 个", "10 枚", "400-500 克", "3~4 斤", "6 枚 360 克", "约 300 克，净重 250 克", "500 克或 1 公斤", "1 升",
      "1.2345kg", "0.3333 公斤", "3 包 1.25 公斤", "500 克 2*3", "500 克 x 2 x 3", "2×250 克×2", "2×3×250 克",
      "250 克×2.5", "250 克×1000", "250 克×0", "0 克", "10 green ones", "5 garlics", "6 kgs",
    ])
  func doubtful(_ pack: String) {
    #expect(PackWeight.grams(pack) == nil)
  }

  @Test("Whatever is typed is read or left, and never weighs less than nothing")
  func anything() {
    var generator = SeededGenerator(seed: 27)
    let pieces = [
      "9", "0", "12", ".", " ", "×", "x", "*", "-", "克", "公斤", "kg", "g", "斤", "袋", "约", "９", "é",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...10, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      if let grams = PackWeight.grams(text) { #expect(grams > 0, "\(text)") }
    }
  }
}
