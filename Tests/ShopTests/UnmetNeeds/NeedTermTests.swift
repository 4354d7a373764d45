import TestKit
import Testing

@testable import Shop

@Suite("Words that were looked for in vain")
struct NeedTermTests {
  @Test(
    "One word is one word, however wide, large or spaced it is typed",
    arguments: [
      (["鸡蛋", " 鸡蛋 ", "鸡 蛋", "「鸡蛋」", "鸡蛋！", "鸡\u{200B}蛋"], "鸡蛋"),
      (["eggs", "ＥＧＧＳ", "Eggs.", "  eGGs  "], "eggs"),
      (["ice cream", "Ice  Cream", "ICE　CREAM"], "ice cream"),
      (["7-up", "７-UP"], "7-up"),
      (["1.5l水", "1.5L 水"], "1.5l水"),
    ] as [([String], String)])
  func oneSpelling(typed: [String], text: String) {
    for typed in typed { #expect(NeedTerm(typed)?.text == text, "\(typed)") }
  }

  @Test(
    "Goods are kept",
    arguments: [
      "蛋", "5号电池", "7号电池", "康师傅", "老干妈", "三层蒸锅", "0-6岁奶粉", "十三香", "500克糖", "cr2032", "18650电池",
      "3门冰箱", "二锅头", "六神花露水", "八宝粥", "五花肉", "老年手机", "楼梯扶手", "房间香薰", "道口烧鸡",
    ])
  func goods(typed: String) {
    #expect(NeedTerm(typed)?.text == typed)
  }

  @Test(
    "What looks like a person, a number or a door is not kept at all",
    arguments: [
      "13800138000", "138 0013 8000", "１３８００１３８０００", "王13800138000", "一三八零零一三八零零零", "021-5555",
      "310101199001011234", "12", "三", "王阿姨", "李老师", "王小明先生", "3号楼", "3号楼501", "三单元", "五栋", "501室", "88号",
      "人民路88号", "3-2-501", "3-501", "3#501", "room 501", "Building 3", "沪A12345", "a@b.cn", "微信abc12345",
      "wx:hello123", "www.shop.cn", "https://x.example",
    ])
  func personal(typed: String) {
    #expect(NeedTerm(typed) == nil)
  }

  @Test("Neither is a sentence, a single letter or nothing", arguments: ["", "   ", "!!!", "a", "½"])
  func nothing(typed: String) {
    #expect(NeedTerm(typed) == nil)
    #expect(NeedTerm(String(repeating: "蛋", count: 20)) != nil)
    #expect(NeedTerm(String(repeating: "蛋", count: 21)) == nil)
    #expect(NeedTerm("a" + String(repeating: "\u{301}", count: 40)) == nil, "marks upon marks are signs too")
  }

  @Test("A term that is read again is the same term", arguments: UInt64(1)...20)
  func again(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let signs = Array("aBＡ1２三王号楼 -.%&'　「」é\u{301}\u{200B}ﬁ㎏½İß한가な東🍎#/室蛋")
    for _ in 0..<100 {
      let typed = String(
        (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in signs.randomElement(using: &random) })
      guard let term = NeedTerm(typed) else { continue }
      #expect(NeedTerm(term.text) == term, "\(typed.debugDescription)")
      #expect((1...NeedTerm.lengthLimit).contains(term.text.unicodeScalars.count))
    }
  }
}
