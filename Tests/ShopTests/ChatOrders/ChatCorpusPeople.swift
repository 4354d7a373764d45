/// How people change their minds, name themselves and chat. All names and doors are invented.
extension ChatCorpusCase {
  static let people: [ChatCorpusCase] = [
    ChatCorpusCase(
      "remarks that may matter",
      """
      1. 3-501 王阿姨 鸡蛋2（要小一点的）
      2. 3-502 李叔 鸡蛋1 放门口
      3. 3-503 张姐 鸡蛋2 送上门
      """,
      reads: [
        "1 王阿姨 3-501 A×2 ?unread",
        "2 李叔 3-502 A×1 ?unread",
        "3 张姐 3-503 A×2 ?unread",
      ]),
    ChatCorpusCase(
      "nicknames",
      """
      1. 快乐每一天 3-501 鸡蛋1
      2. 🌸小鱼儿🌸 3-502 鸡蛋1
      3. 雨后彩虹 3-503 张姐 鸡蛋1
      4. Tony 3-504 鸡蛋1
      5. A座1203 林妈妈 虾1
      """,
      reads: [
        "1 快乐每一天 3-501 A×1",
        "2 小鱼儿 3-502 A×1",
        "3 雨后彩虹 张姐 3-503 A×1",
        "4 Tony 3-504 A×1",
        "5 林妈妈 A-1203 B×1",
      ]),
    ChatCorpusCase(
      "names with numbers in them",
      """
      1. 3-501 张三 鸡蛋1
      2. 3-502 李四 鸡蛋2
      3. 王五 3-503 鸡蛋1
      4. 赵六3-504鸡蛋1
      """,
      reads: [
        "1 张三 3-501 A×1",
        "2 李四 3-502 A×2",
        "3 王五 3-503 A×1",
        "4 赵六 3-504 A×1",
      ]),
    ChatCorpusCase(
      "a quotation and talk",
      """
      1. 3-501 王阿姨 鸡蛋1
      「王阿姨：1. 3-501 王阿姨 鸡蛋1」
      - - - - - - - - - - -
      收到，明天见
      2. 3-502 李叔 鸡蛋2
      """,
      reads: [
        "1 王阿姨 3-501 A×1",
        "quoted",
        "note",
        "note",
        "2 李叔 3-502 A×2",
      ]),
    ChatCorpusCase(
      "an order over several lines",
      """
      1. 3-501 王阿姨
      鸡蛋2
      2. 3-502 李叔
      虾1，上海青2
      """,
      reads: [
        "1 王阿姨 3-501 A×2",
        "goes on with 1",
        "2 李叔 3-502 B×1 C×2",
        "goes on with 3",
      ]),
    ChatCorpusCase(
      "rules with numbers before the list",
      """
      接龙须知
      1. 今晚十点截单
      2. 明天下午四点到七点取
      1. 3-501 王阿姨 鸡蛋1
      2. 3-502 李叔 鸡蛋2
      """,
      reads: [
        "note",
        "note",
        "note",
        "1 王阿姨 3-501 A×1",
        "2 李叔 3-502 A×2",
      ]),
    ChatCorpusCase(
      "no numbers before the lines",
      """
      周三鲜菜开始啦
      3-501 王阿姨 鸡蛋1
      3-502 李叔 虾2
      """,
      reads: [
        "note",
        "· 王阿姨 3-501 A×1",
        "· 李叔 3-502 B×2",
      ]),
    ChatCorpusCase(
      "no numbers, and somebody without a door",
      """
      3-501 王阿姨 鸡蛋1
      我也要鸡蛋2
      """,
      reads: [
        "· 王阿姨 3-501 A×1",
        "· · ? A×2 ?door_missing",
      ]),
    ChatCorpusCase(
      "in English",
      """
      1. 3-501 Mary eggs 2
      2. 3-502 Tom 2 boxes of eggs, 1 bag shrimp
      3. Building 3 Unit 2 Room 503 Ann eggs x2
      4. 3-504 Joe 1x rice and 2x eggs
      5. 3-505 Sue A2, B1 thanks
      6. 3-506 Bob eggs please
      """,
      reads: [
        "1 Mary 3-501 A×2",
        "2 Tom 3-502 A×2 B×1",
        "3 Ann 3-2-503 A×2",
        "4 Joe 3-504 A×2 D×1",
        "5 Sue 3-505 A×2 B×1",
        "6 Bob 3-506 A×1",
      ]),
    ChatCorpusCase(
      "half in English",
      """
      1. 3-501 Mary 鸡蛋2 shrimp 1
      2. 3-502 王阿姨 eggs两盒
      3. 3-503 Tom free range eggs 1
      """,
      reads: [
        "1 Mary 3-501 A×2 B×1",
        "2 王阿姨 3-502 A×2",
        "3 Tom 3-503 A×1",
      ]),
    ChatCorpusCase(
      "separated by anything",
      """
      1. 3-501/王阿姨/鸡蛋2/虾1
      2. 3-502，李叔，鸡蛋1；虾2
      3. 3-503|张姐|鸡蛋1
      4. 陈老师_3-504_鸡蛋1
      5. 3-505、小林、鸡蛋1、虾1
      """,
      reads: [
        "1 王阿姨 3-501 A×2 B×1",
        "2 李叔 3-502 A×1 B×2",
        "3 张姐 3-503 A×1",
        "4 陈老师 3-504 A×1",
        "5 小林 3-505 A×1 B×1",
      ]),
    ChatCorpusCase(
      "letter and name together",
      """
      A 散养鸡蛋 32元
      B 河虾 45元
      1. 3-501 王阿姨 A鸡蛋2
      2. 3-502 李叔 鸡蛋A2
      3. 3-503 张姐 B.河虾 1
      """,
      reads: [
        "item",
        "item",
        "1 王阿姨 3-501 A×2",
        "2 李叔 3-502 A×2",
        "3 张姐 3-503 B×1",
      ]),
    ChatCorpusCase(
      "the same item twice in a line",
      """
      1. 3-501 王阿姨 鸡蛋1 虾1 鸡蛋1
      2. 3-502 李叔 A1 鸡蛋2
      """,
      reads: [
        "1 王阿姨 3-501 B×1 ?item_twice",
        "2 李叔 3-502 ?item_twice",
      ]),
    ChatCorpusCase(
      "too many, too few",
      """
      1. 3-501 王阿姨 鸡蛋2000
      2. 3-502 李叔 鸡蛋0
      3. 3-503 张姐 鸡蛋半盒
      4. 3-504
      """,
      reads: [
        "1 王阿姨 3-501 ?quantity",
        "2 李叔 3-502 ?quantity",
        "3 张姐 3-503 ?quantity",
        "4 · 3-504 ?nothing_asked",
      ]),
  ]
}
