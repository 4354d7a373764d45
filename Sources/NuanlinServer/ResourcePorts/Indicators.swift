import Kernel
import People
import Resources
import Shop

extension IndicatorCatalogue {
  /// The figures of the community that the Shop can count.
  static func shop(_ directory: Directory) -> [IndicatorSource] {
    let indicators = ShopIndicators(
      directory: directory, elders: ElderReaders { try directory.largeTypeReaders(among: $0, in: $1, $2) })
    return shop { code, from, until, community, snapshot in
      guard let measure = ShopIndicators.Measure(rawValue: code) else { return nil }
      return try indicators.figure(measure, from: from, until: until, in: community, snapshot)
        .map { IndicatorValue($0) }
    }
  }
}

extension IndicatorValue {
  fileprivate init(_ figure: ShopIndicators.Figure) {
    self.init(
      numerator: figure.numerator, denominator: figure.denominator, people: figure.households,
      otherPeople: figure.otherHouseholds, isDominated: figure.isDominated)
  }
}
