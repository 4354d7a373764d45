package import Kernel

/// How long something is kept, and why: one line of the page that tells everyone.
///
/// Each stands beside the job that does it. Source: PIPL art. 17 and 19.
package struct RetentionRule: Sendable {
  package let what: Phrase
  package let term: Phrase
  /// The law or the purpose that asks for the term.
  package let reason: Phrase

  package init(_ what: Phrase, term: Phrase, reason: Phrase) {
    self.what = what
    self.term = term
    self.reason = reason
  }
}
