import Synchronization
import TestKit
import Testing

@testable import Statistics

@Suite("Networks: betweenness in parts") struct BetweennessTests {
  private static func network(actors: Int, edges: Int, seed: UInt64) -> Network {
    var random = SeededGenerator(seed: seed)
    return Network(
      actorCount: actors, isDirected: true,
      edges: (0..<edges).map { _ in
        Network.Edge(
          from: Int.random(in: 0..<actors, using: &random), to: Int.random(in: 0..<actors, using: &random))
      })
  }

  @Test("Several tasks, and parts one after the other, make the same as one")
  func parts() async throws {
    let betweenness = Betweenness(Self.network(actors: 500, edges: 2000, seed: 7))
    let told = Mutex<[Int]>([])
    let scores = try await betweenness.scores(tasks: 4) { done, _ in told.withLock { $0.append(done) } }
    let again = try await betweenness.scores(tasks: 3)
    #expect(scores == again, "the same at each call")
    var sums = [Double](repeating: 0, count: 500)
    for start in stride(from: 0, to: 500, by: 90) {
      let part = betweenness.partial(from: start..<start + 90)
      for actor in sums.indices { sums[actor] += part[actor] }
    }
    for (one, other) in zip(zip(scores, betweenness.normalised(sums)), betweenness.scores) {
      let isEqual = abs(one.0 - other) < 1e-12 && abs(one.1 - other) < 1e-12
      #expect(isEqual)
    }
    let progress = told.withLock { $0 }
    #expect(progress.last == 500)
    #expect(progress == progress.sorted())
  }

  @Test("A cancelled computation ends")
  func cancellation() async throws {
    let betweenness = Betweenness(Self.network(actors: 20_000, edges: 200_000, seed: 8))
    let task = Task { try await betweenness.scores(tasks: 2) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("Nobody, one alone and two are no trouble", arguments: 0...2)
  func small(_ count: Int) {
    let network = Network(actorCount: count, isDirected: false, edges: [.init(from: 0, to: 1)])
    #expect(Betweenness(network).scores == [Double](repeating: 0, count: count))
    #expect(network.density == (count == 2 ? 1 : 0))
    #expect(network.constraints.count == count)
  }
}
