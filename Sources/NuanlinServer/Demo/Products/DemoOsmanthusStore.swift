import Kernel

extension DemoProducts {
  static let osmanthusStore: [DemoProduct] = [
    DemoProduct(
      "rapeseed-oil", Phrase("小榨菜籽油", "Small-press rapeseed oil"), .staples, .bottle,
      [.small("1.8 升", "1.8 litres", 3680, case: 6), .large("5 升", "5 litres", 8980, case: 4)],
      Phrase(
        "奉贤油坊榨的，颜色深，有菜籽香，热锅会起一点沫。开封后三个月内用完。",
        "Pressed at a mill in Fengxian, dark and fragrant, foaming a little when hot. Use within three months of opening."
      ),
      origin: DemoOrigin.fengxian, keeps: 540, .ambient, .oilBottle, .gold, demand: 40),
    DemoProduct(
      "soy-sauce", Phrase("晒足酱油", "Sun-brewed soy sauce"), .seasonings, .bottle,
      [.one("500 毫升", "500 ml", 1280, case: 12)],
      Phrase(
        "缸里晒了一百八十天，配料写在瓶身上，一共四样。红烧上色够，凉拌少放。",
        "Half a year in open jars; the label lists all four ingredients. Enough colour for braising; use less of it in salads."
      ),
      origin: DemoOrigin.suzhou, allergens: [.soy, .gluten], keeps: 540, .ambient, .sauceBottle, .soy,
      demand: 44),
    DemoProduct(
      "aromatic-vinegar", Phrase("香醋", "Aromatic rice vinegar"), .seasonings, .bottle,
      [.one("500 毫升", "500 ml", 980, case: 12)],
      Phrase(
        "糯米酿的，酸里带一点甜，蘸蟹、拌面都行。瓶底有沉淀是正常的。",
        "Brewed from glutinous rice, sour with a touch of sweetness, for crab or noodles. Some sediment at the bottom is normal."
      ),
      origin: Phrase("江苏镇江", "Zhenjiang, Jiangsu"), allergens: [.gluten], keeps: 720, .ambient, .sauceBottle,
      DemoTint(base: "#7a3f35", shade: "#582a24", light: "#b97a68", accent: "#ecb94a"), demand: 35),
    DemoProduct(
      "plain-flour", Phrase("中筋面粉", "Plain flour"), .staples, .bag,
      [.one("2.5 公斤", "2.5 kg", 1480, case: 6)],
      Phrase(
        "做馒头、饺子皮、葱油饼都用它。梅雨天请扎紧口，放干燥的地方。",
        "For buns, dumpling skins and scallion pancakes. In the rainy season tie the bag and keep it dry."),
      origin: Phrase("江苏盐城", "Yancheng, Jiangsu"), allergens: [.gluten], keeps: 270, .ambient, .sack,
      DemoTint(base: "#f3ead6", shade: "#d2c09a", light: "#fffaee", accent: "#c1694f"), demand: 32),
    DemoProduct(
      "dried-noodles", Phrase("龙须挂面", "Fine dried noodles"), .staples, .pack,
      [.one("2 把，共 1 公斤", "2 bundles, 1 kg", 980, case: 12)],
      Phrase(
        "细，两分钟就熟，家里常备一把，不用天天出门。口味偏淡，汤里再放盐。",
        "Thin, done in two minutes, and good to have in when you would rather stay at home. Lightly salted, so season the soup."
      ),
      origin: Phrase("江苏盐城", "Yancheng, Jiangsu"), allergens: [.gluten], keeps: 360, .ambient, .driedNoodles,
      DemoTint(base: "#f3e2b3", shade: "#d6bd80", light: "#fdf6de", accent: "#c1694f"), demand: 46),
    DemoProduct(
      "fresh-milk", Phrase("巴氏鲜牛奶", "Pasteurised fresh milk"), .dairy, .box,
      [.one("950 毫升", "950 ml", 1580, case: 12)],
      Phrase(
        "牧场早上挤，下午灌装，一路冷藏。保质期短，拿到请马上放冰箱。",
        "Milked in the morning, filled in the afternoon and kept cold all the way. It does not keep long, so put it in the fridge at once."
      ),
      origin: DemoOrigin.fengxian, allergens: [.milk], keeps: 7, .chilled, .milkCarton, .milk, demand: 80),
    DemoProduct(
      "plain-yoghurt", Phrase("原味酸奶", "Plain yoghurt"), .dairy, .pack,
      [.one("6 杯，每杯 100 克", "6 cups of 100 g", 1380, case: 12)],
      Phrase(
        "生牛乳发酵，糖放得少，配蜂蜜或水果吃。杯盖可以回收，提货点有箱子。",
        "Fermented from raw milk with little sugar, to eat with honey or fruit. Lids can be returned in the box at the pickup point."
      ),
      origin: DemoOrigin.fengxian, allergens: [.milk], keeps: 18, .chilled, .yoghurtCups,
      DemoTint(base: "#fbf8f0", shade: "#ddd8cb", light: "#e6f0d9", accent: "#8fb3a3"), demand: 66),
    DemoProduct(
      "pickled-greens", Phrase("雪里蕻咸菜", "Pickled mustard greens"), .seasonings, .jar,
      [.one("400 克", "400 g", 780, case: 20)],
      Phrase(
        "老法腌的，酸香，炒肉丝、烧黄鱼都鲜。咸，下锅前泡一泡挤干。",
        "Pickled the old way, sour and fragrant, good with pork shreds or fish. It is salty: soak and squeeze it first."
      ),
      origin: Phrase("浙江宁波", "Ningbo, Zhejiang"), keeps: 180, .ambient, .pickleJar, .clay, demand: 37),
    DemoProduct(
      "dish-soap", Phrase("茶籽洗洁精", "Camellia dish soap"), .household, .bottle,
      [.one("1 公斤", "1 kg", 1580, case: 12)],
      Phrase(
        "去油够用，泡沫少，冲两遍就干净。瓶子带回店里，可以按克续装。",
        "Cuts grease with little foam and rinses off in two goes. Bring the bottle back and refill it by weight."
      ),
      origin: Phrase("浙江衢州", "Quzhou, Zhejiang"), keeps: nil, .ambient, .detergent, .leaf, demand: 33),
    DemoProduct(
      "laundry-liquid", Phrase("洗衣液", "Laundry liquid"), .household, .bottle,
      [.one("2 升", "2 litres", 2680, case: 6)],
      Phrase(
        "气味淡，手洗机洗都能用，一瓶大约洗四十次。盖子就是量杯，一格够一桶。",
        "Lightly scented, for hand or machine, about forty washes a bottle. The cap is the measure: one line for one load."
      ),
      origin: Phrase("江苏常州", "Changzhou, Jiangsu"), keeps: nil, .ambient, .laundryJug, .sky, demand: 35),
    DemoProduct(
      "tissues", Phrase("竹浆抽纸", "Bamboo tissues"), .household, .pack,
      [.one("8 包", "8 packs", 2180, case: 8)],
      Phrase(
        "本色竹浆，不漂白，擦桌擦手都不掉屑。占地方，送货日可以代送上楼。",
        "Unbleached bamboo fibre that leaves no lint. Bulky, so it can be carried upstairs on delivery days."),
      origin: Phrase("四川宜宾", "Yibin, Sichuan"), keeps: nil, .ambient, .tissueBox, .sea, demand: 52),
    DemoProduct(
      "paper-rolls", Phrase("卷筒纸", "Toilet paper rolls"), .household, .pack,
      [.one("12 卷", "12 rolls", 2480, case: 6)],
      Phrase(
        "四层，压得实，一卷用得久。遇水能化，可以直接冲走。",
        "Four layers, tightly wound, so a roll lasts. It breaks up in water and can be flushed."),
      origin: Phrase("四川宜宾", "Yibin, Sichuan"), keeps: nil, .ambient, .paperRolls, .blush, demand: 50),
    DemoProduct(
      "palm-brush", Phrase("棕榈锅刷", "Palm-fibre pan brush"), .household, .piece,
      [.one("一把，长 22 厘米", "one, 22 cm", 980, case: 20)],
      Phrase(
        "助残工坊手扎的，棕丝硬，刷铁锅不伤。用完挂起来晾干，能用大半年。",
        "Bound by hand in a workshop for people with disabilities; stiff palm fibre that suits iron pans. Hang it to dry and it lasts more than half a year."
      ),
      origin: DemoOrigin.lane, keeps: nil, .ambient, .brush,
      DemoTint(base: "#c99a63", shade: "#9a7040", light: "#a07a50", accent: "#7d5c39"), demand: 25),
  ]
}
