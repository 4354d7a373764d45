import Kernel
import Resources

/// The support network of the demo: every role once at least, with promises that were kept, run, and were broken. Names,
/// numbers and hosts are invented.
extension DemoTown {
  static let organisations: [DemoOrganisation] =
    [committee, choir, window, chamber, elders, volunteers] + enterprises

  private static let committee = DemoOrganisation(
    key: "committee",
    entry: OrganisationEntry(
      kind: .community, name: Phrase("桂花里居委会", "Osmanthus Lane committee"),
      description: Phrase(
        "居民的事，先来这里说。", "Whatever concerns the neighbourhood, say it here first."),
      phone: "021-0000-0100", website: "https://osmanthus-lane.example"),
    services: [
      (
        ServiceEntry(
          name: Phrase("上门办事", "Paperwork at home"),
          description: Phrase("走不动的老人，工作人员上门代办。", "Staff come to those who cannot walk."),
          eligibility: "行动不便的居民", opening: "周一至周五 9:00–17:00", languages: ["普通话", "上海话"]), ["station"]
      )
    ],
    promises: [
      DemoPromise(
        PromiseEntry(.place, "活动室每周三下午留给老人", quantity: "每周一个下午"), endsInDays: 120,
        [(35, KeepingEntry(.kept)), (21, KeepingEntry(.kept)), (7, KeepingEntry(.partly, "有一次被会议占了半小时"))])
    ])

  private static let choir = DemoOrganisation(
    key: "choir",
    entry: OrganisationEntry(
      kind: .residentsGroup, name: Phrase("桂花合唱队", "Osmanthus choir"),
      description: Phrase("唱老歌，也管楼下书屋。", "Sings old songs and looks after the reading room.")),
    services: [
      (
        ServiceEntry(
          name: Phrase("书屋开门", "Reading room"), description: Phrase("借书、看报、歇脚。", "Books, papers and a seat."),
          fees: "不收钱"), ["reading-room"]
      )
    ],
    promises: [
      DemoPromise(
        PromiseEntry(.hands, "书屋每周开两次门", quantity: "每次两个人"), endsInDays: 200,
        [(28, KeepingEntry(.kept)), (14, KeepingEntry(.kept)), (3, KeepingEntry(.kept))])
    ])

  private static let window = DemoOrganisation(
    key: "window",
    entry: OrganisationEntry(
      kind: .government, name: Phrase("桂江街道营商服务窗口", "Business window of the street office"),
      description: Phrase("开小店、领补贴、办执照，一个窗口问清楚。", "Licences and subsidies for small shops, at one window."),
      phone: "021-0000-0120", website: "https://guijiang-street.example/business"),
    services: [
      (
        ServiceEntry(
          name: Phrase("小店帮办", "Help with opening a shop"),
          description: Phrase("陪您把表填完。", "Fills in the forms with you."), fees: "不收钱",
          opening: "周一至周五 9:00–11:30、13:30–17:00"), []
      )
    ],
    promises: [
      DemoPromise(
        PromiseEntry(.marketInformation, "每月来社区讲一次新政策", quantity: "每月一次"), endsInDays: -5,
        [(45, KeepingEntry(.kept)), (14, KeepingEntry(.notKept, "人手不够，没有来"))])
    ])

  private static let chamber = DemoOrganisation(
    key: "chamber",
    entry: OrganisationEntry(
      kind: .chamber, name: Phrase("桂江商会", "Guijiang chamber of commerce"),
      description: Phrase("菜场和沿街小店的商会。", "The chamber of the market hall and the shops on the street."),
      phone: "021-0000-0313", website: "https://guijiang-chamber.example"),
    promises: [
      DemoPromise(
        PromiseEntry(.marketInformation, "每周把菜场的批发价贴在服务站", quantity: "每周一次"), endsInDays: 60,
        [(30, KeepingEntry(.kept)), (16, KeepingEntry(.kept)), (9, KeepingEntry(.kept))]),
      DemoPromise(
        PromiseEntry(.rawMaterials, "收摊时的好菜便宜给助餐点", quantity: "每天一筐"), endsInDays: -12,
        [(40, KeepingEntry(.notKept, "没有人送来")), (26, KeepingEntry(.notKept))]),
    ])

  private static let elders = DemoOrganisation(
    key: "elders",
    entry: OrganisationEntry(
      kind: .association, name: Phrase("桂江助老服务中心", "Guijiang elders’ service"),
      description: Phrase("陪诊、助浴、送餐，收费写在前面。", "Company to the clinic, bathing, meals; fees are told first."),
      phone: "021-0000-0314", website: "https://guijiang-elders.example"),
    services: [
      (
        ServiceEntry(
          name: Phrase("陪诊", "Company to the clinic"),
          description: Phrase("从家门口陪到家门口。", "From door to door."),
          fees: "两小时 40 元，低保免费", eligibility: "60 岁以上的居民", opening: "周一至周五 8:00–17:00",
          languages: ["普通话", "上海话"]), ["clinic", "station"]
      ),
      (
        ServiceEntry(
          name: Phrase("助餐", "Meals"), description: Phrase("中午一荤两素一汤。", "A warm meal at noon."),
          fees: "一份 12 元",
          opening: "周一至周六 11:00–12:30"), ["hall"]
      ),
    ],
    promises: [
      DemoPromise(
        PromiseEntry(.transport, "下雨天也送餐上楼"), [(33, KeepingEntry(.kept)), (18, KeepingEntry(.kept))])
    ])

  private static let volunteers = DemoOrganisation(
    key: "volunteers",
    entry: OrganisationEntry(
      kind: .volunteers, name: Phrase("红马甲志愿队", "Red vest volunteers"),
      description: Phrase("两人一组，戴工牌上门。", "In pairs, with a badge.")),
    services: [
      (
        ServiceEntry(
          name: Phrase("拎菜上楼", "Groceries upstairs"),
          description: Phrase("提货日把菜拎到老人家门口。", "Carries groceries to the door on pickup days."), fees: "不收钱",
          opening: "周二 16:00–19:00；周五 16:00–19:00"), ["pickup"]
      )
    ],
    promises: [
      DemoPromise(
        PromiseEntry(.hands, "每个提货日来四个人", quantity: "四个人"), endsInDays: 30,
        [(22, KeepingEntry(.kept)), (15, KeepingEntry(.partly, "来了两个人")), (8, KeepingEntry(.kept))])
    ])

  private static let enterprises: [DemoOrganisation] = [
    DemoOrganisation(
      key: "cold-chain",
      entry: OrganisationEntry(
        kind: .enterprise, name: Phrase("江口冷链", "Jiangkou cold chain"),
        description: Phrase("借给社区一间小冷库。", "Lends the neighbourhood a small cold room."),
        phone: "021-0000-0315", website: "https://jiangkou-cold.example"),
      promises: [
        DemoPromise(PromiseEntry(.storage, "小冷库给社区用到明年春天", quantity: "六平方米"), endsInDays: 150)
      ]),
    DemoOrganisation(
      key: "print-shop",
      entry: OrganisationEntry(
        kind: .enterprise, name: Phrase("巷口印刷社", "Lane print shop"),
        description: Phrase("海报、菜单、大字版，都印。", "Posters, menus and large print."), phone: "021-0000-0316",
        website: "https://lane-print.example", isPublic: false),
      promises: [
        DemoPromise(
          PromiseEntry(.money, "每季度捐一次活动海报的印刷费", quantity: "每季度 500 元"), endsInDays: -20,
          [(50, KeepingEntry(.notKept, "说下个季度再给"))])
      ]),
  ]
}
