package import Shop

/// What a household of the demo writes of something that it bought, and what is said to it. People write in their own
/// language, so these are no phrases.
package struct DemoReview: Sendable, Hashable {
  package let productKey: String
  package let rating: Review.Rating
  package let text: String
  /// What the household adds a week later.
  package let followUp: String?
  package let merchant: String?
  package let leader: String?

  fileprivate init(
    _ productKey: String, _ rating: Review.Rating, _ text: String, later followUp: String? = nil,
    merchant: String? = nil, leader: String? = nil
  ) {
    self.productKey = productKey
    self.rating = rating
    self.text = text
    self.followUp = followUp
    self.merchant = merchant
    self.leader = leader
  }

  /// The key of who answers for the merchant.
  package var owner: String? {
    DemoMerchants.all.first { $0.products.contains { $0.key == productKey } }?.owner
  }
}

/// A few dozen reviews: most are glad, some are not, and those are answered.
package enum DemoReviews {
  package static let all: [DemoReview] = greens + garden + tofu + fruit + fish + bakery + staples

  static let productKeys = Set(all.map(\.productKey))

  private static let greens: [DemoReview] = [
    DemoReview(
      "shanghai-greens", .veryGood, "菜梗短，叶子油亮，清炒三分钟就出锅，孩子这次没剩。", merchant: "谢谢！这茬是周二下午四点采的，下周还有。"),
    DemoReview("shanghai-greens", .veryGood, "比菜场的水灵，放两天还是挺的。"),
    DemoReview(
      "shanghai-greens", .good, "蛮好的，就是根上泥多了点，多洗了两遍。", merchant: "前天下过雨，泥确实多。以后采下来先甩一甩再装筐。"),
    DemoReview(
      "shanghai-greens", .fair, "这一次有几棵黄叶，挑掉了小半把。前几回都好。", later: "第二周的好了，一片黄叶也没有。",
      merchant: "对不住，是筐装太满，没散热。从这周起换了浅筐，装半筐就走。", leader: "分拣的时候我也多看一眼，有黄叶的当场换。"),
    DemoReview("shanghai-greens", .veryGood, ""),
    DemoReview("baby-greens", .good, "嫩，烧汤一滚就好。量不大，一家三口刚够一顿。"),
    DemoReview(
      "baby-greens", .poor, "到家已经塌了，叶子贴在袋子上，只好煮烂了吃。", merchant: "鸡毛菜怕闷，这次是袋子没打孔。已经换成带孔的袋子，对不起。",
      leader: "以后叶菜放在门口通风的一边，您来了先拿菜。"),
    DemoReview("spinach", .veryGood, "红根的，焯一下拌麻油，有甜味。"),
    DemoReview("free-range-eggs", .veryGood, "蛋黄颜色深，蒸蛋不腥。老人说像小时候的味道。", merchant: "听您这么说，鸡也高兴。"),
    DemoReview("free-range-eggs", .veryGood, "每周一盒，大小匀，买了快两个月。"),
    DemoReview(
      "free-range-eggs", .good, "好吃，就是有一个壳裂了，还好没漏。", merchant: "裂的请取货时跟团长说一声，我们补。托盘也换了厚的。"),
    DemoReview(
      "free-range-eggs", .fair, "味道可以，这次个头比前面小。", merchant: "是头一个月下蛋的小母鸡，个头小。没先说清楚是我们不对，以后分大小盒写明。"),
    DemoReview("free-range-eggs", .veryGood, "Fresh, and not one was broken. My children ask for these now."),
    DemoReview("vegetable-box", .good, "一箱七八样，不用想今天吃什么。希望葱少一点。", merchant: "葱的事记下了，下周换成蒜苗。"),
  ]

  private static let garden: [DemoReview] = [
    DemoReview("tomatoes", .veryGood, "沙瓤的，切开有汁，糖都不用放。"),
    DemoReview("tomatoes", .good, "熟得刚好。买多了，剩两个软了，一次别买太多。"),
    DemoReview(
      "tomatoes", .fair, "一半红一半青，放了三天才能吃。", merchant: "怕路上压坏，采早了。以后按熟度分两筐，要当天吃的拿红筐的。"),
    DemoReview("cucumbers", .veryGood, "顶花带刺，脆，直接啃。"),
    DemoReview("water-bamboo", .veryGood, "茭白白净，剥开没有黑心，油焖一盘光。", merchant: "水田里现割的，谢谢捧场。"),
    DemoReview("edamame", .good, "颗粒饱，就是剥得手酸。"),
    DemoReview("potatoes", .good, "面，炖牛肉好。大小不太匀。"),
    DemoReview("shiitake", .veryGood, "伞厚，煮面放三朵就香。"),
    DemoReview(
      "shiitake", .poor, "有两朵底下发黑，摸着滑，扔了。", merchant: "是前一天的菇混进来了，对不住。分拣台重新排过，当天没卖完的不再装团购的筐。",
      leader: "谢谢您说出来，这一批我请菇房挨袋看过了。"),
    DemoReview("broccoli", .good, "花球紧，没有虫，梗也嫩。"),
    DemoReview("white-radish", .veryGood, "水分足，炖排骨一烧就酥。"),
  ]

  private static let tofu: [DemoReview] = [
    DemoReview("firm-tofu", .veryGood, "拿到手还是温的，豆香足，红烧不散。", merchant: "阿婆说：趁热先切一块蘸酱油。"),
    DemoReview("firm-tofu", .veryGood, "我婆婆只认阿婆家的老豆腐。"),
    DemoReview("firm-tofu", .good, "结实，就是边上有点碎。"),
    DemoReview("soy-milk", .good, "浓，不加糖也好喝。瓶子要是能回收更好。", merchant: "空瓶洗干净带来就行，我们消毒了再用。"),
    DemoReview(
      "soy-milk", .fair, "去晚了一刻钟，豆浆已经凉了，放到下午有点酸。", merchant: "没加东西的豆浆放不住，取回去请马上进冰箱。下次多备两个冰袋。",
      leader: "八点前来都是热的，来不了可以托邻居带。"),
    DemoReview("tofu-puffs", .veryGood, "塞肉正好，不油。"),
    DemoReview("tofu-sheets", .good, "薄，切丝烫一烫就能拌。"),
  ]

  private static let fruit: [DemoReview] = [
    DemoReview("mandarins", .veryGood, "皮薄汁多，一箱里没有坏的。"),
    DemoReview("mandarins", .veryGood, "甜里带一点酸，老人孩子都吃。", merchant: "今年雨水少，是这几年里甜的一年。"),
    DemoReview("mandarins", .good, "个头有大有小，味道一样。"),
    DemoReview(
      "mandarins", .poor, "箱子底下烂了三个，还沾了旁边的。", later: "补的三个拿到了。这箱垫了草，没再坏。",
      merchant: "路上颠的，三个照数补给您。箱底从这周起加一层稻草。", leader: "取的时候请当面开箱看一眼，坏的当场换。"),
    DemoReview("strawberries", .veryGood, "有草莓味，不是光红。"),
    DemoReview(
      "strawberries", .fair, "盒子上面大，下面小，甜还是甜的。", merchant: "装盒图好看了，这不对。以后上下一样，大小分开装。"),
    DemoReview("apples", .good, "脆，甜，有几个磕碰，削掉就好。"),
    DemoReview(
      "grapes", .bad, "到手掉了一半，袋底全是水，没法给孩子吃。", merchant: "这批采得太熟，没扛住路，是我们看错了。请找团长退这一份，后面换成早采的。",
      leader: "当天拍的照片我看到了，以后葡萄不压在箱子下面。"),
    DemoReview("kiwi", .good, "硬的时候拿到，放了五天，软了很香。"),
  ]

  private static let fish: [DemoReview] = [
    DemoReview("crucian-carp", .veryGood, "鳞刮得干净，鱼泡也留着，汤是白的。"),
    DemoReview(
      "crucian-carp", .fair, "肚子里的黑膜没撕干净，有点腥。", merchant: "杀得急了，对不起。以后每条过两道水，黑膜撕净再装袋。"),
    DemoReview("hairtail", .veryGood, "段切得匀，冰还没化，煎了满屋香。"),
    DemoReview("hairy-crab", .good, "母的黄多，公的一般。绳子重了点。", merchant: "草绳泡了水会重，下次换细的，称之前先沥干。"),
    DemoReview("yellow-chicken", .veryGood, "炖了两个钟头，汤是黄的。"),
    DemoReview("pork-belly", .good, "层次好，皮上还有几根毛，自己夹了夹。"),
  ]

  private static let bakery: [DemoReview] = [
    DemoReview("milk-toast", .veryGood, "第二天还是软的，孩子当早饭。"),
    DemoReview("pork-buns", .veryGood, "肉馅带汁，凉了蒸一下也行。"),
    DemoReview(
      "pork-buns", .fair, "皮有点厚，馅偏甜，我家吃不惯。", merchant: "本地口味放糖多。下周起加一笼咸口的，您试试看。"),
    DemoReview("palmiers", .veryGood, "Crisp and not too sweet. The bag was empty before we got home."),
    DemoReview("shepherds-purse-wontons", .veryGood, "荠菜切得细，不塞牙，一碗八个刚好。"),
  ]

  private static let staples: [DemoReview] = [
    DemoReview("chongming-rice", .veryGood, "新米，煮粥有米油。志愿者帮搬到四楼，谢谢。", leader: "替志愿者谢谢您，他们会高兴的。"),
    DemoReview("chongming-rice", .good, "香，比超市的软，水要少放一点。"),
    DemoReview(
      "rapeseed-oil", .fair, "油是香，就是烟大，炒菜要开窗。", merchant: "小榨的油不精炼，烟点低，凉拌、蒸菜合适。标签上我们写清楚。"),
    DemoReview("tissues", .poor, "纸是好的，外包装破了，有一包沾了灰。", merchant: "搬的时候刮破的，沾灰的那包请带来换。"),
  ]
}
