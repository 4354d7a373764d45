import Kernel

/// The weekly rhythm of Osmanthus Lane.
package enum DemoCampaigns {
  /// Six campaigns that come back; three of them are open whenever the demo is built.
  package static let templates: [DemoCampaignTemplate] = [
    wednesdayGreens, tofuMorning, weekendFruit, fridayFish, breadAfternoon, monthlyStaples,
  ]

  /// The one campaign of the practice community.
  package static let practice = DemoCampaignTemplate(
    key: "practice", title: Phrase("练习团：随便点", "Practice campaign: try anything"),
    note: Phrase(
      "不收钱，不送货，点错了没关系。旁边有志愿者，慢慢来。",
      "No money, no delivery, and mistakes do no harm. A volunteer sits beside you; take your time."),
    items: [
      offer("practice-quail-eggs"), offer("practice-dumplings"), offer("practice-peaches", limit: 2),
      offer("practice-bananas"), offer("practice-osmanthus-sugar", stock: 5),
      offer("practice-red-beans", minimum: 10), offer("practice-rock-sugar"), offer("practice-towels"),
      offer("practice-soap"), offer("practice-bin-bags"), offer("practice-carnations", stock: 20),
      offer("practice-bulbs"), offer("practice-slippers"),
    ].flatMap { $0 },
    pickupWeekday: 3, pickupHours: 14..<16, pickupPointKey: "practice-table", leadDays: 7, opensHour: 9,
    cutOffHour: 20, minimumHouseholds: nil, shortageRule: .firstCome, everyWeeks: 1, openNow: true,
    turnoutPerMille: 1000,
    shortArrivals: [:])

  private static let wednesdayGreens = DemoCampaignTemplate(
    key: "wednesday-greens", title: Phrase("周三鲜菜", "Wednesday greens"),
    note: Phrase(
      "三个农场周二下午采，周三下午提。叶菜不过夜，来晚了请托邻居带一下。",
      "Three farms pick on Tuesday afternoon; come on Wednesday afternoon. Leaves do not wait overnight, so ask a neighbour if you will be late."
    ),
    items: [
      offer("shanghai-greens", stock: 420, limit: 4), offer("baby-greens", stock: 160, limit: 2),
      offer("spinach", stock: 150), offer("napa-cabbage", variant: 0, stock: 120),
      offer("round-cabbage", stock: 100),
      offer("scallions", stock: 220), offer("tomatoes", stock: 380, limit: 4), offer("cucumbers", stock: 220),
      offer("water-bamboo", stock: 160, limit: 3), offer("edamame", stock: 150),
      offer("aubergines", stock: 150),
      offer("potatoes", stock: 260), offer("white-radish", stock: 130), offer("broccoli", stock: 150),
      offer("shiitake", stock: 150, limit: 3), offer("free-range-eggs", stock: 320, limit: 2),
      offer("vegetable-box", stock: 60, limit: 1, minimum: 5),
    ].flatMap { $0 },
    pickupWeekday: 3, pickupHours: 16..<19, pickupPointKey: "building-3", leadDays: 4, opensHour: 8,
    cutOffHour: 22, minimumHouseholds: 60, shortageRule: .needFirst, everyWeeks: 1, openNow: true,
    turnoutPerMille: 900,
    shortArrivals: [
      2: [DemoShortArrival(productKey: "free-range-eggs", variantIndex: 0, arrivedPerMille: 820)],
      5: [
        DemoShortArrival(productKey: "spinach", variantIndex: 0, arrivedPerMille: 600),
        DemoShortArrival(productKey: "baby-greens", variantIndex: 0, arrivedPerMille: 750),
      ],
    ])

  private static let tofuMorning = DemoCampaignTemplate(
    key: "tofu-morning", title: Phrase("豆制品早市", "Tofu morning market"),
    note: Phrase(
      "头天晚上接龙到八点，阿婆按单子泡豆。早上七点到九点来拿，还是温的。",
      "Order until eight the evening before, and the beans are soaked to match. Come between seven and nine, while it is still warm."
    ),
    items: [
      offer("firm-tofu"), offer("soft-tofu"), offer("five-spice-tofu"), offer("tofu-sheets"),
      offer("tofu-knots"),
      offer("tofu-puffs", stock: 90, limit: 3), offer("vegetarian-roll"), offer("kaofu", minimum: 12),
      offer("gluten-balls", byTheCase: true), offer("soy-milk", stock: 240, limit: 4),
      offer("tofu-pudding", stock: 80, limit: 2),
      offer("soybean-sprouts"), offer("mung-sprouts"), offer("scallion-rolls"), offer("plain-buns"),
    ].flatMap { $0 },
    pickupWeekday: 6, pickupHours: 7..<9, pickupPointKey: "service-station", leadDays: 3, opensHour: 8,
    cutOffHour: 20, minimumHouseholds: 30, shortageRule: .firstCome, everyWeeks: 1, openNow: true,
    turnoutPerMille: 520,
    shortArrivals: [
      3: [DemoShortArrival(productKey: "soy-milk", variantIndex: 0, arrivedPerMille: 700)]
    ])

  private static let weekendFruit = DemoCampaignTemplate(
    key: "weekend-fruit", title: Phrase("周末水果团", "Weekend fruit"),
    note: Phrase(
      "西山的车周日上午到，箱子大，请带个袋子。坏果当场换，回家发现的当天拍照告诉我。",
      "The lorry from West Hill comes on Sunday morning; crates are large, so bring a bag. Bad fruit is exchanged at once, or send a photograph the same day."
    ),
    items: [
      offer("mandarins", stock: 320), offer("apples", stock: 280), offer("pomelo", stock: 120),
      offer("pears", stock: 140), offer("grapes", stock: 100, limit: 2),
      offer("strawberries", stock: 150, limit: 2),
      offer("watermelon", stock: 90, limit: 1), offer("kiwi", stock: 120), offer("persimmons", stock: 110),
      offer("jujubes", stock: 110), offer("frozen-bayberries", stock: 60, limit: 2),
      offer("cherry-tomatoes", stock: 140), offer("loquat-honey", variant: 0, stock: 60),
      offer("yellow-peach-jar", byTheCase: true),
    ].flatMap { $0 },
    pickupWeekday: 7, pickupHours: 9..<12, pickupPointKey: "building-3", leadDays: 5, opensHour: 9,
    cutOffHour: 21, minimumHouseholds: 50, shortageRule: .proRata, everyWeeks: 1, openNow: true,
    turnoutPerMille: 680,
    shortArrivals: [
      1: [DemoShortArrival(productKey: "strawberries", variantIndex: 0, arrivedPerMille: 780)],
      6: [DemoShortArrival(productKey: "mandarins", variantIndex: 1, arrivedPerMille: 850)],
    ])

  private static let fridayFish = DemoCampaignTemplate(
    key: "friday-fish", title: Phrase("周五鱼虾肉禽", "Friday fish and poultry"),
    note: Phrase(
      "代杀代洗，冰袋装好。水产过时不候，七点半后请到菜场老陈摊上拿。",
      "Cleaned, dressed and packed on ice. Fish cannot wait: after half past seven collect it at Old Chen's stall."
    ),
    items: [
      offer("crucian-carp", stock: 90, limit: 2), offer("yellow-croaker", stock: 70, limit: 2),
      offer("black-carp-steaks", stock: 50), offer("hairtail", stock: 80),
      offer("river-shrimp", stock: 60, limit: 1),
      offer("hairy-crab", stock: 120, limit: 6), offer("river-snails", stock: 50), offer("clams", stock: 70),
      offer("yellow-chicken", stock: 80, limit: 1), offer("chicken-drumsticks", stock: 100),
      offer("old-duck", stock: 24, limit: 1), offer("pork-belly", stock: 140),
      offer("spare-ribs", stock: 110, limit: 2),
      offer("salted-pork", stock: 40), offer("ginger"), offer("scallions"),
    ].flatMap { $0 },
    pickupWeekday: 5, pickupHours: 16..<20, pickupPointKey: "building-3", leadDays: 3, opensHour: 8,
    cutOffHour: 20, minimumHouseholds: 40, shortageRule: .lottery, everyWeeks: 1, openNow: false,
    turnoutPerMille: 560,
    shortArrivals: [
      4: [DemoShortArrival(productKey: "river-shrimp", variantIndex: 0, arrivedPerMille: 500)]
    ])

  private static let breadAfternoon = DemoCampaignTemplate(
    key: "bread-afternoon", title: Phrase("周二面点日", "Tuesday bread and buns"),
    note: Phrase(
      "下午三点出炉，四点到服务站。馄饨是冻的，请带保温袋。",
      "Out of the oven at three, at the service station by four. Wontons are frozen, so bring a cool bag."),
    items: [
      offer("milk-toast"), offer("walnut-bread", minimum: 8), offer("baguettes", minimum: 8),
      offer("vegetable-buns"),
      offer("pork-buns", stock: 120, limit: 3), offer("plain-buns"), offer("scallion-rolls"),
      offer("green-dumplings", stock: 80), offer("pork-mooncakes", stock: 90, limit: 2), offer("palmiers"),
      offer("sponge-cakes"), offer("bean-paste-rolls"), offer("shepherds-purse-wontons"),
      offer("fresh-noodles"),
      offer("fresh-milk", stock: 120),
    ].flatMap { $0 },
    pickupWeekday: 2, pickupHours: 16..<18, pickupPointKey: "service-station", leadDays: 4, opensHour: 8,
    cutOffHour: 20, minimumHouseholds: 30, shortageRule: .firstCome, everyWeeks: 1, openNow: false,
    turnoutPerMille: 480,
    shortArrivals: [:])

  private static let monthlyStaples = DemoCampaignTemplate(
    key: "monthly-staples", title: Phrase("米油日用月团", "Monthly staples"),
    note: Phrase(
      "四周一次，重的东西一起来。六栋没电梯的楼，志愿者送到门口。",
      "Every four weeks, all the heavy things together. Volunteers carry them up in the six buildings without a lift."
    ),
    items: [
      offer("chongming-rice"), offer("rapeseed-oil", stock: 160), offer("soy-sauce"),
      offer("aromatic-vinegar"),
      offer("plain-flour"), offer("dried-noodles"), offer("plain-yoghurt"), offer("pickled-greens"),
      offer("dish-soap"), offer("laundry-liquid"), offer("tissues", stock: 200, limit: 3),
      offer("paper-rolls", stock: 200, limit: 3), offer("palm-brush", minimum: 10), offer("salted-duck-eggs"),
      offer("garlic"), offer("onions"), offer("lotus-seeds", stock: 30),
      offer("roasted-green-tea", stock: 40),
    ].flatMap { $0 },
    pickupWeekday: 6, pickupHours: 14..<18, pickupPointKey: "service-station", leadDays: 8, opensHour: 8,
    cutOffHour: 21, minimumHouseholds: 40, shortageRule: .proRata, everyWeeks: 4, openNow: false,
    turnoutPerMille: 620,
    shortArrivals: [
      1: [DemoShortArrival(productKey: "tissues", variantIndex: 0, arrivedPerMille: 900)]
    ])

  /// A product in all its variants, or in one. Stock, minimum and demand are shared over the variants: the first,
  /// which is the smaller, takes three fifths. A key that names no product offers nothing; a test sees to it.
  private static func offer(
    _ key: String, variant: Int? = nil, stock: Int? = nil, limit: Int? = nil, minimum: Int? = nil,
    byTheCase: Bool = false
  ) -> [DemoCampaignItem] {
    guard let product = DemoProducts.withKey(key) else { return [] }
    let chosen = variant.map { [$0] } ?? Array(product.variants.indices)
    let weights: [Int64] = chosen.count == 1 ? [1] : [3, 2]
    let stocks = stock.map { LargestRemainder.split(Int64($0), by: weights) }
    let demands = LargestRemainder.split(Int64(product.demandWeight), by: weights)
    return zip(chosen, chosen.indices).map { index, position in
      DemoCampaignItem(
        product: product, variantIndex: index, stock: stocks.map { Int($0[position]) }, householdLimit: limit,
        minimum: minimum, isByTheCase: byTheCase, demandWeight: max(1, Int(demands[position])))
    }
  }
}
