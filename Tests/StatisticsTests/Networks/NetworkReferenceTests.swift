import TestKit
import Testing

@testable import Statistics

/// Every measure agrees with networkx, on a thousand random networks and on the classic ones.
@Suite(.enabled(if: PythonReference.isAvailable)) struct NetworkReferenceTests {
  @Test func `every measure of a network agrees with the reference to nine places`() async throws {
    let question = NetworkQuestion(seed: 20_261_129)
    let answer = try await PythonReference("Tests/StatisticsTests/Networks/network_reference.py").answer(
      question, as: NetworkAnswer.self)
    try #require(answer.measures.count == 1000 && answer.classics.count == 4)
    for (asked, expected) in zip(question.networks, answer.measures) { try compare(asked, expected) }
    for classic in answer.classics { try compare(classic.question, classic.measures) }
  }

  private func compare(_ asked: NetworkQuestion.Asked, _ expected: NetworkAnswer.Measures) throws {
    let network = asked.network
    expect(network.density, expected.density, asked)
    expect(network.dyadReciprocity, expected.dyadReciprocity, asked)
    if asked.isDirected { expect(network.edgeReciprocity, expected.edgeReciprocity, asked) }
    let clustering = network.clustering
    expect(clustering.average, expected.averageClustering, asked)
    expect(clustering.transitivity, expected.transitivity, asked)
    let (isolates, sizes) = (network.isolates, network.componentSizes)
    #expect(isolates == expected.isolates)
    #expect(sizes == expected.components)
    let mix = try #require(network.mix(of: asked.kinds, kindCount: 3))
    #expect(mix.counts == expected.mix)
    expect(mix.externalInternalIndex, expected.externalInternal, asked)
    let (scores, constraints) = (Betweenness(network).scores, network.constraints)
    try #require(scores.count == expected.betweenness.count)
    for (ours, theirs) in zip(scores, expected.betweenness) { expect(ours, theirs, asked) }
    try #require(constraints.count == expected.constraint.count)
    for (ours, theirs) in zip(constraints, expected.constraint) { expect(ours, theirs, asked) }
  }

  private func expect(_ ours: Double?, _ theirs: Double?, _ asked: NetworkQuestion.Asked) {
    let isEqual: Bool =
      if let ours, let theirs { abs(ours - theirs) <= 1e-9 * max(1, abs(theirs)) } else {
        ours == nil && theirs == nil
      }
    #expect(isEqual, "\(String(describing: ours)) is not \(String(describing: theirs)) for \(asked)")
  }
}

/// What is sent to the reference.
struct NetworkQuestion: Encodable {
  struct Asked: Codable, Sendable {
    let isDirected: Bool
    let kinds: [Int]
    /// From, to, weight.
    let edges: [[Int]]

    enum CodingKeys: String, CodingKey {
      case kinds, edges
      case isDirected = "is_directed"
    }

    var network: Network {
      Network(
        actorCount: kinds.count, isDirected: isDirected,
        edges: edges.map { Network.Edge(from: $0[0], to: $0[1], weight: Double($0[2])) })
    }
  }

  let networks: [Asked]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    networks = (0..<1000).map { round in
      let size = Int.random(in: 1...24, using: &random)
      let count = Int.random(in: 0...(size * [1, 2, 5][round % 3]), using: &random)
      return Asked(
        isDirected: round.isMultiple(of: 2),
        kinds: (0..<size).map { _ in Int.random(in: 0..<3, using: &random) },
        edges: (0..<count).map { _ in
          [
            Int.random(in: 0..<size, using: &random), Int.random(in: 0..<size, using: &random),
            Int.random(in: 1...5, using: &random),
          ]
        })
    }
  }
}

struct NetworkAnswer: Decodable, Sendable {
  struct Measures: Decodable, Sendable {
    let density: Double
    let isolates: [Int]
    let edgeReciprocity: Double?
    let dyadReciprocity: Double?
    let components: [Int]
    let averageClustering: Double
    let transitivity: Double
    let betweenness: [Double]
    let constraint: [Double?]
    let mix: [[Int]]
    let externalInternal: Double?

    enum CodingKeys: String, CodingKey {
      case density, isolates, components, transitivity, betweenness, constraint, mix
      case edgeReciprocity = "edge_reciprocity"
      case dyadReciprocity = "dyad_reciprocity"
      case averageClustering = "average_clustering"
      case externalInternal = "external_internal"
    }
  }

  struct Classic: Decodable, Sendable {
    let question: NetworkQuestion.Asked
    let measures: Measures
  }

  let measures: [Measures]
  let classics: [Classic]
}
