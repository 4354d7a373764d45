package import Database
package import Kernel
package import Messages
package import People
import Web

/// Where answers are taken, once from each person or household: each is one transaction and an entry of the audit chain.
///
/// Transactions of a community follow one another, so the numbers of a quiz are 1, 2, 3 … in the order in which answers
/// came, and whoever sends twice at the same moment has answered once; the tables refuse a second entry at any rate.
package struct QuizEntryDesk: Sendable {
  let directory: Directory
  let notices: QuizNotices

  package init(directory: Directory, messenger: Messenger) {
    self.directory = directory
    notices = QuizNotices(directory: directory, messenger: messenger)
  }

  /// Takes what somebody answered on their own page. Who has answered gets what they answered first.
  ///
  /// - Throws: `not_found`, `activities.quiz_not_begun`, `activities.quiz_closed`, `form.invalid`,
  ///   `activities.quiz_household_needed`, `activities.quiz_household_answered` where somebody else of the household did.
  package func answer(
    _ answers: QuizAnswers, to id: QuizID, of person: PersonID, in transaction: Transaction
  ) throws -> QuizEntry {
    let quiz = try QuizDesk.find(id, in: transaction)
    let entrant = try entrant(person, quiz, in: transaction)
    if let earlier = try QuizEntryStore.find(
      ofUnit: entrant.unitID, in: id, transaction.community, transaction)
    {
      guard earlier.entrant.person == person else { throw Problem.quizHouseholdAnswered }
      return earlier.entry
    }
    return try take(
      answers, .selfService, to: quiz, of: person, entrant, by: nil, in: transaction)
  }

  /// Takes what somebody told the station or wrote on paper; they are told that it was done in their name.
  ///
  /// - Throws: as `answer`, and `activities.quiz_already_entered` where the person or their household has answered;
  ///   `activities.quiz_own_entry` where somebody enters their own.
  package func enter(
    _ answers: QuizAnswers, _ way: QuizEntry.Way, to id: QuizID, for person: PersonID, by actor: Actor,
    in transaction: Transaction
  ) throws -> QuizEntry {
    let quiz = try QuizDesk.find(id, in: transaction)
    guard person != actor.person else { throw Problem.quizOwnEntry }
    let community = transaction.community
    guard let reach = try directory.reach(of: [person], in: community, transaction)[person],
      !reach.isDisabled
    else { throw Problem.notFound }
    let entrant = try entrant(person, quiz, in: transaction)
    if try QuizEntryStore.find(ofUnit: entrant.unitID, in: id, community, transaction) != nil {
      throw Problem.quizAlreadyEntered
    }
    let entry = try take(answers, way, to: quiz, of: person, entrant, by: actor, in: transaction)
    try notices.entered(entry, of: quiz, for: person, in: transaction)
    return entry
  }

  // MARK: - Parts

  private func take(
    _ answers: QuizAnswers, _ way: QuizEntry.Way, to quiz: Quiz, of person: PersonID,
    _ entrant: QuizEntrant, by actor: Actor?, in transaction: Transaction
  ) throws -> QuizEntry {
    if let refusal = QuizRules.refusal(toEnter: quiz, at: transaction.now) { throw refusal }
    let questions = try QuizQuestionStore.asked(
      in: quiz.id, version: quiz.version, in: transaction.community, transaction)
    guard answers.fit(questions) else { throw Problem.staleForm }
    let right = answers.rightCount(of: questions)
    let isStaff = try isStaff(entrant, person, in: transaction)
    let bar: QuizEntry.Bar? = isStaff ? .staff : right < quiz.terms.threshold ? .score : nil
    let entry = QuizEntry(
      id: transaction.newIdentifier(), quiz: quiz.id, rightCount: right,
      number: bar == nil ? quiz.numbers + 1 : nil, bar: bar, way: way, enteredAt: transaction.now,
      enteredBy: actor)
    try QuizEntryStore.insert(
      entry, version: quiz.version, of: entrant, answers, in: transaction)
    try transaction.audit(
      "activities.quiz_enter", by: actor ?? Actor(person: person, role: .resident), of: entry.id.rawValue,
      onBehalfOf: actor == nil ? nil : person, purpose: way.rawValue)
    return entry
  }

  /// - Throws: `activities.quiz_household_needed`.
  private func entrant(
    _ person: PersonID, _ quiz: Quiz, in transaction: Transaction
  ) throws -> QuizEntrant {
    guard
      let entrant = try QuizEntrant(
        person, in: quiz, directory, community: transaction.community, transaction)
    else { throw Problem.quizHouseholdNeeded }
    return entrant
  }

  /// Whether the person, or anybody of the household where that is what is drawn, works for the community.
  private func isStaff(
    _ entrant: QuizEntrant, _ person: PersonID, in transaction: Transaction
  ) throws -> Bool {
    let community = transaction.community
    let persons =
      entrant.unit == .person
      ? [person]
      : try directory.persons(
        of: HouseholdID(rawValue: entrant.unitID), in: community, transaction)
    return try Role.allCases.filter(\.isStaff).contains { role in
      let staff = try directory.persons(holding: role, in: community, transaction)
      return staff.contains { persons.contains($0) }
    }
  }
}
