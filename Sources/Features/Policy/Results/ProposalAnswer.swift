package import Kernel

/// Who has to answer a proposal that passed.
package enum ProposalAddressee: Sendable, Equatable {
  /// The neighbourhood committee, which answers on this site.
  case committee
  /// A department of the government or another office; staff record what it wrote.
  case department(String)

  static let departmentLength = 1...60

  /// Its stored word.
  enum Kind: String, Sendable, CaseIterable {
    case committee
    case department
  }

  var kind: Kind { self == .committee ? .committee : .department }
  var department: String? { if case .department(let name) = self { name } else { nil } }

  init(_ kind: Kind, department: String?) {
    self = kind == .committee ? .committee : .department(department ?? "")
  }

  var name: Phrase {
    switch self {
    case .committee: Phrase("居委会", "the neighbourhood committee")
    case .department(let name): Phrase(same: name)
    }
  }
}

/// That a proposal was given to whoever has to answer it.
package struct ProposalSending: Sendable, Equatable {
  let addressee: ProposalAddressee
  /// The number of the letter; nil where there is none.
  let reference: String?
  /// Until the end of which day an answer is expected.
  let dueAt: Timestamp

  package init(addressee: ProposalAddressee, reference: String?, dueAt: Timestamp) {
    self.addressee = addressee
    self.reference = reference
    self.dueAt = dueAt
  }
}

/// The official answer, as everybody reads it. There is one.
package struct ProposalAnswer: Sendable, Equatable {
  static let textLength = 1...4000
  static let referenceLength = 1...60

  let outcome: ProposalOutcome
  /// What it says, and why.
  let text: String
  let addressee: ProposalAddressee
  let reference: String?
  let answeredAt: Timestamp

  package init(
    outcome: ProposalOutcome, text: String, addressee: ProposalAddressee, reference: String?,
    answeredAt: Timestamp
  ) {
    self.outcome = outcome
    self.text = text
    self.addressee = addressee
    self.reference = reference
    self.answeredAt = answeredAt
  }
}
