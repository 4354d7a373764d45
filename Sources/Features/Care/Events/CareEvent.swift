package import Kernel
package import People

/// One thing that changed where a matter stands. Events are only ever added.
package struct CareEvent<Happening: Sendable & Equatable>: Sendable, Equatable {
  package typealias What = Happening

  package let what: Happening
  package let at: Timestamp
  package let actor: Actor
  /// Words that go with it.
  package let text: CareTextID?

  package init(_ what: Happening, at moment: Timestamp, by actor: Actor, text: CareTextID? = nil) {
    self.what = what
    at = moment
    self.actor = actor
    self.text = text
  }
}
