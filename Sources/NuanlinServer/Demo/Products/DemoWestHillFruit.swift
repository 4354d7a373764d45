import Kernel

extension DemoProducts {
  static let westHillFruit: [DemoProduct] = [
    DemoProduct(
      "apples", Phrase("红富士苹果", "Fuji apples"), .fruit, .bag,
      [.small("约 1 公斤", "about 1 kg", 1180, case: 12), .large("约 2.5 公斤", "about 2.5 kg", 2680, case: 5)],
      Phrase(
        "合作社和烟台果农换着卖，我们卖他的苹果，他卖我们的橘子。不打蜡，有的脸上有果锈。",
        "Our cooperative and growers in Yantai sell for each other: their apples here, our mandarins there. Unwaxed, and some have russet cheeks."
      ),
      origin: Phrase("山东烟台", "Yantai, Shandong"), keeps: 30, .ambient, .apples, .red, demand: 82),
    DemoProduct(
      "mandarins", Phrase("西山蜜橘", "West Hill mandarins"), .fruit, .bag,
      [.small("约 1 公斤", "about 1 kg", 880, case: 12), .large("约 2.5 公斤", "about 2.5 kg", 1980, case: 5)],
      Phrase(
        "太湖边的老橘树，皮薄，剥开满手香。带两片叶子的是当天剪的。",
        "From old trees by Lake Tai; the skin is thin and scents the whole hand. Those with two leaves were cut the same day."
      ),
      origin: DemoOrigin.westHill, certificate: .origin("0031"), keeps: 15, .ambient, .citrus, .orange,
      demand: 86),
    DemoProduct(
      "pomelo", Phrase("蜜柚", "Honey pomelo"), .fruit, .piece,
      [
        .kind(Phrase("黄肉", "Yellow flesh"), "约 1.2 公斤", "about 1.2 kg", 980, case: 10),
        .kind(Phrase("红肉", "Red flesh"), "约 1.2 公斤", "about 1.2 kg", 1180, case: 10),
      ],
      Phrase(
        "皮厚好存，拎着沉手的水分足。不会剥的，提货时请志愿者帮着开一刀。",
        "The thick skin keeps it well, and a heavy one is juicy. If peeling is hard, ask a volunteer at pickup to cut it open."
      ),
      origin: Phrase("福建平和", "Pinghe, Fujian"), keeps: 30, .ambient, .pomelo,
      DemoTint(base: "#e9d36f", shade: "#c9ac43", light: "#f5a9a0", accent: "#82a95c"), demand: 48),
    DemoProduct(
      "pears", Phrase("翠冠梨", "Cuiguan pears"), .fruit, .bag,
      [.one("4–5 只，约 1.2 公斤", "4–5, about 1.2 kg", 1480, case: 10)],
      Phrase(
        "皮青，有麻点，样子不好看，汁水多。切开容易变色，泡淡盐水。",
        "Green, speckled and no beauty, but full of juice. Cut pieces brown quickly, so keep them in lightly salted water."
      ),
      origin: DemoOrigin.suzhou, keeps: 12, .chilled, .pears,
      DemoTint(base: "#c9cf7c", shade: "#a3ab55", light: "#eef0bd", accent: "#82a95c"), demand: 58),
    DemoProduct(
      "grapes", Phrase("马陆葡萄", "Malu grapes"), .fruit, .box,
      [.one("约 800 克", "about 800 g", 2280, case: 10)],
      Phrase(
        "套袋的巨峰，挂霜不用擦掉。整串剪下，掉下的散粒装小盒附送。",
        "Kyoho grapes grown in paper bags; the bloom on them need not be wiped off. Cut by the bunch, with any loose ones added in a small box."
      ),
      origin: Phrase("上海嘉定马陆", "Malu, Jiading, Shanghai"), keeps: 4, .chilled, .grapes,
      DemoTint(base: "#7a5a96", shade: "#5b3f77", light: "#c9b3da", accent: "#82a95c"), demand: 56),
    DemoProduct(
      "strawberries", Phrase("青浦草莓", "Qingpu strawberries"), .fruit, .box,
      [.small("约 300 克", "about 300 g", 1980, case: 12), .large("约 600 克", "about 600 g", 3680, case: 6)],
      Phrase(
        "大棚里早上采，一层一盒，不压。怕水，吃之前再洗。",
        "Picked in the morning under cover and laid in a single layer. Wash only just before eating."),
      origin: Phrase("上海青浦", "Qingpu, Shanghai"), certificate: .greenFood("0032"), keeps: 2, .chilled,
      .strawberries, .red, demand: 68),
    DemoProduct(
      "watermelon", Phrase("8424 西瓜", "8424 watermelon"), .fruit, .piece,
      [
        .kind(Phrase("半只", "Half"), "约 2 公斤", "about 2 kg", 370, case: 6)
          .perJin(grams: 2000, tolerance: 15),
        .kind(Phrase("整只", "Whole"), "约 4 公斤", "about 4 kg", 348, case: 3)
          .perJin(grams: 4000, tolerance: 15),
      ],
      Phrase(
        "南汇沙地的小瓜，皮薄肉脆，敲一下会裂。楼上没电梯的，志愿者帮着送。",
        "A small melon from the sandy fields of Nanhui, with so thin a rind that a knock can split it. Volunteers carry it up where there is no lift."
      ),
      origin: Phrase("上海浦东南汇", "Nanhui, Pudong, Shanghai"), certificate: .origin("0033"), keeps: 7, .ambient,
      .watermelon, .red, demand: 64),
    DemoProduct(
      "kiwi", Phrase("徐香猕猴桃", "Xuxiang kiwi fruit"), .fruit, .box,
      [.one("12 枚，约 1.1 公斤", "12, about 1.1 kg", 1880, case: 8)],
      Phrase(
        "收到时偏硬，和苹果放一起三五天变软。软的先吃，硬的放冰箱。",
        "Firm on arrival; beside an apple they soften in three to five days. Eat the soft ones first and chill the rest."
      ),
      origin: Phrase("陕西眉县", "Meixian, Shaanxi"), keeps: 15, .ambient, .kiwi,
      DemoTint(base: "#9cbf52", shade: "#76993a", light: "#f3f4d4", accent: "#eab84f"), demand: 50),
    DemoProduct(
      "persimmons", Phrase("脆柿", "Crisp persimmons"), .fruit, .bag,
      [.one("约 1 公斤", "about 1 kg", 980, case: 12)],
      Phrase(
        "脱过涩的硬柿子，削皮切片，脆甜。空腹别多吃，一天一两只。",
        "Firm persimmons with the astringency taken out; peel, slice and eat. One or two a day, and not on an empty stomach."
      ),
      origin: DemoOrigin.westHill, keeps: 8, .ambient, .persimmons, .orange, demand: 39),
    DemoProduct(
      "frozen-bayberries", Phrase("冰杨梅", "Frozen bayberries"), .fruit, .box,
      [.one("500 克", "500 g", 2980, case: 12)],
      Phrase(
        "六月山上采的东魁，当天速冻。冬天从冰箱拿几颗，化一半的时候吃。",
        "Picked on the hill in June and frozen the same day. In winter take out a few and eat them half thawed."
      ),
      origin: DemoOrigin.westHill, keeps: 240, .frozen, .bayberries, .wine, demand: 30),
    DemoProduct(
      "jujubes", Phrase("冬枣", "Fresh winter jujubes"), .fruit, .box,
      [.one("约 500 克", "about 500 g", 1280, case: 16)],
      Phrase(
        "半红半青的脆，全红的甜，一盒里都有。核尖，给小孩吃请先去核。",
        "Half-red ones are crisp and red ones sweet, and a box has both. The stones are sharp: take them out for small children."
      ),
      origin: Phrase("山东沾化", "Zhanhua, Shandong"), keeps: 5, .chilled, .jujubes,
      DemoTint(base: "#a8503f", shade: "#7f382c", light: "#e6ad8d", accent: "#b7bd6c"), demand: 43),
    DemoProduct(
      "loquat-honey", Phrase("枇杷花蜜", "Loquat blossom honey"), .seasonings, .jar,
      [.small("250 克", "250 g", 3280, case: 12), .large("500 克", "500 g", 5980, case: 6)],
      Phrase(
        "山上蜂农冬天收的，天冷会结晶，是正常的。温水冲开，水不要太烫。",
        "Gathered in winter by beekeepers on the hill; it turns grainy in the cold, as honey does. Stir into warm, not hot, water."
      ),
      origin: DemoOrigin.westHill, keeps: 540, .ambient, .honeyJar, .gold, demand: 26),
    DemoProduct(
      "roasted-green-tea", Phrase("西山炒青", "West Hill pan-fired tea"), .drinks, .box,
      [.one("100 克，铁罐", "100 g tin", 3880, case: 20)],
      Phrase(
        "谷雨后的叶子，炒得老一点，耐泡，家里喝的口粮茶。用八十五度的水，头一泡别焖。",
        "Leaves from after Grain Rain, fired a little longer, for everyday cups and many infusions. Use water at 85 °C and do not cover the first brew."
      ),
      origin: DemoOrigin.westHill, keeps: 360, .ambient, .teaTin, .deepLeaf, demand: 22),
    DemoProduct(
      "yellow-peach-jar", Phrase("糖水黄桃", "Yellow peaches in syrup"), .snacks, .jar,
      [.one("680 克", "680 g", 1580, case: 12)],
      Phrase(
        "夏天卖不完的黄桃，合作社自己做成罐头。糖比市面上的少，开瓶后放冰箱三天内吃完。",
        "Summer peaches that were not sold fresh, preserved by the cooperative itself. Less sugar than usual; keep it chilled once opened and finish it in three days."
      ),
      origin: DemoOrigin.fengxian, keeps: 360, .ambient, .fruitJar,
      DemoTint(base: "#f0a93f", shade: "#d68a25", light: "#fbd58a", accent: "#82a95c"), demand: 40),
  ]
}
