import Kernel
import Web

/// One figure over the months, as it may be shown to somebody.
struct IndicatorSeries: Sendable, Equatable {
  struct Point: Sendable, Equatable {
    let month: IndicatorMonth
    let shown: ShownIndicator
  }

  /// As many months as a picture can tell apart.
  static let monthCount = 12

  let code: String
  let name: Phrase
  let definition: IndicatorDefinition
  /// The oldest first.
  let points: [Point]

  /// - Parameters:
  ///   - frozen: of all figures and months, the earliest version of each first.
  ///   - last: the month that ended last.
  init(_ source: IndicatorSource, _ frozen: [FrozenIndicator], last: IndicatorMonth, least: Int64) {
    code = source.code
    name = source.name
    definition = source.definition
    let byMonth = Dictionary(grouping: frozen.filter { $0.code == source.code }, by: \.month)
    points = last.months(back: Self.monthCount).map { month in
      let value = ShownIndicator.current((byMonth[month] ?? []).map(\.value), least: least)
      return Point(month: month, shown: ShownIndicator(value, source.definition, least: least))
    }
  }

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
}
