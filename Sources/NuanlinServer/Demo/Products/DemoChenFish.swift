import Kernel

extension DemoProducts {
  static let chenFish: [DemoProduct] = [
    DemoProduct(
      "crucian-carp", Phrase("鲜鲫鱼（代杀）", "Crucian carp, dressed"), .seafood, .piece,
      [.one("约 400 克", "about 400 g", 3450, case: 12).perKilogram(grams: 400, tolerance: 15)],
      Phrase(
        "提货前一小时现杀，去鳞去鳃，冰袋装。煎到两面黄，加开水，汤会白。",
        "Dressed within the hour before pickup, scaled and packed on ice. Fry both sides and add boiling water, and the soup turns white."
      ),
      origin: DemoOrigin.huzhou, allergens: [.fish], certificate: .inspected("0041"), keeps: 1, .chilled,
      .fish,
      .river, demand: 57),
    DemoProduct(
      "yellow-croaker", Phrase("冰鲜小黄鱼", "Small yellow croaker on ice"), .seafood, .box,
      [.one("5–6 条，约 500 克", "5–6, about 500 g", 2280, case: 12)],
      Phrase(
        "舟山渔船进港当晚上车，早上到摊。面粉拍一层，油煎到骨头酥。",
        "On the lorry the night the boats come in, on the stall by morning. Dust with flour and fry until the bones are crisp."
      ),
      origin: DemoOrigin.zhoushan, allergens: [.fish], keeps: 2, .chilled, .smallFish,
      DemoTint(base: "#e3c172", shade: "#bd9545", light: "#f8ebc5", accent: "#d9876b"), demand: 50),
    DemoProduct(
      "black-carp-steaks", Phrase("青鱼段", "Black carp steaks"), .seafood, .box,
      [.one("约 600 克", "about 600 g", 2480, case: 10)],
      Phrase(
        "十斤以上的大青鱼，切两指厚，刺少。做熏鱼、红烧都用这个段。",
        "From fish over five kilos, cut two fingers thick, with few bones. Use it for smoked fish or red braising."
      ),
      origin: DemoOrigin.huzhou, allergens: [.fish], keeps: 2, .chilled, .fishSteaks, .blush, demand: 36),
    DemoProduct(
      "hairtail", Phrase("带鱼段", "Hairtail pieces"), .seafood, .box,
      [.one("约 500 克", "about 500 g", 2680, case: 12)],
      Phrase(
        "中段去头尾，船上就冻好的，表面银粉完整。化冻放冷藏格，不要泡水。",
        "Middle cuts, frozen on board with the silver skin whole. Thaw in the fridge, not in water."),
      origin: DemoOrigin.zhoushan, allergens: [.fish], keeps: 120, .frozen, .ribbonFish, .silver, demand: 48),
    DemoProduct(
      "river-shrimp", Phrase("河虾", "River shrimp"), .seafood, .box,
      [.one("约 300 克", "about 300 g", 3280, case: 12)],
      Phrase(
        "活水箱里养着，装盒时还在跳，冰着送。油爆三十秒，壳是脆的。",
        "Kept in running water, still jumping when boxed on ice. Thirty seconds in hot oil and the shells are crisp."
      ),
      origin: DemoOrigin.huzhou, allergens: [.crustaceans], keeps: 1, .chilled, .shrimps,
      DemoTint(base: "#c9b9a0", shade: "#9c8b70", light: "#efe5d3", accent: "#d9876b"), demand: 45),
    DemoProduct(
      "hairy-crab", Phrase("大闸蟹", "Hairy crabs"), .seafood, .piece,
      [
        .kind(Phrase("母蟹", "Female"), "约 125 克", "about 125 g", 3200, case: 20),
        .kind(Phrase("公蟹", "Male"), "约 175 克", "about 175 g", 3600, case: 20),
      ],
      Phrase(
        "扎好绳，活的交到手里，死的当场换。蒸之前刷干净，肚子朝上十五分钟。",
        "Tied and handed over alive; a dead one is exchanged on the spot. Scrub and steam belly up for fifteen minutes."
      ),
      origin: Phrase("江苏昆山", "Kunshan, Jiangsu"), allergens: [.crustaceans], keeps: 2, .chilled, .crab,
      DemoTint(base: "#7f8a62", shade: "#5f6a47", light: "#c3cca0", accent: "#d9b877"), demand: 31),
    DemoProduct(
      "river-snails", Phrase("清水螺蛳", "River snails"), .seafood, .bag,
      [.one("约 1 斤，已剪尾", "about 500 g, tails cut", 880, case: 20)],
      Phrase(
        "清水养了两天吐泥，尾巴剪好。酱油、姜、一勺糖，煮透十分钟再吮。",
        "Two days in clean water to lose their mud, with the tails snipped. Cook for ten full minutes in soy sauce, ginger and a spoon of sugar."
      ),
      origin: DemoOrigin.huzhou, keeps: 1, .chilled, .snails,
      DemoTint(base: "#76734f", shade: "#565437", light: "#b9b58a", accent: "#d9b877"), demand: 29),
    DemoProduct(
      "clams", Phrase("花蛤", "Clams"), .seafood, .bag,
      [.one("约 1 斤", "about 500 g", 980, case: 20)],
      Phrase(
        "海水里吐过沙，回家再用淡盐水养一小时。炖蛋、葱姜炒，壳开就起锅。",
        "Already left in seawater to spit out sand; give them another hour in salted water at home. Steam with egg or fry with ginger, and stop when they open."
      ),
      origin: DemoOrigin.zhoushan, keeps: 1, .chilled, .clams,
      DemoTint(base: "#d9c3a5", shade: "#a98f6c", light: "#f5ead6", accent: "#8f7a5c"), demand: 42),
    DemoProduct(
      "yellow-chicken", Phrase("三黄鸡", "Three-yellow chicken"), .meat, .piece,
      [
        .kind(Phrase("半只", "Half"), "约 600 克", "about 600 g", 2480, case: 10),
        .kind(Phrase("整只", "Whole"), "约 1.2 公斤", "about 1.2 kg", 4680, case: 6),
      ],
      Phrase(
        "奉贤散养一百二十天，皮黄肉紧，做白斩鸡正好。内脏洗净另装，不要的请备注。",
        "Free-range in Fengxian for 120 days, firm and yellow-skinned, right for cold poached chicken. Giblets come cleaned in a separate bag; say so if you do not want them."
      ),
      origin: DemoOrigin.fengxian, certificate: .inspected("0042"), keeps: 2, .chilled, .wholeChicken,
      DemoTint(base: "#f3d79b", shade: "#d8b16c", light: "#fdefc9", accent: "#c9865a"), demand: 63),
    DemoProduct(
      "chicken-drumsticks", Phrase("鸡腿", "Chicken drumsticks"), .meat, .box,
      [.one("5 只，约 600 克", "5, about 600 g", 1680, case: 12)],
      Phrase(
        "当天分割，没有注水，盒底垫了吸水纸。划两刀再腌，味道进得去。",
        "Cut the same day with no water added, on absorbent paper. Score them twice so the marinade gets in."),
      origin: DemoOrigin.fengxian, certificate: .inspected("0043"), keeps: 2, .chilled, .drumsticks,
      DemoTint(base: "#efc197", shade: "#d0986a", light: "#fbe3c7", accent: "#c9865a"), demand: 65),
    DemoProduct(
      "old-duck", Phrase("老麻鸭", "Mature duck"), .meat, .piece,
      [.one("约 1.3 公斤，已洗净", "about 1.3 kg, dressed", 5280, case: 6)],
      Phrase(
        "养了一年多的麻鸭，肉紧油少，要小火炖两个半钟头。配扁尖或笋干。",
        "Over a year old, firm and lean; simmer it gently for two and a half hours. Add dried or salted bamboo shoots."
      ),
      origin: DemoOrigin.huzhou, certificate: .inspected("0044"), keeps: 2, .chilled, .duck,
      DemoTint(base: "#c9b294", shade: "#9a7d5c", light: "#efe3cf", accent: "#ee9337"), demand: 27),
    DemoProduct(
      "pork-belly", Phrase("五花肉", "Pork belly"), .meat, .box,
      [.small("约 500 克", "about 500 g", 1880, case: 12), .large("约 1 公斤", "about 1 kg", 3680, case: 6)],
      Phrase(
        "五层肥瘦分得清，整块不切，方便您自己定大小。红烧前先焯水。",
        "Five clear layers, left whole so you can cut it as you like. Blanch before braising."),
      origin: Phrase("上海松江", "Songjiang, Shanghai"), certificate: .inspected("0045"), keeps: 2, .chilled,
      .porkBelly,
      DemoTint(base: "#e5958b", shade: "#c8716c", light: "#f9dccb", accent: "#c4615b"), demand: 71),
    DemoProduct(
      "spare-ribs", Phrase("小排", "Spare ribs"), .meat, .box,
      [
        .one("约 500 克，斩块可备注", "about 500 g; ask for it chopped", 2880, case: 12)
          .perJin(grams: 500, tolerance: 10)
      ],
      Phrase(
        "肋条前段，骨头细肉匀，糖醋和炖汤都合适。要斩块请在备注里写一声。",
        "From the front of the ribs, thin bones and even meat, for sweet-and-sour or soup. Write a note if you want it chopped."
      ),
      origin: Phrase("上海松江", "Songjiang, Shanghai"), certificate: .inspected("0046"), keeps: 2, .chilled,
      .ribs,
      DemoTint(base: "#d97f76", shade: "#b85f5a", light: "#f4c4b5", accent: "#b54f4b"), demand: 67),
    DemoProduct(
      "salted-pork", Phrase("咸肉", "Salted pork"), .meat, .bag,
      [.one("约 400 克", "about 400 g", 2680, case: 16)],
      Phrase(
        "腊月腌的，粗盐花椒，在北阳台吹足二十天。切片蒸百叶，做腌笃鲜。",
        "Cured in the twelfth month with coarse salt and pepper and hung in the wind for twenty days. Slice it over tofu sheets, or make spring soup with bamboo shoots."
      ),
      origin: DemoOrigin.lane, keeps: 60, .chilled, .curedMeat,
      DemoTint(base: "#b35d4c", shade: "#8c4336", light: "#e3a894", accent: "#f6ddc0"), demand: 34),
  ]
}
