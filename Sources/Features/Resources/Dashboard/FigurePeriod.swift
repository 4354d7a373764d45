import Kernel

/// The time of which a figure tells.
enum FigurePeriod: Sendable, Hashable {
  case month(Month)
  case quarter(Quarter)

  /// `2026-10`, `2026-Q4`.
  var code: String {
    switch self {
    case .month(let month): month.description
    case .quarter(let quarter): quarter.description
    }
  }

  var name: Phrase {
    switch self {
    case .month(let month): month.name
    case .quarter(let quarter): quarter.name
    }
  }

  /// As it fits beneath a picture.
  var short: String {
    switch self {
    case .month(let month): month.short
    case .quarter(let quarter): "\(quarter.year % 100)Q\(quarter.number)"
    }
  }

  /// What such times are called.
  var kind: Phrase {
    switch self {
    case .month: Phrase("月份", "Month")
    case .quarter: Phrase("季度", "Quarter")
    }
  }
}
