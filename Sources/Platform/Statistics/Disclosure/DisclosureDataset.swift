/// Locked answers of people, or of households, of which figures are published through the ``DisclosureGate``.
///
/// Everybody stands in every column: who was not asked, or did not answer, is in a category of their own,
/// which may be ``Column/open``. A question with several possible answers is several questions of yes and no.
/// There is no free text and no measured value, so neither can be published (field/socialwork.md §2.12).
package struct DisclosureDataset: Sendable {
  /// What is known of each person: the number of a category.
  package struct Column: Sendable, Equatable {
    /// How many categories there are; the values are below it.
    package let categories: Int
    /// By person.
    package let values: [UInt8]
    /// Categories that tell nobody's answer, such as “left empty” and “would rather not say”: how many are
    /// in them is no secret, however few.
    ///
    /// A category from which an answer to another question follows is none of them: where those alone are
    /// asked who live by themselves, whoever was not asked lives with others, and whoever left it empty does
    /// not.
    package let open: Set<Int>

    /// Whether there are answers that can be told apart, or nothing is open: of a single answer the open counts would give
    /// away everything.
    var hasSecrets: Bool { open.isEmpty || categories - open.count > 1 }

    package init(_ values: [UInt8], categories: Int, open: Set<Int> = []) {
      self.values = values
      self.categories = categories
      self.open = open
    }
  }

  /// One category of one question.
  package struct Answer: Sendable, Hashable, Comparable {
    package let question: Int
    package let category: Int

    package init(question: Int, category: Int) {
      self.question = question
      self.category = category
    }

    package static func < (one: Answer, other: Answer) -> Bool {
      (one.question, one.category) < (other.question, other.category)
    }
  }

  /// Background: what an attacker is assumed to know of everybody, such as age band, building and gender.
  package let breakdowns: [Column]
  /// What people answered, which nobody else knows.
  package let questions: [Column]
  /// Answers that cannot go together, as everybody knows who has seen the questionnaire: an answer to a
  /// question that is skipped after another, “none of these” with one of these, no answer to one option and
  /// an answer to the next. A figure of one question tells of the other through them.
  package let impossible: [[Answer]]
  /// How many people there are.
  package let people: Int

  /// The background of each person, as a place in `combinations`.
  let combinationOfPerson: [Int]
  /// Every background that occurs, a category of each breakdown.
  let combinations: [[Int]]
  /// How many people have each background.
  let combinationSizes: [Int]

  /// - Throws: `malformed` when columns differ in length, a category is out of range, nobody stands in them,
  ///   background is called open, or what is called impossible occurs or names less than two questions.
  package init(
    breakdowns: [Column], questions: [Column], impossible: [[Answer]] = []
  ) throws(DisclosureRefusal) {
    let people = (questions + breakdowns).first?.values.count ?? 0
    let areWhole = (questions + breakdowns).allSatisfy { column in
      column.values.count == people && (1...256).contains(column.categories)
        && column.values.allSatisfy { $0 < column.categories }
        && column.open.allSatisfy((0..<column.categories).contains)
    }
    guard people > 0, areWhole, breakdowns.allSatisfy(\.open.isEmpty) else { throw .malformed }
    self.breakdowns = breakdowns
    self.questions = questions
    self.impossible = impossible.map { $0.sorted() }
    self.people = people
    (combinationOfPerson, combinations) = Self.combinations(of: breakdowns, people)
    combinationSizes = combinationOfPerson.reduce(into: Array(repeating: 0, count: combinations.count)) {
      $0[$1] += 1
    }
    for answers in self.impossible {
      guard Self.isSound(answers, questions) else { throw .malformed }
    }
  }

  private static func isSound(_ answers: [Answer], _ questions: [Column]) -> Bool {
    guard answers.count > 1, Set(answers.map(\.question)).count == answers.count,
      answers.allSatisfy({ answer in
        questions.indices.contains(answer.question)
          && (0..<questions[answer.question].categories).contains(answer.category)
      })
    else { return false }
    return !questions[answers[0].question].values.indices.contains { person in
      answers.allSatisfy { Int(questions[$0.question].values[person]) == $0.category }
    }
  }

  /// Column by column, so that the number of what is possible never matters, only of what occurs.
  private static func combinations(of columns: [Column], _ people: Int) -> ([Int], [[Int]]) {
    var places = [Int](repeating: 0, count: people)
    var combinations: [[Int]] = [[]]
    for column in columns {
      var known: [Int: Int] = [:]
      var next: [[Int]] = []
      for person in 0..<people {
        let category = Int(column.values[person])
        let key = places[person] * column.categories + category
        if known[key] == nil {
          known[key] = next.count
          next.append(combinations[places[person]] + [category])
        }
        places[person] = known[key] ?? 0
      }
      combinations = next
    }
    return (places, combinations)
  }

  /// Whether a figure about these answers names nothing but open categories. One that names an answer as well
  /// tells of that answer.
  func isOpen(_ answers: [Answer]) -> Bool {
    !answers.isEmpty && answers.allSatisfy { questions[$0.question].open.contains($0.category) }
  }

  /// How many people of each group gave each combination of answers.
  ///
  /// - Parameters:
  ///   - groups: the group of each combination of background, nil for people who are not counted.
  ///   - number: how many groups there are.
  /// - Returns: by the number of the answers, in which the last question counts fastest, and then by group.
  func counts(of asked: [Int], by groups: [Int?], _ number: Int) -> [[Int]] {
    var pattern = [Int](repeating: 0, count: people)
    var patterns = 1
    for question in asked {
      let column = questions[question]
      for person in 0..<people {
        pattern[person] = pattern[person] * column.categories + Int(column.values[person])
      }
      patterns *= column.categories
    }
    var counts = [[Int]](repeating: [Int](repeating: 0, count: number), count: patterns)
    for person in 0..<people {
      if let group = groups[combinationOfPerson[person]] { counts[pattern[person]][group] += 1 }
    }
    return counts
  }

  /// The category of each question in a combination of answers, by its number in ``counts(of:by:_:)``.
  func categories(of pattern: Int, _ asked: [Int]) -> [Int] {
    var rest = pattern
    return asked.reversed().map { question in
      defer { rest /= questions[question].categories }
      return rest % questions[question].categories
    }.reversed()
  }
}

/// Why a release was refused.
package enum DisclosureRefusal: Error, Sendable, Hashable {
  /// The dataset, the cut or the threshold is not what its description says.
  case malformed
  /// What was published before does not agree with the dataset: it is not the one that was locked.
  case ledgerDiffers
  /// Everything would have to be left out.
  case nothingToShow
  /// A cell that must stay hidden follows from what was published before, whatever of this release is left
  /// out.
  case followsFromEarlier
  /// Too many questions hang together, or too many groups overlap, to prove that nothing can be computed
  /// back.
  case tooLarge
  /// Another table of the same sums was published before.
  case alreadyReleased
}
