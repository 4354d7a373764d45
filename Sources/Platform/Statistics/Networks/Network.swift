/// Actors and the weighted ties between them, in compressed rows: the neighbours of an actor stand beside each other.
///
/// Actors are numbered from 0. Ties between the same two actors are added up; a tie of an actor with itself is no tie.
package struct Network: Sendable {
  /// One tie; in an undirected network from the smaller number to the larger.
  package struct Edge: Sendable, Hashable {
    package let from: Int
    package let to: Int
    package let weight: Double

    package init(from: Int, to: Int, weight: Double = 1) {
      self.from = from
      self.to = to
      self.weight = weight
    }
  }

  package let actorCount: Int
  package let isDirected: Bool
  /// Each tie once, ordered by its ends.
  package let edges: [Edge]
  /// To whom ties lead; in an undirected network everybody with whom there is one.
  let successors: NeighbourRows
  /// Everybody with whom there is a tie in either direction, with the weights of both added up.
  let neighbours: NeighbourRows

  /// - Parameters:
  ///   - actorCount: how many actors there are, those without ties among them; at most `Int32.max`.
  ///   - edges: ties that name an actor that there is not are left out.
  package init(actorCount: Int, isDirected: Bool, edges: some Sequence<Edge>) {
    let count = max(0, min(actorCount, Int(Int32.max)))
    self.actorCount = count
    self.isDirected = isDirected
    let actors = 0..<count
    let kept = edges.filter { actors.contains($0.from) && actors.contains($0.to) && $0.from != $0.to }
    let directed = Self.merged(
      isDirected
        ? kept
        : kept.map { Edge(from: min($0.from, $0.to), to: max($0.from, $0.to), weight: $0.weight) })
    let both = Self.merged(
      directed.flatMap { [$0, Edge(from: $0.to, to: $0.from, weight: $0.weight)] })
    self.edges = directed
    neighbours = NeighbourRows(both, actorCount: count)
    successors = isDirected ? NeighbourRows(directed, actorCount: count) : neighbours
  }

  /// The same ties without their directions.
  package var undirected: Network {
    isDirected ? Network(actorCount: actorCount, isDirected: false, edges: edges) : self
  }

  /// Adds up the weights of ties with the same ends, and puts them in order.
  private static func merged(_ edges: [Edge]) -> [Edge] {
    let ordered = edges.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    var merged: [Edge] = []
    merged.reserveCapacity(ordered.count)
    for edge in ordered {
      if let last = merged.last, last.from == edge.from, last.to == edge.to {
        merged[merged.count - 1] = Edge(from: edge.from, to: edge.to, weight: last.weight + edge.weight)
      } else {
        merged.append(edge)
      }
    }
    return merged
  }
}

/// The neighbours of all actors one after the other, with the place at which those of each begin.
struct NeighbourRows: Sendable {
  /// One more than there are actors: the neighbours of an actor are those from its start to the next.
  let starts: ContiguousArray<Int32>
  let actors: ContiguousArray<Int32>
  let weights: ContiguousArray<Double>

  /// - Parameter edges: ordered by their ends.
  init(_ edges: [Network.Edge], actorCount: Int) {
    var starts = ContiguousArray<Int32>(repeating: 0, count: actorCount + 1)
    for edge in edges { starts[edge.from + 1] += 1 }
    for actor in 0..<actorCount { starts[actor + 1] += starts[actor] }
    self.starts = starts
    actors = ContiguousArray(edges.map { Int32($0.to) })
    weights = ContiguousArray(edges.map(\.weight))
  }

  /// Where the neighbours of an actor stand.
  func range(of actor: Int) -> Range<Int> { Int(starts[actor])..<Int(starts[actor + 1]) }

  func degree(of actor: Int) -> Int { Int(starts[actor + 1] - starts[actor]) }
}
