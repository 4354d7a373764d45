import Database
package import Kernel

extension People {
  /// Makes a new sheet of codes, which makes the one before worthless.
  /// - Returns: the generation, and the codes of numbers 1…20 to print this once.
  /// - Throws: `not_found`, `spoken_code.by_helper` for whoever has a mandate of the person.
  package func printSpokenSheet(
    of person: PersonID, in community: CommunityID, by actor: Actor
  ) async throws -> (generation: Int64, codes: [String]) {
    let codes = directory.spokenCodes
    return try await database.write(in: community) { transaction in
      guard let found = try transaction.person(person, in: community), !found.isDisabled else {
        throw Problem.notFound
      }
      let mandates = try MandateStore.given(by: person, in: community, transaction)
      guard !mandates.contains(where: { $0.helper == actor.person && $0.isAlive(at: transaction.now) }) else {
        throw Problem.spokenSheetByHelper
      }
      let generation = try transaction.insertSpokenSheet(of: person, by: actor)
      try transaction.forgive(.spokenCode(person))
      try transaction.audit(
        "people.spoken_sheet_print", by: actor, of: person.rawValue, onBehalfOf: person,
        purpose: "\(generation)")
      return (
        generation,
        (1...SpokenCodes.perSheet).map { codes.digits(of: person, generation: generation, number: $0) }
      )
    }
  }
}
