import Kernel
import People

/// What is asked about doubtful lines, and how the answers are called.
struct ChatOrderWords {
  let items: [DeskItem]

  /// `散养鸡蛋 × 2、河虾 × 1`.
  func wishes(_ wishes: [ChatWish]) -> Phrase {
    let named = wishes.filter { items.indices.contains($0.item) }.map { wish in
      let name = items[wish.item].offer.name
      return Phrase("\(name.chinese) × \(wish.quantity)", "\(name.english) × \(wish.quantity)")
    }
    return Phrase(
      named.map(\.chinese).joined(separator: "、"), named.map(\.english).joined(separator: ", "))
  }

  static func door(_ door: ChatDoor) -> Phrase {
    let building = Door.buildingName(door.building)
    if door.unit.isEmpty {
      return Phrase("\(building.chinese) \(door.room)", "\(building.english), Room \(door.room)")
    }
    return Phrase(
      "\(building.chinese) \(door.unit)单元 \(door.room)",
      "\(building.english), Unit \(door.unit), Room \(door.room)")
  }

  func answer(_ answer: ChatQuestion.Answer) -> Phrase {
    switch answer {
    case .wishes(let asked): wishes(asked)
    case .ignore: Phrase("不用管这几个字", "Ignore these words")
    case .door(let door): Self.door(door)
    case .cancel: Phrase("整单取消", "Cancel all of it")
    case .besides: Phrase("这单也要", "Order this as well")
    case .leaveOut: Phrase("这行不算", "Leave this line out")
    }
  }

  static func question(_ question: ChatQuestion) -> Phrase {
    let said = question.fragment
    switch question.kind {
    case .item: return Phrase("「\(said)」是哪一样？", "Which item is “\(said)”?")
    case .unread: return Phrase("「\(said)」没看懂，要紧吗？", "“\(said)” could not be read. Does it matter?")
    case .quantity: return Phrase("「\(said)」的数量看不准。", "How many is not clear in “\(said)”.")
    case .counter:
      return Phrase("「\(said)」：不是按这个单位卖的，要几份？", "“\(said)”: it is not sold in that unit. How many?")
    case .weight: return Phrase("「\(said)」不是整份，要几份？", "“\(said)” is no whole number of portions. How many?")
    case .itemTwice:
      return Phrase("「\(said)」：同一样写了两次，一共几份？", "“\(said)”: the same item twice. How many in all?")
    case .nothingAsked: return Phrase("没写要什么。", "Nothing is asked for.")
    case .doorMissing: return Phrase("没写门牌。", "There is no door number.")
    case .door: return Phrase("「\(said)」是哪一家？", "Which door is “\(said)”?")
    case .asAbove: return Phrase("写的是「\(said)」，跟上一位一样吗？", "It says “\(said)”. The same as the one before?")
    case .change: return Phrase("怎么改、退哪样，写得不够清楚。", "What to change or cancel is not clear.")
    case .repeated: return Phrase("前面已经有这一家：「\(said)」。", "This door stands in the list before: “\(said)”.")
    case .struckOut where said.contains(ChatFolding.crossed):
      return Phrase("「\(said)」打了叉，是不要了吗？", "“\(said)” is crossed out. Is it not wanted any more?")
    case .struckOut:
      return Phrase("「\(said)」划掉了，剩下的还要吗？", "“\(said)” is struck out. Is the rest still wanted?")
    case .householdUnknown: return Phrase("这个门牌没有登记。", "Nobody is registered at this door.")
    case .householdUnclear: return Phrase("几个单元都有这个房号，是哪一家？", "Several units have this room. Which one?")
    case .householdEmpty:
      return Phrase(
        "这户登记了，里面还没有人，请居委会先登记住户。",
        "The door is registered without anybody in it; the committee can add people.")
    case .ordered: return Phrase("这一家已经下过单了。", "This household has ordered already.")
    case .whole:
      return Phrase(
        "下过单了。照「\(said)」，整单变成什么？", "It is ordered already. With “\(said)”, what is the whole order?")
    case .cancelled:
      return Phrase("这一行下过的单取消了，又要了吗？", "The order of this line was cancelled. Is it wanted again?")
    }
  }

  /// Why a line of the text is no order.
  static func kind(_ kind: ChatLine.Kind) -> Phrase? {
    switch kind {
    case .blank, .order: nil
    case .note: Phrase("说明、闲话", "A note")
    case .example: Phrase("例子", "An example")
    case .itemList: Phrase("商品", "An item of the list")
    case .quoted: Phrase("引用的话", "A quoted message")
    case .continuation(let line): Phrase("接第 \(line + 1) 行", "Goes on with line \(line + 1)")
    case .amendment(let line): Phrase("并到第 \(line + 1) 行", "Joined with line \(line + 1)")
    case .leftOut: Phrase("您选了不算", "Left out by you")
    }
  }
}
