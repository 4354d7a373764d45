package import Database
package import Kernel
package import People

/// An organisation as it is entered in one step.
package struct OrganisationEntry: Sendable {
  package let kind: Organisation.Kind
  package let name: Phrase
  package let description: Phrase
  package let phone: String
  package let website: String
  package let merchant: MerchantID?
  package let isPublic: Bool

  package init(
    kind: Organisation.Kind, name: Phrase, description: Phrase, phone: String = "", website: String = "",
    merchant: MerchantID? = nil, isPublic: Bool = true
  ) {
    self.kind = kind
    self.name = name
    self.description = description
    self.phone = phone
    self.website = website
    self.merchant = merchant
    self.isPublic = isPublic
  }
}

/// What an organisation does for people, and where.
package struct ServiceEntry: Sendable {
  package let name: Phrase
  package let description: Phrase
  package let fees: String
  package let eligibility: String
  package let opening: String
  package let languages: [String]

  package init(
    name: Phrase, description: Phrase, fees: String = "", eligibility: String = "", opening: String = "",
    languages: [String] = []
  ) {
    self.name = name
    self.description = description
    self.fees = fees
    self.eligibility = eligibility
    self.opening = opening
    self.languages = languages
  }
}

/// What an organisation promised.
package struct PromiseEntry: Sendable {
  package let category: ResourceCategory
  package let text: String
  package let quantity: String

  package init(_ category: ResourceCategory, _ text: String, quantity: String = "") {
    self.category = category
    self.text = text
    self.quantity = quantity
  }
}

/// A promise that was entered, to be spoken of when it was kept or not.
package struct EnteredPromise: Sendable {
  let organisation: OrganisationID
  let promise: PromiseID
}

/// One time at which a promise was kept or not.
package struct KeepingEntry: Sendable {
  package enum Outcome: String, Sendable, CaseIterable {
    case kept
    case partly
    case notKept = "not_kept"
  }

  package let outcome: Outcome
  package let note: String

  package init(_ outcome: Outcome, _ note: String = "") {
    self.outcome = outcome
    self.note = note
  }
}

/// Organisations and places entered from elsewhere in the program, by the rules of their desks.
package struct NetworkEntries: Sendable {
  let organisations: OrganisationDesk
  let places: PlaceDesk

  /// Enters one that somebody vouches for.
  /// - Throws: as the desk of organisations.
  package func enter(
    _ entry: OrganisationEntry, by actor: Actor, in transaction: Transaction
  ) throws -> OrganisationID {
    let terms = OrganisationTerms(
      kind: entry.kind, name: entry.name, description: entry.description, phone: entry.phone,
      website: entry.website, merchant: entry.merchant, visibility: entry.isPublic ? .everybody : .residents)
    let id = try organisations.make(terms, by: actor, in: transaction)
    try organisations.confirm(id, seen: 0, by: actor, in: transaction)
    return id
  }

  /// - Parameter places: where it is given; public ones.
  /// - Throws: as the desk of organisations.
  package func enter(
    _ entry: ServiceEntry, at places: Set<PlaceID>, of id: OrganisationID, by actor: Actor,
    in transaction: Transaction
  ) throws {
    var terms = DirectoryServiceTerms(name: entry.name, description: entry.description)
    terms.fees = entry.fees
    terms.eligibility = entry.eligibility
    terms.opening = entry.opening
    terms.languages = entry.languages
    terms.places = places
    _ = try organisations.makeService(terms, of: id, by: actor, in: transaction)
  }

  /// - Parameter until: when it ends; nil where no end was named.
  /// - Throws: as the desk of organisations.
  package func enter(
    _ entry: PromiseEntry, until: Timestamp?, of id: OrganisationID, by actor: Actor,
    in transaction: Transaction
  ) throws -> EnteredPromise {
    guard SupportPromise.categories.contains(entry.category) else { throw Problem.internalFault }
    let terms = PromiseTerms(
      category: entry.category, text: entry.text, quantity: entry.quantity, until: until)
    return EnteredPromise(
      organisation: id, promise: try organisations.promise(terms, of: id, by: actor, in: transaction))
  }

  /// Notes that a promise was kept or not at the moment of the transaction.
  /// - Throws: as the desk of organisations.
  package func note(
    _ entry: KeepingEntry, of entered: EnteredPromise, by actor: Actor, in transaction: Transaction
  ) throws {
    guard let outcome = PromiseKeeping.Outcome(rawValue: entry.outcome.rawValue) else {
      throw Problem.internalFault
    }
    let keeping = PromiseKeeping(
      promise: entered.promise, outcome: outcome, happenedAt: transaction.now, note: entry.note)
    try organisations.note(keeping, of: entered.organisation, by: actor, in: transaction)
  }
}

extension Resources {
  /// Where organisations and places are entered from elsewhere in the program.
  package var networkEntries: NetworkEntries {
    NetworkEntries(organisations: organisations.desk, places: places.desk)
  }
}
