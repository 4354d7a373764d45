package import Kernel
import People

/// Something or somebody good that the neighbourhood already has. Source: field/socialwork.md §2.10.
package struct Asset: Sendable, Equatable {
  package let id: AssetID
  let terms: AssetTerms
  let source: Source
  /// The one thing of the source that it comes of; nil for what somebody wrote down here.
  let sourceID: Int64?
  /// Raised with every change from 0, so that stale forms are refused.
  let revision: Int64
  let createdAt: Timestamp
  let createdBy: Actor
  /// Nil until the station made sure of it.
  let verifiedAt: Timestamp?
  let verifiedBy: Actor?
  /// From then on it is seen nowhere, unless somebody says before that it still holds.
  let expiresAt: Timestamp
  let withdrawnAt: Timestamp?

  package enum Kind: String, Sendable, CaseIterable {
    case personGift = "person_gift"
    case association
    case institution
    case place
    case exchange
    case story

    package var name: Phrase {
      switch self {
      case .personGift: Phrase("身边的本事", "Gifts of neighbours")
      case .association: Phrase("居民团队", "Groups of residents")
      case .institution: Phrase("单位和机构", "Offices and institutions")
      case .place: Phrase("好去处", "Places")
      case .exchange: Phrase("买卖和互换", "Trade and exchange")
      case .story: Phrase("老故事", "Stories")
      }
    }
  }

  /// What a gift is of. Source: ABCD practice, field/socialwork.md §2.10.
  enum Gift: String, Sendable, CaseIterable {
    case head
    case hand
    case heart

    var name: Phrase {
      switch self {
      case .head: Phrase("懂的（知识、语言、办事）", "Head: what I know")
      case .hand: Phrase("会做的（手艺、修理、做饭）", "Hand: what I can do")
      case .heart: Phrase("热心的（陪人、组织、照应）", "Heart: what I care about")
      }
    }
  }

  enum Visibility: String, Sendable, CaseIterable {
    /// The holder alone.
    case `private`
    case station
    /// Everybody of the community who is signed in, and the sheet on its wall.
    case residents
    case `public`

    var name: Phrase {
      switch self {
      case .private: Phrase("只有自己", "The holder alone")
      case .station: Phrase("只有服务站", "The station alone")
      case .residents: Phrase("登录了的邻居", "Neighbours who are signed in")
      case .public: Phrase("所有人", "Everybody")
      }
    }
  }

  /// How a question reaches the holder. Numbers and doors are never shown.
  enum Contact: String, Sendable, CaseIterable {
    case station
    case message

    var name: Phrase {
      switch self {
      case .station: Phrase("服务站转达", "Through the station")
      case .message: Phrase("站内消息转达", "Through a message here")
      }
    }
  }

  package enum Source: String, Sendable, CaseIterable {
    case own
    case desk
    case merchantSignUp = "merchant_sign_up"
    case survey
    case visit
    case groupWork = "group_work"

    package var name: Phrase {
      switch self {
      case .own: Phrase("自己登的", "By the holder")
      case .desk: Phrase("服务站登的", "By the station")
      case .merchantSignUp: Phrase("商户报名", "A merchant signed up")
      case .survey: Phrase("问卷", "A survey")
      // One name for both: whoever reads the desk's list does not learn who is worked with, and how.
      case .visit, .groupWork: Phrase("社工听来的", "Heard by a social worker")
      }
    }
  }

  static func path(_ id: AssetID) -> String { "/assets/\(id)" }
}

/// What an entry says: what its form holds. The description is kept apart and sealed.
package struct AssetTerms: Sendable, Equatable {
  var kind: Asset.Kind
  /// Of a person's gift alone.
  var gift: Asset.Gift?
  var isTaught = false
  var name: Phrase
  var category: ResourceCategory?
  var holder: Party?
  var tags: [String] = []
  var place: PlaceID?
  var placeWords = ""
  var availability = AssetAvailability()
  /// How many it is for; nil where that does not matter.
  var capacity: Int64?
  var conditions = ""
  var contact = Asset.Contact.station
  var visibility = Asset.Visibility.residents
  /// Pages of ours that say more: a policy, a service, a product.
  var links: [String] = []

  /// Whether what is said of it is somebody's own, who has to agree that others see it.
  var isPersonal: Bool { holder?.kind == .person }

  /// The same entry in the words of another: whose it is, what it is, where and for whom stays as it was.
  func reworded(as other: AssetTerms) -> AssetTerms {
    var terms = other
    (terms.kind, terms.holder, terms.visibility) = (kind, holder, visibility)
    (terms.place, terms.links) = (place, links)
    if kind != .personGift { (terms.gift, terms.isTaught) = (nil, false) }
    return terms
  }
}

/// When something can be had: in words, and where it is simple on which days from when till when.
struct AssetAvailability: Sendable, Equatable {
  var words = ""
  /// 1 is Monday; empty for any.
  var weekdays: Set<Int> = []
  /// Minutes of the day; nil for any.
  var minutes: Range<Int64>?

  static let dayNames: [Phrase] = [
    Phrase("周一", "Monday"), Phrase("周二", "Tuesday"), Phrase("周三", "Wednesday"),
    Phrase("周四", "Thursday"), Phrase("周五", "Friday"), Phrase("周六", "Saturday"), Phrase("周日", "Sunday"),
  ]
}

/// An entry in a few words, for other capabilities.
package struct AssetCard: Sendable, Equatable {
  package let id: AssetID
  package let kind: Asset.Kind
  package let name: Phrase
  package let category: ResourceCategory?
  package let holder: Party?
  package let place: PlaceID?
  package let placeWords: String
  package let expiresAt: Timestamp

  package init(
    id: AssetID, kind: Asset.Kind, name: Phrase, category: ResourceCategory?, holder: Party?,
    place: PlaceID?, placeWords: String, expiresAt: Timestamp
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.category = category
    self.holder = holder
    self.place = place
    self.placeWords = placeWords
    self.expiresAt = expiresAt
  }

  init(_ asset: Asset) {
    self.init(
      id: asset.id, kind: asset.terms.kind, name: asset.terms.name, category: asset.terms.category,
      holder: asset.terms.holder, place: asset.terms.place, placeWords: asset.terms.placeWords,
      expiresAt: asset.expiresAt)
  }
}

/// What another feature learnt of something that the neighbourhood has: the station looks at it before anybody else does.
package struct AssetProposal: Sendable, Equatable {
  package let source: Asset.Source
  /// What it comes of; with the source it is kept once. Nil where nothing may lead back there.
  package let sourceID: Int64?
  package let kind: Asset.Kind
  package let name: Phrase
  package let description: String
  package let category: ResourceCategory?
  package let holder: Party?
  package let placeWords: String
  /// When it can be had, in the holder's words.
  package let timeWords: String

  package init(
    source: Asset.Source, sourceID: Int64?, kind: Asset.Kind, name: Phrase, description: String = "",
    category: ResourceCategory? = nil, holder: Party? = nil, placeWords: String = "", timeWords: String = ""
  ) {
    self.source = source
    self.sourceID = sourceID
    self.kind = kind
    self.name = name
    self.description = description
    self.category = category
    self.holder = holder
    self.placeWords = placeWords
    self.timeWords = timeWords
  }
}
