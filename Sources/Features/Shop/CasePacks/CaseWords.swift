import Kernel
import Web

/// How goods that are bought by the case are said: what a case holds, what is still missing, what came of it.
enum CaseWords {
  /// `整箱进货，12 份一箱`.
  static func caseSize(_ size: Int64) -> Phrase {
    Phrase("整箱进货，\(size) 份一箱", "Bought by the case of \(size)")
  }

  /// How far the case has come: what is missing while orders are taken, and what was bought once they are not.
  ///
  /// - Parameter campaign: that offers the item.
  static func standing(_ demand: CasePack.Demand, _ item: CampaignItem, of campaign: Campaign) -> Phrase {
    let marks = campaign.marks
    if marks.failedAt != nil || marks.cancelledAt != nil { return Phrase("没有进货", "Nothing was bought") }
    let decision = CasePack.decision(on: demand, terms: item.caseTerms)
    if marks.closedAt != nil {
      return decision.cases > 0
        ? Phrase("买了 \(decision.cases) 箱", bought(decision.cases))
        : Phrase("没凑成整箱", "No case was filled")
    }
    let filled = decision.cases > 0 ? filled(decision.cases) : nil
    guard let missing = decision.missing else {
      return filled ?? Phrase("还没有人订", "Nobody has ordered it yet")
    }
    let text = missing.text
    return filled.map { Phrase("\($0.chinese)，\(text.chinese)", "\($0.english), \(text.english)") } ?? text
  }

  private static func filled(_ cases: Int64) -> Phrase {
    Phrase("已凑满 \(cases) 箱", "\(count(cases)) filled")
  }

  private static func bought(_ cases: Int64) -> String { "\(count(cases)) bought" }

  private static func count(_ cases: Int64) -> String { cases == 1 ? "1 case" : "\(cases) cases" }

  /// `3 箱 × 12 = 36 份`; nil where the pieces are not whole cases.
  static func whole(_ units: Int64, of size: Int64) -> Phrase? {
    guard size > 1, units > 0, units % size == 0 else { return nil }
    let cases = units / size
    return Phrase("\(cases) 箱 × \(size) = \(units) 份", "\(count(cases)) × \(size) = \(units)")
  }

  /// How a merchant packs what was ordered of an item.
  static func packed(_ item: ListItem) -> Phrase {
    if item.isByTheCase, let whole = whole(item.ordered, of: item.caseSize) { return whole }
    guard item.caseSize > 1 else { return Phrase("散装", "loose") }
    let cases = item.cases
    return Phrase("\(cases.whole) 箱 + \(cases.loose) 散", "\(cases.whole) cases + \(cases.loose) loose")
  }

  /// What one line could come to at most, beside what is wanted; nil where nothing is tolerated.
  ///
  /// - Parameters:
  ///   - pieces: wanted and tolerated together.
  ///   - amount: for all of them.
  static func most(_ pieces: Int64, _ unit: Unit, _ amount: Money) -> Phrase {
    Phrase(
      "凑成箱的话最多 \(pieces) \(unit.name.chinese)，最多 \(amount.display)",
      "If a case fills: at most \(pieces), at most \(amount.display)")
  }

  /// What all lines could come to at most.
  static func most(_ amount: Money) -> Phrase {
    Phrase("凑成箱的话最多 \(amount.display)", "At most \(amount.display) if a case fills")
  }

  /// Why a line holds another number than was ordered, or may come to hold one; nil where there is nothing to say.
  static func standing(_ line: OrderLine) -> Phrase? {
    guard let wanted = line.wanted else {
      guard line.openTolerance > 0 else { return nil }
      return Phrase("凑箱可多要 \(line.tolerance)", "up to \(line.tolerance) more to fill a case")
    }
    if line.quantity == 0 {
      return Phrase("订了 \(wanted)，没凑成整箱", "\(wanted) ordered; the case was not filled")
    }
    let isShort = line.due != line.quantity
    let short = isShort ? Phrase("，没到齐", "; fewer supplied") : Phrase(same: "")
    guard line.quantity != wanted else {
      return isShort ? Phrase("订了 \(wanted)\(short.chinese)", "\(wanted) ordered\(short.english)") : nil
    }
    return Phrase(
      "订了 \(wanted)，凑箱后是 \(line.quantity)\(short.chinese)",
      "\(wanted) ordered, \(line.quantity) once cases were filled\(short.english)")
  }

  /// Said where less came of such goods than was bought.
  static let arrivalNote = Phrase(
    "这一样是整箱进的：先按上面的规则分大家要的，还有剩的，再按先后分凑箱多要的。",
    "This was bought by the case: first what everybody wanted is shared by the rule above, then what was taken along to fill a case, in the order of time."
  )

  /// Said once where goods by the case are ordered.
  static let orderNote = Phrase(
    "整箱进货的东西，截单时凑满几箱就进几箱：按下单先后，先满足大家要的，再分愿意多要的；没凑成箱的部分不进货，也不收钱。",
    "Goods by the case are bought in whole cases at the cut-off: in the order of time, first what everybody wants, then what people would take beyond that. What fills no case is not bought and not charged."
  )
}
