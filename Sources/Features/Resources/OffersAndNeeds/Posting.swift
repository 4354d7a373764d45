import Kernel
import People

/// Something that somebody offers, or needs. Source: field/socialwork.md §2.11.
struct Posting: Sendable, Equatable {
  let id: PostingID
  let kind: Kind
  /// Whose it is.
  let party: Party
  let terms: PostingTerms
  let state: State
  /// Raised with every change.
  let revision: Int64
  let createdAt: Timestamp
  /// Nil once whoever wrote it is gone.
  let createdBy: PersonID?
  /// In which role: a worker's, where somebody was helped to write it.
  let createdAs: Role
  /// From then on nobody sees it any more.
  let expiresAt: Timestamp

  enum Kind: String, Sendable, CaseIterable {
    case offer
    case need

    var name: Phrase {
      switch self {
      case .offer: Phrase("我能帮", "I can help")
      case .need: Phrase("请人帮忙", "I need help")
      }
    }
  }

  enum State: String, Sendable, CaseIterable {
    case open
    /// Its party took it back.
    case withdrawn
    /// It was met, or given.
    case ended

    var name: Phrase {
      switch self {
      case .open: Phrase("开着", "Open")
      case .withdrawn: Phrase("收回了", "Taken back")
      case .ended: Phrase("办完了", "Settled")
      }
    }
  }

  enum Visibility: String, Sendable, CaseIterable {
    case residents
    case station

    var name: Phrase {
      switch self {
      case .residents: Phrase("邻居都能看", "All neighbours")
      case .station: Phrase("只给服务站看", "The station alone")
      }
    }
  }

  enum Urgency: String, Sendable, CaseIterable {
    case calm
    case soon
    case urgent

    var name: Phrase {
      switch self {
      case .calm: Phrase("不急", "No hurry")
      case .soon: Phrase("这几天", "Within days")
      case .urgent: Phrase("很急", "Urgent")
      }
    }
  }

  enum Mode: String, Sendable, CaseIterable {
    /// Nothing is counted.
    case gift
    /// Hours given are hours that can be asked for.
    case credit

    var name: Phrase {
      switch self {
      case .gift: Phrase("白帮忙", "As a gift")
      case .credit: Phrase("记时间", "Counted in hours")
      }
    }
  }

  enum Tongue: String, Sendable, CaseIterable {
    case mandarin
    case local
    case cantonese
    case english
    case sign

    var name: Phrase {
      switch self {
      case .mandarin: Phrase("普通话", "Mandarin")
      case .local: Phrase("本地话", "The local dialect")
      case .cantonese: Phrase("粤语", "Cantonese")
      case .english: Phrase("英语", "English")
      case .sign: Phrase("手语", "Sign language")
      }
    }
  }

  static func path(_ id: PostingID) -> String { "/neighbour-help/\(id)" }

  /// Whether it counts at a moment.
  func isOpen(at moment: Timestamp) -> Bool { state == .open && moment < expiresAt }
}

/// What is offered or needed: what its form holds.
struct PostingTerms: Sendable, Equatable {
  var category: ResourceCategory
  /// In the words of whoever has or needs it; empty once it was forgotten. Kept encrypted.
  var text: String
  /// How many; nil where it cannot be counted, and is given once.
  var units: Int64?
  /// Of what, such as `次`; empty for nothing.
  var unit: String = ""
  var from: Timestamp
  var to: Timestamp
  var place: PlaceID?
  /// How far from the place; nil for anywhere.
  var radius: Int64?
  /// Empty for any.
  var tongues: Set<Posting.Tongue> = []
  var urgency: Posting.Urgency = .calm
  var visibility: Posting.Visibility = .residents
  var mode: Posting.Mode = .gift
  var asset: AssetID?
}
