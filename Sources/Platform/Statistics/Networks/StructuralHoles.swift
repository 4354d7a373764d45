extension Network {
  /// Burt's constraint of each actor: how far those with whom it has ties have ties with each other, so that it has few others
  /// to turn to. Brokers have a low one. Nil for actors without ties.
  ///
  /// For each neighbour j of i, (p(i,j) + Σq p(i,q) p(q,j))² is added up, where p is the share that the ties with one
  /// neighbour, in both directions, have of all that somebody has. Source: Burt, "Structural Holes" (1992), chapter 2.
  package var constraints: [Double?] {
    let rows = neighbours
    let totals = (0..<actorCount).map { actor in
      rows.range(of: actor).reduce(0.0) { $0 + rows.weights[$1] }
    }
    var indirect = ContiguousArray(repeating: 0.0, count: actorCount)
    return (0..<actorCount).map { actor -> Double? in
      let range = rows.range(of: actor)
      if range.isEmpty { return nil }
      for place in range {
        let between = Int(rows.actors[place])
        let share = rows.weights[place] / totals[actor] / totals[between]
        for further in rows.range(of: between) {
          indirect[Int(rows.actors[further])] += share * rows.weights[further]
        }
      }
      let constraint = range.reduce(0.0) { sum, place in
        let local = rows.weights[place] / totals[actor] + indirect[Int(rows.actors[place])]
        return sum + local * local
      }
      for place in range {
        for further in rows.range(of: Int(rows.actors[place])) { indirect[Int(rows.actors[further])] = 0 }
      }
      return constraint
    }
  }
}
