package import Kernel

/// What somebody takes along to one door, on paper: how the household is called, where, what is needed and what to say.
/// There is no place on it for anything else. Source: field/socialwork.md §2.5, the volunteer's row.
package struct TaskCard: Sendable, Equatable {
  package let nameForm: String
  package let door: Phrase
  package let need: String
  package let phrase: String

  package static let needLength = 1...60
  package static let phraseLength = 1...200

  /// - Throws: `form.invalid` naming `need` or `phrase`.
  package init(nameForm: String, door: Phrase, need: String, phrase: String) throws {
    self.nameForm = nameForm
    self.door = door
    self.need = need
    self.phrase = phrase
    var problems = Problems()
    if !Self.needLength.contains(need.unicodeScalars.count) {
      problems.add(
        "need", Phrase("请用一两句话写要做什么，不超过 60 个字。", "Please say what is needed in at most 60 characters."))
    }
    if !Self.phraseLength.contains(phrase.unicodeScalars.count) {
      problems.add(
        "phrase", Phrase("请写见面说的话，不超过 200 个字。", "Please write what to say, in at most 200 characters."))
    }
    try problems.throwIfAny()
  }
}
