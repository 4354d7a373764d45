import Kernel

extension DemoProducts {
  static let tofuWorkshop: [DemoProduct] = [
    DemoProduct(
      "firm-tofu", Phrase("老豆腐", "Firm tofu"), .soy, .box,
      [.one("约 400 克", "about 400 g", 350, case: 24)],
      Phrase(
        "盐卤点的，夹得起来，煎炖都不碎。半夜开磨，早上六点出头一板。",
        "Set with brine, firm enough to lift, fry or braise. The mill starts in the night and the first board is ready at six."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 2, .chilled, .tofuBlock, .cream, demand: 84),
    DemoProduct(
      "soft-tofu", Phrase("嫩豆腐", "Soft tofu"), .soy, .box,
      [.one("约 350 克", "about 350 g", 320, case: 24)],
      Phrase(
        "石膏点的，嫩得要用勺子舀。浇点酱油和麻油就能上桌。",
        "Set with gypsum and so soft that it wants a spoon. A little soy sauce and sesame oil and it is ready."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 2, .chilled, .softTofu, .milk, demand: 72),
    DemoProduct(
      "five-spice-tofu", Phrase("五香豆腐干", "Five-spice dried tofu"), .soy, .pack,
      [.one("6 块，约 300 克", "6 pieces, about 300 g", 680, case: 24)],
      Phrase(
        "压干后用酱油、茴香、桂皮卤两遍。切丝炒芹菜，或者空口当零食。",
        "Pressed, then simmered twice in soy sauce, fennel and cassia. Shred it with celery or eat it as it is."
      ),
      origin: DemoOrigin.lane, allergens: [.soy, .gluten], keeps: 5, .chilled, .driedTofu, .toast,
      demand: 66),
    DemoProduct(
      "tofu-sheets", Phrase("薄百叶", "Thin tofu sheets"), .soy, .pack,
      [.one("5 张，约 250 克", "5 sheets, about 250 g", 620, case: 24)],
      Phrase(
        "一张张布里浇出来，薄而有韧劲。包肉、切丝烫干丝都好用。",
        "Poured sheet by sheet between cloths, thin and springy. Roll meat in them or cut them in shreds."),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 3, .chilled, .tofuSheets, .straw, demand: 54),
    DemoProduct(
      "tofu-knots", Phrase("百叶结", "Tofu knots"), .soy, .bag,
      [.one("约 300 克", "about 300 g", 680, case: 24)],
      Phrase(
        "阿婆们坐着聊天打的结，个个结实。红烧肉里放一袋，比肉先吃完。",
        "Tied by the grandmothers while they chat, and every one is tight. Put a bag in braised pork and they are gone before the meat."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 3, .chilled, .tofuKnots,
      DemoTint(base: "#f0d9a4", shade: "#cba868", light: "#fbefd0", accent: "#c9865a"), demand: 50),
    DemoProduct(
      "tofu-puffs", Phrase("油豆腐", "Tofu puffs"), .soy, .bag,
      [.one("约 250 克", "about 250 g", 750, case: 24)],
      Phrase(
        "菜籽油现炸，里面空，吸汤。炸油每天换，锅边贴着换油记录。",
        "Fried in rapeseed oil, hollow inside, and they soak up soup. The oil is changed daily and the record hangs by the pan."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 4, .chilled, .tofuPuffs, .crust, demand: 56),
    DemoProduct(
      "vegetarian-roll", Phrase("素鸡", "Pressed tofu roll"), .soy, .piece,
      [.one("一条，约 350 克", "one roll, about 350 g", 720, case: 20)],
      Phrase(
        "百叶卷紧了扎布煮成的，切片不散。先煎两面黄，再放糖和酱油烧。",
        "Tofu sheets rolled tight, bound in cloth and boiled, so slices hold together. Fry both sides, then braise with sugar and soy sauce."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 4, .chilled, .slicedRoll, .straw, demand: 39),
    DemoProduct(
      "kaofu", Phrase("生烤麸", "Wheat gluten sponge"), .soy, .bag,
      [.one("约 400 克", "about 400 g", 690, case: 20)],
      Phrase(
        "小麦面筋发酵蒸的，蜂窝匀，撕块比切块入味。四喜烤麸用这个。",
        "Steamed from fermented wheat gluten with even holes; tear it rather than cut it so it takes up the sauce. This is the base of the cold New Year dish."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 3, .chilled, .spongeCubes, .earth, demand: 35),
    DemoProduct(
      "gluten-balls", Phrase("油面筋", "Fried gluten balls"), .soy, .bag,
      [.one("约 20 只，120 克", "about 20, 120 g", 880, case: 24)],
      Phrase(
        "圆鼓鼓一只，轻得会滚。戳个洞塞肉，煮出来是一碗家常。",
        "Round and so light that they roll. Poke a hole, stuff with mince and simmer."),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 15, .ambient, .glutenBalls, .gold, demand: 33),
    DemoProduct(
      "soy-milk", Phrase("现磨豆浆", "Fresh soy milk"), .soy, .bottle,
      [
        .kind(Phrase("原味", "Plain"), "500 毫升", "500 ml", 450, case: 20),
        .kind(Phrase("微甜", "Lightly sweet"), "500 毫升", "500 ml", 480, case: 20),
      ],
      Phrase(
        "黄豆泡一夜，磨好煮开再装瓶。瓶底有点沉淀，摇一摇再喝。",
        "Soaked overnight, ground and boiled before bottling. A little settles at the bottom, so shake it first."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 2, .chilled, .milkBottle,
      DemoTint(base: "#f7eed8", shade: "#cfae72", light: "#fffdf6", accent: "#c9a15a"), demand: 68),
    DemoProduct(
      "tofu-pudding", Phrase("咸豆腐花", "Savoury tofu pudding"), .soy, .box,
      [.one("约 400 克，附料包", "about 400 g with sauce", 580, case: 20)],
      Phrase(
        "料包里是酱油、榨菜、虾皮和葱花，到家自己浇。要热吃，隔水蒸五分钟。",
        "The sachet holds soy sauce, pickled mustard, dried shrimp and scallion, to pour over at home. To have it warm, steam it for five minutes."
      ),
      origin: DemoOrigin.lane, allergens: [.soy, .gluten, .crustaceans], keeps: 1, .chilled, .bowl,
      DemoTint(base: "#fbf3df", shade: "#dccaa3", light: "#fffaee", accent: "#6f97b7"), demand: 46),
    DemoProduct(
      "soybean-sprouts", Phrase("黄豆芽", "Soybean sprouts"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 320, case: 24)],
      Phrase(
        "木桶里淋水发的，根须留着，吃的时候自己掐。炖汤鲜，要煮熟煮透。",
        "Grown in wooden tubs with their roots on, to pinch off yourself. They give soup its savour; cook them through."
      ),
      origin: DemoOrigin.lane, allergens: [.soy], keeps: 2, .chilled, .sprouts, .gold, demand: 49),
    DemoProduct(
      "mung-sprouts", Phrase("绿豆芽", "Mung bean sprouts"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 290, case: 24)],
      Phrase(
        "短而粗，水分多，大火快炒一分钟。放醋早一点，口感更脆。",
        "Short, thick and juicy; fry them for one minute over high heat. Add the vinegar early and they stay crisp."
      ),
      origin: DemoOrigin.lane, keeps: 2, .chilled, .sprouts,
      DemoTint(base: "#cfdf9d", shade: "#a3c070", light: "#f0f4d2", accent: "#8fb560"), demand: 52),
  ]
}
