/// Crosses, sums and numbers that say two things. All names and doors are invented.
extension ChatCorpusCase {
  static let signs: [ChatCorpusCase] = [
    ChatCorpusCase(
      "crossed out with a sign",
      """
      1. 3-501 王阿姨 鸡蛋2 ❌
      2. ❌ 3-502 李叔 鸡蛋1
      3. 3-503 张姐 鸡蛋1 虾2🚫
      4. ✗3-504 陈老师 鸡蛋1
      5. 3-505 小林 ❎
      3-506 孙工 ⛔️
      7. 3-507 周敏 A✖️2 B✖1
      """,
      reads: [
        "1 王阿姨 3-501 A×2 ?struck_out",
        "2 李叔 3-502 A×1 ?struck_out",
        "3 张姐 3-503 A×1 B×2 ?struck_out",
        "4 陈老师 3-504 A×1 ?struck_out",
        "5 小林 3-505 ?struck_out",
        "· 孙工 3-506 ?struck_out",
        "7 周敏 3-507 A×2 B×1",
      ]),
    ChatCorpusCase(
      "a sign of multiplication that multiplies nothing",
      """
      1. 3-501 王阿姨 鸡蛋2 ×
      2. 3-502 李叔 ×鸡蛋2
      3. 3-503 张姐 鸡蛋2×3虾
      4. 3-504 陈老师 鸡蛋 × 2
      5. 3-505 小林 ×2 鸡蛋
      * 3-506 孙工 鸡蛋1
      """,
      reads: [
        "1 王阿姨 3-501 A×2 ?unread",
        "2 李叔 3-502 A×2 ?unread",
        "3 张姐 3-503 A×2 B×3 ?unread",
        "4 陈老师 3-504 A×2",
        "5 小林 3-505 A×2",
        "· 孙工 3-506 A×1",
      ]),
    ChatCorpusCase(
      "sums of pieces and of money",
      """
      1. 3-501 王阿姨 鸡蛋共2盒
      2. 3-502 李叔 鸡蛋一共3
      3. 3-503 张姐 鸡蛋共两盒
      4. 3-504 陈老师 鸡蛋2 虾1 共109
      5. 3-505 小林 鸡蛋2盒 共2盒 64元
      6. 3-506 孙工 共2盒鸡蛋
      7. 3-507 周敏 鸡蛋 虾 共77元
      8. 3-508 吴刚 鸡蛋共¥64
      9. 3-509 郑洁 鸡蛋2 虾 共77
      10. 3-510 钱七 鸡蛋2，虾总共3袋
      """,
      reads: [
        "1 王阿姨 3-501 A×2",
        "2 李叔 3-502 ?quantity",
        "3 张姐 3-503 A×2",
        "4 陈老师 3-504 A×2 B×1",
        "5 小林 3-505 A×2",
        "6 孙工 3-506 A×2",
        "7 周敏 3-507 A×1 B×1",
        "8 吴刚 3-508 A×1",
        "9 郑洁 3-509 A×2 ?quantity",
        "10 钱七 3-510 A×2 B×3",
      ]),
    ChatCorpusCase(
      "one item, as a sum and multiplied",
      """
      1. 3-501 王阿姨 ×2
      2. 3-502 李叔 共3箱
      3. 3-503 张姐 共88
      4. 3-504 陈老师 2箱 共176
      """,
      reads: [
        "1 王阿姨 3-501 A×2",
        "2 李叔 3-502 A×3",
        "3 张姐 3-503 ?quantity",
        "4 陈老师 3-504 A×2",
      ]),
    ChatCorpusCase(
      "numbers that could be a room beside the door",
      """
      1. 3-501 王阿姨 鸡蛋 100
      2. 3-502、503 李叔 鸡蛋2
      3. 3-504 504室 张姐 鸡蛋1
      4. 505 陈老师 鸡蛋 100
      5. 3-506 3506 小林 鸡蛋1
      """,
      reads: [
        "1 王阿姨 3-501 A×1 ?unread",
        "2 李叔 3-502 A×2 ?unread",
        "3 张姐 3-504 A×1",
        "4 陈老师 ? A×1 ?door ?unread",
        "5 小林 3-506 A×1",
      ]),
  ]
}
