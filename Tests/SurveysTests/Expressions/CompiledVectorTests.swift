import Foundation
import Testing

@testable import Surveys

@Suite("Examples for the browser") struct CompiledVectorTests {
  /// After a change of `vectors.json`, of the generators or of the rules, write the file anew by running this test with
  /// `NUANLIN_WRITE_VECTORS=1`; the browser suite then says whether `survey-logic.js` comes to the same.
  @Test func `the file that the browser suite reads is what the server makes of the examples`() throws {
    let made = Data(try CompiledVectors().bytes() + [UInt8(ascii: "\n")])
    if ProcessInfo.processInfo.environment["NUANLIN_WRITE_VECTORS"] == "1" {
      try made.write(to: LogicVectors.compiled)
    }
    let kept = try Data(contentsOf: LogicVectors.compiled)
    #expect(kept == made, "write it anew: NUANLIN_WRITE_VECTORS=1")
    #expect(kept.count <= 300_000)
  }
}
