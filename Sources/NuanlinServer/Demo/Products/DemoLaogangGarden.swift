import Kernel

extension DemoProducts {
  static let laogangGarden: [DemoProduct] = [
    DemoProduct(
      "white-radish", Phrase("白萝卜", "White radish"), .vegetables, .piece,
      [.one("约 800 克", "about 800 g", 320, case: 16)],
      Phrase(
        "沙土地里长的，水分足，叶子留了一截看新鲜。炖排骨、腌萝卜皮都行。",
        "Grown in sandy soil and full of water; a bit of leaf stays on to show how fresh it is. For rib soup, or pickle the skin."
      ),
      origin: DemoOrigin.nanhui, keeps: 8, .ambient, .whiteRadish,
      DemoTint(base: "#fdfbf2", shade: "#d9d4bd", light: "#ffffff", accent: "#cfdf9d"), demand: 58),
    DemoProduct(
      "carrots", Phrase("胡萝卜", "Carrots"), .vegetables, .bag,
      [.one("约 500 克", "about 500 g", 360, case: 20)],
      Phrase(
        "粗细不大一样，都是一块地里的。带缨的一批先到先得，缨子也能炒。",
        "Not all the same thickness, but all from one field. The first batch comes with its tops, which can be fried too."
      ),
      origin: DemoOrigin.nanhui, keeps: 12, .ambient, .carrots, .orange, demand: 60),
    DemoProduct(
      "round-radishes", Phrase("樱桃萝卜", "Round red radishes"), .vegetables, .bunch,
      [.one("一把约 10 只", "a bunch of about 10", 480, case: 20)],
      Phrase(
        "一口一个，皮红心白，辣味轻。洗净拍开，糖醋腌半小时。",
        "One bite each, red outside and white inside, only a little hot. Crush and leave in sugar and vinegar for half an hour."
      ),
      origin: DemoOrigin.nanhui, keeps: 4, .chilled, .roundRadishes,
      DemoTint(base: "#cf4a63", shade: "#a53149", light: "#f2a3ad", accent: "#7dab57"), demand: 28),
    DemoProduct(
      "potatoes", Phrase("黄心土豆", "Yellow potatoes"), .vegetables, .bag,
      [.small("约 1 公斤", "about 1 kg", 480, case: 12), .large("约 2.5 公斤", "about 2.5 kg", 1080, case: 6)],
      Phrase(
        "中等个头，切丝炒脆，切块炖糯。放在阴凉处，别和洋葱放一起。",
        "Middle-sized: crisp in shreds and soft in stews. Keep them somewhere cool and dark, away from onions."
      ),
      origin: DemoOrigin.nanhui, keeps: 20, .ambient, .potatoes, .straw, demand: 76),
    DemoProduct(
      "iron-yam", Phrase("铁棍山药", "Slender yam"), .vegetables, .bag,
      [.one("2–3 根，约 600 克", "2–3 roots, about 600 g", 1380, case: 12)],
      Phrase(
        "细的一种，粉糯，蒸着吃不用削皮。有断的会用纸包好配足分量。",
        "The thin kind, floury and soft; steam it in its skin. Broken ones are wrapped in paper and made up to weight."
      ),
      origin: Phrase("河南焦作，合作农户", "Partner growers, Jiaozuo, Henan"), keeps: 20, .ambient, .yams, .earth,
      demand: 36),
    DemoProduct(
      "sweet-potatoes", Phrase("红心山芋", "Orange sweet potatoes"), .vegetables, .bag,
      [.one("约 1 公斤", "about 1 kg", 650, case: 12)],
      Phrase(
        "挖出来放了十天，让它转甜再卖。蒸、烤、煮粥都好，皮上有点疤不影响吃。",
        "Rested for ten days after digging so that they sweeten. Steam, bake or add to porridge; a scar on the skin does no harm."
      ),
      origin: DemoOrigin.nanhui, keeps: 20, .ambient, .sweetPotatoes,
      DemoTint(base: "#b5636a", shade: "#8e464f", light: "#e0a39b", accent: "#6f9a51"), demand: 54),
    DemoProduct(
      "pumpkin", Phrase("老南瓜", "Old pumpkin"), .vegetables, .piece,
      [
        .kind(Phrase("半只", "Half"), "约 1.2 公斤", "about 1.2 kg", 560, case: 10),
        .kind(Phrase("整只", "Whole"), "约 2.5 公斤", "about 2.5 kg", 1080, case: 6),
      ],
      Phrase(
        "摘下来又放了半个月，粉而甜。半只的切口覆了膜，请三天内吃完。",
        "Kept for two weeks after picking, floury and sweet. Halves are covered with film; please use them within three days."
      ),
      origin: DemoOrigin.nanhui, keeps: 30, .ambient, .pumpkin, .orange, demand: 44),
    DemoProduct(
      "winter-melon", Phrase("冬瓜（切段）", "Winter melon, cut"), .vegetables, .piece,
      [.one("约 1 公斤", "about 1 kg", 390, case: 10)],
      Phrase(
        "一只冬瓜三十斤，切成段大家分。当天现切，切口覆膜。",
        "One melon weighs fifteen kilos, so neighbours share it in pieces. Cut on the day and covered with film."
      ),
      origin: DemoOrigin.nanhui, keeps: 3, .chilled, .winterMelon,
      DemoTint(base: "#7ea282", shade: "#5a8164", light: "#dbe8c8", accent: "#a9c7a0"), demand: 42),
    DemoProduct(
      "onions", Phrase("紫皮洋葱", "Purple onions"), .vegetables, .bag,
      [.one("3–4 只，约 1 公斤", "3–4 pieces, about 1 kg", 460, case: 12)],
      Phrase(
        "晾干了外皮再装袋，通风处能放一个月。怕流眼泪，切之前冰一会儿。",
        "Dried before bagging, they keep a month in the open air. Chill them before cutting and your eyes will water less."
      ),
      origin: DemoOrigin.nanhui, keeps: 30, .ambient, .onions,
      DemoTint(base: "#a35a7a", shade: "#7c3f5c", light: "#dba6b9", accent: "#7dab57"), demand: 46),
    DemoProduct(
      "garlic", Phrase("大蒜头", "Garlic"), .vegetables, .bag,
      [.one("约 300 克", "about 300 g", 520, case: 24)],
      Phrase(
        "蒜瓣饱，挂在檐下晾过。买多了剥好冻起来，炒菜时直接下锅。",
        "Full cloves, dried under the eaves. If you buy too many, peel and freeze them and use them straight from the freezer."
      ),
      origin: DemoOrigin.nanhui, keeps: 60, .ambient, .garlic,
      DemoTint(base: "#f7eee6", shade: "#c9a9b4", light: "#ffffff", accent: "#b58a9d"), demand: 40),
    DemoProduct(
      "ginger", Phrase("小黄姜", "Yellow ginger"), .vegetables, .bag,
      [.one("约 250 克", "about 250 g", 480, case: 24)],
      Phrase(
        "个小味辣，去腥只要两三片。用不完的埋在沙盆里，能放过冬。",
        "Small and hot: two or three slices take away any fishiness. Bury the rest in a pot of sand and it lasts the winter."
      ),
      origin: DemoOrigin.nanhui, keeps: 40, .ambient, .ginger, .straw, demand: 42),
    DemoProduct(
      "cauliflower", Phrase("松花菜", "Loose cauliflower"), .vegetables, .piece,
      [.one("约 700 克", "about 700 g", 690, case: 12)],
      Phrase(
        "花球散，梗子绿，干煸着吃有嚼头。淡盐水泡一刻钟再洗。",
        "Loose heads on green stems, with a good bite when dry-fried. Soak in salted water for fifteen minutes before washing."
      ),
      origin: DemoOrigin.nanhui, keeps: 5, .chilled, .cauliflower, .cream, demand: 52),
    DemoProduct(
      "broccoli", Phrase("西兰花", "Broccoli"), .vegetables, .piece,
      [.one("约 450 克", "about 450 g", 720, case: 16)],
      Phrase(
        "花球紧，当天从地里冰着运来。梗子去皮切片，一样好吃。",
        "Tight heads that travel on ice from the field the same day. Peel and slice the stem; it is just as good."
      ),
      origin: DemoOrigin.nanhui, certificate: .greenFood("0021"), keeps: 5, .chilled, .broccoli,
      DemoTint(base: "#6c9a5b", shade: "#4b7a45", light: "#cfe0a6", accent: "#eab84f"), demand: 63),
    DemoProduct(
      "sweet-corn", Phrase("甜玉米", "Sweet corn"), .vegetables, .bag,
      [.one("4 根", "4 cobs", 1080, case: 12)],
      Phrase(
        "带皮送到，皮是用来锁水的。甜味掉得快，当天煮当天吃。",
        "Delivered in the husk, which keeps the juice in. The sweetness goes quickly, so cook it the same day."
      ),
      origin: DemoOrigin.nanhui, keeps: 3, .chilled, .corn, .gold, demand: 48),
    DemoProduct(
      "green-peppers", Phrase("灯笼椒", "Bell peppers"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 560, case: 20)],
      Phrase(
        "不辣，肉厚，孩子也能吃。炒肉丝、塞肉都用得上。",
        "Not hot, thick-fleshed, and fine for children. Fry with pork shreds or stuff them with mince."),
      origin: DemoOrigin.nanhui, keeps: 6, .chilled, .peppers, .deepLeaf, demand: 45),
    DemoProduct(
      "cherry-tomatoes", Phrase("小番茄", "Cherry tomatoes"), .fruit, .box,
      [.one("约 450 克", "about 450 g", 1180, case: 16)],
      Phrase(
        "红一盒，皮脆，酸甜都有。洗干净当水果，放学路上吃几颗。",
        "A box of red ones with crisp skins, sweet and sour together. Rinse and eat them like fruit on the way home from school."
      ),
      origin: DemoOrigin.nanhui, keeps: 5, .chilled, .cherryTomatoes, .red, demand: 55),
    DemoProduct(
      "shiitake", Phrase("鲜香菇", "Fresh shiitake"), .vegetables, .box,
      [.one("约 300 克", "about 300 g", 780, case: 20)],
      Phrase(
        "菇房就在菜园边，早晨剪下，菌褶白净。和青菜是老搭档。",
        "The mushroom house stands beside the garden; cut in the morning, with clean white gills. An old companion of greens."
      ),
      origin: DemoOrigin.nanhui, keeps: 5, .chilled, .shiitake,
      DemoTint(base: "#9a6a48", shade: "#74492f", light: "#e0bd95", accent: "#f3e6cf"), demand: 61),
    DemoProduct(
      "oyster-mushrooms", Phrase("平菇", "Oyster mushrooms"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 480, case: 20)],
      Phrase(
        "一丛丛手撕下来，做汤鲜。捏一下会出水，不要压在袋底。",
        "Torn off in clusters, and they make a savoury soup. They bruise when pressed, so keep them at the top of the bag."
      ),
      origin: DemoOrigin.nanhui, keeps: 3, .chilled, .oysterMushrooms,
      DemoTint(base: "#b8aa9a", shade: "#8f8072", light: "#f2eadf", accent: "#d9b877"), demand: 43),
    DemoProduct(
      "enoki", Phrase("金针菇", "Enoki mushrooms"), .vegetables, .bag,
      [.one("约 300 克", "about 300 g", 390, case: 24)],
      Phrase(
        "真空袋装，根部切掉两厘米就能用。烫火锅、蒸粉丝都快。",
        "Vacuum-packed: cut two centimetres off the foot and they are ready. Quick in hot pot or steamed with glass noodles."
      ),
      origin: DemoOrigin.nanhui, keeps: 10, .chilled, .enoki,
      DemoTint(base: "#f3dfae", shade: "#dcc08a", light: "#fdf8ea", accent: "#c9a15a"), demand: 47),
    DemoProduct(
      "winter-bamboo", Phrase("冬笋", "Winter bamboo shoots"), .vegetables, .bag,
      [.one("2–3 只，约 500 克", "2–3 shoots, about 500 g", 1980, case: 12)],
      Phrase(
        "山里农户挖的，带壳带土，剥出来大约一半是肉。先焯水再切，去一去涩。",
        "Dug by hill farmers, husk and soil on; about half of the weight is left after peeling. Blanch before slicing to take the edge off."
      ),
      origin: Phrase("浙江安吉，合作农户", "Partner growers, Anji, Zhejiang"), keeps: 7, .ambient, .bambooShoots,
      DemoTint(base: "#d9b26a", shade: "#a97c45", light: "#f7e6b4", accent: "#a3c565"), demand: 38),
  ]
}
