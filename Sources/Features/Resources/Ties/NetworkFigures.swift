import Kernel

/// What one quarter's network comes to: counts, and measures of the whole; of persons nothing but how many. This is what is
/// stored; what anybody reads goes through ``ShownNetwork``.
struct NetworkFigures: Sendable, Equatable, Codable {
  /// Ties of one sort, and how many different persons are among their ends.
  struct Cell: Sendable, Equatable, Codable {
    var ties = 0
    var people = 0
  }

  /// A merchant or organisation, by number.
  struct Actor: Sendable, Hashable, Codable {
    let kind: String
    let id: Int64

    init?(_ party: Party) {
      if party.kind == .person { return nil }
      (kind, id) = (party.kind.rawValue, party.id)
    }

    var party: Party? { Party.Kind(rawValue: kind).map { Party(kind: $0, id: id) } }
  }

  struct Broker: Sendable, Equatable, Codable {
    let actor: Actor
    let betweenness: Double
    let constraint: Double?
    /// Different persons with whom it has ties.
    let people: Int
  }

  /// Ties of one kind that the picture draws as one line: between two named actors, or one of them and all persons.
  struct Line: Sendable, Equatable, Codable {
    let from: Actor
    /// Nil: persons.
    let to: Actor?
    let kind: String
    var ties: Int
    var people: Int
  }

  var persons = 0
  var merchants = 0
  var organisations = 0
  /// On the list of actors of this quarter and the one before, without a tie in this one; and the persons among them.
  var isolates = Cell()
  /// Pairs of actors with a tie.
  var pairs = 0
  var density = 0.0
  /// Of ties with a direction (all but meetings), those that are returned.
  var edgeReciprocity: Double?
  /// Of pairs with such a tie, those with one in each direction.
  var dyadReciprocity: Double?
  var components = 0
  var largestShare: Double?
  var clustering = 0.0
  var transitivity = 0.0
  /// Pairs by the kinds of their ends, in the order of ``KindPair/allCases``.
  var mix = [Cell](repeating: Cell(), count: KindPair.allCases.count)
  var externalInternal: Double?
  var new = Cell()
  var kept = Cell()
  var lost = Cell()
  /// Merchants and organisations, whoever connects most first.
  var brokers: [Broker] = []
  /// Persons who connect more than the mean of all actors does.
  var personBrokers = 0
  var lines: [Line] = []

  var actors: Int { persons + merchants + organisations }
}

/// The kinds of the two ends of a tie.
enum KindPair: Int, Sendable, CaseIterable {
  case persons
  case merchants
  case organisations
  case personMerchant
  case personOrganisation
  case merchantOrganisation

  init(_ one: Party.Kind, _ other: Party.Kind) {
    self =
      switch Set([one, other]) {
      case [.person]: .persons
      case [.merchant]: .merchants
      case [.organisation]: .organisations
      case [.person, .merchant]: .personMerchant
      case [.person, .organisation]: .personOrganisation
      default: .merchantOrganisation
      }
  }

  var isInner: Bool { rawValue < 3 }
  var namesPersons: Bool { self != .merchants && self != .organisations && self != .merchantOrganisation }

  var name: Phrase {
    switch self {
    case .persons: Phrase("居民和居民", "Residents with residents")
    case .merchants: Phrase("商户和商户", "Merchants with merchants")
    case .organisations: Phrase("单位和单位", "Organisations with organisations")
    case .personMerchant: Phrase("居民和商户", "Residents with merchants")
    case .personOrganisation: Phrase("居民和单位", "Residents with organisations")
    case .merchantOrganisation: Phrase("商户和单位", "Merchants with organisations")
    }
  }
}
