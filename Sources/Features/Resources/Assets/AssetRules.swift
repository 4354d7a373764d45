import Kernel
import People

/// Who looks at entries.
enum AssetAudience: Sendable, CaseIterable {
  /// Whoever comes by.
  case everyone
  /// People of the community who are signed in.
  case residents
  case station

  /// What they may see.
  var visibilities: [Asset.Visibility] {
    switch self {
    case .everyone: [.public]
    case .residents: [.public, .residents]
    case .station: [.public, .residents, .station]
    }
  }

  /// Places of these sorts they may know of.
  var placeVisibilities: Set<Place.Visibility> {
    switch self {
    case .everyone: [.everybody]
    case .residents: [.everybody, .residents]
    case .station: Set(Place.Visibility.allCases)
    }
  }
}

/// What the station looks through.
enum AssetState: String, Sendable, CaseIterable {
  case unverified
  case current
  case expiring
  case ended

  var name: Phrase {
    switch self {
    case .unverified: Phrase("等着核实", "To be verified")
    case .current: Phrase("核实过的", "Verified")
    case .expiring: Phrase("快到期的", "Running out soon")
    case .ended: Phrase("到期或撤下的", "Run out or withdrawn")
    }
  }
}

/// What holds of entries whatever the database.
enum AssetRules {
  static let giftTerm = Duration.days(180)
  static let otherTerm = Duration.days(365)
  /// So long before it runs out the holder is reminded.
  static let reminding = Duration.days(14)
  /// So long after its end what persons told is deleted.
  static let keeping = Duration.days(90)
  /// So long after it was asked a question is deleted with its answer.
  static let keepingQuestions = Duration.days(180)
  static let linkLimit = 5
  static let tagLimit = 8

  static func term(_ kind: Asset.Kind) -> Duration { kind == .personGift ? giftTerm : otherTerm }

  static func isOpen(_ asset: Asset, at now: Timestamp) -> Bool {
    asset.withdrawnAt == nil && now < asset.expiresAt
  }

  /// Whether the holder, where that is a person, agrees.
  static func isAgreed(_ terms: AssetTerms, agreed: Set<PersonID>) -> Bool {
    guard terms.isPersonal else { return true }
    return terms.holder?.person.map(agreed.contains) ?? false
  }

  /// Whether these may see it now, in the one sentence that the queries and the gate say together.
  static func isShown(
    _ asset: Asset, to audience: AssetAudience, agreed: Set<PersonID>, at now: Timestamp
  ) -> Bool {
    isOpen(asset, at: now) && audience.visibilities.contains(asset.terms.visibility)
      && (audience == .station || asset.verifiedAt != nil) && isAgreed(asset.terms, agreed: agreed)
  }

  /// Whether the station's word on an entry still holds of what it says now.
  static func staysVerified(_ terms: AssetTerms, changedTo changed: AssetTerms) -> Bool {
    terms.holder == changed.holder && terms.kind == changed.kind
  }

  /// The widest that an entry may be seen: gifts and stories stay among neighbours.
  static func mayBePublic(_ terms: AssetTerms) -> Bool {
    terms.kind != .personGift && terms.kind != .story && !terms.isPersonal
  }

  /// Whether somebody may say that they need it: a story is no help, and nobody needs what is theirs.
  static func mayBeNeeded(_ terms: AssetTerms, by person: PersonID?) -> Bool {
    terms.kind != .story && (person == nil || terms.holder?.person != person)
  }

  /// - Throws: `form.invalid` naming every field that does not go with the others.
  static func check(_ terms: AssetTerms) throws {
    var problems = Problems()
    if terms.kind == .personGift, !terms.isPersonal {
      problems.add("holder", Phrase("本事是一个人的，请写明是谁。", "A gift is a person’s: please say whose."))
    }
    if (terms.kind == .personGift) != (terms.gift != nil) {
      problems.add("gift", Phrase("一个人的本事要选一样，别的不选。", "Choose one for a person’s gift, and none else."))
    }
    if terms.visibility == .public, !mayBePublic(terms) {
      problems.add(
        "visibility", Phrase("本事和故事只给邻居看。", "Gifts and stories are for neighbours alone."))
    }
    if terms.visibility == .private, !terms.isPersonal {
      problems.add("visibility", Phrase("只有个人的可以只给自己看。", "Only a person’s own can be private."))
    }
    try problems.throwIfAny()
  }
}

extension Problem {
  static let assetStale = Problem(
    "resources.asset_stale", status: 409,
    Phrase("刚才有人改过这一条。", "Somebody has just changed this entry."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let assetEnded = Problem(
    "resources.asset_ended", status: 409,
    Phrase("这一条已经撤下了。", "This entry was taken down."),
    advice: Phrase("还想登的话，请重新登一条。", "To offer it again, please write it down anew."))

  static let assetNotAgreed = Problem(
    "resources.asset_not_agreed", status: 409,
    Phrase("本人还没有同意让邻居看到。", "The person has not agreed that neighbours see it."),
    advice: Phrase("请先问本人，把回答记下来。", "Please ask them first and note the answer."))

  /// At the tick of the form, so that it is seen where it is missing.
  static let assetNeedsYes = Problem.invalid([
    FieldProblem("agrees", Phrase("要给邻居看，请先勾选同意。", "To let neighbours see it, please say yes here."))
  ])

  static let assetHolderUnknown = Problem.invalid([
    FieldProblem("holder", Phrase("没有找到。", "There is nobody like that here."))
  ])

  static let assetAnswered = Problem(
    "resources.asset_answered", status: 409,
    Phrase("这个问题已经回过了。", "This question has been answered."))
}
