import Kernel

extension DemoProducts {
  static let jiangheFarm: [DemoProduct] = [
    DemoProduct(
      "shanghai-greens", Phrase("上海青", "Shanghai greens"), .vegetables, .bag,
      [.small("约 300 克", "about 300 g", 380, case: 24), .large("约 800 克", "about 800 g", 880, case: 12)],
      Phrase(
        "清早割下，梗短叶厚，带一点露水装袋。炒香菇、下菜饭都合适。",
        "Cut early in the morning, short stems and thick leaves, bagged with a little dew. Good with mushrooms or in vegetable rice."
      ),
      origin: DemoOrigin.chongming, certificate: .greenFood("0001"), keeps: 3, .chilled, .bokChoy, .leaf,
      demand: 92),
    DemoProduct(
      "baby-greens", Phrase("鸡毛菜", "Baby greens"), .vegetables, .bag,
      [.one("约 350 克", "about 350 g", 450, case: 24)],
      Phrase(
        "二十多天的小青菜，整棵连根起，叶子嫩，不耐放。洗净下汤，一滚就熟。",
        "Young greens about three weeks old, pulled whole; tender, so they do not keep long. Wash them and drop them in soup for a minute."
      ),
      origin: DemoOrigin.chongming, keeps: 2, .chilled, .seedlings, .youngLeaf, demand: 78),
    DemoProduct(
      "spinach", Phrase("红根菠菜", "Red-root spinach"), .vegetables, .bunch,
      [.one("约 400 克", "about 400 g", 520, case: 20)],
      Phrase(
        "霜后的菠菜根发红，叶子厚，吃口带甜。下锅前焯一下水，能去掉涩味。",
        "After the frost the roots turn red and the leaves thick and a little sweet. Blanch it first to take away the sharpness."
      ),
      origin: DemoOrigin.chongming, keeps: 3, .chilled, .spinach, .deepLeaf, demand: 66),
    DemoProduct(
      "crown-daisy", Phrase("蓬蒿菜", "Crown daisy greens"), .vegetables, .bunch,
      [.one("约 300 克", "about 300 g", 480, case: 20)],
      Phrase(
        "有一股清气，喜欢的人特别喜欢。涮锅或清炒，断生就盛起。",
        "It has a strong fresh scent that its friends are very fond of. Dip it in hot pot or stir-fry it just until it wilts."
      ),
      origin: DemoOrigin.chongming, keeps: 2, .chilled, .frillyGreens, .blueLeaf, demand: 40),
    DemoProduct(
      "red-amaranth", Phrase("红米苋", "Red amaranth"), .vegetables, .bunch,
      [.one("约 350 克", "about 350 g", 500, case: 20)],
      Phrase(
        "大棚里的米苋，叶心紫红，炒出来一盘红汤。拍两瓣蒜下去，孩子爱拌饭。",
        "Grown under cover, purple at the heart, and it turns the whole plate pink. Fry it with two cloves of garlic; children like the juice on rice."
      ),
      origin: DemoOrigin.chongming, keeps: 2, .chilled, .amaranth,
      DemoTint(base: "#97455c", shade: "#743045", light: "#e9c3c0", accent: "#6f9a51"), demand: 36),
    DemoProduct(
      "celery", Phrase("本地细芹", "Local thin celery"), .vegetables, .bunch,
      [.one("约 400 克", "about 400 g", 460, case: 20)],
      Phrase(
        "杆子细，香气足，比西芹有嚼头。炒香干是弄堂里的家常菜。",
        "Thin, fragrant stalks with more bite than large celery. Fried with dried tofu it is what every lane kitchen makes."
      ),
      origin: DemoOrigin.chongming, keeps: 4, .chilled, .celery, .youngLeaf, demand: 48),
    DemoProduct(
      "lettuce", Phrase("散叶生菜", "Loose-leaf lettuce"), .vegetables, .piece,
      [.one("约 250 克", "about 250 g", 390, case: 24)],
      Phrase(
        "水培大棚种的，泥少，好洗。包肉、煮面、蚝油炒都可以。",
        "Grown in water under glass, so there is little soil to wash off. Wrap meat in it, add it to noodles, or fry it with oyster sauce."
      ),
      origin: DemoOrigin.chongming, keeps: 4, .chilled, .lettuce, .youngLeaf, demand: 58),
    DemoProduct(
      "napa-cabbage", Phrase("黄芽菜", "Napa cabbage"), .vegetables, .piece,
      [
        .kind(Phrase("半棵", "Half"), "约 800 克", "about 800 g", 420, case: 16),
        .kind(Phrase("整棵", "Whole"), "约 1.6 公斤", "about 1.6 kg", 760, case: 8),
      ],
      Phrase(
        "叶子包得紧，冬天炖肉丝、做烂糊都用它。外面两层老叶我们已经剥掉。",
        "Tightly folded; in winter it goes into braises and slow-cooked shreds. We have already taken off the two tough outer leaves."
      ),
      origin: DemoOrigin.chongming, keeps: 10, .ambient, .napaCabbage, .paleLeaf, demand: 60),
    DemoProduct(
      "round-cabbage", Phrase("平头卷心菜", "Flat-head cabbage"), .vegetables, .piece,
      [.one("约 1.2 公斤", "about 1.2 kg", 580, case: 10)],
      Phrase(
        "扁扁的一只，叶子薄而脆，手撕比刀切好吃。一只够三口人吃两顿。",
        "A flat head with thin crisp leaves, nicer torn than cut. One feeds three people twice."),
      origin: DemoOrigin.chongming, certificate: .greenFood("0002"), keeps: 10, .ambient, .cabbage,
      DemoTint(base: "#bcd694", shade: "#8fb560", light: "#eef4d8", accent: "#7dab57"), demand: 55),
    DemoProduct(
      "tatsoi", Phrase("塌棵菜", "Tatsoi"), .vegetables, .piece,
      [.one("约 450 克", "about 450 g", 560, case: 16)],
      Phrase(
        "贴着地长，一棵像一朵花，霜打过更糯。过年炒冬笋少不了它。",
        "It grows flat on the ground like a flower and turns softer after frost. At New Year people fry it with winter bamboo shoots."
      ),
      origin: DemoOrigin.chongming, keeps: 4, .chilled, .tatsoi, .deepLeaf, demand: 42),
    DemoProduct(
      "scallions", Phrase("小香葱", "Small scallions"), .vegetables, .bunch,
      [.one("约 100 克", "about 100 g", 200, case: 40)],
      Phrase(
        "根上带泥，用湿纸包着放冰箱能多放两天。葱油拌面一把刚好。",
        "With soil on the roots; wrapped in damp paper they keep two days longer in the fridge. One bunch makes scallion-oil noodles for two."
      ),
      origin: DemoOrigin.chongming, keeps: 5, .chilled, .scallions, .leaf, demand: 70),
    DemoProduct(
      "coriander", Phrase("香菜", "Coriander"), .vegetables, .bunch,
      [.one("约 80 克", "about 80 g", 220, case: 40)],
      Phrase(
        "小棵香菜，根留着，味道浓。不吃的邻居请在备注里写一声，拼单时不放。",
        "Small plants with their roots on, strong in taste. If you dislike it, say so in the note and we leave it out of mixed bags."
      ),
      origin: DemoOrigin.chongming, keeps: 4, .chilled, .coriander, .leaf, demand: 38),
    DemoProduct(
      "chongming-rice", Phrase("崇明新大米", "New-crop Chongming rice"), .staples, .bag,
      [.small("2.5 公斤", "2.5 kg", 2380, case: 8), .large("5 公斤", "5 kg", 4580, case: 4)],
      Phrase(
        "今年的新米，自家稻田收割，镇上碾米。煮饭比陈米少放一点水。",
        "This year's rice from our own paddies, milled in the town. Use a little less water than for older rice."
      ),
      origin: DemoOrigin.chongming, certificate: .origin("0003"), keeps: 180, .ambient, .riceBag, .sea,
      demand: 52),
    DemoProduct(
      "golden-squash", Phrase("崇明金瓜", "Chongming golden squash"), .vegetables, .piece,
      [.one("约 1.5 公斤", "about 1.5 kg", 1280, case: 8)],
      Phrase(
        "蒸熟了用筷子一搅，瓜肉变成一根根金丝。拌葱油和一点糖，当冷菜。",
        "Steam it, stir with chopsticks, and the flesh comes apart in golden threads. Dress it with scallion oil and a little sugar as a cold dish."
      ),
      origin: DemoOrigin.chongming, certificate: .origin("0004"), keeps: 30, .ambient, .longSquash, .gold,
      demand: 24),
    DemoProduct(
      "free-range-eggs", Phrase("林下草鸡蛋", "Free-range eggs"), .eggs, .box,
      [
        .kind(Phrase("10 枚", "10 eggs"), "10 枚，约 450 克", "10 eggs, about 450 g", 1680, case: 20),
        .kind(Phrase("20 枚", "20 eggs"), "20 枚，约 900 克", "20 eggs, about 900 g", 3180, case: 10),
      ],
      Phrase(
        "鸡养在橘林里，白天放出来走动。蛋有大有小，每盒按重量配齐。",
        "The hens live in the orange grove and walk about by day. Sizes differ, so each box is made up by weight."
      ),
      origin: DemoOrigin.chongming, allergens: [.eggs], certificate: .inspected("0005"), keeps: 30, .chilled,
      .eggs,
      DemoTint(base: "#eec9a4", shade: "#d6a678", light: "#fbe8d2", accent: "#c9865a"), demand: 88),
    DemoProduct(
      "salted-duck-eggs", Phrase("咸鸭蛋", "Salted duck eggs"), .eggs, .box,
      [.one("6 枚，已煮熟", "6 eggs, cooked", 1380, case: 20)],
      Phrase(
        "黄泥和盐腌二十五天，煮好再装盒，切开有油。配白粥，一人半个就够。",
        "Cured in clay and salt for twenty-five days and cooked before packing; the yolks are oily. With plain porridge half an egg each is enough."
      ),
      origin: DemoOrigin.chongming, allergens: [.eggs], keeps: 60, .ambient, .saltedEggs,
      DemoTint(base: "#b9d3cf", shade: "#8fb1ae", light: "#e6f0ec", accent: "#ee9337"), demand: 44),
    DemoProduct(
      "vegetable-box", Phrase("一周蔬菜箱", "Week's vegetable box"), .vegetables, .crate,
      [
        .kind(Phrase("两人份", "For two"), "约 3 公斤，6 样", "about 3 kg, 6 kinds", 3980, case: 1),
        .kind(Phrase("四人份", "For four"), "约 5.5 公斤，9 样", "about 5.5 kg, 9 kinds", 6680, case: 1),
      ],
      Phrase(
        "地里当天有什么就配什么，叶菜、根茎、瓜豆都有。箱子请带回来，下周再用。",
        "Whatever the field gives that day: leaves, roots, beans and squash. Please bring the crate back so we can use it next week."
      ),
      origin: DemoOrigin.chongming, certificate: .greenFood("0006"), keeps: 3, .chilled, .produceBox,
      DemoTint(base: "#c99a63", shade: "#a87b48", light: "#e7cd98", accent: "#d9563f"), demand: 34),
  ]
}
