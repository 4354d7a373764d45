import Kernel

extension DemoProducts {
  static let laneBakery: [DemoProduct] = [
    DemoProduct(
      "milk-toast", Phrase("鲜奶吐司", "Milk loaf"), .bakery, .bag,
      [
        .kind(Phrase("半条", "Half loaf"), "约 225 克", "about 225 g", 980, case: 16),
        .kind(Phrase("整条", "Whole loaf"), "约 450 克", "about 450 g", 1780, case: 8),
      ],
      Phrase(
        "用牛奶和面，不另加水，边也是软的。凉透才装袋，第二天烤一下又香起来。",
        "Kneaded with milk instead of water, soft to the crust. Bagged when cool; toast it the next day and the smell comes back."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .milk, .eggs], keeps: 3, .ambient, .loaf, .crust,
      demand: 70),
    DemoProduct(
      "walnut-bread", Phrase("全麦核桃包", "Wholewheat walnut bread"), .bakery, .piece,
      [.one("约 350 克", "about 350 g", 1680, case: 12)],
      Phrase(
        "一半全麦粉，核桃先烤过再揉进去。牙口不好的邻居建议切薄片。",
        "Half wholewheat flour, with walnuts roasted before kneading. If chewing is hard, slice it thin."),
      origin: DemoOrigin.lane, allergens: [.gluten, .nuts], keeps: 3, .ambient, .roundBread, .toast,
      demand: 36
    ),
    DemoProduct(
      "baguettes", Phrase("短法棍", "Short baguettes"), .bakery, .pack,
      [.one("2 根，约 300 克", "2, about 300 g", 1180, case: 12)],
      Phrase(
        "只有面粉、水、盐和酵母，皮脆。下午三点出炉，赶得上晚饭。",
        "Only flour, water, salt and yeast, with a crisp crust. Out of the oven at three, in time for supper."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 1, .ambient, .baguettes, .crust, demand: 28),
    DemoProduct(
      "vegetable-buns", Phrase("香菇菜包", "Greens and mushroom buns"), .bakery, .pack,
      [.one("6 只，约 540 克", "6, about 540 g", 1380, case: 16)],
      Phrase(
        "上海青焯水切碎，拌香菇、豆干和麻油。冷的送到，上锅蒸八分钟。",
        "Blanched greens chopped with mushrooms, dried tofu and sesame oil. They come cold; steam them for eight minutes."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .soy], keeps: 3, .chilled, .buns,
      DemoTint(base: "#fbf6e8", shade: "#d3c7a6", light: "#ffffff", accent: "#7dab57"), demand: 67),
    DemoProduct(
      "pork-buns", Phrase("鲜肉包", "Pork buns"), .bakery, .pack,
      [.one("6 只，约 540 克", "6, about 540 g", 1680, case: 16)],
      Phrase(
        "前腿肉三肥七瘦，打了皮冻，咬开有汤。刚蒸好烫嘴，慢慢吃。",
        "Pork shoulder, three parts fat to seven lean, with jellied stock that melts into soup. They are very hot inside, so go slowly."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .soy], keeps: 3, .chilled, .buns,
      DemoTint(base: "#faf0df", shade: "#d6bf9b", light: "#ffffff", accent: "#c4615b"), demand: 73),
    DemoProduct(
      "plain-buns", Phrase("刀切馒头", "Plain steamed buns"), .bakery, .pack,
      [.one("8 只，约 640 克", "8, about 640 g", 880, case: 16)],
      Phrase(
        "老面发的，有麦香，不甜。冻起来能放一个月，蒸的时候不用化开。",
        "Raised with old dough, tasting of wheat and not sweet. They freeze for a month and steam straight from frozen."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 3, .chilled, .plainBuns, .cream, demand: 57),
    DemoProduct(
      "scallion-rolls", Phrase("葱油花卷", "Scallion rolls"), .bakery, .pack,
      [.one("6 只，约 420 克", "6, about 420 g", 980, case: 16)],
      Phrase(
        "葱油自己熬，葱花卷在层里，一层层撕着吃。早饭配豆浆。",
        "We make the scallion oil ourselves and roll it in layers to pull apart. Have them with soy milk in the morning."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 3, .chilled, .twistedRolls,
      DemoTint(base: "#f6ecd3", shade: "#cfb98a", light: "#fffaee", accent: "#7dab57"), demand: 51),
    DemoProduct(
      "green-dumplings", Phrase("豆沙青团", "Green rice balls with bean paste"), .bakery, .box,
      [.one("6 只，约 360 克", "6, about 360 g", 1980, case: 16)],
      Phrase(
        "浆麦草榨汁和糯米粉，豆沙自己炒，甜度减了一些。糯食不好消化，老人孩子一次一只。",
        "Barley-grass juice in glutinous rice dough, with our own bean paste, a little less sweet than usual. Sticky rice is heavy: one at a time for the old and the small."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 2, .ambient, .greenBalls, .deepLeaf, demand: 45),
    DemoProduct(
      "pork-mooncakes", Phrase("鲜肉月饼", "Pork mooncakes"), .bakery, .box,
      [.one("6 只，约 420 克", "6, about 420 g", 2680, case: 16)],
      Phrase(
        "酥皮包鲜肉，现烤现装，盒底会印出一点油。回家烤箱一百八十度热六分钟。",
        "Flaky pastry round fresh pork, boxed from the oven, and a little oil shows on the base. Warm them at 180 °C for six minutes."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .soy], keeps: 2, .ambient, .mooncakes, .crust,
      demand: 47),
    DemoProduct(
      "palmiers", Phrase("蝴蝶酥", "Palmiers"), .bakery, .bag,
      [.one("约 260 克", "about 260 g", 2380, case: 16)],
      Phrase(
        "黄油折了二十七层，糖粒在边上烤焦一点点。装袋怕碎，请放在上面。",
        "Butter folded into twenty-seven layers, the sugar slightly browned at the edge. They break easily, so carry them on top."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .milk], keeps: 15, .ambient, .palmiers, .gold, demand: 41),
    DemoProduct(
      "sponge-cakes", Phrase("老式鸡蛋糕", "Old-style sponge cakes"), .bakery, .bag,
      [.one("8 只，约 320 克", "8, about 320 g", 1280, case: 16)],
      Phrase(
        "鸡蛋、糖、面粉，就三样，面上裂一道口。奶奶们说和小时候一个味道。",
        "Eggs, sugar and flour, nothing else, with a crack on top. The grandmothers say they taste as they used to."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .eggs], keeps: 5, .ambient, .spongeCakes, .gold,
      demand: 59
    ),
    DemoProduct(
      "bean-paste-rolls", Phrase("桂花条头糕", "Osmanthus rice rolls"), .bakery, .box,
      [.one("4 条，约 400 克", "4, about 400 g", 1580, case: 16)],
      Phrase(
        "糯米皮裹豆沙，撒一点小区里收的桂花。当天吃软糯，隔夜会硬，蒸一蒸。",
        "Sticky rice round bean paste with a little osmanthus gathered in our own lanes. Soft on the day; steam it if it has hardened overnight."
      ),
      origin: DemoOrigin.lane, keeps: 2, .ambient, .riceCakes,
      DemoTint(base: "#fbf6ea", shade: "#d3c5a4", light: "#fffdf6", accent: "#74344a"), demand: 37),
    DemoProduct(
      "shepherds-purse-wontons", Phrase("荠菜鲜肉大馄饨", "Pork and shepherd's purse wontons"), .bakery,
      .box,
      [
        .small("20 只，约 500 克", "20, about 500 g", 2280, case: 12),
        .large("40 只，约 1 公斤", "40, about 1 kg", 4280, case: 6),
      ],
      Phrase(
        "荠菜手拣手切，肉和菜一半一半。水开下锅，点两次凉水，浮起来就好。",
        "Shepherd's purse picked over and cut by hand, half greens and half pork. Boil, add cold water twice, and they are done when they float."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten, .soy, .eggs], keeps: 30, .frozen, .wontons,
      DemoTint(base: "#fbf3df", shade: "#d6c59d", light: "#ffffff", accent: "#a9c07c"), demand: 75),
    DemoProduct(
      "fresh-noodles", Phrase("阳春细面", "Fresh thin noodles"), .staples, .bag,
      [.one("约 500 克，4 把", "about 500 g, 4 nests", 480, case: 20)],
      Phrase(
        "早上压的鲜面，碱放得少，汤不浑。吃不完分小份冻上。",
        "Pressed this morning with little alkali, so the broth stays clear. Freeze what is left in small portions."
      ),
      origin: DemoOrigin.lane, allergens: [.gluten], keeps: 2, .chilled, .freshNoodles, .straw, demand: 62),
  ]
}
