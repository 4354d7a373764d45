/// One way in which what is stored contradicts the rules; found by `nuanlin check`.
package struct Breach: Sendable, Hashable {
  /// The invariant, stable and dotted: `people.account_without_person`.
  package let name: String
  /// Which rows, by identifier; never personal data.
  package let detail: String

  package init(_ name: StaticString, _ detail: String) {
    self.name = name.description
    self.detail = detail
  }
}
