import Database
package import Kernel
import People

extension Campaign {
  /// Whom a campaign is for.
  package enum Audience: String, Sendable, CaseIterable, Storable {
    /// Everybody who lives here: a group-buy.
    case households
    /// Merchants who buy together what they need for their work, so that each pays less: a joint purchase.
    case merchants

    /// Whether orders on this ground belong to such a campaign. A joint purchase takes those of merchants alone, and no
    /// other campaign takes any of them.
    func admits(_ authority: OrderAuthority) -> Bool { (self == .merchants) == (authority == .merchant) }

    /// Where those whom a campaign is for find it.
    func path(of campaign: CampaignID) -> String {
      switch self {
      case .households: "/campaigns/\(campaign)"
      case .merchants: "/joint-purchases/\(campaign)"
      }
    }

    /// What is counted for a minimum.
    var counted: Phrase {
      switch self {
      case .households: Phrase("户", "households")
      case .merchants: Phrase("家商户", "merchants")
      }
    }

    /// To whom a limit applies, and what they are called to themselves: `每户`, `您家`.
    var limited: (each: Phrase, own: String) {
      switch self {
      case .households: (Phrase("每户", "a household"), "您家")
      case .merchants: (Phrase("每家商户", "a merchant"), "您店里")
      }
    }

    /// The link from the desk to the page that they see.
    var view: Phrase {
      switch self {
      case .households: Phrase("看邻居看到的页面", "See what neighbours see")
      case .merchants: Phrase("看商户看到的页面", "See what merchants see")
      }
    }

    /// One of them, as numbers are said in English.
    var one: String {
      switch self {
      case .households: "household"
      case .merchants: "merchant"
      }
    }
  }
}

extension Campaign {
  /// Where those whom it is for find it.
  var path: String { audience.path(of: id) }
}

extension HouseholdID {
  /// In a joint purchase a merchant stands where a household stands elsewhere: minimums, limits and shares count it as
  /// one, whoever of its people orders. Identifiers are never given twice, so it can be taken for nobody's home.
  package static func standing(for merchant: MerchantID) -> HouseholdID {
    HouseholdID(rawValue: merchant.rawValue)
  }
}

extension Order {
  /// The merchant that buys; nil for what households order.
  package var buyer: MerchantID? { authority == .merchant ? MerchantID(rawValue: household.rawValue) : nil }
}

extension OrderRequest {
  /// The merchant that buys; nil for what is asked for a household.
  var buyer: MerchantID? { authority == .merchant ? MerchantID(rawValue: household.rawValue) : nil }

  /// What somebody asks for a merchant in a joint purchase. Whether they may is for the desk to say.
  /// - Throws: as every request.
  package convenience init(
    community: CommunityID, campaign: CampaignID, buyer: MerchantID, person: PersonID, actor: PersonID,
    key: String, command: Command
  ) throws {
    try self.init(
      community: community, campaign: campaign, person: person, household: .standing(for: buyer),
      actor: actor, role: .merchant, authority: .merchant, key: key, command: command)
  }
}

extension OrderRepresentation {
  /// Why somebody may not order for this merchant, or nil. A pure function of what was read.
  /// - Parameter suppliers: whose goods are asked for.
  func refusal(
    of request: OrderRequest, for buyer: MerchantID, from suppliers: Set<MerchantID>
  ) -> Problem? {
    guard request.role == .merchant, merchants[request.actor, default: []].contains(buyer) else {
      return .jointNotYourMerchant
    }
    if suppliers.contains(buyer) { return .jointOwnGoods }
    if case .cancel = request.command { return nil }
    return closedBuyers.contains(buyer) ? .jointMerchantClosed : nil
  }
}

/// What merchants bought of each other, together: for the network of ties.
package struct JointTrade: Sendable, Equatable {
  package let supplier: MerchantID
  package let buyer: MerchantID
  /// When something of it was first handed over.
  package let at: Timestamp
  package let order: OrderID

  package init(supplier: MerchantID, buyer: MerchantID, at: Timestamp, order: OrderID) {
    self.supplier = supplier
    self.buyer = buyer
    self.at = at
    self.order = order
  }
}

extension Problem {
  /// Somebody orders otherwise than the campaign is meant.
  static func notFor(_ audience: Campaign.Audience) -> Problem {
    switch audience {
    case .merchants: .jointForMerchantsAlone
    case .households: .jointNotJoint
    }
  }

  static let jointForMerchantsAlone = Problem(
    "joint_purchase.merchants_only", status: 403,
    Phrase("这次是商户一起进货，只能替商户下单。", "Here merchants buy together: orders are for merchants alone."),
    advice: Phrase(
      "家里要买东西，请看正在开的团购；替商户进货，请从「一起进货」里下单。",
      "For your home, please see the open group-buys; for a merchant, please order under “Buying together”."))

  static let jointNotJoint = Problem(
    "joint_purchase.households_only", status: 403,
    Phrase("这个团购是给邻居的，不能以商户的名义下单。", "This group-buy is for neighbours; merchants cannot order in it."),
    advice: Phrase("商户要进货，请看「一起进货」。", "Merchants find what they can buy under “Buying together”."))

  static let jointNotYourMerchant = Problem(
    "joint_purchase.not_your_merchant", status: 403,
    Phrase("您现在不是这家商户的人，不能替它下单。", "You do not act for this merchant, so you cannot order for it."),
    advice: Phrase(
      "请让店里的人来下单，或请居委会把您登记到这家商户。",
      "Please have one of its people order, or ask the committee to enter you with it."))

  static let jointOwnGoods = Problem(
    "joint_purchase.own_goods", status: 409,
    Phrase("里面有这家商户自己供的货，不能向自己进货。", "Some of it is this merchant's own goods; nobody buys from themselves."),
    advice: Phrase("请把自家的货去掉，再提交。", "Please take your own goods out and send again."))

  static let jointMerchantClosed = Problem(
    "joint_purchase.merchant_closed", status: 409,
    Phrase("这家商户已经停业，不能再进货。", "This merchant has closed and buys nothing any more."),
    advice: Phrase("重新开业请找居委会。", "To open again, please ask the committee."))
}
