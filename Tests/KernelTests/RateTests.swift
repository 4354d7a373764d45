import Kernel
import Testing

@Suite("A rate")
struct RateTests {
  @Test(
    "reads what people type, and writes it back",
    arguments: [("8", 800), ("2.5%", 250), ("0.05", 5), ("１２．５％", 1250), ("100", 10_000), ("0", 0)])
  func typed(text: String, basisPoints: Int64) throws {
    let rate = try #require(Rate(typed: text))
    #expect(rate.basisPoints == basisPoints)
    #expect(Rate(typed: rate.decimal) == rate)
    #expect(rate.display == rate.decimal + "%")
  }

  @Test(
    "refuses more than all, and finer than it is kept", arguments: ["100.01", "0.001", "-1", "", "a", "1e1"])
  func refused(text: String) {
    #expect(Rate(typed: text) == nil)
  }

  @Test("shows no zeros at the end")
  func display() {
    #expect(
      [1, 10, 250, 999, 1000].compactMap { Rate(basisPoints: $0)?.decimal } == [
        "0.01", "0.1", "2.5", "9.99", "10",
      ])
    #expect(Rate(basisPoints: -1) == nil)
    #expect(Rate(basisPoints: 10_001) == nil)
  }
}
