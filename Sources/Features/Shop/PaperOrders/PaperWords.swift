import Kernel
import Web

/// What is said of orders on paper.
enum PaperWords {
  /// `，留给纸单 12` after what is ordered of an item; nothing where nothing is held back.
  static func held(_ level: StockLevel) -> Phrase {
    level.held == 0 ? Phrase(same: "") : Phrase("，留给纸单 \(level.held)", ", \(level.held) held for paper slips")
  }

  /// Why a slip did not become an order, in one sentence.
  static func conflict(_ conflict: SlipConflict) -> Phrase {
    let (name, code) = (conflict.name, conflict.subject)
    switch conflict.kind {
    case .short: return short(conflict)
    case .priceHigher:
      let (paper, now) = (Money.fen(conflict.wanted).display, Money.fen(conflict.available).display)
      return Phrase(
        "\(code)「\(name.chinese)」涨价了：纸上 \(paper)，现在 \(now)。",
        "\(code) “\(name.english)” costs more now: \(paper) on paper, \(now) today.")
    case .overMost:
      let (total, most) = (Money.fen(conflict.wanted).display, Money.fen(conflict.available).display)
      return Phrase(
        "一共 \(total)，超过了纸上写的最多 \(most)。", "It comes to \(total), more than the \(most) written on the slip.")
    case .unknownItem: return Phrase("没有 \(code) 号商品。", "There is no item \(code).")
    case .unknownSlip: return Phrase("没有 \(code) 这张单子。", "There is no slip \(code).")
    case .late: return Phrase("已过截单时间。", "The cut-off has passed.")
    case .moved: return Phrase("这位邻居已经不住在这一户了。", "This neighbour does not live there any more.")
    case .unreadable, .refused: return name
    }
  }

  private static func short(_ conflict: SlipConflict) -> Phrase {
    let (name, code) = (conflict.name, conflict.subject)
    return conflict.available == 0
      ? Phrase("\(code)「\(name.chinese)」已经没有了。", "\(code) “\(name.english)” is sold out.")
      : Phrase(
        "\(code)「\(name.chinese)」要 \(conflict.wanted) 份，只剩 \(conflict.available) 份。",
        "\(code) “\(name.english)”: \(conflict.wanted) wanted, only \(conflict.available) left.")
  }

  /// What can be done about it.
  static func advice(_ conflict: SlipConflict) -> Phrase? {
    switch conflict.kind {
    case .short, .unknownItem:
      Phrase("改一下数量或编号，或者去掉这一样。", "Change the quantity or the code, or leave it out.")
    case .priceHigher:
      Phrase("请问一问这位邻居：按新价要，还是不要了。", "Ask the neighbour: at the new price, or not at all.")
    case .overMost: Phrase("请和这位邻居商量少买哪一样。", "Agree with the neighbour on what to leave out.")
    case .unknownSlip: Phrase("请再看一眼单号，打错一位也认得出来。", "Please look at the slip's number again.")
    case .late: Phrase("请告诉这位邻居这次没赶上。", "Please tell the neighbour that it was too late this time.")
    case .moved: Phrase("请按现在的住处另印一张单子。", "Please print another slip for where they live now.")
    case .unreadable, .refused: nil
    }
  }

  /// `由 刘晓云 在 11月26日 周四 16:05 录入`
  static func keyed(by name: String, at moment: Timestamp, _ say: Wording) -> String {
    say("\(name) 在 \(say.dateTime(moment)) 录入", "keyed by \(name), \(say.dateTime(moment))")
  }
}
