import Surveys

/// What the questionnaires of the demo ask.
enum DemoQuestionnaires {
  /// “Is shopping hard?”: who shops, how hard it is, why, how people help themselves, and what they wish.
  static let shopping = DemoForm.form(
    "shopping", DemoForm.text("买菜难不难", "Is shopping hard?"),
    lists: [
      DemoForm.yesNo, DemoForm.agreement,
      DemoForm.list(
        "age",
        [
          ("under60", "60 岁以下", "Under 60"), ("from60", "60 到 74 岁", "60 to 74"),
          ("from75", "75 岁以上", "75 and over"),
        ]),
      DemoForm.list(
        "hard", [("easy", "不难", "Not hard"), ("some", "有点难", "Somewhat hard"), ("hard", "很难", "Very hard")]),
      DemoForm.list(
        "reasons",
        [
          ("stairs", "要爬楼", "The stairs"), ("weight", "太重拎不动", "Too heavy to carry"),
          ("time", "没时间去", "No time to go"), ("phone", "不会用手机下单", "Cannot order by phone"),
        ]),
      DemoForm.list(
        "ways",
        [
          ("market", "自己去菜场", "At the market"), ("group", "小区团购", "Group orders"),
          ("family", "家里人带", "Brought by family"), ("online", "买菜软件", "Shopping apps"),
        ]),
    ],
    items: [
      DemoForm.item("shopper", .selectOne(list: "age"), "家里谁买菜多？多大年纪？", "How old is whoever shops most?"),
      DemoForm.item("lift", .selectOne(list: "yes_no"), "楼里有电梯吗？", "Is there a lift?"),
      DemoForm.item(
        "hard", .selectOne(list: "hard"), "把菜拿回家，难不难？", "Is it hard to bring groceries home?",
        isRequired: true),
      DemoForm.item(
        "why", .selectMultiple(list: "reasons"), "难在哪里？可以选几样。", "What makes it hard? Choose all that apply.",
        relevant: "${hard} != 'easy'"),
      DemoForm.item(
        "ways", .selectMultiple(list: "ways"), "平时怎么买菜？可以选几样。", "How do you shop? Choose all that apply."),
      likert("heavy", "拎菜上楼，中途要歇一歇。", "Carrying groceries upstairs I have to rest."),
      likert("ask", "想找人帮忙，又不好意思开口。", "I would like help and do not like to ask."),
      likert("alone", "手机下单，我自己能行。", "I manage to order by phone by myself."),
      DemoForm.item(
        "wish", .text, "最想要什么帮忙？", "What help would you like most?", appearance: ["multiline"]),
    ])

  private static func likert(_ name: String, _ chinese: String, _ english: String) -> FormItem {
    DemoForm.item(name, .selectOne(list: "agreement"), chinese, english, appearance: ["likert"])
  }

  /// Five questions that are quickly answered on a telephone.
  static let station = DemoForm.form(
    "station", DemoForm.text("服务站几点开门好", "When should the station be open?"),
    lists: [
      DemoForm.list(
        "times",
        [
          ("morning", "早上", "Mornings"), ("noon", "中午", "Over lunch"), ("evening", "晚上", "Evenings"),
          ("weekend", "周末", "Weekends"),
        ]),
      DemoForm.list(
        "often",
        [
          ("week", "每周都去", "Every week"), ("month", "每月一两次", "Once or twice a month"),
          ("never", "没去过", "Never"),
        ]),
      DemoForm.list("mood", [("1", "不满意", "Unhappy"), ("2", "一般", "Fair"), ("3", "满意", "Happy")]),
    ],
    items: [
      DemoForm.item(
        "often", .selectOne(list: "often"), "您多久去一次服务站？", "How often do you come?", isRequired: true),
      DemoForm.item(
        "mood", .selectOne(list: "mood"), "去的时候觉得怎么样？", "How was it?", relevant: "${often} != 'never'",
        appearance: ["likert"]),
      DemoForm.item(
        "times", .selectMultiple(list: "times"), "什么时候开门对您最方便？", "When would suit you?"),
      DemoForm.item("people", .integer, "家里几口人？", "How many are you at home?"),
      DemoForm.item("words", .text, "还想说点什么？", "Anything else?", appearance: ["multiline"]),
    ])

  /// Still being written.
  static let lights = DemoForm.form(
    "lights", DemoForm.text("晚上走路亮不亮", "Is it light enough at night?"),
    lists: [
      DemoForm.yesNo,
      DemoForm.list(
        "places",
        [("gate", "大门口", "At the gate"), ("pickup", "提货点", "Pickup point"), ("stairs", "楼道里", "Staircases")]),
    ],
    items: [
      DemoForm.item("dark", .selectOne(list: "yes_no"), "有没有觉得太暗的地方？", "Is it too dark anywhere?"),
      DemoForm.item(
        "where", .selectMultiple(list: "places"), "在哪里？", "Where?", relevant: "${dark} = 'yes'"),
    ])
}
