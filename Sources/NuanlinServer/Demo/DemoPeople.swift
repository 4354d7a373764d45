package import Kernel

/// A door in the neighbourhood.
package struct DemoDoor: Sendable, Hashable {
  package let building: Int
  package let unit: Int
  /// Floor and position: `302`, `1803`.
  package let room: String

  package init(_ building: Int, _ unit: Int, _ room: String) {
    self.building = building
    self.unit = unit
    self.room = room
  }
}

/// How a member of the cast signs in.
package enum DemoSignIn: Sendable, Hashable {
  /// By phone and `DemoPeople.password`; staff with a second factor as well.
  case phone(String)
  /// By household card and `DemoPeople.cardPIN`, at a shared tablet or through a worker.
  case card
}

/// One of the named people whose sign-ins the demo prints.
package struct DemoPerson: Sendable, Hashable {
  /// Stable: `lin-xiaoyun`.
  package let key: String
  /// The name in characters and as written in English.
  package let name: Phrase
  package let birthYear: Int
  /// The first is what the person is printed under.
  package let roles: [Role]
  package let signIn: DemoSignIn
  /// Where the person lives; nil for those who only work here.
  package let door: DemoDoor?
  /// Who else lives behind that door.
  package let companions: [DemoResident]
  /// One line for the printed sign-ins.
  package let description: Phrase
  package let prefers: Language

  init(
    _ key: String, _ name: Phrase, born birthYear: Int, _ roles: [Role], _ signIn: DemoSignIn,
    at door: DemoDoor? = nil, with companions: [DemoResident] = [], prefers: Language = .chinese,
    _ description: Phrase
  ) {
    self.key = key
    self.name = name
    self.birthYear = birthYear
    self.roles = roles
    self.signIn = signIn
    self.door = door
    self.companions = companions
    self.description = description
    self.prefers = prefers
  }
}

/// The named cast of the demo: all nine roles, an elder without a phone, and neighbours of several ages.
package enum DemoPeople {
  /// The password of everyone in the demo. It protects nothing: the demo's data are invented.
  package static let password = "osmanthus-lane-2026"
  /// The PIN of every household card in the demo.
  package static let cardPIN = "258036"

  package static let cast: [DemoPerson] = workers + owners + residents

  /// The member of the cast with this key; nil when there is none.
  package static func withKey(_ key: String) -> DemoPerson? {
    cast.first { $0.key == key }
  }

  private static let workers: [DemoPerson] = [
    DemoPerson(
      "lin-xiaoyun", Phrase("林晓芸", "Lin Xiaoyun"), born: 1988, [.leader, .resident], .phone("19900000001"),
      at: DemoDoor(3, 1, "602"),
      with: [DemoResident(name: "周斌", birthYear: 1986), DemoResident(name: "周语晨", birthYear: 2016)],
      Phrase("团长，住 3 号楼，管开团、分拣和提货", "Group leader in Building 3: opens campaigns, sorts and hands over")),
    DemoPerson(
      "ma-zhiyuan", Phrase("马志远", "Ma Zhiyuan"), born: 1995, [.courier], .phone("19900000002"),
      Phrase("配送员，负责没有电梯的六栋楼", "Courier for the six buildings without a lift")),
    DemoPerson(
      "xu-anran", Phrase("许安然", "Xu Anran"), born: 1993, [.socialWorker], .phone("19900000003"),
      Phrase("驻点社工，替没有手机的老人代下单", "Social worker: orders for elders who have no phone")),
    DemoPerson(
      "zheng-shumin", Phrase("郑书敏", "Zheng Shumin"), born: 1979, [.supervisor], .phone("19900000004"),
      Phrase("督导，复核社工的记录", "Supervisor: reviews the social workers' records")),
    DemoPerson(
      "ye-qing", Phrase("叶青", "Ye Qing"), born: 1997, [.socialWorker], .phone("19900000008"),
      Phrase("社工，带小组，办别的个案", "Social worker: leads groups and works other cases")),
    DemoPerson(
      "gu-jianping", Phrase("顾建平", "Gu Jianping"), born: 1970, [.committee], .phone("19900000005"),
      Phrase("居委会主任，管住户、角色和公告", "Neighbourhood committee: households, roles and notices")),
    DemoPerson(
      "lu-min", Phrase("陆敏", "Lu Min"), born: 1985, [.governmentReader], .phone("19900000006"),
      Phrase("街道查阅员，只看汇总，不看个人", "Reader at the sub-district office: totals only, never persons")),
    DemoPerson(
      "he-cheng", Phrase("何承", "He Cheng"), born: 1990, [.operator], .phone("19900000007"),
      Phrase("系统管理员，看任务、备份和审计", "Operator: jobs, backups and the audit chain")),
  ]

  private static let owners: [DemoPerson] = [
    owner(
      "jiang-wei", Phrase("江伟", "Jiang Wei"), born: 1982, "19900000011",
      Phrase("江禾家庭农场", "Jianghe Family Farm")),
    owner(
      "tao-jing", Phrase("陶静", "Tao Jing"), born: 1986, "19900000012",
      Phrase("莲塘水生菜农场", "Liantang Water Vegetable Farm")),
    owner(
      "qian-fugen", Phrase("钱福根", "Qian Fugen"), born: 1964, "19900000013", Phrase("老港菜园", "Laogang Garden")),
    owner(
      "zhou-lanying", Phrase("周兰英", "Zhou Lanying"), born: 1954, "19900000014",
      Phrase("周阿婆豆腐坊", "Grandma Zhou's Tofu Workshop")),
    owner(
      "tang-yifan", Phrase("唐一帆", "Tang Yifan"), born: 1996, "19900000015", Phrase("弄堂面包房", "Lane Bakery")),
    owner(
      "xi-meilin", Phrase("席美琳", "Xi Meilin"), born: 1977, "19900000016",
      Phrase("西山果农合作社", "West Hill Fruit Cooperative")),
    owner(
      "chen-dagui", Phrase("陈大贵", "Chen Dagui"), born: 1968, "19900000017",
      Phrase("老陈水产禽肉", "Old Chen's Fish and Poultry")),
    owner(
      "fang-li", Phrase("方莉", "Fang Li"), born: 1981, "19900000018", Phrase("桂花便民店", "Osmanthus Corner Store")
    ),
  ]

  private static func owner(
    _ key: String, _ name: Phrase, born: Int, _ phone: String, _ shop: Phrase
  ) -> DemoPerson {
    DemoPerson(
      key, name, born: born, [.merchant], .phone(phone),
      Phrase("商户，\(shop.chinese)", "Merchant, \(shop.english)"))
  }

  private static let residents: [DemoPerson] = [
    DemoPerson(
      "wang-xiuzhen", Phrase("王秀珍", "Wang Xiuzhen"), born: 1945, [.resident], .card,
      at: DemoDoor(1, 2, "302"),
      Phrase("81 岁，三楼没有电梯，没有手机，用住户卡和密码", "81, third floor without a lift, no phone: household card and PIN")),
    DemoPerson(
      "chen-hao", Phrase("陈昊", "Chen Hao"), born: 1991, [.resident], .phone("19900000021"),
      at: DemoDoor(7, 2, "1503"),
      with: [DemoResident(name: "徐颖", birthYear: 1992), DemoResident(name: "陈知夏", birthYear: 2023)],
      Phrase("居民，双职工家庭，孩子三岁", "Resident: both parents work, child of three")),
    DemoPerson(
      "zhao-guoqiang", Phrase("赵国强", "Zhao Guoqiang"), born: 1957, [.resident], .phone("19900000022"),
      at: DemoDoor(5, 3, "401"),
      with: [DemoResident(name: "陆凤英", birthYear: 1959)],
      Phrase("居民，退休工人，常来帮忙搬箱子", "Resident: retired, often helps to carry crates")),
    DemoPerson(
      "li-jiayi", Phrase("李佳怡", "Li Jiayi"), born: 2001, [.resident], .phone("19900000023"),
      at: DemoDoor(9, 1, "1204"),
      with: [DemoResident(name: "何梦洁", birthYear: 2001)],
      Phrase("居民，与同学合租，一周买一次菜", "Resident: shares a flat, shops once a week")),
    DemoPerson(
      "anna-keller", Phrase("安娜·凯勒", "Anna Keller"), born: 1989, [.resident], .phone("19900000024"),
      at: DemoDoor(3, 2, "1101"),
      with: [
        DemoResident(name: "沈毅", birthYear: 1987), DemoResident(name: "沈嘉树", birthYear: 2017),
        DemoResident(name: "沈苏禾", birthYear: 2020),
      ], prefers: .english,
      Phrase("居民，界面用英文", "Resident: uses the English pages")),
    DemoPerson(
      "sun-yulan", Phrase("孙玉兰", "Sun Yulan"), born: 1950, [.resident], .phone("19900000025"),
      at: DemoDoor(2, 4, "501"),
      with: [DemoResident(name: "朱永康", birthYear: 1948)],
      Phrase("居民，76 岁，自己用手机，开长辈版", "Resident, 76: uses her own phone in the elder view")),
  ]
}
