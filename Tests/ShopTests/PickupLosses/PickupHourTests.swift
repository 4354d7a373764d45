import Testing

@testable import Shop

@Suite("When bags go astray")
struct PickupHourTests {
  @Test(
    "A share is told only where it gives away no number from 1 to 4",
    arguments: [
      (93, 1, 16, nil), (93, 16, 1, nil), (93, 3, 3, nil), (3, 0, 0, nil), (93, 0, 16, 172), (100, 5, 5, 100),
      (50, 0, 0, 0),
    ] as [(Int64, Int64, Int64, Int64?)])
  func share(_ handedOver: Int64, _ lost: Int64, _ wrong: Int64, _ expected: Int64?) {
    let hour = PickupHour(weekday: 1, hour: 19, handedOver: handedOver, lost: lost, wrong: wrong)
    #expect(hour.perMille == expected)
  }
}
