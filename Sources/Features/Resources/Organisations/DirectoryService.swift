import Kernel
import People

/// What an organisation does for people, as directories list it. Source: field/socialwork.md §2.10, the HSDS map.
struct DirectoryService: Sendable, Equatable {
  let id: DirectoryServiceID
  let organisation: OrganisationID
  let terms: DirectoryServiceTerms
  /// Raised with every change from 0.
  let revision: Int64
  let createdAt: Timestamp
  let changedAt: Timestamp

  /// The words are those of HSDS 3.0.
  enum Status: String, Sendable, CaseIterable {
    case active
    case inactive
    case defunct
    case temporarilyClosed = "temporarily closed"

    var name: Phrase {
      switch self {
      case .active: Phrase("开着", "Open")
      case .inactive: Phrase("暂不提供", "Not given at present")
      case .defunct: Phrase("不再提供", "Given up")
      case .temporarilyClosed: Phrase("临时关闭", "Closed for a time")
      }
    }
  }
}

struct DirectoryServiceTerms: Sendable, Equatable {
  static let ages: ClosedRange<Int64> = 0...120
  static let placeLimit = 20
  static let languageLimit = 8

  var name: Phrase
  var description: Phrase
  var status: DirectoryService.Status = .active
  /// In words; empty where nothing was said.
  var fees = ""
  var eligibility = ""
  var minimumAge: Int64?
  var maximumAge: Int64?
  /// Names of languages as people say them.
  var languages: [String] = []
  var places: Set<PlaceID> = []
  /// When it is open, in words.
  var opening = ""
}
