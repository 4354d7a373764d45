import Kernel
import Testing

@Suite struct PortionTests {
  @Test(arguments: 0...4)
  func `A part of a list shows no more than its size, and tells where the next one begins`(found: Int) {
    let part = Portion(Array(0..<found), of: 3)
    #expect(part.shown == Array(0..<min(found, 3)))
    #expect(part.last == (found > 3 ? 2 : nil))
  }
}
