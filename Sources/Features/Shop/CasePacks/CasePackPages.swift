import Kernel
import Web

/// What pages show of goods that are bought by the case.
enum CasePackPages {
  /// What a case holds and how far it has come; nothing for goods by the piece.
  static func standing(_ entry: ShelfItem, of campaign: Campaign, _ say: Wording) -> HTML {
    guard let words = standingWords(entry, of: campaign) else { return .empty }
    return """
      <p class="hint">\(say(CaseWords.caseSize(entry.item.caseSize))) · \
      <strong data-live="\(LiveFigure.name(ofCases: entry.item.id))">\(say(words))</strong></p>
      """
  }

  static func standingWords(_ entry: ShelfItem, of campaign: Campaign) -> Phrase? {
    entry.caseDemand.map { CaseWords.standing($0, entry.item, of: campaign) }
  }

  /// The same for the leader, with what is wanted and tolerated; nothing for goods by the piece.
  static func standing(_ entry: DeskItem, of campaign: Campaign, _ say: Wording) -> HTML {
    guard let demand = entry.caseDemand else { return .empty }
    let standing = campaign.isDraft ? nil : CaseWords.standing(demand, entry.item, of: campaign)
    let tolerated =
      demand.tolerated > 0
      ? " · "
        + say(
          "要 \(demand.wanted)，可多要 \(demand.tolerated)",
          "\(demand.wanted) wanted, up to \(demand.tolerated) more")
      : ""
    return """
      <p class="hint">\(say(CaseWords.caseSize(entry.item.caseSize)))\(standing.map { " · " + say($0) } ?? "")\(tolerated)</p>
      """
  }

  /// The leader's choice whether to buy an item by the case; not offered for goods by weight or without a case size,
  /// unless it was ticked and is to be corrected.
  static func choice(_ parts: FormParts, _ state: FormState, caseSize: Int64, isWeighed: Bool) -> HTML {
    let isPossible = caseSize > 1 && !isWeighed
    guard isPossible || state.has(CaseOffer.field, "on") else { return .empty }
    let hint = Phrase(
      "一箱 \(caseSize) 份。截单时凑满几箱就进几箱，邻居可以写明愿意多要几份来凑箱。",
      "\(caseSize) to a case. At the cut-off only whole cases are bought; neighbours can say how many more they would take to fill one."
    )
    return parts.checkbox(
      CaseOffer.field, Phrase("整箱进货", "Bought by the case"), hint: isPossible ? hint : nil)
  }

  /// Where the figures of these items come from while the page is looked at; the first page of the shelf that has one.
  static func liveSource(_ items: [ShelfItem], of campaign: CampaignID) -> String? {
    items.filter { $0.caseDemand != nil }.map(\.item.position).min()
      .map { "/campaigns/\(campaign)/live?after=\($0 - 1)" }
  }

  /// The whole amount that could be owed, beneath the total; nothing where nobody tolerates anything.
  static func most(_ most: Money?, _ total: Money?, _ say: Wording) -> HTML {
    guard let most, let total, most > total else { return .empty }
    return "<p class=\"hint\">\(say(CaseWords.most(most)))</p>"
  }

  /// How the cases of a campaign were filled, turn by turn.
  static func report(_ report: CaseReport, _ say: Wording) -> HTML {
    let size = report.item.caseSize
    let bought =
      CaseWords.whole(report.purchase.units, of: size).map { say($0) } ?? say("没凑成整箱", "No case was filled")
    let rows = report.turns.map { turn -> [HTML] in
      let number = OrderNumber.text(turn.number)
      return [
        turn.isOwn ? "<strong>\(number)</strong>" : "\(number)", "\(say.dateTime(turn.claim.placedAt))",
        "\(turn.claim.quantity) → \(turn.share.wanted)", "\(turn.claim.tolerance) → \(turn.share.extra)",
      ]
    }
    let table = PageParts.table(
      caption: say(report.name),
      columns: [
        TableColumn(say("订单", "Order")), TableColumn(say("什么时候说的", "Said at")),
        TableColumn(say("要的 → 分到", "Wanted → got"), isNumeric: true),
        TableColumn(say("可多要 → 分到", "Would take → got"), isNumeric: true),
      ], rows: rows)
    let minimum: HTML =
      report.item.minimumQuantity > 0
      ? " · \(say("起订 \(report.item.minimumQuantity) 份", "minimum order \(report.item.minimumQuantity)"))"
      : .empty
    return """
      <section class="card"><h2>\(say("凑箱：", "Cases: "))\(say(report.name))</h2>\
      <p>\(say(CaseWords.caseSize(size)))\(minimum) · <strong>\(bought)</strong></p>\
      <p>\(say(CaseWords.orderNote))</p>\(table)</section>
      """
  }
}

/// The field in which a household says how many more it would take to fill a case.
struct ToleranceField {
  let item: CampaignItemID
  let name: String
  let unit: Unit
  let typed: String
  let problem: Phrase?
  /// What a case holds and how far it has come, with the figure that may change.
  let standing: HTML
  /// What the line could come to at most; nil where nothing is tolerated.
  let most: Phrase?

  static func field(_ item: CampaignItemID) -> String { "tolerance-\(item)" }

  /// The field of one item; nil for goods by the piece.
  /// - Parameters:
  ///   - quantity: what stands in the field of what is wanted.
  ///   - typed: what stands in this one.
  init?(
    _ entry: ShelfItem, of campaign: Campaign, quantity: String, typed: String, problem: Phrase?,
    _ say: Wording
  ) {
    guard entry.caseDemand != nil else { return nil }
    item = entry.item.id
    name = say(entry.name)
    unit = entry.unit
    self.typed = typed
    self.problem = problem
    standing = CasePackPages.standing(entry, of: campaign, say)
    let pieces = CaseForm.pieces(quantity, typed)
    most =
      pieces.tolerated > 0
      ? (try? entry.item.expectedAmount(of: pieces.all)).map { CaseWords.most(pieces.all, entry.unit, $0) }
      : nil
  }

  func html(_ say: Wording) -> HTML {
    let field = Self.field(item)
    let error: HTML =
      problem.map {
        "<p class=\"error\" id=\"field-\(field)-error\"><span aria-hidden=\"true\">⚠ </span>\(say($0))</p>"
      } ?? .empty
    let most: HTML = most.map { "<p class=\"hint\">\(say($0))</p>" } ?? .empty
    return """
      \(standing)\(error)<p class="quantity"><label for="field-\(field)"><span class="visually-hidden">\(name)</span>\
      \(say("如果能凑成一箱，还可以多要", "To fill a case, I would take up to this many more"))</label>\
      <input id="field-\(field)" name="\(field)" type="text" inputmode="numeric" maxlength="3" value="\(typed)"\
      \(attribute: "aria-describedby", problem.map { _ in "field-\(field)-error" })\
      \(attribute: "aria-invalid", problem.map { _ in "true" })> <span class="muted">\(say(unit.name))</span></p>\(most)
      """
  }
}
