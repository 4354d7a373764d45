/// Questions and breakdowns that are counted together, taken apart into blocks.
///
/// A block counts every combination of its questions' answers and its breakdowns' categories; two
/// neighbouring blocks agree on what they share. Since the graph of who is counted with whom is made chordal
/// first, counts that agree so are those of some people, however many blocks there are (N. N. Vorob'ev 1962;
/// S. L. Lauritzen, Graphical Models (1996), 2.1 and 4.4): nothing that an attacker could use is lost by it.
/// Questions and breakdowns are both nodes here, told apart by their numbers alone.
struct AnswerBlocks {
  struct Block: Equatable {
    /// In ascending order.
    let nodes: [Int]
    /// The block before it that it agrees with, and what they share; nil for the first.
    let neighbour: Int?
    let shared: [Int]
  }

  private(set) var blocks: [Block] = []

  /// All nodes that hang together with some.
  static func connected(to nodes: [Int], by groups: [[Int]]) -> Set<Int> {
    var connected = Set(nodes)
    var size = 0
    while size < connected.count {
      size = connected.count
      for group in groups where !connected.isDisjoint(with: group) { connected.formUnion(group) }
    }
    return connected
  }

  /// - Parameters:
  ///   - groups: nodes that are counted together, all connected.
  ///   - published: those that something was published about.
  ///   - first: nodes of one group that the first block shall hold.
  init(_ groups: [[Int]], published: Set<Int>, first: [Int]) {
    var links: [Int: Set<Int>] = [:]
    for group in groups {
      for node in group { links[node, default: []].formUnion(group.filter { $0 != node }) }
    }
    Self.prune(&links, keeping: published)
    join(Self.cliques(links), first)
  }

  /// Takes away nodes that nothing was published about and that hang on one other: they say nothing of it.
  private static func prune(_ links: inout [Int: Set<Int>], keeping published: Set<Int>) {
    while let leaf = links.keys.filter({ !published.contains($0) && (links[$0]?.count ?? 0) < 2 }).min() {
      for neighbour in links[leaf] ?? [] { links[neighbour]?.remove(leaf) }
      links[leaf] = nil
    }
  }

  /// The largest groups of a chordal graph that holds these links: the node whose neighbours lack the fewest
  /// links goes first, and its neighbours are linked with each other (minimum fill).
  private static func cliques(_ links: [Int: Set<Int>]) -> [Set<Int>] {
    var links = links
    var cliques: [Set<Int>] = []
    func missing(_ node: Int) -> Int {
      let neighbours = links[node] ?? []
      return neighbours.reduce(0) { $0 + neighbours.subtracting(links[$1] ?? []).count - 1 }
    }
    while let next = links.keys.min(by: { (missing($0), $0) < (missing($1), $1) }) {
      let neighbours = links[next] ?? []
      let clique = neighbours.union([next])
      if !cliques.contains(where: clique.isSubset(of:)) { cliques.append(clique) }
      for neighbour in neighbours {
        links[neighbour]?.formUnion(neighbours.subtracting([neighbour]))
        links[neighbour]?.remove(next)
      }
      links[next] = nil
    }
    return cliques
  }

  /// Makes a tree of them: the next is always the one that shares most with one before (Prim's spanning tree;
  /// in a chordal graph a heaviest one is a junction tree).
  private mutating func join(_ cliques: [Set<Int>], _ first: [Int]) {
    var rest = cliques
    if let root = rest.firstIndex(where: { $0.isSuperset(of: first) }) {
      blocks.append(Block(nodes: rest.remove(at: root).sorted(), neighbour: nil, shared: []))
    }
    while !rest.isEmpty {
      var best = (clique: 0, neighbour: 0, shared: [Int]())
      for (clique, nodes) in rest.enumerated() {
        for (neighbour, block) in blocks.enumerated() {
          let shared = block.nodes.filter(nodes.contains)
          if shared.count > best.shared.count { best = (clique, neighbour, shared) }
        }
      }
      let nodes = rest.remove(at: best.clique).sorted()
      blocks.append(Block(nodes: nodes, neighbour: best.neighbour, shared: best.shared))
    }
  }
}
