import Kernel
import Statistics

/// The ties of a quarter beside those of the one before, on one list of actors, and what they come to.
///
/// Everybody with a tie in either quarter is on the list, so that whoever lost all ties is seen as alone rather than gone.
/// Measures do not ask for directions, but for reciprocity, which counts the ties that have one.
struct NetworkCensus: Sendable {
  /// Two who have ties with each other.
  struct Pair: Sendable, Hashable {
    let one: Party
    let other: Party

    init(_ tie: Tie) {
      one = min(tie.from, tie.to)
      other = max(tie.from, tie.to)
    }

    var persons: [PersonID] { [one.person, other.person].compactMap(\.self) }
  }

  let ties: [Tie]
  let actors: [Party]
  let network: Network
  private let directed: Network
  private let pairs: Set<Pair>
  private let earlier: Set<Pair>

  init(_ ties: [Tie], before: [Tie]) {
    self.ties = ties
    pairs = Set(ties.map(Pair.init))
    earlier = Set(before.map(Pair.init))
    let actors = Set((ties + before).flatMap { [$0.from, $0.to] }).sorted()
    self.actors = actors
    let places = Dictionary(uniqueKeysWithValues: actors.enumerated().map { ($0.element, $0.offset) })
    func edges(_ ties: [Tie]) -> [Network.Edge] {
      ties.compactMap { tie in
        guard let from = places[tie.from], let to = places[tie.to] else { return nil }
        return Network.Edge(from: from, to: to)
      }
    }
    network = Network(actorCount: actors.count, isDirected: false, edges: edges(ties))
    directed = Network(
      actorCount: actors.count, isDirected: true, edges: edges(ties.filter { $0.kind != .coAttended }))
  }

  /// - Parameter betweenness: of all actors, normalised.
  func figures(betweenness: [Double]) -> NetworkFigures {
    var figures = NetworkFigures()
    figures.persons = actors.count { $0.kind == .person }
    figures.merchants = actors.count { $0.kind == .merchant }
    figures.organisations = actors.count { $0.kind == .organisation }
    let alone = network.isolates.map { actors[$0] }
    figures.isolates = .init(ties: alone.count, people: alone.count { $0.kind == .person })
    figures.pairs = network.edges.count
    figures.density = network.density
    figures.edgeReciprocity = directed.edgeReciprocity
    figures.dyadReciprocity = directed.dyadReciprocity
    let sizes = network.componentSizes
    figures.components = sizes.count
    figures.largestShare = network.largestComponentShare
    let clustering = network.clustering
    (figures.clustering, figures.transitivity) = (clustering.average, clustering.transitivity)
    let kinds = actors.map { actor in Party.Kind.allCases.firstIndex(of: actor.kind) ?? 0 }
    figures.externalInternal =
      network.mix(of: kinds, kindCount: Party.Kind.allCases.count)?.externalInternalIndex
    figures.mix = KindPair.allCases.map { kind in
      cell(pairs.filter { KindPair($0.one.kind, $0.other.kind) == kind })
    }
    figures.new = cell(pairs.subtracting(earlier))
    figures.kept = cell(pairs.intersection(earlier))
    figures.lost = cell(earlier.subtracting(pairs))
    addBrokers(betweenness, to: &figures)
    figures.lines = lines
    return figures
  }

  private func cell(_ pairs: Set<Pair>) -> NetworkFigures.Cell {
    .init(ties: pairs.count, people: Set(pairs.flatMap(\.persons)).count)
  }

  private func addBrokers(_ scores: [Double], to figures: inout NetworkFigures) {
    let constraints = network.constraints
    var people: [Party: Int] = [:]
    for pair in pairs {
      if pair.one.kind == .person { people[pair.other, default: 0] += 1 }
      if pair.other.kind == .person { people[pair.one, default: 0] += 1 }
    }
    let mean = scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
    for (place, actor) in actors.enumerated() {
      if let named = NetworkFigures.Actor(actor) {
        guard constraints[place] != nil else { continue }
        figures.brokers.append(
          .init(
            actor: named, betweenness: scores[place], constraint: constraints[place],
            people: people[actor] ?? 0))
      } else if scores[place] > mean {
        figures.personBrokers += 1
      }
    }
    figures.brokers.sort {
      ($1.betweenness, $0.actor.kind, $0.actor.id) < ($0.betweenness, $1.actor.kind, $1.actor.id)
    }
  }

  /// The lines of the picture. Those between persons are not drawn.
  private var lines: [NetworkFigures.Line] {
    struct Key: Hashable {
      let from: NetworkFigures.Actor
      let to: NetworkFigures.Actor?
      let kind: Tie.Kind
    }
    var counts: [Key: (ties: Int, people: Set<PersonID>)] = [:]
    for tie in ties {
      let pair = Pair(tie)
      let named = [pair.one, pair.other].compactMap(NetworkFigures.Actor.init)
      guard let first = named.first else { continue }
      let key = Key(from: first, to: named.count > 1 ? named[1] : nil, kind: tie.kind)
      counts[key, default: (0, [])].ties += 1
      counts[key, default: (0, [])].people.formUnion(pair.persons)
    }
    return counts.map { key, value in
      NetworkFigures.Line(
        from: key.from, to: key.to, kind: key.kind.rawValue, ties: value.ties, people: value.people.count)
    }.sorted {
      ($0.from.kind, $0.from.id, $0.to?.kind ?? "", $0.to?.id ?? 0, $0.kind)
        < ($1.from.kind, $1.from.id, $1.to?.kind ?? "", $1.to?.id ?? 0, $1.kind)
    }
  }
}
