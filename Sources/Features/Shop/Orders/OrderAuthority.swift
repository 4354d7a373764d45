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
  /// A booking makes the one order under which its visit is paid for.
  case booking(BookingID)
  /// Somebody keys the slip that the household filled in and signed.
  case slip(PaperSlipID)
  /// What a household needs again and again is due.
  case standing(StandingTurnID)
  /// A leader asks, and the household wrote it in the group chat.
  case groupText(ChatLineID)
  /// Somebody of a merchant asks, in a joint purchase: the merchant stands in the household's place.
  case merchant

  /// What the ground is called where it is stored.
  var kind: String {
    switch self {
    case .household: "household"
    case .assisted: "assisted"
    case .booking: "booking"
    case .slip: "slip"
    case .standing: "standing"
    case .groupText: "group_text"
    case .merchant: "merchant"
    }
  }

  /// The ground's own identifier; nil for the household and for a merchant.
  var ground: Int64? {
    switch self {
    case .household, .merchant: nil
    case .assisted(let id): id.rawValue
    case .booking(let id): id.rawValue
    case .slip(let id): id.rawValue
    case .standing(let id): id.rawValue
    case .groupText(let id): id.rawValue
    }
  }

  init?(kind: String, ground: Int64?) {
    switch (kind, ground) {
    case ("household", nil): self = .household
    case ("merchant", nil): self = .merchant
    case ("assisted", let id?): self = .assisted(AssistedOrderID(rawValue: id))
    case ("booking", let id?): self = .booking(BookingID(rawValue: id))
    case ("standing", let id?): self = .standing(StandingTurnID(rawValue: id))
    case ("slip", let id?): self = .slip(PaperSlipID(rawValue: id))
    case ("group_text", let id?): self = .groupText(ChatLineID(rawValue: id))
    default: return nil
    }
  }
}

extension OrderAuthority {
  /// Whether those ask whose order it is, so that no ground had to be made before.
  var isOwn: Bool { self == .household || self == .merchant }

  /// The booking that is the ground; nil for every other.
  var booking: BookingID? {
    if case .booking(let id) = self { id } else { nil }
  }
}

extension Order {
  /// Who placed it for the household; nil where the household did.
  var helper: PersonID? { authority.isOwn || placedBy == person ? nil : placedBy }

  /// Whether this person ordered it, or changed it, as somebody's helper under a mandate, on whatever ground. Who did earns
  /// nothing by it and does not bring it. Source: field/socialwork.md §4.1.
  func isHelped(by person: PersonID) -> Bool { mandateHelper == person }

  /// The booking under which it was placed; nil for goods.
  package var booking: BookingID? { authority.booking }
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

  static let helperIsCarrier = Problem(
    "order.helper_is_carrier", status: 403,
    Phrase(
      "这次团购由您送货，不能再替别人下单。", "You bring the goods of this group-buy, so you cannot order from it for others."),
    advice: Phrase("请让另一位同事来帮这位邻居下单。", "Please ask a colleague to help this neighbour."))

  static let helperIsMerchant = Problem(
    "order.helper_is_merchant", status: 403,
    Phrase(
      "您是其中一家商户的人，不能替别人买自家的东西。", "You belong to one of the merchants, so you cannot buy its goods for others."
    ),
    advice: Phrase("请让另一位同事来帮这位邻居下单。", "Please ask a colleague to help this neighbour."))
}
