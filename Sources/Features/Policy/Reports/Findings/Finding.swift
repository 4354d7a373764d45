import Kernel

/// One sentence or a few of what was found, with the evidence that it rests on.
struct Finding: Sendable, Equatable {
  static let textLength = 1...1000
  static let limit = 30

  let number: Int
  let text: String
  /// The numbers of the evidence.
  let evidence: Set<Int>
}

/// What is asked of a department, with the findings that it rests on and the policy that it is about.
package struct Recommendation: Sendable, Equatable {
  static let textLength = 1...1000
  static let departmentLength = 1...60
  static let limit = 20

  let number: Int
  let text: String
  /// The numbers of the findings.
  let findings: Set<Int>
  /// Nil while it is not said; a report is not complete then.
  let aim: Aim?

  /// - Parameter number: 0 for a new one.
  package init(number: Int, text: String, findings: Set<Int>, aim: Aim?) {
    self.number = number
    self.text = text
    self.findings = findings
    self.aim = aim
  }

  /// What would have to change.
  package enum Aim: Sendable, Equatable {
    /// A policy of the library.
    case policy(PolicyID)
    /// There is no policy yet: who would have to make it.
    case new(PolicyLevel, department: String)

    var policy: PolicyID? { if case .policy(let id) = self { id } else { nil } }
  }
}
