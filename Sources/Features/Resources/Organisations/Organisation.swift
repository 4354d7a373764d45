package import Kernel
import People

/// A group, office, chamber, association or enterprise that the neighbourhood can count on. Source: paper 5.3.
package struct Organisation: Sendable, Equatable {
  package let id: OrganisationID
  let terms: OrganisationTerms
  let confirmation: Confirmation?
  /// When it ceased to be a part of the network; nil while it is.
  let closedAt: Timestamp?
  /// Raised with every change from 0.
  let revision: Int64
  let createdAt: Timestamp
  let createdBy: Actor
  let changedAt: Timestamp

  package enum Kind: String, Sendable, CaseIterable {
    case community
    case residentsGroup = "residents_group"
    case government
    case chamber
    case association
    case volunteers
    case enterprise

    package var name: Phrase {
      switch self {
      case .community: Phrase("社区", "Community office")
      case .residentsGroup: Phrase("居民小组", "Residents’ group")
      case .government: Phrase("政府部门", "Government office")
      case .chamber: Phrase("商会", "Chamber of commerce")
      case .association: Phrase("协会和社会组织", "Association")
      case .volunteers: Phrase("志愿者队伍", "Volunteers")
      case .enterprise: Phrase("企业和商家", "Enterprise")
      }
    }
  }

  /// Who sees it.
  enum Visibility: String, Sendable, CaseIterable {
    case station
    case residents
    case everybody = "public"

    var name: Phrase {
      switch self {
      case .station: Phrase("只有服务站", "The station alone")
      case .residents: Phrase("登录的居民", "Residents who signed in")
      case .everybody: Phrase("所有人", "Everybody")
      }
    }
  }

  /// That somebody of the station asked whether all of it still holds.
  struct Confirmation: Sendable, Equatable {
    let at: Timestamp
    let by: Actor
    /// From then on nobody outside the station sees it, until it is confirmed anew.
    let expiresAt: Timestamp
  }
}

/// What an organisation is: what its form holds.
struct OrganisationTerms: Sendable, Equatable {
  var kind: Organisation.Kind
  var name: Phrase
  var description: Phrase
  /// The one that everybody may call; empty for none.
  var phone: String
  /// Empty for none.
  var website: String
  var merchant: MerchantID?
  var visibility: Organisation.Visibility
}

extension Organisation {
  /// Where residents find it.
  static func path(_ id: OrganisationID) -> String { "/organisations/\(id)" }

  /// Whether those who may see `audience` see it at this time. The queries ask the same.
  func isShown(to audience: OrganisationAudience, at now: Timestamp) -> Bool {
    guard closedAt == nil, let confirmation, now < confirmation.expiresAt else { return false }
    return audience.visibilities.contains(terms.visibility)
  }
}

/// Who looks, of those outside the station.
enum OrganisationAudience: Sendable, CaseIterable {
  case everybody
  case residents

  var visibilities: [Organisation.Visibility] {
    self == .everybody ? [.everybody] : [.everybody, .residents]
  }
}

/// How long a confirmation holds, and why something cannot be done.
enum OrganisationRules {
  /// A year: longer than that telephones and doors change. Source: field/socialwork.md §2.10, expires_at.
  static let confirmationHolds = Duration.days(365)
  /// Before its end the station is shown that it has to ask again.
  static let askAgainBefore = Duration.days(30)

  static func expiry(confirmedAt now: Timestamp) -> Timestamp { now + confirmationHolds }

  /// Whether the station should ask whether all still holds.
  static func isDue(_ organisation: Organisation, at now: Timestamp) -> Bool {
    guard organisation.closedAt == nil else { return false }
    return organisation.confirmation.map { now >= $0.expiresAt - askAgainBefore } ?? true
  }
}

extension Problem {
  static let organisationStale = Problem(
    "resources.organisation_stale", status: 409,
    Phrase("刚才有人改过这里的内容。", "Somebody has just changed this."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let organisationClosed = Problem(
    "resources.organisation_closed", status: 409,
    Phrase("这家单位已经停用了。", "This organisation is closed."),
    advice: Phrase("需要的话，请另建一条。", "Please enter it anew if it is needed."))
}
