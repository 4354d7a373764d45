import Kernel
import Web

/// One figure over the months or quarters, as it may be shown to somebody.
struct IndicatorSeries: Sendable, Equatable {
  struct Point: Sendable, Equatable {
    let period: FigurePeriod
    let shown: ShownIndicator
    /// Of the meaning by which it was counted; nil where nobody counted it.
    let version: Int64?
  }

  /// As many months as a picture can tell apart.
  static let monthCount = 12

  let code: String
  let name: Phrase
  let definition: IndicatorDefinition
  /// The oldest first.
  let points: [Point]

  init(code: String, name: Phrase, definition: IndicatorDefinition, points: [Point]) {
    (self.code, self.name, self.definition, self.points) = (code, name, definition, points)
  }

  /// - Parameters:
  ///   - frozen: of all figures and months, the earliest version of each first.
  ///   - last: the month that ended last.
  init(_ source: IndicatorSource, _ frozen: [FrozenIndicator], last: Month, least: Int64) {
    let definition = source.definition
    let byMonth = Dictionary(grouping: frozen) { "\($0.code) \($0.month)" }
    func current(_ code: String, _ month: Month) -> FrozenIndicator? {
      ShownIndicator.current(byMonth["\(code) \(month)"] ?? [], least: least)
    }
    let points = last.months(back: Self.monthCount).map { month in
      let found = current(source.code, month)
      let around = definition.within.flatMap { current($0, month)?.value.numerator }
      return Point(
        period: .month(month),
        shown: ShownIndicator(found?.value, definition, within: around, least: least),
        version: found?.version)
    }
    self.init(code: source.code, name: source.name, definition: definition, points: points)
  }

  /// From the first that was counted on: what was before is no part of a picture.
  var counted: [Point] { Array(points.drop { $0.shown == .missing }) }

  /// Whether anybody ever counted it.
  var isMeasured: Bool { points.contains { $0.shown != .missing } }

  /// The newest figure that may be shown.
  var newest: Point? {
    points.last {
      switch $0.shown {
      case .count, .part: true
      case .hidden, .missing: false
      }
    }
  }

  /// Whether a point was counted by what the figure meant before.
  func isEarlier(_ point: Point) -> Bool { point.version.map { $0 < definition.version } ?? false }
}
