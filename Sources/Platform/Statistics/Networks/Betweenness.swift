/// How often actors lie on the shortest ways between others; weights do not count.
///
/// Source: Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001): one
/// breadth-first search from each actor, and what it finds added up on the way back. The search from one actor needs
/// nothing of the others, so that a long computation can be done in parts and on several processors.
package struct Betweenness: Sendable {
  /// Searches that one task makes before it tells how far it is.
  private static let searchesAtOnce = 64

  private let network: Network

  package init(_ network: Network) {
    self.network = network
  }

  /// What the searches from some of the actors add to each actor, not yet normalised: sums over all parts make the whole.
  package func partial(from sources: Range<Int>) -> [Double] {
    var search = BetweennessSearch(network.successors, actorCount: network.actorCount)
    for source in sources.clamped(to: 0..<network.actorCount) { search.run(from: Int32(source)) }
    return Array(search.scores)
  }

  /// Of all pairs of others, the share between whom an actor lies, each pair shared among its shortest ways.
  ///
  /// - Parameter sums: of the parts, over all sources.
  package func normalised(_ sums: [Double]) -> [Double] {
    guard network.actorCount > 2 else { return sums }
    let pairs = Double(network.actorCount - 1) * Double(network.actorCount - 2)
    return sums.map { $0 / pairs }
  }

  /// The betweenness of all actors, normalised, in this thread.
  package var scores: [Double] { normalised(partial(from: 0..<network.actorCount)) }

  /// The betweenness of all actors, normalised, on several processors. Equal to ``scores`` but for rounding, and the same at
  /// each call, since parts are added in their order.
  ///
  /// - Parameters:
  ///   - tasks: how many run at a time, at least one.
  ///   - progress: how many searches are done, and of how many.
  /// - Throws: `CancellationError`.
  package func scores(
    tasks: Int, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws -> [Double] {
    let count = network.actorCount
    var waiting = partRanges.makeIterator()
    var sums = ContiguousArray(repeating: 0.0, count: count)
    var (early, next, done): ([Int: (Int, [Double])], Int, Int) = ([:], 0, 0)
    try await withThrowingTaskGroup(of: (Range<Int>, [Double]).self) { group in
      func begin() {
        guard let part = waiting.next() else { return }
        group.addTask {
          try Task.checkCancellation()
          return (part, partial(from: part))
        }
      }
      for _ in 0..<max(1, tasks) { begin() }
      while let (part, scores) = try await group.next() {
        try Task.checkCancellation()
        begin()
        done += part.count
        early[part.lowerBound] = (part.upperBound, scores)
        while let (end, scores) = early.removeValue(forKey: next) {
          for actor in 0..<count { sums[actor] += scores[actor] }
          next = end
        }
        progress(done, count)
      }
    }
    return normalised(Array(sums))
  }

  private var partRanges: [Range<Int>] {
    stride(from: 0, to: network.actorCount, by: Self.searchesAtOnce).map { start in
      start..<min(start + Self.searchesAtOnce, network.actorCount)
    }
  }
}

/// What one task needs for its searches, used anew for each of them.
private struct BetweennessSearch {
  private let starts: ContiguousArray<Int32>
  private let actors: ContiguousArray<Int32>
  private var distance: ContiguousArray<Int32>
  private var ways: ContiguousArray<Double>
  private var dependency: ContiguousArray<Double>
  /// In the order in which they were reached.
  private var reached: ContiguousArray<Int32>
  private(set) var scores: ContiguousArray<Double>

  init(_ rows: NeighbourRows, actorCount: Int) {
    starts = rows.starts
    actors = rows.actors
    distance = ContiguousArray(repeating: -1, count: actorCount)
    ways = ContiguousArray(repeating: 0, count: actorCount)
    dependency = ContiguousArray(repeating: 0, count: actorCount)
    reached = ContiguousArray(repeating: 0, count: actorCount)
    scores = ContiguousArray(repeating: 0, count: actorCount)
  }

  mutating func run(from source: Int32) {
    let count = search(from: source)
    // From the farthest back: what lies behind an actor is told to those before it. Who is one step nearer is seen by the
    // distances, so that no lists of predecessors are kept.
    var place = count - 1
    while place >= 0 {
      let actor = Int(reached[place])
      let behind = distance[actor] + 1
      var sum = 0.0
      var next = Int(starts[actor])
      let end = Int(starts[actor + 1])
      while next < end {
        let other = Int(actors[next])
        if distance[other] == behind { sum += (1 + dependency[other]) / ways[other] }
        next += 1
      }
      dependency[actor] = ways[actor] * sum
      if place > 0 { scores[actor] += dependency[actor] }
      place -= 1
    }
    for place in 0..<count {
      let actor = Int(reached[place])
      distance[actor] = -1
      ways[actor] = 0
      dependency[actor] = 0
    }
  }

  /// - Returns: how many were reached.
  private mutating func search(from source: Int32) -> Int {
    distance[Int(source)] = 0
    ways[Int(source)] = 1
    reached[0] = source
    var (head, tail) = (0, 1)
    while head < tail {
      let actor = Int(reached[head])
      head += 1
      let (further, waysHere) = (distance[actor] + 1, ways[actor])
      var place = Int(starts[actor])
      let end = Int(starts[actor + 1])
      while place < end {
        let other = Int(actors[place])
        if distance[other] < 0 {
          distance[other] = further
          reached[tail] = Int32(other)
          tail += 1
        }
        if distance[other] == further { ways[other] += waysHere }
        place += 1
      }
    }
    return tail
  }
}
