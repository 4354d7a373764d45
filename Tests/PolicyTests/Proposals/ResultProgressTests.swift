import Kernel
import TestKit
import Testing

@testable import Policy

@Suite("Proposals: how far a result is")
struct ResultProgressTests {
  private func action(_ progress: Int, _ weight: Int? = nil) -> ResultAction {
    ResultAction(
      id: ResultActionID(rawValue: 1), title: "一步", weight: weight, startsAt: nil, endsAt: nil,
      status: progress == 100 ? .done : .underway, progress: progress)
  }

  @Test func `weights count where every step has one, and the mean otherwise`() {
    #expect(ResultProgress.of([]) == 0)
    #expect(ResultProgress.of([action(100, 3), action(0, 1)]) == 75)
    #expect(ResultProgress.of([action(100, 3), action(0)]) == 50)
    #expect(ResultProgress.of([action(100), action(0)]) == 50)
    #expect(ResultProgress.of([action(1), action(0)]) == 1, "a half is rounded up")
    #expect(ResultProgress.of([action(1), action(0), action(0)]) == 0)
    #expect(ResultProgress.of([action(100, 100), action(99, 1)]) == 99, "what is not all done is not 100")
    #expect(ResultProgress.of([action(100), action(100)]) == 100)
  }

  @Test func `it lies between the least and the most, grows with each step, and knows equal weights`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<5000 {
      let count = Int.random(in: 1...9, using: &random)
      let isWeighted = Bool.random(using: &random)
      let actions = (0..<count).map { _ in
        action(
          Int.random(in: 0...100, using: &random), isWeighted ? Int.random(in: 1...100, using: &random) : nil)
      }
      let progress = ResultProgress.of(actions)
      let all = actions.map(\.progress)
      #expect((all.min() ?? 0) <= progress && progress <= (all.max() ?? 0), "\(actions)")
      #expect((progress == 100) == all.allSatisfy { $0 == 100 })
      var further = actions
      let place = Int.random(in: 0..<count, using: &random)
      further[place].progress = Int.random(in: further[place].progress...100, using: &random)
      #expect(ResultProgress.of(further) >= progress)
      let weight = Int.random(in: 1...100, using: &random)
      let equal = actions.map { self.action($0.progress, weight) }
      let plain = actions.map { self.action($0.progress) }
      #expect(ResultProgress.of(equal) == ResultProgress.of(plain), "equal weights are none")
    }
  }

  @Test func `it is within half a per cent of the exact figure`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<5000 {
      let actions = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        action(Int.random(in: 0...100, using: &random), Int.random(in: 1...100, using: &random))
      }
      let weights = actions.map { Double($0.weight ?? 0) }
      let exact =
        zip(weights, actions).map { $0 * Double($1.progress) }.reduce(0, +) / weights.reduce(0, +)
      let progress = ResultProgress.of(actions)
      #expect(abs(Double(progress) - exact) <= 0.5 + 1e-9 || progress == 99 && exact < 100)
    }
  }
}
