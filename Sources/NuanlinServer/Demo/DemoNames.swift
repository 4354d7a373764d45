/// Names as they were given in each generation, so that a list of neighbours sounds like one.
struct DemoNames {
  /// Common surnames, with weights that follow roughly how often they are met around Shanghai.
  private static let surnames: [(name: String, weight: Int)] = [
    ("王", 62), ("张", 60), ("陈", 52), ("李", 48), ("朱", 30), ("周", 34), ("沈", 30), ("徐", 32), ("吴", 30),
    ("陆", 28), ("顾", 26), ("黄", 24), ("杨", 24), ("刘", 24), ("金", 16), ("赵", 16), ("孙", 18), ("胡", 14),
    ("钱", 14), ("施", 10), ("唐", 12), ("蔡", 10), ("许", 12), ("姚", 9), ("潘", 9), ("汤", 7), ("严", 8),
    ("曹", 9), ("蒋", 10), ("何", 10), ("俞", 8), ("叶", 8), ("马", 7), ("林", 8), ("郑", 7), ("邵", 5),
    ("龚", 5), ("丁", 7), ("倪", 5), ("凌", 3), ("戴", 4), ("范", 5), ("傅", 3), ("盛", 3), ("庄", 3), ("乔", 3),
    ("诸葛", 1), ("欧阳", 1),
  ]

  private static let elderWomen = [
    "秀英", "桂珍", "阿妹", "玉兰", "凤英", "兰芳", "月娥", "素珍", "惠芬", "佩芳", "彩娣", "招娣", "根娣", "翠英", "淑贞",
    "雪珍", "杏宝", "金凤", "美娟", "琴芳", "文英", "慧珠",
  ]
  private static let elderMen = [
    "阿根", "福根", "国梁", "金生", "宝山", "永康", "德明", "志良", "祥生", "伯良", "鹤年", "文彬", "仁元", "关林", "耀庭",
    "水根", "锦华", "兆祥", "荣生", "明德",
  ]
  private static let middleWomen = [
    "建华", "丽萍", "美芳", "红梅", "志芳", "爱珍", "慧敏", "春燕", "卫红", "玲娣", "国芬", "雅琴", "丽华", "海燕", "秋萍",
    "文娟", "晓红", "敏芳", "莉莉", "小妹",
  ]
  private static let middleMen = [
    "建国", "国强", "卫东", "志明", "伟民", "建平", "永刚", "海峰", "文忠", "立新", "学军", "国平", "耀明", "惠良", "正华",
    "勇", "根宝", "民", "晓东", "振华",
  ]
  private static let youngWomen = [
    "婷", "静怡", "佳", "雯", "晓慧", "丹", "颖", "嘉敏", "梦洁", "倩", "思琪", "逸雯", "欣", "雅婷", "丽君", "诗韵", "晨",
    "文静", "璐", "艳", "佳宁", "蓓",
  ]
  private static let youngMen = [
    "伟", "俊杰", "磊", "晨", "鹏", "浩", "凯", "嘉伟", "志远", "斌", "翔", "文杰", "一鸣", "毅", "晓峰", "逸飞", "昊天",
    "超", "宇", "健", "子豪", "亮",
  ]
  private static let childGirls = [
    "梓涵", "雨桐", "若溪", "语晨", "诗涵", "可馨", "安然", "苏禾", "以宁", "知夏", "沐瑶", "一诺",
  ]
  private static let childBoys = [
    "子轩", "宇泽", "浩然", "梓睿", "沐阳", "亦辰", "知远", "奕辰", "嘉树", "承希", "明哲", "星野",
  ]

  static func surname(_ random: inout DemoRandom) -> String {
    let position = random.position(weights: surnames.map(\.weight)) ?? 0
    return surnames[position].name
  }

  static func given(bornIn year: Int, woman: Bool, _ random: inout DemoRandom) -> String {
    let list =
      switch year {
      case ..<1956: woman ? elderWomen : elderMen
      case ..<1976: woman ? middleWomen : middleMen
      case ..<2006: woman ? youngWomen : youngMen
      default: woman ? childGirls : childBoys
      }
    return random.pick(list) ?? list[0]
  }
}
