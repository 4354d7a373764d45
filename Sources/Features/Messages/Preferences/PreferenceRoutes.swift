import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Web

/// Preferences: a person's own, and those that staff set with people who do not use the pages themselves.
struct Preferences: Sendable {
  /// Whoever may see a telephone number may also say that it is to be rung.
  static let staff = RoleRules.roles(for: .revealPhone)

  let database: Database
  let directory: Directory
  let services: Set<MessageWay>

  func register(on routes: inout Routes) {
    let own = Objects.own("message preferences")
    let path = "/account/messages/preferences"
    routes.get(path, for: .signedIn, objects: own) { try await page(Whose($0)) }
    routes.post(path, for: .signedIn, objects: own) { try await save(Whose($0)) }
    let theirs = "/desk/people/:person/messages"
    routes.get(theirs, for: .roles(Self.staff), objects: .community) { try await page(other($0)) }
    routes.post(theirs, for: .roles(Self.staff), objects: .community) { try await save(other($0)) }
  }

  /// Whose preference it is, and where it is set.
  private struct Whose: Sendable {
    let signedIn: SignedIn
    let person: PersonID
    /// The person's name, where it is not the visitor's own.
    var name: String?

    init(_ signedIn: SignedIn) {
      self.signedIn = signedIn
      person = signedIn.personID
    }

    init(_ signedIn: SignedIn, _ person: PersonID, name: String) {
      self.signedIn = signedIn
      self.person = person
      self.name = name
    }

    var path: String {
      name == nil ? "/account/messages/preferences" : "/desk/people/\(person)/messages"
    }
  }

  /// - Throws: `not_found` for people of other communities.
  private func other(_ signedIn: SignedIn) async throws -> Whose {
    let person: PersonID = try signedIn.id("person")
    let names = try await database.read { [directory] in
      try directory.displayNames(of: [person], in: signedIn.community.id, $0)
    }
    guard let name = names[person] else { throw Problem.notFound }
    return Whose(signedIn, person, name: name)
  }

  private func page(
    _ whose: Whose, form: Form? = nil, problem: Problem? = nil
  ) async throws -> Response {
    let signedIn = whose.signedIn
    let recipient = try await database.read { [directory] in
      try RecipientStore.recipient(whose.person, directory, in: signedIn.community.id, $0)
    }
    guard let recipient else { throw Problem.notFound }
    let choices = PreferencePages.Choices(recipient: recipient, services: services)
    let state: FormState =
      if let form, let problem {
        FormState(form, problem)
      } else {
        FormState(
          PreferenceForm.values(
            recipient.preference, defaults: recipient.ways(for: .anything, services: services)))
      }
    let page = PreferencePages(
      say: signedIn.say, path: whose.path, formToken: signedIn.formToken, otherPerson: whose.name
    ).page(choices, state, isDone: problem == nil && signedIn.query("done") != nil)
    let status = problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok
    return .page(page, signedIn, status: status)
  }

  private func save(_ whose: Whose) async throws -> Response {
    let signedIn = whose.signedIn
    let form = try await signedIn.form()
    let preference: MessagePreference
    do {
      preference = try PreferenceForm.preference(form)
    } catch let problem as Problem where problem.status == 422 {
      return try await page(whose, form: form, problem: problem)
    }
    let role = whose.name == nil ? signedIn.roles.min() : Self.staff.intersection(signedIn.roles).min()
    try await database.write(in: signedIn.community.id) { transaction in
      try Self.save(
        preference, of: whose.person, by: Actor(person: signedIn.personID, role: role ?? .resident),
        in: transaction)
    }
    return .redirect(to: "\(whose.path)?done=1")
  }

  static func save(
    _ preference: MessagePreference, of person: PersonID, by actor: Actor, in transaction: Transaction
  ) throws {
    try PreferenceStore.save(preference, of: person, by: actor.person, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, onBehalfOf: actor.person == person ? nil : person,
        action: "messages.preference_set", object: person.rawValue,
        purpose: preference.ways.map(\.rawValue).joined(separator: ",")))
  }
}

extension MessageKind {
  /// Stands for whatever may come, where a person is shown how they would be told.
  static let anything = MessageKind(
    "messages.any", name: ("通知", "Notice"), headline: ("您有一条新消息", "you have a message"))
}
