import Database
package import Kernel

/// The order slip of one household in one version of a campaign's catalogue: keyed once, by whoever keys it first.
package struct PaperSlip: Sendable, Equatable {
  package let id: PaperSlipID
  package let campaign: CampaignID
  package let catalogue: PaperCatalogueID
  package let household: HouseholdID
  /// Whose order it becomes: who orders for the household.
  package let person: PersonID
  package let code: SlipCode
  /// What became of it; nil while nobody has keyed it.
  package let keyed: Keyed?

  package struct Keyed: Sendable, Equatable {
    package let order: OrderID
    package let by: PersonID
    package let at: Timestamp
  }
}

/// What somebody read off of a slip.
package struct SlipReading: Sendable, Equatable {
  /// Codes of the catalogue, each once, with at least one piece.
  package let lines: [(code: String, quantity: Int64)]
  /// The most that the household wrote it would pay; nil where it wrote nothing.
  package let most: Money?
  /// At most 200 characters.
  package let note: String
  /// Whether the household was asked and agrees to prices that are now higher than on its paper.
  package var acceptsPrices = false

  package init(
    lines: [(code: String, quantity: Int64)], most: Money? = nil, note: String = "",
    acceptsPrices: Bool = false
  ) {
    self.lines = lines
    self.most = most
    self.note = note
    self.acceptsPrices = acceptsPrices
  }

  package static func == (left: SlipReading, right: SlipReading) -> Bool {
    left.lines.elementsEqual(right.lines, by: ==) && left.most == right.most && left.note == right.note
      && left.acceptsPrices == right.acceptsPrices
  }
}

/// Why a slip did not become an order as it was read; a person decides what happens.
package struct SlipConflict: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable, Storable {
    /// Less is left than was wanted: `wanted` and `available` are pieces.
    case short
    /// It costs more than the paper says: `wanted` is the price on paper, `available` the price now, in fen.
    case priceHigher = "price_higher"
    /// The order would cost more than the household wrote: `wanted` is its total, `available` what it wrote, in fen.
    case overMost = "over_most"
    /// No item of the catalogue has this code.
    case unknownItem = "unknown_item"
    /// No slip of the campaign has this code.
    case unknownSlip = "unknown_slip"
    /// The campaign takes no more orders.
    case late
    /// The household does not live there any more.
    case moved
    /// Nothing can be read of what was keyed.
    case unreadable
    /// The order desk refused it; `name` says why.
    case refused
  }

  package let kind: Kind
  /// The code of an item or slip; empty where the whole slip is meant.
  package let subject: String
  /// What the item is called; for `refused` and `unreadable`, why.
  package let name: Phrase
  /// Pieces or fen, as the kind says; 0 where it says nothing.
  package let wanted: Int64
  package let available: Int64

  package init(
    _ kind: Kind, subject: String = "", name: Phrase = Phrase(same: ""), wanted: Int64 = 0,
    available: Int64 = 0
  ) {
    self.kind = kind
    self.subject = subject
    self.name = name
    self.wanted = wanted
    self.available = available
  }
}

/// What became of a slip that was keyed.
package enum SlipOutcome: Sendable {
  case placed(Order)
  /// Somebody keyed it before; nothing was ordered again. `isSame` says whether both read the same.
  case already(PaperSlip.Keyed, isSame: Bool)
  case conflict([SlipConflict])
}

extension PaperSheet {
  /// What stands between a reading and an order, all of it at once; a pure function of what was read.
  /// - Throws: `money.overflow`.
  func conflicts(with reading: SlipReading) throws -> [SlipConflict] {
    var conflicts: [SlipConflict] = []
    var gross = Money.zero
    for line in reading.lines {
      guard let item = item(line.code) else {
        conflicts.append(SlipConflict(.unknownItem, subject: line.code, wanted: line.quantity))
        continue
      }
      if item.livePrice > item.price, !reading.acceptsPrices {
        conflicts.append(
          SlipConflict(
            .priceHigher, subject: item.code, name: item.name, wanted: item.price.minorUnits,
            available: item.livePrice.minorUnits))
      }
      if let available = available(item), available < line.quantity {
        conflicts.append(
          SlipConflict(
            .short, subject: item.code, name: item.name, wanted: line.quantity, available: available))
      }
      gross = try gross.adding(item.desk.item.expectedAmount(of: line.quantity))
    }
    let total = try DiscountedSum(gross, campaign.discountSteps).total
    if let most = reading.most, total > most {
      conflicts.append(SlipConflict(.overMost, wanted: total.minorUnits, available: most.minorUnits))
    }
    return conflicts
  }

  /// What a person may start from when a conflict is settled, in the keypad's notation: what can be had of it, and the most
  /// that the household wrote. Text that cannot be read stays as it is, so that nothing of it is left out unseen.
  func suggestion(for text: String) -> String {
    let notation = PaperNotation(text)
    guard notation.problems.fields.isEmpty else { return text }
    let reading = SlipReading(notation, note: "")
    let lines = feasible(reading).map { "\($0.code) \($0.quantity)" }
    return (lines + (reading.most.map { ["0 \($0.decimal)"] } ?? [])).joined(separator: "\n")
  }

  /// The same reading with what can be had.
  private func feasible(_ reading: SlipReading) -> [(code: String, quantity: Int64)] {
    reading.lines.compactMap { line in
      guard let item = item(line.code) else { return nil }
      let quantity = min(line.quantity, available(item) ?? line.quantity)
      return quantity > 0 ? (line.code, quantity) : nil
    }
  }
}
