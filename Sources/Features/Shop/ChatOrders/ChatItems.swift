import Kernel

extension ChatItem {
  /// What a campaign offers, as the reader of group-chat lists knows it.
  init(_ entry: DeskItem) {
    let offer = entry.offer
    self.init(
      entry.item.id,
      names: [
        Name(offer.productName.chinese, variant: offer.variantName.chinese),
        Name(offer.productName.english, variant: offer.variantName.english),
      ],
      counters: ChatUnits.counters(of: offer.unit),
      grams: entry.item.weighed?.terms.typicalGrams
        ?? ChatUnits.grams(of: offer.unit, pack: offer.pack.chinese))
  }
}

/// What people count goods in, by the unit in which they are sold.
enum ChatUnits {
  /// Words that mean one of the unit and nothing else.
  static func counters(of unit: Unit) -> Set<String> {
    switch unit {
    case .piece:
      ["个", "只", "条", "块", "枚", "颗", "根", "棵", "尾", "头", "朵", "片", "支", "piece", "pieces", "pc", "pcs"]
    case .bag: ["袋", "bag", "bags"]
    case .box: ["盒", "box", "boxes"]
    case .bottle: ["瓶", "支", "bottle", "bottles"]
    case .bunch: ["把", "扎", "捆", "bunch", "bunches"]
    case .pack: ["包", "pack", "packs"]
    case .crate: ["箱", "crate", "crates"]
    case .jar: ["罐", "jar", "jars"]
    default: []
    }
  }

  /// What one of the unit weighs: measured goods by their measure, packed ones where the pack states it exactly.
  static func grams(of unit: Unit, pack: String) -> Int64? {
    switch unit {
    case .kilogram: 1000
    case .jin: 500
    case .gram: 1
    default: grams(ofPack: pack)
    }
  }

  /// `500 克`, `5 公斤/袋`, `2.5 kg`; nil for `约 500 克`, `30 枚` and whatever else a pack may say.
  private static func grams(ofPack pack: String) -> Int64? {
    let characters = Array(ChatFolding.folded(pack))
    guard !characters.isEmpty, let (amount, length, _) = ChatCounters.amount(in: characters, at: 0),
      case .grams(let grams)? = amount.counter, length == characters.count || characters[length] == "/"
    else { return nil }
    let (whole, rest) = (Int64(amount.thousandths) * grams).quotientAndRemainder(dividingBy: 1000)
    return rest == 0 && whole > 0 ? whole : nil
  }
}
