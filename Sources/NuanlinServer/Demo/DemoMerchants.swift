package import Kernel

/// A merchant of the demo neighbourhood. Licence numbers, addresses and phone numbers are invented.
package struct DemoMerchant: Sendable, Hashable {
  /// Stable: `jianghe-farm`.
  package let key: String
  package let name: Phrase
  /// Who they are and how they work, in a few sentences.
  package let story: Phrase
  /// Begins with `示` so that nobody takes it for a real licence.
  package let licence: String
  package let phone: String
  package let address: Phrase
  /// The key of the owner among `DemoPeople.cast`; nil in the practice shop.
  package let owner: String?
  package let products: [DemoProduct]
}

/// The eight merchants that deliver to Osmanthus Lane, and the one of the practice shop.
package enum DemoMerchants {
  package static let all: [DemoMerchant] = farms + workshops + stalls

  package static let practice = DemoMerchant(
    key: "practice-grocery", name: Phrase("练习杂货铺", "Practice grocery"),
    story: Phrase(
      "这里的东西都是练习用的，不收钱，也不会送来。大胆点，点错了没关系。",
      "Everything here is for practice: nothing costs money and nothing is delivered. Try things out; mistakes do no harm."
    ),
    licence: "示练 0000-0009", phone: "021-0000-0209",
    address: Phrase("社区服务站一楼活动室", "Activity room, ground floor of the service station"), owner: nil,
    products: DemoProducts.practiceGrocery)

  /// The merchant with this key, in either community; nil when there is none.
  package static func withKey(_ key: String) -> DemoMerchant? {
    (all + [practice]).first { $0.key == key }
  }

  private static let farms: [DemoMerchant] = [
    DemoMerchant(
      key: "jianghe-farm", name: Phrase("江禾家庭农场", "Jianghe Family Farm"),
      story: Phrase(
        "江伟夫妻俩在崇明种了十一年菜和稻。每周二、五天不亮装车，过江送来，地里有什么就卖什么。",
        "Jiang Wei and his wife have grown vegetables and rice on Chongming for eleven years. On Tuesdays and Fridays they load before dawn, cross the river and sell what the field has."
      ),
      licence: "示农 0000-0001", phone: "021-0000-0201",
      address: Phrase("崇明区竖新镇（示范）禾丰路 0 号", "0 Hefeng Road (demo), Shuxin, Chongming"), owner: "jiang-wei",
      products: DemoProducts.jiangheFarm),
    DemoMerchant(
      key: "liantang-farm", name: Phrase("莲塘水生菜农场", "Liantang Water Vegetable Farm"),
      story: Phrase(
        "练塘的水田适合茭白和藕，陶家三代都在水里干活。旱地上种番茄、黄瓜和各样豆子。",
        "The flooded fields of Liantang suit water bamboo and lotus, and three generations of the Tao family have worked in them. Tomatoes, cucumbers and beans grow on the dry side."
      ),
      licence: "示农 0000-0002", phone: "021-0000-0202",
      address: Phrase("青浦区练塘镇（示范）荷塘村 0 号", "0 Hetang Village (demo), Liantang, Qingpu"), owner: "tao-jing",
      products: DemoProducts.liantangFarm),
    DemoMerchant(
      key: "laogang-garden", name: Phrase("老港菜园", "Laogang Garden"),
      story: Phrase(
        "六户人家合种一片沙土地，萝卜、山芋和瓜长得好，菇房是后来添的。有三位残障伙伴在这里分拣包装。",
        "Six families share a sandy plot that suits radishes, sweet potatoes and squash; the mushroom house came later. Three colleagues with disabilities sort and pack here."
      ),
      licence: "示农 0000-0003", phone: "021-0000-0203",
      address: Phrase("浦东新区老港镇（示范）沙地路 0 号", "0 Shadi Road (demo), Laogang, Pudong"), owner: "qian-fugen",
      products: DemoProducts.laogangGarden),
  ]

  private static let workshops: [DemoMerchant] = [
    DemoMerchant(
      key: "zhou-tofu", name: Phrase("周阿婆豆腐坊", "Grandma Zhou's Tofu Workshop"),
      story: Phrase(
        "阿婆七十二了，手艺传给了女婿，自己每天来看一眼卤水。作坊在菜场后门，凌晨两点亮灯。",
        "Grandma Zhou is seventy-two; her son-in-law has the craft now and she comes daily to look at the brine. The workshop is behind the market and its light goes on at two in the morning."
      ),
      licence: "示食 0000-0004", phone: "021-0000-0204",
      address: Phrase("桂花里菜场后门（示范）0 号", "0 Back Gate (demo), Osmanthus Lane Market"), owner: "zhou-lanying",
      products: DemoProducts.tofuWorkshop),
    DemoMerchant(
      key: "lane-bakery", name: Phrase("弄堂面包房", "Lane Bakery"),
      story: Phrase(
        "小唐学了西点，岳母会做点心，一个烤箱一口蒸锅就开了张。卖不完的晚上七点后送给社区食堂。",
        "Young Tang trained as a baker and his mother-in-law steams buns: one oven and one steamer made a shop. What is left after seven goes to the community canteen."
      ),
      licence: "示食 0000-0005", phone: "021-0000-0205",
      address: Phrase("桂花里弄口（示范）0 号", "0 Lane Gate (demo), Osmanthus Lane"), owner: "tang-yifan",
      products: DemoProducts.laneBakery),
  ]

  private static let stalls: [DemoMerchant] = [
    DemoMerchant(
      key: "west-hill-fruit", name: Phrase("西山果农合作社", "West Hill Fruit Cooperative"),
      story: Phrase(
        "太湖西山四十三户果农的合作社，橘子、杨梅、枇杷蜜是自己的，别的水果和外地合作社对换着卖。每户的箱子上有编号，找得到人。",
        "Forty-three families on West Hill by Lake Tai. Mandarins, bayberries and loquat honey are their own; other fruit is exchanged with cooperatives elsewhere, and each crate carries its grower's number."
      ),
      licence: "示合 0000-0006", phone: "0512-0000-0206",
      address: Phrase("苏州西山（示范）橘园路 0 号", "0 Juyuan Road (demo), West Hill, Suzhou"), owner: "xi-meilin",
      products: DemoProducts.westHillFruit),
    DemoMerchant(
      key: "chen-fish", name: Phrase("老陈水产禽肉", "Old Chen's Fish and Poultry"),
      story: Phrase(
        "老陈在菜场摆了二十六年摊，秤旁边放着一只公平秤，谁都可以复一复。检疫单每天贴在摊头。",
        "Old Chen has had his stall for twenty-six years; beside his scale stands a second one on which anyone may check. The inspection slips are put up every day."
      ),
      licence: "示食 0000-0007", phone: "021-0000-0207",
      address: Phrase("桂花里菜场（示范）水产 0 号摊", "Fish stall 0 (demo), Osmanthus Lane Market"), owner: "chen-dagui",
      products: DemoProducts.chenFish),
    DemoMerchant(
      key: "osmanthus-store", name: Phrase("桂花便民店", "Osmanthus Corner Store"),
      story: Phrase(
        "居民合股开的小店，卖米面油和日用，盈余的一成进邻里互助金。店里两位理货员是从培训班毕业的邻居。",
        "A small shop owned by residents, for staples and household goods; a tenth of its surplus goes to the mutual-aid fund. Two of its staff are neighbours who finished the training course."
      ),
      licence: "示商 0000-0008", phone: "021-0000-0208",
      address: Phrase("桂花里 5 号楼底层（示范）", "Ground floor of Building 5 (demo), Osmanthus Lane"),
      owner: "fang-li",
      products: DemoProducts.osmanthusStore),
  ]
}
