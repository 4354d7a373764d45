import Kernel

extension DemoProducts {
  static let liantangFarm: [DemoProduct] = [
    DemoProduct(
      "water-bamboo", Phrase("练塘茭白", "Liantang water bamboo"), .vegetables, .bag,
      [.one("约 1 斤，带壳", "about 500 g, in the husk", 880, case: 20)],
      Phrase(
        "水田里现掰，带着两层壳保水。剥开切滚刀块，油焖放点糖。",
        "Picked from the flooded field with two husks left on to keep it moist. Peel, cut in chunks and braise with a little sugar."
      ),
      origin: DemoOrigin.qingpu, certificate: .origin("0011"), keeps: 5, .chilled, .waterBamboo,
      DemoTint(base: "#a3c565", shade: "#7ba549", light: "#f3f6dc", accent: "#eab84f"), demand: 64),
    DemoProduct(
      "lotus-root", Phrase("塘藕", "Pond lotus root"), .vegetables, .piece,
      [.one("一节，约 600 克", "one section, about 600 g", 720, case: 16)],
      Phrase(
        "带泥卖，泥是护着它的，洗了就要尽快吃。粗的一头炖汤，细的一头凉拌。",
        "Sold with the mud on, which protects it; once washed, use it soon. The thick end is for soup and the thin end for salad."
      ),
      origin: DemoOrigin.qingpu, keeps: 7, .ambient, .lotusRoot,
      DemoTint(base: "#dcb892", shade: "#a67c58", light: "#f8ead6", accent: "#7dab57"), demand: 56),
    DemoProduct(
      "water-chestnuts", Phrase("荸荠", "Water chestnuts"), .vegetables, .bag,
      [.one("约 1 斤", "about 500 g", 760, case: 20)],
      Phrase(
        "挑的是扁圆个大的，带皮带泥，回家自己削。生吃脆甜，剁进肉圆也好。",
        "Large flat ones, skin and soil on, to peel at home. Crisp and sweet raw, and good chopped into meatballs."
      ),
      origin: DemoOrigin.qingpu, keeps: 10, .ambient, .waterChestnuts,
      DemoTint(base: "#7c4a3c", shade: "#59332a", light: "#c98f73", accent: "#e8d9b9"), demand: 34),
    DemoProduct(
      "taro", Phrase("芋艿", "Small taro"), .vegetables, .bag,
      [.one("约 1 斤", "about 500 g", 580, case: 20)],
      Phrase(
        "个头匀，蒸一刻钟皮就能剥。削生芋艿手会痒，戴副手套。",
        "Even in size; steam them fifteen minutes and the skin slips off. Raw taro makes hands itch, so wear gloves if you peel it uncooked."
      ),
      origin: DemoOrigin.qingpu, keeps: 15, .ambient, .taro, .earth, demand: 46),
    DemoProduct(
      "red-caltrops", Phrase("水红菱", "Red water caltrops"), .vegetables, .bag,
      [.one("约 1 斤", "about 500 g", 1180, case: 16)],
      Phrase(
        "坐着木盆下塘采的，嫩的生吃，老的煮熟吃。季节短，采不到的日子我们会提前说。",
        "Gathered from the pond in a wooden tub: eat the young ones raw and boil the old ones. The season is short, and we say beforehand when there are none."
      ),
      origin: DemoOrigin.qingpu, keeps: 3, .chilled, .waterCaltrops, .wine, demand: 28),
    DemoProduct(
      "lotus-seeds", Phrase("通心莲子", "Cored lotus seeds"), .dried, .bag,
      [.one("250 克", "250 g", 2480, case: 20)],
      Phrase(
        "去了苦芯，颜色微黄，没有漂白。煮粥前不用泡，冷水直接下锅。",
        "The bitter core is out; the colour is slightly yellow because they are not bleached. No soaking: put them straight into cold water for porridge."
      ),
      origin: DemoOrigin.qingpu, keeps: 360, .ambient, .seedPouch,
      DemoTint(base: "#a9bf8f", shade: "#7e9a66", light: "#fbf1d2", accent: "#d98aa0"), demand: 18),
    DemoProduct(
      "edamame", Phrase("青毛豆", "Green edamame"), .vegetables, .bag,
      [.one("约 1 斤，带荚", "about 500 g, in the pod", 690, case: 20)],
      Phrase(
        "豆粒饱，毛细，剪去两头煮得入味。也可以剥出来炒雪菜。",
        "Full beans in fine-haired pods; snip the ends so the salt gets in. Or shell them and fry them with pickled greens."
      ),
      origin: DemoOrigin.qingpu, allergens: [.soy], keeps: 3, .chilled, .edamame,
      DemoTint(base: "#8fb85f", shade: "#6a9446", light: "#bcd98c", accent: "#eab84f"), demand: 62),
    DemoProduct(
      "broad-beans", Phrase("本地蚕豆", "Local broad beans"), .vegetables, .bag,
      [.one("约 1 斤，带荚", "about 500 g, in the pod", 780, case: 20)],
      Phrase(
        "立夏前后的本地豆，皮薄，当天摘当天送。葱油一炒，连皮吃。",
        "Local beans with thin skins, picked and delivered the same day. Fry them in scallion oil and eat them skin and all."
      ),
      origin: DemoOrigin.qingpu, keeps: 2, .chilled, .broadBeans, .leaf, demand: 40),
    DemoProduct(
      "long-beans", Phrase("长豇豆", "Long beans"), .vegetables, .bunch,
      [.one("约 400 克", "about 400 g", 560, case: 20)],
      Phrase(
        "深绿的一种，煮了不容易烂。烧茄子、炒肉末，要多焖几分钟烧透。",
        "The dark green kind, which holds its shape. Cook it with aubergine or minced pork, and give it some extra minutes to cook through."
      ),
      origin: DemoOrigin.qingpu, keeps: 4, .chilled, .longBeans, .deepLeaf, demand: 42),
    DemoProduct(
      "hyacinth-beans", Phrase("白扁豆荚", "Hyacinth bean pods"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 620, case: 20)],
      Phrase(
        "篱笆上爬的扁豆，两边的筋已经抽掉。一定要烧熟烧透再吃。",
        "From the fence, with the strings on both sides already pulled. They must be cooked through before eating."
      ),
      origin: DemoOrigin.qingpu, keeps: 4, .chilled, .hyacinthBeans,
      DemoTint(base: "#b9cf8e", shade: "#8fae63", light: "#dfeabf", accent: "#7b5587"), demand: 30),
    DemoProduct(
      "green-beans", Phrase("四季豆", "Green beans"), .vegetables, .bag,
      [.one("约 400 克", "about 400 g", 590, case: 20)],
      Phrase(
        "嫩的时候摘，折得断，没有老筋。先焯后炒，烧透了再出锅。",
        "Picked young so they snap without strings. Blanch, then fry, and take them off only when cooked through."
      ),
      origin: DemoOrigin.qingpu, keeps: 4, .chilled, .greenBeans, .leaf, demand: 50),
    DemoProduct(
      "aubergines", Phrase("杭茄", "Long aubergines"), .vegetables, .bag,
      [.one("2–3 根，约 500 克", "2–3 pieces, about 500 g", 580, case: 20)],
      Phrase(
        "细长条，皮薄籽少，蒸着手撕省油。表皮有点擦痕，不影响吃。",
        "Long and thin-skinned with few seeds; steamed and torn they need little oil. A scratch on the skin does not matter."
      ),
      origin: DemoOrigin.qingpu, certificate: .greenFood("0012"), keeps: 5, .ambient, .aubergines, .purple,
      demand: 57),
    DemoProduct(
      "tomatoes", Phrase("沙瓤番茄", "Ripe tomatoes"), .vegetables, .bag,
      [.small("约 500 克", "about 500 g", 680, case: 20), .large("约 1.5 公斤", "about 1.5 kg", 1880, case: 8)],
      Phrase(
        "在藤上红透了才摘，瓤是沙的，汁多。皮薄怕压，到家请先拿出来。",
        "Left on the vine until red, with a soft grainy heart and plenty of juice. The skin is thin, so take them out of the bag when you get home."
      ),
      origin: DemoOrigin.qingpu, certificate: .greenFood("0013"), keeps: 4, .ambient, .tomatoes, .red,
      demand: 90),
    DemoProduct(
      "cucumbers", Phrase("带刺黄瓜", "Spiny cucumbers"), .vegetables, .bag,
      [.one("3–4 根，约 500 克", "3–4 pieces, about 500 g", 550, case: 20)],
      Phrase(
        "顶花带刺，拍一拍就裂，适合凉拌。弯的直的混装，价钱一样。",
        "With flower and spines, crisp enough to smash for a salad. Bent and straight ones are mixed, at the same price."
      ),
      origin: DemoOrigin.qingpu, keeps: 4, .chilled, .cucumbers, .leaf, demand: 74),
    DemoProduct(
      "luffas", Phrase("丝瓜", "Luffa gourds"), .vegetables, .bag,
      [.one("2 根，约 600 克", "2 pieces, about 600 g", 620, case: 20)],
      Phrase(
        "早上剪的嫩丝瓜，刮皮后滚刀切。炒毛豆、炖蛋汤，火不要太久。",
        "Young gourds cut this morning; scrape the skin and cut in chunks. Fry them with edamame or add to egg soup, not for too long."
      ),
      origin: DemoOrigin.qingpu, keeps: 3, .chilled, .luffas, .youngLeaf, demand: 38),
  ]
}
