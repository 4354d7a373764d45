/// Every table of whole people that agrees with what was published: what an attacker with all the time in the
/// world can do.
struct Enumeration {
  /// By hidden figure: the least and the largest value.
  private(set) var ranges: [[Int]]

  private let sizes: [Int]
  /// Possible answers to all questions.
  private let patterns: [[Int]]
  private let figures: [AttackedFigure]
  /// By combination and pattern: the figures that count it.
  private var counting: [[[Int]]]
  private var sums: [Int]
  private let hidden: Int

  init(of releases: AttackedReleases) {
    sizes = releases.sizes
    let all = releases.questions.reduce([[]]) { patterns, categories in
      patterns.flatMap { pattern in (0..<categories).map { pattern + [$0] } }
    }
    patterns = all.filter { pattern in
      !releases.impossible.contains { $0.allSatisfy { pattern[$0[0]] == $0[1] } }
    }
    figures = releases.hidden + releases.shown
    hidden = releases.hidden.count
    counting = sizes.indices.map { [patterns, figures] combination in
      patterns.map { pattern in
        figures.indices.filter { place in
          figures[place].who.contains(combination)
            && figures[place].answers.allSatisfy { pattern[$0[0]] == $0[1] }
        }
      }
    }
    ranges = figures.prefix(hidden).map { _ in [.max, .min] }
    sums = figures.map { _ in 0 }
    fill(combination: 0, pattern: 0, left: sizes[0])
  }

  private mutating func fill(combination: Int, pattern: Int, left: Int) {
    if pattern == patterns.count - 1 {
      if add(left, pattern, combination) {
        if combination + 1 < sizes.count {
          fill(combination: combination + 1, pattern: 0, left: sizes[combination + 1])
        } else {
          note()
        }
      }
      add(-left, pattern, combination)
      return
    }
    for people in 0...left {
      if add(people, pattern, combination) {
        fill(combination: combination, pattern: pattern + 1, left: left - people)
      }
      add(-people, pattern, combination)
    }
  }

  /// - Returns: whether no shown figure is exceeded.
  @discardableResult
  private mutating func add(_ people: Int, _ pattern: Int, _ combination: Int) -> Bool {
    var fits = true
    for place in counting[combination][pattern] {
      sums[place] += people
      if let count = figures[place].count, sums[place] > count { fits = false }
    }
    return fits
  }

  private mutating func note() {
    for place in hidden..<figures.count where figures[place].count != sums[place] { return }
    for place in 0..<hidden {
      ranges[place] = [min(ranges[place][0], sums[place]), max(ranges[place][1], sums[place])]
    }
  }
}
