/// What a picture and the table beneath it are drawn from: one set of figures, so that the two cannot differ.
package struct ChartData: Sendable, Equatable {
  /// A figure at one place.
  package enum Figure: Sendable, Equatable {
    /// How long a bar or how high a point is, and the words that stand there.
    case known(Int64, String)
    /// There is a figure that must not be told: too few are behind it.
    case hidden
    /// There is none.
    case missing

    var amount: Int64? { if case .known(let amount, _) = self { max(0, amount) } else { nil } }
  }

  /// A place of the axis: a month, a quarter, a kind of goods.
  package struct Step: Sendable, Equatable {
    /// In full, for the table.
    package let name: String
    /// As it fits beneath or beside the picture.
    package let short: String

    package init(_ name: String, short: String? = nil) {
      self.name = name
      self.short = short ?? name
    }
  }

  package struct Series: Sendable, Equatable {
    package let name: String
    /// One for each step.
    package let figures: [Figure]

    package init(_ name: String, _ figures: [Figure]) {
      self.name = name
      self.figures = figures
    }
  }

  /// What is shown: the title of the picture and the caption of the table.
  package let title: String
  /// What the steps are: the heading of the table's first column.
  package let stepName: String
  package let steps: [Step]
  package let series: [Series]

  /// - Parameter series: what has fewer figures than there are steps ends with missing ones; what has more is cut.
  package init(title: String, stepName: String, steps: [Step], series: [Series]) {
    self.title = title
    self.stepName = stepName
    self.steps = steps
    self.series = series.map { one in
      Series(
        one.name,
        steps.indices.map { $0 < one.figures.count ? one.figures[$0] : .missing })
    }
  }

  /// The largest amount that is known; nil where none is.
  var highest: Int64? { series.flatMap(\.figures).compactMap(\.amount).max() }

  /// The words of the largest amount.
  var highestWords: String? {
    let known = series.flatMap(\.figures).compactMap { figure -> (amount: Int64, words: String)? in
      if case .known(let amount, let words) = figure { (max(0, amount), words) } else { nil }
    }
    return known.max { $0.amount < $1.amount }?.words
  }

  /// How much of a length an amount takes, from zero on: what is drawn of two amounts is in their proportion.
  func length(of amount: Int64, within length: Int) -> Int {
    guard let highest, highest > 0 else { return 0 }
    return Int((Double(max(0, amount)) / Double(highest) * Double(length)).rounded())
  }
}
