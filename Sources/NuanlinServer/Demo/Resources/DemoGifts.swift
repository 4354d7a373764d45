import Kernel
import Resources

/// What neighbours of the demo can do and tell, in their own words.
enum DemoGifts {
  /// Whose it is: one of the cast, or one of the neighbours without a name.
  enum Owner: Sendable, Hashable {
    case cast(String)
    case neighbour(Int)
  }

  /// So many neighbours without a name offer something.
  static let neighbours = 3

  /// Something that its owner offered so many days ago.
  struct Gift: Sendable {
    let owner: Owner
    let daysAgo: Int64
    /// Whether the station made sure of it the day after.
    let isVerified: Bool
    let entry: @Sendable (Party) -> AssetEntry

    init(
      _ owner: Owner, _ daysAgo: Int64, isVerified: Bool = true,
      _ entry: @escaping @Sendable (Party) -> AssetEntry
    ) {
      self.owner = owner
      self.daysAgo = daysAgo
      self.isVerified = isVerified
      self.entry = entry
    }
  }

  static let all: [Gift] = hands + heads + [story, kept, waiting]

  private static let hands = [
    Gift(.neighbour(0), 52) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("换水龙头、修门锁", "Mending taps and locks"),
        "做了三十多年钳工，工具齐全。小毛病一般一次修好，要换的零件您自己买。", of: owner)
      entry.gift = .hand
      entry.category = .repair
      entry.tags = ["水龙头", "门锁", "小修", "tap", "lock"]
      entry.times = "平时上午"
      entry.placeWords = "工具间，也可以上门"
      entry.isAskedByMessage = true
      return entry
    },
    Gift(.cast("sun-yulan"), 48) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("包粽子，做青团", "Rice dumplings, as grandmother made them"),
        "糯米泡多久、叶子怎么折，一步一步教。人多热闹，来我家楼下的长桌。", of: owner)
      entry.gift = .hand
      entry.isTaught = true
      entry.category = .skill
      entry.tags = ["粽子", "青团", "做饭"]
      entry.times = "周六上午"
      entry.isAskedByMessage = true
      return entry
    },
    Gift(.cast("li-jiayi"), 41) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("给小店拍照片", "Photographs for small shops"),
        "学的是设计。一张桌布、一扇窗，就能把菜拍得新鲜。", of: owner)
      entry.gift = .hand
      entry.category = .digital
      entry.tags = ["拍照", "照片", "photo"]
      entry.times = "周五下午"
      entry.isAskedByMessage = true
      return entry
    },
  ]

  private static let heads = [
    Gift(.neighbour(1), 50) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("手机电脑不听话，我来看看", "Phones and computers that will not listen"),
        "字调大、装软件、连打印机。不碰密码，密码您自己按。", of: owner)
      entry.gift = .head
      entry.category = .digital
      entry.tags = ["手机", "电脑", "打印机"]
      entry.times = "周末晚上"
      entry.isAskedByMessage = true
      return entry
    },
    Gift(.cast("anna-keller"), 46) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("一起说英语", "English over a cup of tea"),
        "Half an hour of talk, for children and for grandparents. No books, no marks.", of: owner)
      entry.gift = .head
      entry.isTaught = true
      entry.category = .teaching
      entry.tags = ["英语", "english"]
      entry.times = "周三下午 Wednesday afternoons"
      entry.placeWords = "桂花院子"
      entry.capacity = 6
      entry.isAskedByMessage = true
      return entry
    },
    Gift(.neighbour(0), 30) { owner in
      var entry = AssetEntry(
        .personGift, Phrase("陪老人走一走、坐一坐", "A walk, or a seat in the sun, with an elder"),
        "我腿脚好，时间多。去卫生站、去菜场，都可以一起。", of: owner)
      entry.gift = .heart
      entry.category = .company
      entry.times = "每天下午"
      return entry
    },
  ]

  private static let story = Gift(.cast("sun-yulan"), 44) { owner in
    AssetEntry(
      .story, Phrase("弄堂口的那口井", "The well at the end of the lane"),
      "五十年前这里有口井，夏天西瓜都吊在里面。谁家来客人，井台上就多一把椅子。", of: owner)
  }

  /// For herself alone, until she makes up her mind.
  private static let kept = Gift(.cast("li-jiayi"), 12, isVerified: false) { owner in
    var entry = AssetEntry(.personGift, Phrase("会弹一点吉他", "A little guitar"), "还在练，先不告诉别人。", of: owner)
    entry.gift = .heart
    entry.audience = .private
    return entry
  }

  /// Offered the day before yesterday: the station has not called back yet.
  private static let waiting = Gift(.neighbour(2), 2, isVerified: false) { owner in
    var entry = AssetEntry(
      .personGift, Phrase("周末带孩子们骑车", "Cycling with the children on weekends"), "戴头盔，只在院子里，家长一起来。", of: owner)
    entry.gift = .heart
    entry.category = .company
    entry.times = "周日上午"
    return entry
  }
}
