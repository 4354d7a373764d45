import Kernel

extension DemoProducts {
  static let practiceGrocery: [DemoProduct] = [
    DemoProduct(
      "practice-quail-eggs", Phrase("练习鹌鹑蛋", "Practice quail eggs"), .eggs, .box,
      [.one("20 枚", "20 eggs", 1080, case: 20)],
      Phrase(
        "练习用的商品，不会真的送来。下单时试试改数量。",
        "A practice item that never really arrives. Try changing the amount when you order."),
      origin: DemoOrigin.huzhou, allergens: [.eggs], keeps: 30, .chilled, .quailEggs,
      DemoTint(base: "#ece2cc", shade: "#cbbb97", light: "#fffaee", accent: "#7d6248"), demand: 40),
    DemoProduct(
      "practice-dumplings", Phrase("练习水饺", "Practice dumplings"), .bakery, .box,
      [.small("20 只", "20 dumplings", 1880, case: 12), .large("40 只", "40 dumplings", 3480, case: 6)],
      Phrase(
        "练习用的商品，有小份和大份两种。试试选错了再改回来。",
        "A practice item in two sizes. Try choosing the wrong one and changing it back."),
      origin: DemoOrigin.lane, allergens: [.gluten, .soy], keeps: 30, .frozen, .dumplings, .cream,
      demand: 60),
    DemoProduct(
      "practice-peaches", Phrase("练习水蜜桃", "Practice peaches"), .fruit, .box,
      [.one("6 只", "6 peaches", 3680, case: 8)],
      Phrase(
        "练习用的商品，每户限两盒。试试买三盒会看到什么。",
        "A practice item with a limit of two boxes a household. See what happens when you ask for three."),
      origin: DemoOrigin.nanhui, keeps: 3, .chilled, .peaches, .peach, demand: 55),
    DemoProduct(
      "practice-bananas", Phrase("练习香蕉", "Practice bananas"), .fruit, .bag,
      [.one("约 1 公斤", "about 1 kg", 780, case: 12)],
      Phrase(
        "练习用的商品，放进篮子再拿出来也没关系。价钱是假的，找钱可以练着算。",
        "A practice item: put it in the basket and take it out as often as you like. The price is made up, so you can practise counting change."
      ),
      origin: Phrase("海南澄迈", "Chengmai, Hainan"), keeps: 5, .ambient, .bananas, .gold, demand: 50),
    DemoProduct(
      "practice-osmanthus-sugar", Phrase("练习糖桂花", "Practice osmanthus sugar"), .seasonings, .jar,
      [.one("200 克", "200 g", 1680, case: 12)],
      Phrase(
        "练习用的商品，库存只有五罐。看看卖完以后页面怎么说。",
        "A practice item with only five jars in stock. See what the page says when they are gone."),
      origin: DemoOrigin.lane, keeps: 360, .ambient, .jar, .gold, demand: 25),
    DemoProduct(
      "practice-red-beans", Phrase("练习赤豆", "Practice red beans"), .staples, .bag,
      [.one("500 克", "500 g", 980, case: 20)],
      Phrase(
        "练习用的商品，够十袋才成团。看看离成团还差多少。",
        "A practice item that needs ten bags before it goes ahead. See how far there is to go."),
      origin: DemoOrigin.chongming, keeps: 360, .ambient, .pouch, .wine, demand: 30),
    DemoProduct(
      "practice-rock-sugar", Phrase("练习黄冰糖", "Practice rock sugar"), .seasonings, .bag,
      [.one("400 克", "400 g", 880, case: 20)],
      Phrase(
        "练习用的商品，下单后可以取消。取消以后再看看订单页。",
        "A practice item: order it and cancel it. Then look at your orders again."),
      origin: Phrase("广西崇左", "Chongzuo, Guangxi"), keeps: 540, .ambient, .crystals, .straw, demand: 20),
    DemoProduct(
      "practice-towels", Phrase("练习毛巾", "Practice towels"), .household, .pack,
      [.one("3 条", "3 towels", 2980, case: 10)],
      Phrase(
        "练习用的商品，给长辈版字体做例子。切到大字试一试。",
        "A practice item, here as an example for the elder view. Switch to large type and try it."),
      origin: Phrase("江苏南通", "Nantong, Jiangsu"), keeps: nil, .ambient, .towels, .sea, demand: 20),
    DemoProduct(
      "practice-soap", Phrase("练习肥皂", "Practice soap"), .household, .pack,
      [.one("2 块", "2 bars", 680, case: 20)],
      Phrase(
        "练习用的商品，便宜，适合练头一回下单。一步一步跟着页面走。",
        "A cheap practice item for a first order. Follow the page step by step."),
      origin: DemoOrigin.lane, keeps: nil, .ambient, .soap, .lilac, demand: 20),
    DemoProduct(
      "practice-bin-bags", Phrase("练习垃圾袋", "Practice bin bags"), .household, .pack,
      [.one("3 卷", "3 rolls", 880, case: 20)],
      Phrase(
        "练习用的商品，团长可以拿它练分拣单。多下几单再打印看看。",
        "A practice item with which a leader can try the sorting list. Place several orders, then print it."),
      origin: DemoOrigin.suzhou, keeps: nil, .ambient, .binBags, .ink, demand: 25),
    DemoProduct(
      "practice-carnations", Phrase("练习康乃馨", "Practice carnations"), .household, .bunch,
      [.one("10 枝", "10 stems", 2580, case: 10)],
      Phrase(
        "练习用的商品，到货会少两把。团长可以练一练怎么登记短缺。",
        "A practice item that arrives two bunches short. A leader can practise entering what came."),
      origin: Phrase("云南昆明", "Kunming, Yunnan"), keeps: 7, .chilled, .flowers, .rose, demand: 30),
    DemoProduct(
      "practice-bulbs", Phrase("练习灯泡", "Practice light bulbs"), .household, .box,
      [.one("2 只", "2 bulbs", 1580, case: 20)],
      Phrase(
        "练习用的商品，易碎，提货时练练当面验。不对就点“有问题”。",
        "A fragile practice item: try checking it at pickup. If something is wrong, report it there."),
      origin: Phrase("浙江杭州", "Hangzhou, Zhejiang"), keeps: nil, .ambient, .lightBulbs, .gold, demand: 15),
    DemoProduct(
      "practice-slippers", Phrase("练习棉拖鞋", "Practice slippers"), .household, .pack,
      [
        .kind(Phrase("37 码", "Size 37"), "1 双", "1 pair", 2580, case: 10),
        .kind(Phrase("42 码", "Size 42"), "1 双", "1 pair", 2580, case: 10),
      ],
      Phrase(
        "练习用的商品，分码数。试试一单里买两个码。",
        "A practice item in sizes. Try ordering two sizes in one order."),
      origin: DemoOrigin.suzhou, keeps: nil, .ambient, .slippers, .clay, demand: 20),
  ]
}
