/// How people say what they want and how much of it. All names and doors are invented.
extension ChatCorpusCase {
  static let quantities: [ChatCorpusCase] = [
    ChatCorpusCase(
      "everything",
      """
      1. 3-501 王阿姨 都要一份
      2. 3-502 李叔 每样各1
      3. 3-503 张姐 全部2份
      """,
      reads: [
        "1 王阿姨 3-501 A×1 B×1 C×1 D×1 E×1 F×1 G×1 H×1",
        "2 李叔 3-502 A×1 B×1 C×1 D×1 E×1 F×1 G×1 H×1",
        "3 张姐 3-503 A×2 B×2 C×2 D×2 E×2 F×2 G×2 H×2",
      ]),
    ChatCorpusCase(
      "as above",
      """
      1. 3-501 王阿姨 鸡蛋2 虾1
      2. 3-502 李叔 同上
      3. 3-503 张姐 跟楼上一样
      """,
      reads: [
        "1 王阿姨 3-501 A×2 B×1",
        "2 李叔 3-502 ?as_above",
        "3 张姐 3-503 ?as_above",
      ]),
    ChatCorpusCase(
      "weights",
      """
      1. 3-501 王阿姨 半斤虾
      2. 3-502 李叔 虾一斤
      3. 3-503 张姐 一斤半虾
      4. 3-504 陈老师 500克虾
      5. 3-505 小林 番茄2斤
      6. 3-506 孙工 番茄1公斤
      7. 3-507 周敏 5公斤大米1袋
      """,
      reads: [
        "1 王阿姨 3-501 B×1",
        "2 李叔 3-502 B×2",
        "3 张姐 3-503 B×3",
        "4 陈老师 3-504 B×2",
        "5 小林 3-505 E×2",
        "6 孙工 3-506 E×2",
        "7 周敏 3-507 D×1",
      ]),
    ChatCorpusCase(
      "weights that are no whole number",
      """
      1. 3-501 王阿姨 虾3两
      2. 3-502 李叔 番茄半斤
      3. 3-503 张姐 2斤鸡蛋
      4. 3-504 陈老师 大米3斤
      """,
      reads: [
        "1 王阿姨 3-501 ?weight",
        "2 李叔 3-502 ?weight",
        "3 张姐 3-503 ?counter",
        "4 陈老师 3-504 ?weight",
      ]),
    ChatCorpusCase(
      "other counters",
      """
      1. 3-501 王阿姨 10个鸡蛋
      2. 3-502 李叔 鸡蛋1箱
      3. 3-503 张姐 牛奶1盒
      4. 3-504 陈老师 上海青2份
      """,
      reads: [
        "1 王阿姨 3-501 ?counter",
        "2 李叔 3-502 ?counter",
        "3 张姐 3-503 ?counter",
        "4 陈老师 3-504 C×2",
      ]),
    ChatCorpusCase(
      "two things of one name",
      """
      1. 3-501 王阿姨 草莓1
      2. 3-502 李叔 大盒草莓1
      3. 3-503 张姐 草莓（小盒）2
      4. 3-504 陈老师 草莓小盒1大盒1
      """,
      reads: [
        "1 王阿姨 3-501 ?item",
        "2 李叔 3-502 G×1",
        "3 张姐 3-503 F×2",
        "4 陈老师 3-504 F×1 G×1",
      ]),
    ChatCorpusCase(
      "short and other names",
      """
      1. 3-501 王阿姨 大米1
      2. 3-502 李叔 崇明米1
      3. 3-503 张姐 西红柿2
      4. 3-504 陈老师 牛奶2瓶
      5. 3-505 小林 土鸡蛋1
      6. 3-506 孙工 青菜1
      """,
      reads: [
        "1 王阿姨 3-501 D×1",
        "2 李叔 3-502 D×1",
        "3 张姐 3-503 E×2",
        "4 陈老师 3-504 H×2",
        "5 小林 3-505 ?item",
        "6 孙工 3-506 ?item",
      ]),
    ChatCorpusCase(
      "goods that nobody offers",
      """
      1. 3-501 王阿姨 咸鸭蛋2
      2. 3-502 李叔 鸡蛋面1
      3. 3-503 张姐 鸡蛋1 皮蛋2
      4. 3-504 陈老师 米2
      """,
      reads: [
        "1 王阿姨 3-501 ?item",
        "2 李叔 3-502 ?item",
        "3 张姐 3-503 A×1 ?item",
        "4 陈老师 3-504 ?item",
      ]),
    ChatCorpusCase(
      "numbers between items",
      """
      1. 3-501 王阿姨 鸡蛋2虾
      2. 3-502 李叔 鸡蛋2 虾
      3. 3-503 张姐 鸡蛋 2 虾 3
      4. 3-504 陈老师 鸡蛋 2 虾
      5. 3-505 小林 鸡蛋、虾、上海青
      """,
      reads: [
        "1 王阿姨 3-501 ?quantity",
        "2 李叔 3-502 A×2 ?quantity",
        "3 张姐 3-503 A×2 B×3",
        "4 陈老师 3-504 ?quantity",
        "5 小林 3-505 A×1 B×1 C×1",
      ]),
    ChatCorpusCase(
      "no number at all",
      """
      1. 3-501 王阿姨 鸡蛋
      2. 3-502 李叔 鸡蛋 虾
      """,
      reads: [
        "1 王阿姨 3-501 A×1",
        "2 李叔 3-502 A×1 B×1",
      ]),
    ChatCorpusCase(
      "taking back",
      """
      1. 3-501 王阿姨 取消
      2. 3-502 李叔 鸡蛋2 取消
      3. 3-503 张姐 鸡蛋不要了
      4. 3-504 陈老师 鸡蛋2 虾1 取消
      5. 3-505 小林 鸡蛋1 不要葱
      """,
      reads: [
        "1 王阿姨 3-501 cancellation",
        "2 李叔 3-502 cancellation A×2",
        "3 张姐 3-503 cancellation A×1",
        "4 陈老师 3-504 cancellation A×2 B×1 ?change",
        "5 小林 3-505 A×1 ?unread",
      ]),
    ChatCorpusCase(
      "struck through",
      """
      1. 3-501 王阿姨 鸡̶蛋̶2̶
      2. 3̶-̶5̶0̶2̶ ̶李̶叔̶ ̶鸡̶蛋̶1̶
      3. 3-503 张姐 鸡蛋1 虾̶2̶
      """,
      reads: [
        "1 王阿姨 3-501 cancellation",
        "2 李叔 3-502 cancellation",
        "3 张姐 3-503 A×1 ?struck_out",
      ]),
    ChatCorpusCase(
      "changing",
      """
      1. 3-501 王阿姨 鸡蛋2改成3份
      2. 3-502 李叔 鸡蛋改成2
      3. 3-503 张姐 鸡蛋2改成虾1
      4. 3-504 陈老师 鸡蛋2换成虾
      """,
      reads: [
        "1 王阿姨 3-501 change A×3",
        "2 李叔 3-502 change A×2",
        "3 张姐 3-503 change A×2 B×1 ?change",
        "4 陈老师 3-504 change A×2 ?quantity ?change",
      ]),
    ChatCorpusCase(
      "the same person again, and says so",
      """
      1. 3-501 王阿姨 鸡蛋2
      2. 3-502 李叔 鸡蛋1 虾1
      3. 3-501 王阿姨 再加虾1
      4. 3-502 李叔 虾不要了
      5. 3-501 王阿姨 鸡蛋改成1
      """,
      reads: [
        "1 王阿姨 3-501 A×1 B×1",
        "2 李叔 3-502 A×1",
        "joined with 1",
        "joined with 2",
        "joined with 1",
      ]),
    ChatCorpusCase(
      "the same door again, and does not",
      """
      1. 3-501 王阿姨 鸡蛋2
      2. 3-502 李叔 鸡蛋1
      3. 3-501 王阿姨 鸡蛋2
      4. 3-502 小李 虾1
      """,
      reads: [
        "1 王阿姨 3-501 A×2",
        "2 李叔 3-502 A×1",
        "3 王阿姨 3-501 A×2 ?repeated",
        "4 小李 3-502 B×1 ?repeated",
      ]),
    ChatCorpusCase(
      "cancelled in a later line",
      """
      1. 3-501 王阿姨 鸡蛋2
      2. 3-502 李叔 鸡蛋1
      3. 3-501 王阿姨 取消
      """,
      reads: [
        "1 王阿姨 3-501 cancellation",
        "2 李叔 3-502 A×1",
        "joined with 1",
      ]),
    ChatCorpusCase(
      "thanks, money, telephones",
      """
      1. 3-501 王阿姨 鸡蛋2 谢谢团长🙏
      2. 3-502 李叔 鸡蛋1 13800001234 已付
      3. 3-503 张姐 鸡蛋2共64元
      4. 3-504 陈老师 我要2盒鸡蛋哦，辛苦了！
      5. 3-505 小林 鸡蛋1 尾号5678 自提
      6. 3-506 孙工 鸡蛋1 32元 已转账
      """,
      reads: [
        "1 王阿姨 3-501 A×2",
        "2 李叔 3-502 A×1",
        "3 张姐 3-503 A×2",
        "4 陈老师 3-504 A×2",
        "5 小林 3-505 A×1",
        "6 孙工 3-506 A×1",
      ]),
  ]
}
