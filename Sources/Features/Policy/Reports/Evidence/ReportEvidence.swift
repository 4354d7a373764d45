import Kernel
import People
import Security

/// One piece that a report rests on, under its number: E1, E2 …
struct ReportEvidence: Sendable, Equatable {
  static let limit = 20

  let number: Int
  let content: Content
  let chosenAt: Timestamp
  let chosenBy: Actor

  enum Content: Sendable, Equatable {
    /// A table as it was when it was chosen.
    ///
    /// - Parameters:
    ///   - source: the source's code.
    ///   - code: what names it there.
    case table(source: String, code: String, FrozenEvidence)
    /// Words of a person; shown where their source still hands them out.
    case quote(code: String)
  }

  var table: FrozenEvidence? { if case .table(_, _, let frozen) = content { frozen } else { nil } }
  var quote: String? { if case .quote(let code) = content { code } else { nil } }

  /// What the digest of a report is made of: of a quote its place alone, since its words may go.
  var digest: Digest {
    switch content {
    case .table(let source, let code, let frozen):
      Digest(domain: 71, fields: [Array(source.utf8), Array(code.utf8), Array(frozen.text.utf8)])
    case .quote(let code): Digest(domain: 72, fields: [Array(code.utf8)])
    }
  }

  /// Over all evidence, in the order of its numbers.
  static func digest(of all: [ReportEvidence]) -> Digest {
    Digest(domain: 73, fields: all.sorted { $0.number < $1.number }.map { $0.digest.bytes })
  }
}
