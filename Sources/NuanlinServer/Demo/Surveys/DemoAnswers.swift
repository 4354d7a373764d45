import Surveys

/// What neighbours of the demo answer.
enum DemoAnswers {
  /// The values of the open question, by how hard it is; most people write nothing.
  static let wishes: [(words: String, code: DemoCodeBook.Code)] = [
    ("有人帮忙拎到门口就好了", .carrying), ("每周能有两次送上楼", .carrying), ("五楼，米和油实在拎不动", .carrying),
    ("志愿者能不能上门收一下袋子", .carrying), ("楼下放个小推车也行", .carrying), ("送菜的时间固定一点", .carrying),
    ("教教老伴怎么下单", .learning), ("手机上的字太小，不会按", .learning), ("想学用手机买菜", .learning),
    ("最好有人坐在旁边教一遍", .learning), ("打电话也能订就好了", .learning), ("孩子教过，又忘了", .learning),
    ("照护补贴能不能也管买菜", .allowance), ("七十多岁一个人，还领不到补贴", .allowance),
    ("希望补贴的年纪放低一点", .allowance), ("请人陪着买菜，一次要四十块，太贵", .allowance),
    ("补贴只管做饭打扫，买菜不管", .allowance), ("补贴多算几次买菜", .allowance), ("没什么，挺好的", .other),
    ("菜新鲜一点", .other), ("便宜一点", .other), ("谢谢团长", .other),
  ]

  /// One household's answers to “Is shopping hard?”.
  ///
  /// - Parameters:
  ///   - place: of the household among those with a lift, or among those without, from 0: shares come out nearly even.
  static func shopping(hasLift: Bool, kind: DemoHouseholdKind, place: Int) -> [String: String] {
    var random = DemoRandom(key: "shopping/\(hasLift)/\(place)")
    // 37 and 100 have no common divisor, so that every hundred places hold each number once.
    let rank = place * 37 % 100
    let hard = hasLift ? (rank < 50 ? 0 : rank < 76 ? 1 : 2) : rank < 20 ? 0 : rank < 52 ? 1 : 2
    var values = [
      "shopper": shopper(kind, &random), "lift": hasLift ? "yes" : "no",
      "hard": ["easy", "some", "hard"][hard],
      "heavy": point(hard == 0 ? 2 : hasLift ? 3 : 4, &random), "ask": point(2 + hard, &random),
      "alone": point(kind == .elderAlone || kind == .elderCouple ? 2 : 4, &random),
    ]
    // A few leave it empty, as always.
    if rank < 96 { values["ways"] = ways(kind, &random) }
    if hard > 0 { values["why"] = reasons(hasLift, kind, &random) }
    if random.chance(perMille: 620), let wish = random.pick(wishes) { values["wish"] = wish.words }
    return values
  }

  private static func shopper(_ kind: DemoHouseholdKind, _ random: inout DemoRandom) -> String {
    let weights =
      switch kind {
      case .elderAlone: [0, 4, 6]
      case .elderCouple: [0, 6, 4]
      case .threeGenerations: [4, 5, 1]
      case .couple, .family, .sharedFlat: [9, 1, 0]
      }
    return ["under60", "from60", "from75"][random.position(weights: weights) ?? 0]
  }

  private static func ways(_ kind: DemoHouseholdKind, _ random: inout DemoRandom) -> String {
    let isOld = kind == .elderAlone || kind == .elderCouple
    return chosen(
      [
        ("market", isOld ? 720 : 480), ("group", 610), ("family", isOld ? 450 : 160),
        ("online", isOld ? 90 : 560),
      ],
      orElse: "market", &random)
  }

  private static func reasons(
    _ hasLift: Bool, _ kind: DemoHouseholdKind, _ random: inout DemoRandom
  ) -> String {
    let isOld = kind == .elderAlone || kind == .elderCouple
    return chosen(
      [
        ("stairs", hasLift ? 60 : 760), ("weight", 620), ("time", isOld ? 90 : 560),
        ("phone", isOld ? 540 : 120),
      ], orElse: "weight", &random)
  }

  private static func chosen(
    _ options: [(name: String, perMille: Int)], orElse fallback: String, _ random: inout DemoRandom
  ) -> String {
    var names: [String] = []
    for option in options where random.chance(perMille: option.perMille) { names.append(option.name) }
    return names.isEmpty ? fallback : names.joined(separator: " ")
  }

  /// A point of a scale of five, mostly this one or one beside it.
  private static func point(_ usual: Int, _ random: inout DemoRandom) -> String {
    String(min(5, max(1, usual + random.integer(in: -1...1))))
  }

  /// Answers to the five questions about the station.
  static func station(_ number: Int) -> [String: String] {
    var random = DemoRandom(key: "station/\(number)")
    let often = ["week", "month", "never"][random.position(weights: [3, 5, 2]) ?? 0]
    var values = [
      "often": often,
      "times": chosen(
        [("morning", 420), ("noon", 180), ("evening", 520), ("weekend", 610)], orElse: "weekend", &random),
      "people": String(random.integer(in: 1...5)),
    ]
    if often != "never" { values["mood"] = ["1", "2", "3"][random.position(weights: [1, 3, 6]) ?? 2] }
    if number % 6 == 0 { values["words"] = "周六能开半天就好了" }
    return values
  }
}

/// By which the demo's interviews and open answers are coded.
enum DemoCodeBook {
  enum Code: String, CaseIterable {
    case carrying
    case learning
    case allowance
    case other

    var content: ThemeCode.Content {
      switch self {
      case .carrying:
        ThemeCode.Content(
          name: "拎不动、爬楼难", definition: "说的是重、楼梯、送到门口。", includeExample: "米买回来，要歇三回才到五楼。",
          excludeExample: "菜场太远。")
      case .learning:
        ThemeCode.Content(
          name: "想学会自己来", definition: "说的是手机、下单、想有人教。", includeExample: "想学，就是怕按错。",
          excludeExample: "让女儿代订就行。")
      case .allowance:
        ThemeCode.Content(
          name: "补贴管不到买菜", definition: "说的是照护补贴的年纪、范围、钱。", includeExample: "补贴只管打扫。",
          excludeExample: "菜太贵。")
      case .other:
        ThemeCode.Content(
          name: "别的", definition: "上面几样都不是。", includeExample: "菜新鲜一点。", excludeExample: "拎不动。")
      }
    }
  }
}
