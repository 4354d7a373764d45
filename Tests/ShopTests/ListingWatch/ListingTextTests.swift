import Kernel
import TestKit
import Testing

@testable import Shop

struct ListingTextTests {
  @Test(
    "A mobile number is found however it is written",
    arguments: [
      "电话13800138000", "电话 138-0013-8000", "１３８ ００１３ ８０００", "+86 138 0013 8000", "0086-13800138000",
      "微信同号:138.0013.8000。欢迎", "幺三八零零幺三八零零零", "①③⑧⓪⓪①③⑧⓪⓪⓪", "138\u{200B}0013\u{200B}8000",
      "13900139000/13800138000", "13800138000转8012",
    ])
  func phones(_ text: String) {
    #expect(ListingText(text).holds(phone: "138 0013 8000"))
  }

  @Test(
    "What only looks like it is not taken for it",
    arguments: ["6913800138000123", "13800138001", "1380013800", "138元00138000份", "138\n00138000"])
  func strangers(_ text: String) {
    #expect(!ListingText(text).holds(phone: "13800138000"))
  }

  @Test("400 numbers, landlines and short numbers are found, short ones only alone")
  func otherPhones() {
    #expect(ListingText("热线400-820-8820").holds(phone: "4008208820"))
    #expect(ListingText("0571－8765 4321").holds(phone: "(0571) 87654321"))
    #expect(ListingText("请打96110。").holds(phone: "96110"))
    #expect(!ListingText("编号9611000").holds(phone: "96110"))
    #expect(!ListingText("什么都没有").holds(phone: ""))
  }

  @Test(
    "Pages are found by their host",
    arguments: [
      "看 https://www.Bad-Shop.cn.example/a?b=1", "bad-shop.cn.example", "ｂａｄ－ｓｈｏｐ．ｃｎ．ｅｘａｍｐｌｅ",
      "m.bad-shop.cn.example/x", "bad-shop。cn.example", "http://x.test@bad-shop.cn.example:8080/",
    ])
  func links(_ text: String) {
    #expect(ListingText(text).holds(link: "http://bad-shop.cn.example/pay"))
  }

  @Test("Another host is another page")
  func otherLinks() {
    #expect(!ListingText("notbad-shop.cn.example").holds(link: "bad-shop.cn.example"))
    #expect(!ListingText("bad-shop.cn.example.other.com").holds(link: "bad-shop.cn.example"))
    #expect(!ListingText("3.5斤 1.20元").holds(link: "1.20"))
  }

  @Test("Accounts are found over spaces and dashes")
  func accounts() {
    #expect(ListingText("卡号 6222 0212-3456 7890 123").holds(account: "6222021234567890123"))
    #expect(ListingText("支付宝 Pay_Me@x.cn").holds(account: "pay_me@x.cn"))
    #expect(!ListingText("62220212345678901234").holds(account: "6222021234567890123"))
    #expect(!ListingText("123").holds(account: "123"))
  }

  @Test("However a number is broken up, it is found; another one never is")
  func property() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let tail = (0..<9).map { _ in Int.random(in: 0...9, using: &generator) }
      let digits = [1, 3] + tail
      let marks = ["", " ", "-", "－", "　", ".", "·", "\u{200B}"]
      let scripts = ["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨"]
        .map(Array.init)
      let text = digits.map { digit -> String in
        let script = scripts.randomElement(using: &generator) ?? []
        let written = script.isEmpty ? String(digit) : String(script[digit])
        return written + (marks.randomElement(using: &generator) ?? "")
      }.joined()
      let number = digits.map(String.init).joined()
      let other = number.dropLast() + String((digits[10] + 1) % 10)
      let listing = ListingText("电话：\(text)，欢迎")
      #expect(listing.holds(phone: number), "\(text)")
      #expect(!listing.holds(phone: String(other)), "\(text)")
    }
  }
}
