import Database
import Kernel
import People
import Security

/// A list of sign-ups with what people are called: for the station, which has to know who comes.
struct NamedSignUp: Sendable {
  let signUp: SignUp
  /// Nil for those who gave no name, and those whose name was forgotten.
  let name: String?
}

/// Puts names to sign-ups.
struct SignUpReading: Sendable {
  let directory: Directory
  let cipher: FieldCipher

  func named(
    _ signUps: [SignUp], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [NamedSignUp] {
    let persons = try directory.displayNames(
      of: Set(signUps.compactMap(\.person)), in: community, snapshot)
    let nameless = signUps.filter { $0.person == nil }.map(\.id)
    let given = try SignUpStore.names(of: nameless, opening: cipher, in: community, snapshot)
    return signUps.map { signUp in
      NamedSignUp(signUp: signUp, name: signUp.person.flatMap { persons[$0] } ?? given[signUp.id])
    }
  }
}

extension SignUpDesk {
  /// Who is meant.
  /// - Throws: `form.invalid`: naming `person` where several live behind the door, `phone` or `building` where nobody is
  ///   entered.
  func person(_ asked: SignUpForm.Asked, in community: CommunityID, _ snapshot: Snapshot) throws -> PersonID {
    switch asked {
    case .person(let person): return person
    case .phone(let typed):
      guard let person = try directory.person(withPhone: typed, in: community, snapshot) else {
        throw Problem.signUpPersonUnknown
      }
      return person
    case .door(let door):
      let persons = try self.persons(at: door, in: community, snapshot)
      guard let person = persons.first else { throw Problem.signUpDoorUnknown }
      if persons.count > 1 { throw Problem.signUpWhichOne }
      return person
    }
  }

  func persons(at door: Door, in community: CommunityID, _ snapshot: Snapshot) throws -> [PersonID] {
    guard let household = try directory.household(at: door, in: community, snapshot) else { return [] }
    return try directory.persons(of: household, in: community, snapshot)
  }
}

extension Problem {
  static let signUpDoorUnknown = Problem.invalid([
    FieldProblem(
      "building",
      Phrase(
        "这户没有登记人。可以在下面不用账号报名。", "Nobody is entered at this door. They can sign up below without an account."))
  ])

  static let signUpWhichOne = Problem.invalid([
    FieldProblem("person", Phrase("请选是家里哪一位。", "Please choose which of the household it is."))
  ])
}
