import Kernel

/// What may be posted, and how much of it is left.
enum PostingRules {
  static let longest = Duration.days(90)
  static let units: ClosedRange<Int64> = 1...999
  static let metres: ClosedRange<Int64> = 50...20_000
  static let textLength = 2...300

  /// When something ends that is posted now.
  static func expiry(_ terms: PostingTerms, at moment: Timestamp) -> Timestamp {
    min(terms.to, moment + longest)
  }

  /// How much is left of something of which this was taken. What cannot be counted is given once.
  static func left(_ units: Int64?, taken: [Int64]) -> Int64 {
    guard let units else { return taken.isEmpty ? 1 : 0 }
    return max(0, units - taken.reduce(0, +))
  }

  /// How much of an offer goes to a need; 0 where nothing is left of one of them.
  static func share(
    need: Int64?, takenOfNeed: [Int64], offer: Int64?, takenOfOffer: [Int64]
  ) -> Int64 {
    let (wanted, there) = (left(need, taken: takenOfNeed), left(offer, taken: takenOfOffer))
    if wanted == 0 || there == 0 { return 0 }
    // What cannot be counted is enough for all that is wanted.
    guard offer != nil else { return wanted }
    return need == nil ? 1 : min(wanted, there)
  }

  /// What is wrong with posting something about an entry of the map: offers are of what is one's own, needs
  /// of what others have.
  /// - Parameter card: nil where residents do not see it now.
  static func problems(
    of card: AssetCard?, for kind: Posting.Kind, _ category: ResourceCategory, of party: Party
  ) -> [FieldProblem] {
    guard let card else {
      return [FieldProblem("asset", Phrase("这一条现在看不到了。", "This entry is not shown any more."))]
    }
    switch kind {
    case .offer:
      return card.holder == party
        ? [] : [FieldProblem("asset", Phrase("请选这一方自己登的。", "Please choose what this party itself entered."))]
    case .need:
      var problems: [FieldProblem] = []
      if card.holder == party {
        problems.append(FieldProblem("asset", Phrase("这就是自己登的。", "This is your own entry.")))
      }
      if let its = card.category, its != category {
        problems.append(
          FieldProblem(
            "category", Phrase("这一条是“\(its.name.chinese)”。", "This entry is of “\(its.name.english)”.")))
      }
      return problems
    }
  }

  private static let written = Set("零〇一二三四五六七八九幺".unicodeScalars)
  private static let between = Set(" -.·+()（）－–—\u{A0}\u{3000}".unicodeScalars)

  /// Whether a text holds what could be a telephone number, in figures or written out: those are for when
  /// both agreed, never here.
  static func hasNumber(_ text: String) -> Bool {
    var run = 0
    for scalar in text.unicodeScalars {
      if scalar.properties.numericType == .decimal || written.contains(scalar) {
        run += 1
        if run >= 7 { return true }
      } else if !between.contains(scalar) {
        run = 0
      }
    }
    return false
  }
}

extension Problem {
  static let postingStale = Problem(
    "resources.stale", status: 409,
    Phrase("刚才有人改过。", "Somebody has just changed this."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let postingClosed = Problem(
    "resources.posting_closed", status: 409,
    Phrase("这一条已经收回、办完或者过期了。", "This was taken back, is settled, or is over."),
    advice: Phrase("请看看别的。", "Please look for another one."))

  static let offerTaken = Problem(
    "resources.offer_taken", status: 409,
    Phrase("刚刚被别人先约好了。", "Somebody else was just a little faster."),
    advice: Phrase("请看看别的帮忙。", "Please look at other offers."))

  static let matchNotPossible = Problem(
    "resources.match_not_possible", status: 409,
    Phrase("现在不能这样做。", "This cannot be done as it stands."),
    advice: Phrase("请看一下现在到了哪一步。", "Please look at how far it has come."))

  static let matchKnown = Problem(
    "resources.match_known", status: 409,
    Phrase("这两条已经牵过线了。", "These two were brought together before."),
    advice: Phrase("请在“我的互助”里看看。", "Please look among your own."))

  static let matchSelf = Problem(
    "resources.match_self", status: 422,
    Phrase("自己不能和自己牵线。", "Nobody is matched with themselves."),
    advice: Phrase("请选别人的。", "Please choose somebody else’s."))
}
