/// Words of a list that are neither items nor numbers.
enum ChatWordList {
  /// Wherever they stand.
  static let anywhere: [(String, ChatPiece.Kind)] = [
    ("取消", .cancel), ("不要了", .cancel), ("不订了", .cancel), ("不买了", .cancel), ("不用了", .cancel), ("不要", .cancel),
    ("退掉", .cancel), ("退单", .cancel), ("退了", .cancel), ("作废", .cancel), ("撤销", .cancel), ("撤了", .cancel),
    ("删除", .cancel), ("删掉", .cancel), ("cancelled", .cancel), ("cancel", .cancel),
    ("改成", .change), ("改为", .change), ("换成", .change), ("改到", .change),
    ("同楼上", .asAbove), ("跟楼上一样", .asAbove), ("和楼上一样", .asAbove), ("同上", .asAbove),
    ("same as above", .asAbove), ("ditto", .asAbove),
  ]

  /// Where no other word has begun.
  static let atStart: [(String, ChatPiece.Kind)] = [
    ("再加", .addition), ("追加", .addition), ("再来", .addition), ("再要", .addition), ("另加", .addition),
    ("还要", .addition), ("加订", .addition), ("加购", .addition), ("加", .addition), ("补", .addition),
    ("改", .change),
    ("每样都要", .each), ("每种都要", .each), ("每样各", .each), ("全都要", .each), ("每样", .each), ("每种", .each),
    ("全部", .each), ("全要", .each), ("都要", .each), ("都来", .each), ("各要", .each), ("各来", .each), ("都", .each),
    ("各", .each), ("each", .each),
    ("还有", .comma), ("以及", .comma), ("另外", .comma), ("和", .comma), ("跟", .comma), ("与", .comma),
    ("及", .comma),
    ("and ", .comma),
  ]

  /// Said and not ordered. A run of other characters that is made of these says nothing.
  private static let asides: [String] = [
    "我想要", "我也要", "我也", "我要", "我们家", "我家", "我", "想要", "要", "来一下", "来", "订购", "预订", "预定", "下单", "订", "购买", "买",
    "拼单",
    "拼", "麻烦", "请", "帮我", "帮忙", "帮", "给我", "谢谢", "多谢", "谢啦", "感谢", "谢", "辛苦了", "辛苦", "团长", "接龙", "报名",
    "已付款", "已付", "已转账", "已转", "已支付", "付款", "付过", "付了", "转了", "付", "未付", "微信", "支付宝", "现金", "自提", "自取",
    "自己拿", "一共", "共", "周末", "今天", "明天", "后天", "早上", "晚上", "下午", "上午", "中午", "来拿", "来取", "去拿", "拿", "取", "的",
    "了", "哦",
    "哈", "啊", "呀", "吧", "呢", "嗯", "好的", "收到", "数量", "房号", "门牌", "地址", "姓名", "商品", "先", "左右", "就", "点",
    "please", "thanks", "thankyou", "thank", "you", "thx", "for", "paid", "pickup", "pick", "up", "the",
    "iwant", "i", "want",
    "of", "pls", "order",
  ].sorted { $0.count > $1.count }

  /// Joins a number to what it counts: 2 boxes of eggs.
  static func isJoint(_ text: String) -> Bool {
    ["的", "of", "ofthe"].contains(text.lowercased().filter { $0 != " " })
  }

  /// Whether the characters say nothing of an order.
  static func isAside(_ text: String) -> Bool { stripped(text, fromStart: true).isEmpty }

  /// The characters without asides at their start, or at their end.
  static func stripped(_ text: String, fromStart: Bool) -> String {
    var rest = text.lowercased().filter { $0 != " " }[...]
    let count = rest.count
    repeating: while !rest.isEmpty {
      for word in asides where fromStart ? rest.hasPrefix(word) : rest.hasSuffix(word) {
        rest = fromStart ? rest.dropFirst(word.count) : rest.dropLast(word.count)
        continue repeating
      }
      break
    }
    if rest.count == count { return text }
    let kept = text.filter { $0 != " " }
    return String(fromStart ? kept.suffix(rest.count) : kept.prefix(rest.count))
  }

  private static let surnames = Set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍万支柯管卢莫房裘丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄封储靳段焦巴牧侯班秋仲伊宫宁仇栾甘祖武符刘景詹束龙叶司黎白蒲从索赖卓蔺屠蒙池乔阳双闻翟谭劳冉桑桂牛边尚庄晏柴瞿阎茹艾向古易廖终衡步耿满匡文寇广利师巩聂晁敖融冷辛阚简饶沙丰关查红游盖益桓公"
  )

  private static let honorifics = [
    "阿姨", "叔叔", "伯伯", "爷爷", "奶奶", "外公", "外婆", "妈妈", "爸爸", "先生", "女士", "老师", "师傅", "医生", "小姐", "太太", "姐姐",
    "哥哥", "大姐", "大妈", "大爷", "大叔", "妈", "爸", "姐", "哥", "叔", "婶", "伯", "嫂", "姨", "工", "家",
  ]

  /// What ends a word that says what goods are like and not who wants them: 张小 is nobody before 鸡蛋.
  private static let qualities = Set("咸甜大小土老嫩鲜生熟干冻红白黑青黄香酸辣散新糯")

  /// Signs that a word speaks of food.
  private static let goods = Set("蛋菜肉鱼虾豆腐面包饼糕奶油米酱醋盐糖茶酒瓜果菇笋藕葱姜蒜椒鸡鸭鹅蟹贝汤饺馄饨粽粥粉团卷枣栗薯芋梨橙橘柚莓萄蕉柿肠翅排骨腿肝蹄蛤螺蚝鱿菌箱盒袋瓶")

  /// Whether this is surely what a person is called: a surname with one or two characters, or a form of address.
  static func isSurelyName(_ text: String) -> Bool {
    if honorifics.contains(where: { text.hasSuffix($0) && text.count > $0.count }) { return true }
    guard let first = text.first, surnames.contains(first), (2...3).contains(text.count) else {
      return false
    }
    return !text.dropFirst().contains(where: goods.contains)
  }

  /// Whether a word that stands where names stand may be taken for one.
  static func mayBeName(_ text: String) -> Bool {
    text.count <= 16 && text.contains(where: \.isLetter)
      && (isSurelyName(text) || !text.contains(where: goods.contains))
  }

  /// Whether what stands glued before an item is a name, and not a word for what the item is like.
  static func isNameBeforeItem(_ text: String) -> Bool {
    isSurelyName(text) && !(text.last.map(qualities.contains) ?? false)
  }
}

extension ChatAmount.Counter {
  /// Whether it is so rare a counter that a word which begins with it is likelier after a space: 尾号.
  fileprivate var isRare: Bool {
    guard case .word(let word) = self else { return false }
    return ["尾", "头", "张", "片", "支", "根", "对", "双", "打", "听", "提", "串", "板", "条"].contains(word)
  }
}

/// What things are counted in.
enum ChatCounters {
  private static let any: Set<String> = ["份", "件", "单", "套", "order", "orders", "x"]
  private static let words: [String] = [
    "盒", "箱", "袋", "包", "瓶", "把", "罐", "个", "只", "枚", "颗", "粒", "条", "块", "桶", "串",
    "板", "提", "捆", "扎", "棵", "根", "片", "对", "双", "打", "听", "支", "杯", "碗", "尾", "头", "朵", "筐", "篮", "张",
    "crates", "crate", "boxes", "box", "bottles", "bottle", "bunches", "bunch", "bags", "bag", "packs",
    "pack", "pieces",
    "piece", "pcs", "pc", "jars", "jar", "dozen",
  ]
  private static let weights: [(String, Int64)] = [
    ("公斤", 1000), ("千克", 1000), ("市斤", 500), ("斤", 500), ("kg", 1000), ("克", 1), ("两", 50), ("g", 1),
    ("jin", 500),
  ]

  /// The counter that begins here.
  static func word(in characters: [Character], at place: Int) -> (counter: ChatAmount.Counter, length: Int)? {
    func has(_ word: String) -> Bool {
      let end = place + word.count
      guard end <= characters.count,
        zip(characters[place..<end], word).allSatisfy({ $0.lowercased() == String($1) })
      else { return false }
      // Words of letters end where the letters end.
      guard word.last.map(ChatVocabulary.isLetter) ?? false, end < characters.count else { return true }
      return !ChatVocabulary.isLetter(characters[end])
    }
    guard place < characters.count else { return nil }
    if let word = any.filter({ $0 != "x" }).first(where: has) { return (.any, word.count) }
    if let word = words.first(where: has) { return (.word(word), word.count) }
    if let (word, grams) = weights.first(where: { has($0.0) }) { return (.grams(grams), word.count) }
    return nil
  }

  /// A number with its counter: `2`, `1.5斤`, `两盒`, `半斤`, `一斤半`.
  static func amount(
    in characters: [Character], at start: Int
  ) -> (amount: ChatAmount, length: Int, isHan: Bool)? {
    guard let number = number(in: characters, at: start) else { return nil }
    var place = start + number.length
    var value = number.thousandths
    if place < characters.count, characters[place] == "半", value % 1000 == 0 {
      value += 500
      place += 1
    }
    var spaced = place
    if !number.isHan { while spaced < characters.count, characters[spaced] == " " { spaced += 1 } }
    let isApart = spaced > place
    guard let (counter, length) = word(in: characters, at: spaced), !isApart || !counter.isRare else {
      return (ChatAmount(thousandths: value, counter: nil), place - start, number.isHan)
    }
    place = spaced + length
    if place < characters.count, characters[place] == "半", value % 1000 == 0 {
      value += 500
      place += 1
    }
    if counter == .word("打") || counter == .word("dozen") {
      return (ChatAmount(thousandths: value * 12, counter: .word("个")), place - start, number.isHan)
    }
    return (ChatAmount(thousandths: value, counter: counter), place - start, number.isHan)
  }

  private static func number(
    in characters: [Character], at start: Int
  ) -> (thousandths: Int, length: Int, isHan: Bool)? {
    var place = start
    while place < characters.count, ChatDoorReader.isDigit(characters[place]) { place += 1 }
    if place > start {
      guard place - start <= 4, let whole = Int(String(characters[start..<place])) else { return nil }
      guard place + 1 < characters.count, characters[place] == ".",
        let digit = characters[place + 1].wholeNumberValue, characters[place + 1].isASCII
      else { return (whole * 1000, place - start, false) }
      var (value, length, scale) = (whole * 1000 + digit * 100, place + 2 - start, 10)
      while start + length < characters.count, scale > 0, characters[start + length].isASCII,
        let next = characters[start + length].wholeNumberValue
      {
        value += next * scale
        scale /= 10
        length += 1
      }
      return (value, length, false)
    }
    guard start < characters.count else { return nil }
    if characters[start] == "半" { return (500, 1, true) }
    return ChatNumber.han(characters[start...]).map { ($0.value * 1000, $0.length, true) }
  }
}
