package import Database
package import Kernel
package import Web

/// One notice that somebody is asked by a feature with doors of its own for it: the words, who may witness, and where the
/// answer goes. The answer is kept by `Directory.record`, under the same rules as at the desk.
package struct ConsentQuestion: Sendable {
  let notice: Notice
  let people: PeopleAround

  package var title: Phrase { notice.content.title }
}

/// What was answered, before it is stored.
package struct ConsentAnswer: Sendable {
  let filled: ConsentForm.Filled
  /// What was ticked of the categories; nil where all were asked together, or the answer is no.
  package let categories: Set<DataCategory>?

  package var isGiven: Bool { filled.isGiven }

  /// - Parameter offered: the categories that could be ticked one by one; nil where there was no such choice.
  /// - Throws: `form.invalid` with every wrong field.
  package init(_ form: Form, offered: [DataCategory]? = nil) throws {
    filled = try ConsentForm.answer(form, isOwn: false)
    guard let offered, filled.isGiven else {
      categories = nil
      return
    }
    let ticked = Set(form.all(Self.field).compactMap(DataCategory.init(rawValue:))).intersection(offered)
    if ticked.isEmpty {
      throw Problem.invalid([
        FieldProblem(
          Self.field, Phrase("同意的话，请勾选可以告诉哪些。", "For a yes, please tick what may be told."))
      ])
    }
    categories = ticked
  }

  static let field = "categories"
}

extension Directory {
  /// - Throws: `not_found` where the community has no such notice, or the person is not of it.
  package func consentQuestion(
    _ code: String, of subject: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ConsentQuestion {
    guard let notice = try ConsentStore.newestNotice(code, in: community, snapshot),
      let person = try snapshot.person(subject, in: community)
    else { throw Problem.notFound }
    return ConsentQuestion(notice: notice, people: try snapshot.peopleAround(person))
  }

  /// Keeps an answer.
  ///
  /// - Parameters:
  ///   - categories: what the yes covers; nil for all of the notice.
  ///   - matter: the raw identifier of the one thing that was asked about; nil where it is about none.
  /// - Throws: `consent.*`, `form.invalid` where a telephone number is nobody's, `not_found`.
  @discardableResult
  package func record(
    _ answer: ConsentAnswer, to code: String, of subject: PersonID, categories: Set<DataCategory>? = nil,
    matter: Int64? = nil, by actor: Actor, in transaction: Transaction
  ) throws -> Consent {
    let community = transaction.community
    guard let notice = try Consents.notice(code, in: transaction) else { throw Problem.notFound }
    let filled = answer.filled
    let giver = try person(filled.giver, "giver_phone", in: community, transaction)
    return try Consents.record(
      Consents.Draft(
        subject: subject, notice: notice, categories: categories, matter: matter,
        expires: transaction.now + .days(filled.span.days),
        evidence: ConsentEvidence(
          givenBy: filled.givenBy, giver: filled.givenBy == .subject ? subject : giver ?? subject,
          method: filled.method, witness: filled.witness, place: filled.place)),
      isGiven: filled.isGiven, by: actor, in: transaction)
  }
}
