package import Kernel

/// One person behind a door.
package struct DemoResident: Sendable, Hashable {
  package let name: String
  package let birthYear: Int
}

/// Who lives together; it decides ages, size and how often they order.
package enum DemoHouseholdKind: String, Sendable, CaseIterable {
  case elderAlone, elderCouple, couple, family, threeGenerations, sharedFlat
}

/// The people behind one door.
package struct DemoHousehold: Sendable {
  package let door: DemoDoor
  package let building: Phrase
  package let floor: Int
  package let hasLift: Bool
  package let kind: DemoHouseholdKind
  /// The first is the contact; at least one.
  package let members: [DemoResident]
  /// Eleven digits, unique, from the invented range 199-0000; nil where there is no phone.
  package let phone: String?
  /// Whether they order with a household card.
  package let hasCard: Bool
  /// Chance, in thousandths, that they order in a campaign that everyone likes.
  package let orderingPropensity: Int
  /// The member of `DemoPeople.cast` who is the contact here, if any.
  package let castKey: String?
}

/// Fills the homes of a community, always with the same people.
enum DemoHouseholds {
  /// - Parameter firstPhone: the last four digits of the first phone number; each home counts one on.
  static func generate(_ buildings: [DemoBuilding], seed: String, firstPhone: Int) -> [DemoHousehold] {
    var random = DemoRandom(key: seed)
    var phone = firstPhone
    var households: [DemoHousehold] = []
    for building in buildings {
      for home in building.homes {
        let cast = seed == "practice" ? nil : DemoPeople.cast.first { $0.door == home.door }
        households.append(household(building, home.door, home.floor, cast: cast, phone: phone, &random))
        phone += 1
      }
    }
    return households
  }

  private static func household(
    _ building: DemoBuilding, _ door: DemoDoor, _ floor: Int, cast: DemoPerson?, phone: Int,
    _ random: inout DemoRandom
  ) -> DemoHousehold {
    let kind = cast.map(kind) ?? drawKind(tower: building.hasLift, &random)
    var members = drawMembers(kind, &random)
    if let cast {
      members = [DemoResident(name: cast.name.chinese, birthYear: cast.birthYear)] + cast.companions
    }
    let old = members[0].birthYear <= DemoNeighbourhood.year - 75
    let noPhone = cast.map { $0.signIn == .card } ?? (old && random.chance(perMille: 340))
    var ownPhone = "1990000\(phone)"
    if case .phone(let number) = cast?.signIn { ownPhone = number }
    return DemoHousehold(
      door: door, building: building.name, floor: floor, hasLift: building.hasLift, kind: kind,
      members: members, phone: noPhone ? nil : ownPhone,
      hasCard: noPhone || (old && random.chance(perMille: 250)),
      orderingPropensity: propensity(kind, climbs: !building.hasLift && floor >= 4, &random),
      castKey: cast?.key)
  }

  private static func kind(of cast: DemoPerson) -> DemoHouseholdKind {
    let old = cast.birthYear <= DemoNeighbourhood.year - 65
    switch cast.companions.count {
    case 0: return old ? .elderAlone : .sharedFlat
    case 1: return old ? .elderCouple : .couple
    default: return .family
    }
  }

  /// Walk-ups hold more elders, towers more families and shared flats.
  private static func drawKind(tower: Bool, _ random: inout DemoRandom) -> DemoHouseholdKind {
    let weights = tower ? [7, 11, 22, 36, 10, 14] : [17, 23, 14, 24, 12, 10]
    return DemoHouseholdKind.allCases[random.position(weights: weights) ?? 0]
  }

  private static func propensity(
    _ kind: DemoHouseholdKind, climbs: Bool, _ random: inout DemoRandom
  ) -> Int {
    let usual =
      switch kind {
      case .elderAlone: 260
      case .elderCouple: 380
      case .couple: 400
      case .family: 520
      case .threeGenerations: 560
      case .sharedFlat: 240
      }
    if random.chance(perMille: 130) { return 0 }
    return min(950, max(20, usual + (climbs ? 60 : 0) + random.integer(in: -180...180)))
  }

  private static func drawMembers(
    _ kind: DemoHouseholdKind, _ random: inout DemoRandom
  ) -> [DemoResident] {
    let year = DemoNeighbourhood.year
    switch kind {
    case .elderAlone:
      return [person(year - random.integer(in: 66...93), woman: random.chance(perMille: 680), &random)]
    case .elderCouple: return couple(ages: 62...86, &random)
    case .couple: return couple(ages: 25...58, &random)
    case .family: return family(parents: 30...50, &random)
    case .threeGenerations:
      return family(parents: 32...48, &random)
        + couple(ages: 62...78, &random).prefix(random.integer(in: 1...2))
    case .sharedFlat:
      return (0..<random.integer(in: 1...3)).map { _ in
        person(year - random.integer(in: 21...33), woman: random.chance(perMille: 520), &random)
      }
    }
  }

  private static func person(
    _ birthYear: Int, woman: Bool, surname: String? = nil, _ random: inout DemoRandom
  ) -> DemoResident {
    let family = surname ?? DemoNames.surname(&random)
    return DemoResident(
      name: family + DemoNames.given(bornIn: birthYear, woman: woman, &random), birthYear: birthYear)
  }

  private static func couple(ages: ClosedRange<Int>, _ random: inout DemoRandom) -> [DemoResident] {
    let birthYear = DemoNeighbourhood.year - random.integer(in: ages)
    let woman = person(birthYear + random.integer(in: -1...4), woman: true, &random)
    let man = person(birthYear, woman: false, &random)
    return random.chance(perMille: 560) ? [woman, man] : [man, woman]
  }

  private static func family(parents ages: ClosedRange<Int>, _ random: inout DemoRandom) -> [DemoResident] {
    let birthYear = DemoNeighbourhood.year - random.integer(in: ages)
    let surname = DemoNames.surname(&random)
    let mother = person(birthYear + random.integer(in: -1...3), woman: true, &random)
    let father = person(birthYear, woman: false, surname: surname, &random)
    let firstChild = min(DemoNeighbourhood.year - 1, birthYear + random.integer(in: 26...32))
    var children = [person(firstChild, woman: random.chance(perMille: 490), surname: surname, &random)]
    if random.chance(perMille: 280), firstChild + 3 < DemoNeighbourhood.year {
      children.append(person(firstChild + 3, woman: random.chance(perMille: 490), surname: surname, &random))
    }
    return (random.chance(perMille: 600) ? [mother, father] : [father, mother]) + children
  }
}
