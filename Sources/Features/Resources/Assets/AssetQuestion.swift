import Kernel
import People

enum AssetQuestionKind {}
typealias AssetQuestionID = Identifier<AssetQuestionKind>

/// What a neighbour would like to know of an entry, passed on without anybody's number.
struct AssetQuestion: Sendable, Equatable {
  let id: AssetQuestionID
  let asset: AssetID
  let asker: PersonID
  /// The person or merchant who gets it; nil for the station.
  let receiver: Party?
  let text: String
  let askedAt: Timestamp
  let answer: String?
  let answeredAt: Timestamp?
}
