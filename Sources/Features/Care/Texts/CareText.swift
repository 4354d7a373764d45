package import Kernel

/// Who may read a text, besides its relation to the case. Source: field/socialwork.md §2.5.
package enum Sensitivity: Int64, Sendable, CaseIterable, Comparable {
  /// What the work needs: plans, what was done, what was agreed.
  case ordinary = 1
  /// Health, family, money: what an assessment holds.
  case sensitive = 2
  /// Told in confidence: the case's worker alone, and a supervisor whom the note names.
  case confidential = 3

  package static func < (left: Sensitivity, right: Sensitivity) -> Bool { left.rawValue < right.rawValue }

  package var name: Phrase {
    switch self {
    case .ordinary: Phrase("一般", "Ordinary")
    case .sensitive: Phrase("敏感", "Sensitive")
    case .confidential:
      Phrase("只有办案社工，和点名的督导", "The case’s worker alone, and a supervisor who is named")
    }
  }
}

/// A sealed text as it is stored.
package struct CareText: Sendable {
  package let id: CareTextID
  /// Whose key seals it; nil for what is about a whole group.
  package let person: PersonID?
  package let sealed: [UInt8]
}

/// What is written of a text beside its words.
package struct CareTextTerms: Sendable, Equatable {
  package let person: PersonID?
  package let caseID: CaseID?
  package let sensitivity: Sensitivity
  /// The one supervisor who may read a confidential text.
  package let reader: PersonID?
  package let author: PersonID

  package init(
    person: PersonID?, caseID: CaseID? = nil, sensitivity: Sensitivity, reader: PersonID? = nil,
    author: PersonID
  ) {
    self.person = person
    self.caseID = caseID
    self.sensitivity = sensitivity
    self.reader = reader
    self.author = author
  }
}
