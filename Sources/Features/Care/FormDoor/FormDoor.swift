import Kernel
import Web

/// One form of a matter: a page that asks, and what follows from the answer. Every capability states its own;
/// `FormDoors` registers them all alike.
struct FormDoor<Visits: FormVisits>: Sendable {
  typealias Context = Visits.Context
  typealias Filled = Visits.Filled

  /// The last part of the path: `/cases/:case/assessment`.
  let path: String
  let title: Phrase
  /// Who is offered the form; the desk decides again when it is sent.
  let isOffered: @Sendable (Context.Open.Access) -> Bool
  /// What stands in the fields before anybody typed.
  let prefill: @Sendable (Context) -> FormState
  /// The fields and the button.
  let content: @Sendable (FormParts, Context, Wording) -> HTML
  /// Reads what was sent.
  /// - Throws: `form.invalid` naming every wrong field.
  let read: @Sendable (Form, Visits.Desk, _ offsetSeconds: Int) throws -> Filled

  init(
    _ path: String, _ title: Phrase, isOffered: @escaping @Sendable (Context.Open.Access) -> Bool,
    prefill: @escaping @Sendable (Context) -> FormState = { _ in .empty },
    content: @escaping @Sendable (FormParts, Context, Wording) -> HTML,
    read: @escaping @Sendable (Form, Visits.Desk, Int) throws -> Filled
  ) {
    self.path = path
    self.title = title
    self.isOffered = isOffered
    self.prefill = prefill
    self.content = content
    self.read = read
  }
}

/// Where forms of one kind of matter are shown and answered.
protocol FormVisits: Sendable {
  associatedtype Context: FormContext
  associatedtype Desk: Sendable
  /// What follows from a form that was sent.
  associatedtype Filled: Sendable

  var desk: Desk { get }

  /// The page of the matter that the request means: `/cases/7`.
  func path(_ signedIn: SignedIn) throws -> String

  /// What a form shows; the look is noted.
  /// - Throws: `not_found`, and what whoever is not offered the form is told.
  func context(
    _ signedIn: SignedIn, ifOffered isOffered: @escaping @Sendable (Context.Open.Access) -> Bool
  ) async throws -> Context

  /// Does what a form asks for, once for each of its keys.
  func change(_ signedIn: SignedIn, _ form: Form, _ filled: Filled) async throws
}

/// What a form may show beside its fields.
protocol FormContext: Sendable {
  associatedtype Open: OpenMatter

  var open: Open { get }
  var heading: FormHeading { get }
}

/// What stands round a form of a matter.
struct FormHeading: Sendable {
  /// `G-0017`, as it stands on files.
  let label: String
  /// Whom it is about, or what it is called.
  let name: String
  /// The matter's own page: `/cases/7`.
  let path: String
  /// The words of the way back there.
  let back: Phrase
}
