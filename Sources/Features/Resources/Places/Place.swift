import Kernel
import People

/// Somewhere in the neighbourhood: a building, a storeroom, a shop, a pickup point, a yard or a room.
/// Source: field/socialwork.md §2.11.
struct Place: Sendable, Equatable {
  let id: PlaceID
  let terms: PlaceTerms
  let revision: Int64
  /// When somebody last made sure that all of this is true; when it was entered where nobody has yet.
  let confirmedAt: Timestamp
  /// From then on it is not shown until somebody confirms it.
  let expiresAt: Timestamp
  /// Nil for a place that there is.
  let closedAt: Timestamp?
  let createdAt: Timestamp
  let createdBy: Actor
  let changedAt: Timestamp

  /// What somebody confirmed counts for a year.
  static let confirmedFor = Duration.days(365)

  enum Kind: String, Sendable, CaseIterable {
    case building
    case pickupPoint = "pickup_point"
    case storeroom
    case shop
    case venue
    case openSpace = "open_space"
    case office

    var name: Phrase {
      switch self {
      case .building: Phrase("楼栋", "Building")
      case .pickupPoint: Phrase("提货点", "Pickup point")
      case .storeroom: Phrase("储藏室", "Storeroom")
      case .shop: Phrase("店铺", "Shop")
      case .venue: Phrase("活动室", "Room for meetings")
      case .openSpace: Phrase("户外空地", "Open space")
      case .office: Phrase("办公室", "Office")
      }
    }

    /// What stands for it on a map, beside its colour and pattern.
    var letter: String {
      switch self {
      case .building: "B"
      case .pickupPoint: "P"
      case .storeroom: "K"
      case .shop: "S"
      case .venue: "V"
      case .openSpace: "Y"
      case .office: "F"
      }
    }
  }

  /// Who may know of it.
  enum Visibility: String, Sendable, CaseIterable {
    case everybody = "public"
    case residents
    case station

    var name: Phrase {
      switch self {
      case .everybody: Phrase("所有人", "Everybody")
      case .residents: Phrase("登录的居民", "Residents who signed in")
      case .station: Phrase("服务站自己", "The station alone")
      }
    }
  }

  /// Whether somebody ever vouched for it; what was taken from the plan waits for that.
  var isConfirmed: Bool { expiresAt > confirmedAt }

  /// Whether it can be used and somebody vouched for it lately.
  func isCurrent(at now: Timestamp) -> Bool { closedAt == nil && expiresAt > now }

  func card(at now: Timestamp) -> PlaceCard {
    PlaceCard(
      id: id, kind: terms.kind, name: terms.name, address: terms.address, position: terms.position,
      planPoint: terms.shape?.centre, hours: terms.hours,
      isPublic: terms.visibility == .everybody && isCurrent(at: now),
      keeperOrganisation: terms.keeperOrganisation)
  }
}

/// What a place is: what its form holds.
struct PlaceTerms: Sendable, Equatable {
  var kind: Place.Kind
  var name: Phrase
  var address: String
  var description: String = ""
  var hours: OpeningHours = .none
  /// The group that has the key; nil for none.
  var keeperOrganisation: OrganisationID?
  /// The member of staff who answers for it; nil for nobody.
  var keeper: PersonID?
  /// The number of an office or a shop, never somebody's own; empty for none.
  var phone: String = ""
  /// Whether a wheelchair gets in; nil where nobody looked.
  var isStepFree: Bool?
  var visibility: Place.Visibility = .residents
  var position: GeoPosition?
  /// Where it lies on the plan of the neighbourhood; nil where it is not drawn.
  var shape: PlanShape?
}

/// What others show of a place.
struct PlaceCard: Sendable, Equatable {
  let id: PlaceID
  let kind: Place.Kind
  let name: Phrase
  let address: String
  let position: GeoPosition?
  /// Its centre on the plan of the neighbourhood, in metres.
  let planPoint: PlanPoint?
  let hours: OpeningHours
  let isPublic: Bool
  let keeperOrganisation: OrganisationID?
}
