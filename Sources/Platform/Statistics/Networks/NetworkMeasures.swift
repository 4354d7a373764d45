extension Network {
  /// Ties of all that there could be: m / (n(n − 1)) where they have a direction, 2m / (n(n − 1)) where not. Nought with
  /// fewer than two actors.
  package var density: Double {
    guard actorCount > 1 else { return 0 }
    let pairs = Double(actorCount) * Double(actorCount - 1)
    return Double(edges.count) * (isDirected ? 1 : 2) / pairs
  }

  /// Actors without a tie.
  package var isolates: [Int] { (0..<actorCount).filter { neighbours.degree(of: $0) == 0 } }

  /// Pairs of actors between whom there is a tie in either direction.
  package var linkedDyads: Int { neighbours.actors.count / 2 }

  /// Pairs of actors between whom ties lead in both directions; without directions every linked pair.
  package var mutualDyads: Int { isDirected ? edges.count - linkedDyads : linkedDyads }

  /// Reciprocity in its edge form: of all ties, those that are returned. Nil without ties.
  package var edgeReciprocity: Double? {
    guard !edges.isEmpty else { return nil }
    return isDirected ? Double(2 * mutualDyads) / Double(edges.count) : 1
  }

  /// Reciprocity in its dyad form: of all pairs with a tie, those with ties in both directions. Nil without ties.
  package var dyadReciprocity: Double? {
    linkedDyads == 0 ? nil : Double(mutualDyads) / Double(linkedDyads)
  }

  /// How many actors each component has, whatever the directions of ties, the largest first. An actor without a tie is a
  /// component of its own.
  package var componentSizes: [Int] {
    var isSeen = ContiguousArray(repeating: false, count: actorCount)
    var sizes: [Int] = []
    var waiting: ContiguousArray<Int32> = []
    for first in 0..<actorCount where !isSeen[first] {
      isSeen[first] = true
      waiting.append(Int32(first))
      var size = 0
      while let actor = waiting.popLast() {
        size += 1
        for place in neighbours.range(of: Int(actor)) {
          let next = neighbours.actors[place]
          if !isSeen[Int(next)] {
            isSeen[Int(next)] = true
            waiting.append(next)
          }
        }
      }
      sizes.append(size)
    }
    return sizes.sorted(by: >)
  }

  /// How many of all actors stand in the largest component; nil without actors.
  package var largestComponentShare: Double? {
    componentSizes.first.map { Double($0) / Double(actorCount) }
  }
}

// MARK: - Clustering

/// How often those with whom somebody has ties have ties with each other; directions do not count.
package struct NetworkClustering: Sendable, Equatable {
  /// The mean over all actors of the share of their pairs of neighbours that are tied; nought for those with fewer than two.
  /// Source: Watts and Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998).
  package let average: Double
  /// Of all pairs of ties that meet, those that are closed: three times the triangles by the connected triples.
  package let transitivity: Double
}

extension Network {
  package var clustering: NetworkClustering {
    var mark = ContiguousArray<Int32>(repeating: -1, count: actorCount)
    var (sum, closed, all) = (0.0, 0, 0)
    for actor in 0..<actorCount {
      let range = neighbours.range(of: actor)
      let pairs = range.count * (range.count - 1)
      guard pairs > 0 else { continue }
      for place in range { mark[Int(neighbours.actors[place])] = Int32(actor) }
      var linked = 0
      for place in range {
        for further in neighbours.range(of: Int(neighbours.actors[place]))
        where mark[Int(neighbours.actors[further])] == Int32(actor) {
          linked += 1
        }
      }
      sum += Double(linked) / Double(pairs)
      closed += linked
      all += pairs
    }
    return NetworkClustering(
      average: actorCount == 0 ? 0 : sum / Double(actorCount),
      transitivity: all == 0 ? 0 : Double(closed) / Double(all))
  }
}

// MARK: - Kinds

/// How ties run within kinds of actors and between them.
package struct NetworkMix: Sendable, Equatable {
  /// Ties from the kind of the row to the kind of the column. Without directions each tie is counted from both ends.
  package let counts: [[Int]]
  /// Ties between actors of the same kind.
  package let inner: Int
  /// Ties between actors of different kinds.
  package let outer: Int

  /// From −1, all ties within kinds, to 1, all between them; nil without ties. Source: Krackhardt and Stern, "Informal
  /// networks and organizational crises", Social Psychology Quarterly 51 (1988).
  package var externalInternalIndex: Double? {
    inner + outer == 0 ? nil : Double(outer - inner) / Double(inner + outer)
  }
}

extension Network {
  /// - Parameter kinds: the kind of each actor, from 0.
  /// - Returns: nil unless every actor has a kind.
  package func mix(of kinds: [Int], kindCount: Int) -> NetworkMix? {
    guard kinds.count == actorCount, kinds.allSatisfy({ (0..<kindCount).contains($0) }) else { return nil }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: kindCount), count: kindCount)
    var inner = 0
    for edge in edges {
      let (from, to) = (kinds[edge.from], kinds[edge.to])
      counts[from][to] += 1
      if !isDirected { counts[to][from] += 1 }
      if from == to { inner += 1 }
    }
    return NetworkMix(counts: counts, inner: inner, outer: edges.count - inner)
  }
}
