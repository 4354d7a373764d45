import Database
import Kernel
import People
import Security
import Web

/// Where a yes comes in, beneath the page of whatever was asked.
enum PrincipalWordDoor: String, Sendable, CaseIterable {
  /// Typed by the person on the helper's device.
  case pin
  /// Heard by the helper when the person was called back.
  case code
  /// Said in the session of the person, or of the relative who holds the key.
  case agree
}

extension PrincipalProofs {
  /// The yes that a form brings; whether it counts is for the mandate to say.
  ///
  /// - Parameters:
  ///   - person: whose word it is.
  ///   - helper: who asked, on whose device alone PIN and code may be typed.
  /// - Throws: `not_found` where another device brings PIN or code; `card.failed`, `rate.limited`, `sign_in.busy`,
  ///   `spoken_code.blocked`.
  func word(
    through door: PrincipalWordDoor, _ form: Form, of person: PersonID, askedBy helper: PersonID,
    _ signedIn: SignedIn, _ database: Database
  ) async throws -> PrincipalWord {
    let community = signedIn.community.id
    if door == .agree { return .session(of: signedIn.personID) }
    guard helper == signedIn.personID else { throw Problem.notFound }
    if door == .pin {
      return try await pin(
        try form["pin"] ?? "", of: person, in: community, by: Actor(helping: signedIn))
    }
    guard let number = try form["number"].flatMap(Int64.init) else { throw Problem.notFound }
    try await database.write(in: community) { try countCodeTry(person, $0) }
    return .spokenCode(number: number, code: try form["code"] ?? "")
  }
}

extension Actor {
  /// A helper acts in the least powerful of their roles; a neighbour is a resident.
  init(helping signedIn: SignedIn) {
    self.init(person: signedIn.personID, role: signedIn.roles.min() ?? .resident)
  }
}
