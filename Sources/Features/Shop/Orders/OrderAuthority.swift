import Kernel

/// On what ground somebody asks something of the order desk.
///
/// The household needs none. Whoever acts for a household brings a ground that was made before: something that the
/// household itself said, that names this order alone, and that is used once. The desk reads the ground in the
/// transaction in which it decides, so what was withdrawn a moment ago does not count any more.
package enum OrderAuthority: Sendable, Hashable {
  /// Somebody of the household asks.
  case household
  /// A helper asks, and the person whose order it is confirmed exactly this.
  case assisted(AssistedOrderID)
  /// A leader asks, and the household wrote it in the group chat.
  case groupText(ChatLineID)

  /// What the ground is called where it is stored.
  var kind: String {
    switch self {
    case .household: "household"
    case .assisted: "assisted"
    case .groupText: "group_text"
    }
  }

  /// The ground's own identifier; nil for the household.
  var ground: Int64? {
    switch self {
    case .household: nil
    case .assisted(let id): id.rawValue
    case .groupText(let id): id.rawValue
    }
  }

  init?(kind: String, ground: Int64?) {
    switch (kind, ground) {
    case ("household", nil): self = .household
    case ("assisted", let id?): self = .assisted(AssistedOrderID(rawValue: id))
    case ("group_text", let id?): self = .groupText(ChatLineID(rawValue: id))
    default: return nil
    }
  }
}

/// What a ground allows: this order of this household, asked by whom it names.
struct OrderGround: Sendable, Equatable {
  let person: PersonID
  let household: HouseholdID
  let campaign: CampaignID
  /// Who may use it; nil where the ground itself is what counts and not who brings it.
  let helper: PersonID?
  /// The digest of the only request that it allows; nil where the ground does not say what is ordered.
  let digest: [UInt8]?
  /// False once it was used, ran out, or was withdrawn.
  let isOpen: Bool
}

/// What the desk knows of those who act for others when it decides.
struct OrderRepresentation: Sendable {
  /// The households of those who act for somebody else.
  var households: [PersonID: HouseholdID] = [:]
  /// The merchants that they belong to.
  var merchants: [PersonID: Set<MerchantID>] = [:]
  var grounds: [OrderAuthority: OrderGround] = [:]

  /// Why a request may not be made by whoever makes it, or nil. A pure function of what was read.
  func refusal(of request: OrderRequest, from merchants: Set<MerchantID>) -> Problem? {
    guard request.authority != .household else {
      return request.actor == request.person || households[request.actor] == request.household
        ? nil : .orderNeedsAuthority
    }
    guard let ground = grounds[request.authority], ground.person == request.person,
      ground.household == request.household, ground.campaign == request.campaign,
      ground.helper == nil || ground.helper == request.actor,
      ground.digest == nil || ground.digest == request.digest
    else { return .orderNeedsAuthority }
    guard ground.isOpen else { return .orderAuthorityUsed }
    guard self.merchants[request.actor, default: []].isDisjoint(with: merchants) else {
      return .helperIsMerchant
    }
    return nil
  }

  /// A ground serves once, within one batch too.
  mutating func use(_ authority: OrderAuthority) {
    guard let ground = grounds[authority] else { return }
    grounds[authority] = OrderGround(
      person: ground.person, household: ground.household, campaign: ground.campaign, helper: ground.helper,
      digest: ground.digest, isOpen: false)
  }
}

extension Order {
  /// Whether a helper placed it under a mandate. Source: field/socialwork.md §4.1: whoever helps earns nothing by it.
  package var isAssisted: Bool {
    if case .assisted = authority { true } else { false }
  }
}

extension Problem {
  static let orderNeedsAuthority = Problem(
    "order.authority_needed", status: 403,
    Phrase("没有本人的委托和确认，不能替别人下单。", "Nobody can order for someone else without their word."),
    advice: Phrase(
      "请先请本人确认这一单，或用本人填好的纸单。", "Please have the person confirm this order, or use the slip they filled in."))

  static let orderAuthorityUsed = Problem(
    "order.authority_used", status: 409,
    Phrase("这份确认已经用过，或者已经失效。", "This confirmation was used already, or has ended."),
    advice: Phrase(
      "请看看是不是已经下过单了；需要的话请本人再确认一次。",
      "Please see whether the order is there; if not, ask the person to confirm again."))

  static let helperIsMerchant = Problem(
    "order.helper_is_merchant", status: 403,
    Phrase(
      "您是其中一家商户的人，不能替别人买自家的东西。", "You belong to one of the merchants, so you cannot buy its goods for others."
    ),
    advice: Phrase("请让另一位同事来帮这位邻居下单。", "Please ask a colleague to help this neighbour."))
}
